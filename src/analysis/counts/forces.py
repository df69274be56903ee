"""The police forces: official names, slugs for paths, and other names met in the sources."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from analysis.counts.names import make_slug, offer_names
from analysis.counts.tables import read_table
from analysis.errors import InputError

WORDS_OF_ANY_FORCE = frozenset({"police", "constabulary", "service", "force", "heddlu", "the", "and"})
"""Words that tell no force from another; `heddlu` is the Welsh for police."""


@dataclass(frozen=True)
class Force:
    """A police force: official name, slug for paths, other names.

    `gss_code` is that of its area in the Government Statistical Service's register; None for British Transport Police.
    """

    name: str
    slug: str
    aliases: tuple[str, ...]
    gss_code: str | None


def list_forces() -> list[Force]:
    """Return the 44 forces in the order of their names.

    Examples
    --------
    >>> len(list_forces())
    44
    """
    return [Force(row["name"], row["slug"], row["aliases"], row["gss_code"]) for row in read_table("forces.csv")]


def force_key(name: str) -> str:
    """Return what two names of one force have in common: their words without those that any force's name may have.

    Parameters
    ----------
    name
        A name as the force, police.uk, the Home Office or a newspaper writes it.

    Examples
    --------
    >>> force_key("Devon & Cornwall Police"), force_key("The Metropolitan Police Service")
    ('devon-cornwall', 'metropolitan')
    """
    return "-".join(dict.fromkeys(word for word in make_slug(name).split("-") if word not in WORDS_OF_ANY_FORCE))


def recognise_forces(names: Iterable[str]) -> list[Force | None]:
    """Return the force that has each name or alias, whatever stands around it of `Police`, `Constabulary` and the like.

    Names set beside each other by a stroke, as of a force with a Welsh name, must all be the same force's.

    Examples
    --------
    >>> [force and force.name for force in recognise_forces(["South Wales Police / Heddlu De Cymru", "Constabulary"])]
    ['South Wales', None]
    """
    known = {force_key(name): force for force in list_forces() for name in (force.name, force.slug, *force.aliases)}
    return [_recognise(name, known) for name in names]


def _recognise(name: str, known: Mapping[str, Force]) -> Force | None:
    """Return the force of a name, or of all names that strokes set beside each other."""
    force = known.get(force_key(name))
    if force or "/" not in name:
        return force
    parts = {known.get(force_key(part)) for part in name.split("/")}
    return parts.pop() if len(parts) == 1 else None


def find_force(text: str, *, among: Collection[str] | None = None) -> Force:
    """Return the force that `text` names, as `recognise_forces` does.

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
    [force] = recognise_forces([text])
    offered = [one.name for one in list_forces() if among is None or one.name in among]
    if force is None:
        raise InputError(f"there is no force {text!r}; {offer_forces(text, offered)}")
    if force.name not in offered:
        number = f"{len(offered)} force{'' if len(offered) == 1 else 's'}"
        raise InputError(f"{force.name} is not among the {number} here, such as {offered[0]!r}")
    return force


def offer_forces(text: str, names: Iterable[str]) -> str:
    """Return what to say after an unknown name of a force: `Police` and the like make no name near another.

    Examples
    --------
    >>> offer_forces("Kemt Police", [force.name for force in list_forces()])
    "did you mean 'Kent'?"
    """
    return offer_names(text, names, key=lambda name: force_key(name).replace("-", " "))
