"""Made-up official years of code 8R, imported one by one: what the tests of several years read."""

from pathlib import Path

from analysis.counts.importing import import_official
from official_files import TODAY, write_xlsx

# R's help page of prop.trend.test (Fleiss 1981, p. 139): X-squared = 8.2249, df = 1, p-value = 0.004132.
FLEISS = [(83, 86), (90, 93), (129, 136), (70, 82)]
SERIES = "home-office-2019-20..2022-23"


def import_year(folder, start, charged, recorded, still_open=0, kent=(500, 1000), title="Malicious communications"):
    """Import a year of two forces: charged and recorded of Gwent with some cases open, and of Kent unless it is None.

    Returns the id of the release, which takes the place of an earlier one; the workbook is written to `folder`.
    """
    year = f"{start}/{(start + 1) % 100:02}"
    counts = {"Gwent": {1: charged, 0: still_open, 18: recorded - charged - still_open}}
    if kent is not None:
        counts["Kent"] = {1: kent[0], 18: kent[1] - kent[0]}
    rows = [
        [year, quarter, force, "8R", title, "Group", "Subgroup", None, kind, "Outcome", "Outcomes", part, 0]
        for force, by_type in counts.items()
        for kind, count in by_type.items()
        for quarter, part in enumerate((count, 0, 0, 0), start=1)
    ]
    path = Path(folder) / f"{start}.xlsx"
    write_xlsx(path, {"Outcomes open data": [TODAY, *rows]})
    return import_official(path, replace=True).release


def import_fleiss(folder):
    """Import the years of `SERIES`, in which Gwent has the counts of `FLEISS`."""
    for start, (charged, recorded) in enumerate(FLEISS, start=2019):
        import_year(folder, start, charged, recorded)
