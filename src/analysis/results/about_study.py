"""What pages of one force and of all forces both say about their study."""

from dataclasses import dataclass

from analysis.results.listed_codes import ListedCode
from analysis.results.windows import FigureWindow
from analysis.results.year_series import CitedSource


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutStudy:
    """A study in words.

    Attributes
    ----------
    title, release_title, definition : str
        Of the study, of its release, and what the release counts.
    offence, offence_code : str
        The offence's title, and its code as published.
    codes : tuple of ListedCode
        The offence codes that are added up, where the study is of a group of offences; else none.
    outcome, outcome_id : str
        The outcome's label, and its id.
    of_outcomes : bool
        Whether rates are over the crimes with any outcome, and not over all crimes recorded.
    against : str
        What forces are compared with: "rest", the other forces, or "published", a national figure.
    forces_exact, forces_needed : int
        Forces with exact counts, and how many it takes to say how much forces differ.
    national_is_rate : bool
        Whether the national figure is a rate, and not a count.
    national_printed, national_area : str or None
        The national figure as printed, and the area it is of; None where none is compared with.
    national_window : FigureWindow or None
        The days that it covers.
    windows_differ : bool
        Whether the forces' figures cover different days.
    limits : tuple of str
        What the figures cannot show, in sentences.
    sources : tuple of CitedSource
        Where they come from.
    digest : str
        sha256 of all that the study says.
    version : str
        Version of the package.
    """

    title: str
    release_title: str
    definition: str
    offence: str
    offence_code: str
    codes: tuple[ListedCode, ...]
    outcome: str
    outcome_id: str
    of_outcomes: bool
    against: str
    forces_exact: int
    forces_needed: int
    national_is_rate: bool
    national_printed: str | None
    national_area: str | None
    national_window: FigureWindow | None
    windows_differ: bool
    limits: tuple[str, ...]
    sources: tuple[CitedSource, ...]
    digest: str
    version: str
