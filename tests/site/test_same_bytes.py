"""Two batches of the same study, as different as they can be asked for, leave the same bytes."""

from batch_fixture import tree

from analysis.site.reports import run_reports

STUDY = "radar-2022/8-71/charged"


def test_folder_number_of_workers_and_engine_leave_no_trace(tmp_path, monkeypatch):
    one, other = tmp_path / "one", tmp_path / "another folder, café" / "reports"
    assert run_reports([STUDY], [], one, engine="warm", workers=1, quiet=True).status == 0
    monkeypatch.chdir(tmp_path)
    assert run_reports([STUDY], [], other.relative_to(tmp_path), engine="kernel", workers=3, quiet=True).status == 0
    found = tree(one)
    assert {f"{STUDY}/gwent.{suffix}" for suffix in ("ipynb", "html", "json")} <= set(found)
    assert {"index.html", "summary.csv", f"{STUDY}/country.ipynb", f"{STUDY}/index.html"} <= set(found)
    assert tree(other) == found
