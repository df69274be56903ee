from functools import partial

import pytest

from official_years import import_fleiss, import_year


@pytest.fixture
def write_year(tmp_path, imported):
    """A function that imports a made-up year, as `official_years.import_year` does, for this test alone."""
    return partial(import_year, tmp_path)


@pytest.fixture
def fleiss(tmp_path, imported):
    """The published example of a trend, imported as four years."""
    import_fleiss(tmp_path)
