"""Where the notebooks are that reports are made from, and what a study's report on all its forces is called."""

from analysis.counts.folder import shipped_folder

NOTEBOOKS = shipped_folder("notebooks")
FORCE_NOTEBOOK = NOTEBOOKS / "02-force.ipynb"
COUNTRY_NOTEBOOK = NOTEBOOKS / "03-country.ipynb"
YEARS_NOTEBOOK = NOTEBOOKS / "05-years.ipynb"
MIX_NOTEBOOK = NOTEBOOKS / "06-mix.ipynb"
READINGS = {"fact-check": "01-article.ipynb", "methods": "04-methods.ipynb", "years": "05-years.ipynb"}
"""The notebooks that are pages of their own, as they were committed, by the stems of the pages."""
COUNTRY = "country"
"""Stem of the report on all forces of a study together."""
