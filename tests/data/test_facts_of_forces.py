"""What data/ says of the forces beside their figures, held against what was printed."""

from analysis.answer import answer_force, compare_study
from analysis.counts.forces import list_forces
from analysis.counts.tables import read_table
from analysis.presentation.prose import limits

NOT_PROVIDED_2014 = {
    "Bedfordshire",
    "British Transport Police",
    "Cumbria",
    "Dyfed-Powys",
    "Hertfordshire",
    "Leicestershire",
    "Metropolitan Police",
    "South Yorkshire",
}


def test_every_force_area_has_its_code():
    codes = {row["name"]: row["gss_code"] for row in read_table("forces.csv")}
    assert (codes["Gwent"], codes["Metropolitan Police"]) == ("W15000002", "E23000001")
    assert [force.name for force in list_forces() if codes[force.name] is None] == ["British Transport Police"]
    assert len(set(codes.values())) == 44


def test_answers_name_the_code_of_a_forces_area():
    # Office for National Statistics, police force areas: W15000002 is Gwent, E23000034 the City of London.
    assert answer_force("home-office-2018-19", "8Q", "charged", "Gwent").gss_code == "W15000002"
    rows = {row.force: row.gss_code for row in compare_study("home-office-2018-19/8Q/charged").forces}
    assert (rows["City of London"], rows["British Transport Police"], len(rows)) == ("E23000034", None, 44)


def test_how_well_a_force_recorded_is_among_the_limits_of_its_page():
    gwent, kent, transport = (
        str(limits(answer_force("home-office-2018-19", "8Q", "charged", force)))
        for force in ("Gwent", "Kent", "British Transport Police")
    )
    assert (
        "An inspection found that Gwent recorded 90.5% ± 1.64 percentage points (2018) of the crimes reported to it"
        in gwent
    )
    assert "Kent recorded 83.6% ± 1.85 percentage points (2017) and 96.6% (re-inspection 2018) of the crimes" in kent
    assert "recorded" in transport
    assert "inspection" not in transport


def test_the_forces_that_did_not_provide_a_year_are_gaps():
    gaps = [row for row in read_table("known_gaps.csv") if row["kind"] == "not provided"]
    assert {row["force"] for row in gaps if row["window_end"] == "2015-03-31"} == NOT_PROVIDED_2014
    assert [row["force"] for row in gaps if row["window_end"] != "2015-03-31"] == ["Greater Manchester"]


def test_a_bulletin_that_leaves_a_force_out_makes_no_gap_of_the_tables():
    kinds = {row["force"]: row["kind"] for row in read_table("known_gaps.csv")}
    assert kinds["Devon and Cornwall"] == "left out of bulletins"


def test_how_well_a_force_recorded_is_as_its_inspection_printed_it():
    rows = {(row["force"], row["inspection"]): row for row in read_table("crime_recording.csv")}
    gwent = rows["Gwent", "2018"]
    assert (gwent["recorded_percent"], gwent["margin"], gwent["rounded"]) == ("90.5", "1.64", False)
    lowest = min(rows.values(), key=lambda row: float(row["recorded_percent"]))
    assert (lowest["force"], lowest["recorded_percent"]) == ("Derbyshire", "65.3")
    # All 43 forces of England and Wales were inspected; British Transport Police was not.
    assert len({force for force, _ in rows}) == 43


def test_the_broadcasters_counts_of_nineteen_forces_are_kept_as_context():
    rows = [row for row in read_table("counts/press.csv") if row["source"] == "bbc-news-2019"]
    assert [(row["measure"], row["count"], row["role"]) for row in rows] == [
        ("recorded", 852, "context"),
        ("outcome", 207, "context"),
        ("recorded", 1853, "context"),
        ("outcome", 158, "context"),
    ]
