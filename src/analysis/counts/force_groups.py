"""Forces that somebody sets beside each other: by name, or as a group of data/, such as a region."""

from analysis.counts.forces import find_force, recognise_forces
from analysis.counts.names import make_slug
from analysis.counts.tables import read_table
from analysis.errors import InputError


def list_groups() -> dict[str, list[str]]:
    """Return the forces of every named group, by its name.

    Examples
    --------
    >>> list_groups()["Wales"]
    ['Dyfed-Powys', 'Gwent', 'North Wales', 'South Wales']
    """
    groups: dict[str, list[str]] = {}
    for row in read_table("force_groups.csv"):
        groups.setdefault(row["group"], []).append(row["force"])
    return groups


def find_alike(text: str) -> list[str]:
    """Return the forces that `text` names, one after another with commas between: forces, or groups of data/.

    `West Midlands` is the force; its region is `West Midlands region`.

    Raises
    ------
    InputError
        If a name is neither; near names are offered.

    Examples
    --------
    >>> find_alike("Humberside, Cleveland Police"), find_alike("Wales")[:2]
    (['Humberside', 'Cleveland'], ['Dyfed-Powys', 'Gwent'])
    """
    groups = {make_slug(name): forces for name, forces in list_groups().items()}
    alike: list[str] = []
    for part in text.split(","):
        [force] = recognise_forces([part])
        group = groups.get(make_slug(part).removesuffix("-region"))
        if force is not None:
            alike.append(force.name)
        elif group is not None:
            alike += group
        else:
            try:
                find_force(part.strip())
            except InputError as error:
                raise InputError(f"--like {text}: {error}; groups are {', '.join(list_groups())}") from None
    return list(dict.fromkeys(alike))
