"""Where the notebooks are that reports are made from, and what a study's report on all its forces is called."""

from pathlib import Path

NOTEBOOKS = Path(__file__).resolve().parents[3] / "notebooks"
FORCE_NOTEBOOK = NOTEBOOKS / "02-force.ipynb"
COUNTRY_NOTEBOOK = NOTEBOOKS / "03-country.ipynb"
YEARS_NOTEBOOK = NOTEBOOKS / "05-years.ipynb"
COUNTRY = "country"
"""Stem of the report on all forces of a study together."""
