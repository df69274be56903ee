"""What the check of all figures found, as a terminal shows it."""

from analysis.presentation.report_tables import columns_text
from analysis.results.catalogue_rows import CheckResult
from analysis.results.json_form import as_json


def check_text(found: CheckResult) -> str:
    """Return the findings as aligned columns, with how many of each kind below.

    Examples
    --------
    >>> print(check_text(CheckResult((), passed=True, summary="0 errors are marked; 0 unmarked were found.")))
    (none)
    0 errors are marked; 0 unmarked were found.
    """
    return f"{columns_text(as_json(found.findings))}\n{found.summary}"
