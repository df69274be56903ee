"""The police forces: official names, slugs for paths, and other names met in the sources."""

from collections.abc import Collection
from dataclasses import dataclass

from analysis.counts.names import make_slug, offer_names
from analysis.counts.tables import read_table
from analysis.errors import InputError


@dataclass(frozen=True)
class Force:
    """A police force: official name, slug for paths, other names."""

    name: str
    slug: str
    aliases: tuple[str, ...]


def list_forces() -> list[Force]:
    """Return the 44 forces in the order of their names.

    Examples
    --------
    >>> len(list_forces())
    44
    """
    return [Force(row["name"], row["slug"], row["aliases"]) for row in read_table("forces.csv")]


def find_force(text: str, *, among: Collection[str] | None = None) -> Force:
    """Return the force that `text` names: by official name, slug or alias, whatever the case.

    Parameters
    ----------
    text
        A name as a person types it.
    among
        Official names to look in, such as the forces of one study; all forces if not given.

    Raises
    ------
    InputError
        If no force has that name (near names are offered), or it is not one of `among`.

    Examples
    --------
    >>> find_force("london, city of").name
    'City of London'
    """
    forces = list_forces()
    by_slug = {make_slug(name): force for force in forces for name in (force.name, force.slug, *force.aliases)}
    force = by_slug.get(make_slug(text))
    offered = [f.name for f in forces if among is None or f.name in among]
    if force is None:
        raise InputError(f"there is no force {text!r}; {offer_names(text, offered)}")
    if force.name not in offered:
        raise InputError(f"{force.name} is not among the forces here; {offer_names(text, offered)}")
    return force
