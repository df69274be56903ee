"""What the keys of `compare`'s JSON hold and where they are null, worked out from the counts by other libraries."""

import csv
import json
import random

import numpy as np
import pytest
from click.testing import CliRunner
from scipy.stats import chi2, hypergeom
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

from analysis.cli import main

AMONG = {"p", "outside", "judged", "bh", "named", "a", "b"}
UNKNOWN = [None, None]
NO_TEST = {"z": None, "p": None, "mid_p": None, "p_holm": None}
STUDIES = [
    "home-office-2018-19/8R/charged",
    "home-office-2018-19/4.4/charged",
    "home-office-2018-19/37.1/charged",
    "home-office-2018-19/14/not-yet-assigned",
    "home-office-2018-19/all/no-suspect-identified",
    "bbc-2016/8-71/charged",
]


def compare(*arguments):
    ran = CliRunner().invoke(main, ["compare", *arguments, "--json"])
    assert ran.exit_code == 0, ran.output
    return json.loads(ran.stdout)


def central(k, n, rest_k, rest_n):
    drawn = hypergeom(M=n + rest_n, n=k + rest_k, N=n)
    half = drawn.pmf(k) / 2
    below, above = drawn.cdf(k - 1) + half, drawn.sf(k) + half
    return np.minimum(1, 2 * np.minimum(below, above)), np.sign(below - above)


def word(p, side):
    return "not distinguishable" if p >= 0.05 * (1 - 1e-9) else "higher" if side > 0 else "lower"


def agreed(never, as_closed):
    return never if never == as_closed else "depends on the open cases"


class Force:
    """A row as the contract reads it: what takes part, and the counts of each reading."""

    def __init__(self, row, rows, *, one_reading):
        self.row, self.recorded, self.low = row, row["recorded"], row["count"]["low"]
        self.open = None if one_reading or self.low is None else row["open"]
        all_n, all_u = (sum(one[name] for one in rows if known(one, one_reading)) for name in ("recorded", "open"))
        u, n = self.open, self.recorded
        self.screened = bool(u and n and 5 * u > n and u * all_n > 3 * all_u * n and u >= 10)
        self.is_exact = bool(n) and self.low is not None and self.low == row["count"]["high"] and not self.screened

    def counts(self, closed):
        """Return count and recorded by one reading, None where it takes no part."""
        if not self.is_exact or (closed and self.open is None):
            return None
        left = self.recorded - (self.open if closed else 0)
        return (self.low, left) if left else None


def known(row, one_reading):
    return (
        not one_reading and row["recorded"] is not None and row["open"] is not None and row["count"]["low"] is not None
    )


def read(forces, closed):
    """Return each force's count, recorded, p and word of one reading; and all forces' totals."""
    counts = [force.counts(closed) for force in forces]
    all_k, all_n = (sum(pair[at] for pair in counts if pair) for at in (0, 1))
    found = []
    for pair in counts:
        tested = bool(pair) and all_n > pair[1]
        p, side = central(*pair, all_k - pair[0], all_n - pair[1]) if tested else (None, None)
        found.append((p, word(p, side) if tested else None))
    return found, (all_k, all_n)


def hold(found, *, one_reading=False):
    """Hold every key of an answer against the contract."""
    rows = found["forces"]
    forces = [Force(row, rows, one_reading=one_reading) for row in rows]
    (never, totals), (closed, closed_totals) = read(forces, closed=False), read(forces, closed=True)
    hold_together(found["country"], [force.counts(closed=False) for force in forces if force.is_exact])
    holm = iter(
        multipletests([p for p, _ in never if p is not None], method="holm")[1] if any(p for p, _ in never) else []
    )
    judged_p = [row["among_forces"]["p"] for row in rows if row["among_forces"]["judged"]]
    bh = iter(multipletests(judged_p, method="fdr_bh")[1] if judged_p else [])
    enough = sum(force.is_exact for force in forces) >= 11
    for force, row, (p, said), (_, said_closed) in zip(forces, rows, never, closed, strict=True):
        readings = row["open_readings"]
        assert row["screened"] is force.screened
        assert set(row["among_forces"]) == AMONG
        assert set(readings) == {"never", "as_closed"}
        assert (readings["as_closed"] is None) == (force.open is None)
        if not force.is_exact:
            hold_one_that_takes_no_part(force, row, totals, closed_totals)
            continue
        assert row["rest"]["mid_p"] == (None if p is None else pytest.approx(p, rel=1e-8, abs=1e-300))
        assert row["p_range"] == (UNKNOWN if p is None else [row["rest"]["mid_p"]] * 2)
        assert row["rest"]["p_holm"] == (None if p is None else pytest.approx(next(holm), rel=1e-8))
        assert readings["never"]["rest"] == said
        if force.open is not None:
            assert readings["as_closed"]["rest"] == (said_closed if any_open(forces) else said)
        assert row["verdict"]["rest"] == (
            said if readings["as_closed"] is None else agreed(said, readings["as_closed"]["rest"])
        )
        hold_among(row, bh, enough=enough)


def any_open(forces):
    return any(force.open for force in forces if force.is_exact)


def hold_together(country, counts):
    k, n = (sum(pair[at] for pair in counts) for at in (0, 1))
    assert (country["count"], country["recorded"], country["forces"]) == (k, n, len(counts))
    assert country["rate"] == (k / n if n else None)
    if 0 < k < n:
        x2 = sum((one - of * k / n) ** 2 / (of * k / n * (1 - k / n)) for one, of in counts)
        assert country["x2"] == pytest.approx(x2, rel=1e-9, abs=1e-9)
        if len(counts) > 1:
            assert country["x2_p"] == pytest.approx(chi2.sf(x2, len(counts) - 1), rel=1e-6, abs=1e-300)
    else:
        assert country["x2"] is country["x2_p"] is None
    spread = (country["phi"], country["tau2"], country["mu"])
    assert (None in spread) == (len(counts) < 10 or not 0 < k < n), spread


def hold_one_that_takes_no_part(force, row, totals, closed_totals):
    assert row["rest"] == NO_TEST
    assert row["funnel"] is row["adjusted"] is row["shrunk"] is None
    assert set(row["among_forces"].values()) == {None}
    assert row["verdict"]["among_forces"] is None
    assert row["open_readings"]["never"] == {"rest": None, "among_forces": None}
    low, high, n = row["count"]["low"], row["count"]["high"], row["recorded"]
    if low is None or not n:
        assert row["wilson"] == row["p_range"] == UNKNOWN
        assert row["verdict"]["rest"] is None
        return
    if force.screened:
        assert low + force.open <= high <= n
    ends = [proportion_confint(count, n, method="wilson")[side] for side, count in enumerate((low, high))]
    assert row["wilson"] == pytest.approx(ends, abs=1e-12)
    if not totals[1]:
        assert row["p_range"] == UNKNOWN
        assert row["verdict"]["rest"] is None
        return
    p, side = central(np.arange(low, high + 1), n, *totals)
    assert row["p_range"] == pytest.approx([p.min(), p.max()], rel=1e-8, abs=1e-300)
    words = set(map(word, p, side))
    said = words.pop() if len(words) == 1 else "depends"
    if force.screened:
        assert row["verdict"]["rest"] == ("depends on the open cases" if said == "depends" else said)
    elif force.open is None:
        assert row["verdict"]["rest"] == said


def hold_among(row, bh, *, enough):
    among, said, readings = row["among_forces"], row["verdict"]["among_forces"], row["open_readings"]
    if not enough:
        assert set(among.values()) == {None}
        assert said is None
        return
    assert isinstance(among["judged"], bool)
    assert isinstance(among["named"], bool)
    p = among["p"]
    assert among["outside"] == (None if p is None or p >= 0.05 else "95" if p >= 0.002 else "99.8")
    assert among["bh"] == (pytest.approx(next(bh), rel=1e-9) if among["judged"] else None)
    assert (readings["never"]["among_forces"] == "too few") == (not among["judged"])
    words = [readings["never"]["among_forces"]]
    if readings["as_closed"] is not None:
        words.append(readings["as_closed"]["among_forces"])
    if "too few" in words or None in words:
        assert said == "too few"
    else:
        assert said == (words[0] if len(set(words)) == 1 else "depends on the open cases")
    if among["named"]:
        assert among["judged"]
        assert among["bh"] < 0.025
        assert said in ("higher", "lower")


@pytest.mark.parametrize("study", STUDIES)
def test_studies(study):
    found = compare("--study", study)
    hold(found, one_reading=study.endswith("not-yet-assigned"))
    assert all(("mix" in row) == ("/all/" in study) for row in found["forces"])


def random_file(draw):
    """Return the rows of a spreadsheet: some counts ranges, some open numbers large, some things unknown."""
    rate, opened, size = (
        draw.choice([0.02, 0.3, 0.97]),
        draw.choice([0, 0.01, 0.2]),
        draw.choice([1, 2, 10, 11, 12, 20]),
    )
    rows = []
    for place in range(size):
        n = draw.choice([0, 1, 7, 60, 300])
        u = sum(draw.random() < (0.7 if draw.random() < 0.1 else opened) for _ in range(n))
        u = round(0.6 * n) if draw.random() < 0.1 else u
        k = sum(draw.random() < rate for _ in range(n - u))
        count = draw.choice([str(k)] * 9 + [f"{max(0, k - 3)}..{k}"]) if n else ""
        still_open = "" if draw.random() < 0.15 or not n else str(u)
        rows.append((f"Unit {place:02}", count, str(n) if n else "", still_open))
    return rows


@pytest.mark.parametrize("seed", range(40))
def test_files_with_a_column_open(tmp_path, seed):
    path = tmp_path / "file.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([("force", "charged", "recorded", "open"), *random_file(random.Random(seed))])
    hold(compare(str(path)))
