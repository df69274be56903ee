"""Where the notebooks are that reports are made from, and what the files of a study are called."""

from analysis.counts.folder import shipped_folder

NOTEBOOKS = shipped_folder("notebooks")
FORCE_NOTEBOOK = NOTEBOOKS / "02-force.ipynb"
COUNTRY_NOTEBOOK = NOTEBOOKS / "03-country.ipynb"
YEARS_NOTEBOOK = NOTEBOOKS / "05-years.ipynb"
MIX_NOTEBOOK = NOTEBOOKS / "06-mix.ipynb"
COUNTRY = "country"
"""Stem of the report on all forces of a study together."""


def files_name(study: str) -> str:
    """Return the stem of the files that a reader takes away from a study's page.

    Examples
    --------
    >>> files_name("bbc-2016/8-71/charged")
    'bbc-2016-8-71-charged'
    """
    return study.replace("/", "-")
