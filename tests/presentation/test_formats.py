"""How numbers are written: each limit from both sides, so that no rounding says more than the number does."""

import pytest

from analysis.presentation import formats

WRITTEN = [
    (formats.percent, (None,), "not known"),
    (formats.percent, (0.0,), "0.0%"),
    (formats.percent, (1.0,), "100.0%"),
    (formats.percent, (1.0, 0), "100%"),
    # A decimal is rounded, never one that would make 0% or 100% of something else.
    (formats.percent, (0.07849,), "7.8%"),
    (formats.percent, (0.07851,), "7.9%"),
    (formats.percent, (0.00051,), "0.1%"),
    (formats.percent, (0.00049,), "0.05%"),
    (formats.percent, (0.000001,), "0.0001%"),
    (formats.percent, (0.0000004,), "below 0.0001%"),
    (formats.percent, (0.9994,), "99.9%"),
    (formats.percent, (0.9996,), "99.96%"),
    (formats.percent, (0.999999,), "99.9999%"),
    (formats.percent, (0.9999996,), "above 99.9999%"),
    (formats.percent, (0.0000004, 5), "0.00004%"),
    (formats.percent_range, (0.055, 0.065), "5.5% to 6.5%"),
    (formats.percent_range, (0.0599, 0.0601), "6.0%"),
    (formats.percent_range, (0.0599, 0.0601, 2), "5.99% to 6.01%"),
    (formats.percent_range, (None, None), "not known"),
    (formats.percent_range, (None, 0.05), "not known to 5.0%"),
    (formats.points, (None,), "not known"),
    (formats.points, (0.0,), "0.0"),
    (formats.points, (0.019,), "+1.9"),
    (formats.points, (-0.081,), "−8.1"),
    (formats.points, (0.00051,), "+0.1"),
    (formats.points, (0.0004,), "+0.04"),
    (formats.points, (-0.000001,), "−0.0001"),
    (formats.points, (-0.0000001,), "0.0"),
    (formats.whole, (None,), "not known"),
    (formats.whole, (999,), "999"),
    (formats.whole, (1_234_567,), "1,234,567"),
    (formats.crimes, (0,), "0 crimes"),
    (formats.crimes, (1,), "1 crime"),
    (formats.crimes, (2000,), "2,000 crimes"),
    (formats.forces, (0,), "0 forces"),
    (formats.forces, (1,), "1 force"),
    (formats.forces, (44,), "44 forces"),
    (formats.part_of, (0, 44), "none of the 44"),
    (formats.part_of, (1, 44), "1 of the 44"),
    (formats.part_of, (1200, 3000), "1,200 of the 3,000"),
    (formats.part_of, (3000, 3000), "all 3,000"),
    (formats.part_of, (2, 2), "both"),
    (formats.part_of, (1, 2), "1 of the 2"),
    (formats.part_of, (1, 1), "the only"),
    (formats.part_of, (0, 1), "none of the 1"),
    (formats.count_of, (21, 21, 3654), "21 of 3,654"),
    (formats.count_of, (1000, 2000, 3000), "between 1,000 and 2,000 of 3,000"),
    (formats.count_of, (None, None, 1688), "an unknown number of 1,688"),
    (formats.p_value, (None,), "not known"),
    (formats.p_value, (1.0,), "1.000"),
    (formats.p_value, (0.00009999,), "below 0.0001"),
    (formats.p_value, (0.0001,), "0.0001"),
    (formats.p_value, (0.000987,), "0.00099"),
    (formats.p_value, (0.001,), "0.001"),
    (formats.p_value, (0.0014,), "0.001"),
    # No p-value but 0.05 itself may read as that.
    (formats.p_value, (0.0494,), "0.049"),
    (formats.p_value, (0.0496,), "0.0496"),
    (formats.p_value, (0.04998,), "0.04998"),
    (formats.p_value, (0.049999,), "0.049999"),
    (formats.p_value, (0.04999996,), "0.050"),
    (formats.p_value, (0.05,), "0.050"),
    (formats.p_value, (0.050001,), "0.050001"),
    (formats.p_value, (0.0504,), "0.0504"),
    (formats.p_value, (0.0506,), "0.051"),
    (formats.p_equals, (0.2057,), "= 0.206"),
    (formats.p_equals, (0.00001,), "below 0.0001"),
    (formats.p_equals, (None,), "not known"),
    (formats.p_range, (0.2057, 0.2058), "p = 0.206"),
    (formats.p_range, (0.00001, 0.00002), "p below 0.0001"),
    (formats.p_range, (0.094, 0.375), "p between 0.094 and 0.375"),
    (formats.p_range, (0.00001, 0.375), "p from below 0.0001 to 0.375"),
    (formats.p_range, (None, None), "p not known"),
    (formats.times, (0.8,), "80 times out of 100"),
    (formats.z_score, (None,), "not known"),
    (formats.z_score, (1.955,), "1.96"),
    (formats.z_score, (-1.955,), "−1.96"),
    (formats.z_score, (-0.004,), "0.00"),
    (formats.z_score, (-0.006,), "−0.01"),
    (formats.window, ("2020-01-01", "2020-12-31"), "2020"),
    (formats.window, ("2017-01-01", "2021-12-31"), "2017 to 2021"),
    (formats.window, ("2018-04-01", "2019-03-31"), "April 2018 to March 2019"),
    (formats.window, ("2015-04-13", "2015-12-31"), "April to December 2015"),
    (formats.window, ("2020-01-01", "2020-11-30"), "January to November 2020"),
    (formats.window, ("2019-12-01", "2020-12-31"), "December 2019 to December 2020"),
    (formats.window, ("2020-02-01", "2020-02-29"), "February 2020"),
    (formats.window, (None, None), "a window that is not stated"),
    (formats.window, ("2020-01-01", None), "a window that is not stated"),
    (formats.window, (None, "2020-12-31"), "a window that is not stated"),
    (formats.listed, (["Kent"],), "Kent"),
    (formats.listed, (["Kent", "Essex"],), "Kent and Essex"),
    (formats.listed, (["Kent", "Essex", "Gwent"],), "Kent, Essex and Gwent"),
]


NAMES = [f"{write.__name__}-{place}" for place, (write, *_) in enumerate(WRITTEN)]


@pytest.mark.parametrize(("write", "arguments", "text"), WRITTEN, ids=NAMES)
def test_written(write, arguments, text):
    assert write(*arguments) == text


@pytest.mark.parametrize(
    ("number", "name"),
    [(1, "January"), (2, "February"), (3, "March"), (4, "April"), (5, "May"), (6, "June"), (7, "July"), (8, "August"),
     (9, "September"), (10, "October"), (11, "November"), (12, "December")],
)  # fmt: skip
def test_every_month_has_its_name(number, name):
    assert formats.window(f"2020-{number:02}-01", f"2020-{number:02}-28") == f"{name} 2020"
