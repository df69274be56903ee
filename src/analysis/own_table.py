"""Compares the institutions of a data frame of one's own, hospitals or schools as well as forces: the door for Python.

It joins the reader of frames, the answer and the words; numbers, sentences and figures are made where those of every
report are.
"""

from dataclasses import asdict, dataclass, field

import pandas as pd
from matplotlib.figure import Figure

from analysis.answer.institutions import compare_institutions
from analysis.counts.names import offer_names
from analysis.counts.replies.frame import read_force_frame
from analysis.errors import InputError
from analysis.presentation.country_figures import country_figure
from analysis.presentation.institution_sentences import institution_sentences
from analysis.presentation.picture import Picture
from analysis.results.country_answer import InstitutionsAnswer
from analysis.results.institution_rates import Institution, Together
from analysis.results.vocabulary import POLICE, Vocabulary, plural


@dataclass(frozen=True, eq=False)
class Comparison:
    """The institutions of a table beside each other.

    Attributes
    ----------
    institutions : tuple of Institution
        One for each, in the table's order.
    together : Together
        What those with exact counts show together.
    words : Vocabulary
        The words that figures and sentences use.
    said : tuple of str
        What must be known of how the table was read: the totals that were left out.
    """

    institutions: tuple[Institution, ...]
    together: Together
    words: Vocabulary
    said: tuple[str, ...]
    _label: str = field(repr=False)
    _drawn: InstitutionsAnswer = field(repr=False)

    @property
    def table(self) -> pd.DataFrame:
        """One row an institution, indexed by its name; the columns are the other attributes of `Institution`."""
        rows = [asdict(one) for one in self.institutions]
        names = pd.Index([row.pop("name") for row in rows], name=self._label)
        return pd.DataFrame(rows, index=names).convert_dtypes()

    def sentence(self, name: str) -> str:
        """Return what may be said of one institution, in sentences that can be quoted.

        Parameters
        ----------
        name
            As it stands in the table, without regard to case.

        Raises
        ------
        InputError
            If there is none of that name; near names are offered.
        """
        found = {one.name.casefold(): one for one in self.institutions}.get(name.strip().casefold())
        if found is None:
            names = [one.name for one in self.institutions]
            raise InputError(f"there is no {self.words.institution} {name!r} here; {offer_names(name, names)}")
        return institution_sentences(found, self.together, self.words)

    def picture(self, *, narrow: bool = False) -> Picture:
        """Return the figure with its text alternative, as a notebook shows it; options are those of `figure`."""
        picture = country_figure(self._drawn, narrow=narrow)
        if not isinstance(picture, Picture):
            raise InputError(f"no {self.words.institution} has a known rate, so there is nothing to draw")
        return picture

    def figure(self, *, narrow: bool = False) -> Figure:
        """Return all institutions as a figure: a funnel, or where they are too few for one, their intervals.

        Parameters
        ----------
        narrow
            Draw the funnel half as wide, with fewer names.

        Raises
        ------
        InputError
            If no institution has a known rate.
        """
        return self.picture(narrow=narrow).figure


def compare(
    frame: pd.DataFrame,
    *,
    force: str = "force",
    charged: str = "charged",
    recorded: str = "recorded",
    open: str | None = None,  # noqa: A002 - the column's name everywhere else.
    words: Vocabulary | None = None,
) -> Comparison:
    """Compare the institutions of a data frame with each other, as `charge-rates compare FILE` does those of a file.

    Parameters
    ----------
    frame
        One row an institution; it is not changed. A cell is a whole number, a text such as `"<5"`, `"3..9"` or
        `"7.8%"`, or missing where it is unknown.
    force, charged, recorded, open
        The columns of the institution's name, of its cases with the outcome, of all its cases and, where they are
        counted, of the cases whose outcome is not known yet.
    words
        The words of the field; those of the columns' names, and the police's for a column that is called by its
        default, if not given.

    Raises
    ------
    InputError
        If a column is missing, a cell cannot be used (a negative number, a fraction, more cases with the outcome than
        cases), an institution stands twice or a row adds up others; the message names row, column and value.

    Examples
    --------
    >>> frame = pd.DataFrame({"hospital": ["Ashford", "Burnley"], "deaths": [21, 5], "admissions": [268, 140]})
    >>> found = compare(frame, force="hospital", charged="deaths", recorded="admissions")
    >>> found.table["rate_low"].round(3).to_dict()
    {'Ashford': 0.078, 'Burnley': 0.036}
    >>> found.sentence("Ashford").partition(". ")[0]
    'Ashford: 21 of 268 admissions had the outcome “deaths”, 7.8% (95% interval 5.2% to 11.7%)'
    """
    columns = {"force": force, "charged": charged, "recorded": recorded} | ({} if open is None else {"open": open})
    forces, said = read_force_frame(frame, columns)
    words = words or _words_of(force, charged, recorded)
    institutions, together, drawn = compare_institutions(forces, words)
    return Comparison(institutions, together, words, said, force, drawn)


def _words_of(force: str, charged: str, recorded: str) -> Vocabulary:
    """Return the words that the names of columns give; a column called by its default leaves the police's."""
    if (force, charged, recorded) == ("force", "charged", "recorded"):
        return POLICE
    one, outcome, cases = (" ".join(column.replace("_", " ").split()) for column in (force, charged, recorded))
    return Vocabulary(one, plural(one), POLICE.cases if recorded == "recorded" else cases, outcome)
