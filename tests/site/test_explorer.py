"""The explorer in a real browser: answers held against `compare --json` and against values made outside the code."""

import csv
import json
import random
from pathlib import Path

import pytest
from click.testing import CliRunner

from analysis.answer.mix import answer_mix
from analysis.cli import main
from analysis.counts.forces import find_force
from analysis.counts.series_studies import read_any_study
from analysis.presentation.explorer_words import CRIMES, FINDING, NO_RATE, RAW, RIDER
from analysis.presentation.formats import percent, percent_range, whole
from analysis.presentation.mix import finding
from analysis.site.plan import _explored, _releases_of
from analysis.site.reports import run_reports
from official_files import TODAY, official_rows, write_xlsx
from official_years import SERIES

RELEASE, YEAR = "home-office-2018-19", "2018-19"
REFERENCE = Path(__file__).parents[1] / "reference"
STUDIES, FORCES_A_STUDY = 25, 20
SECONDS = 0.1

ASK = """async (hashes) => {
  const answers = [];
  for (const hash of hashes) {
    const answered = new Promise((resolve) => addEventListener("hashchange", resolve, { once: true }));
    const started = performance.now();
    location.hash = hash;
    await answered;
    const section = document.getElementById("answer"), said = (id) => document.getElementById(id).textContent;
    answers.push({ ...section.dataset, hidden: section.hidden, seconds: (performance.now() - started) / 1000,
      finding: said("finding"), quote: said("quote"), rider: said("rider"), raw: said("raw"), problem: said("problem"),
      strips: document.querySelectorAll("#strips .strip").length });
  }
  return answers;
}"""


def compared(study: str) -> dict[str, dict]:
    result = CliRunner().invoke(main, ["compare", "--study", study, "--json"])
    return {row["force"]: row for row in json.loads(result.stdout)["forces"]}


@pytest.fixture(scope="module")
def explorer(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("explorer")
    result = CliRunner().invoke(main, ["explore", "--release", RELEASE, "--output", str(folder)])
    assert (result.exit_code, result.stdout) == (0, f"{folder / 'explore.html'}\n")
    return folder


@pytest.fixture
def page(explorer, browser):
    context = browser.new_context(viewport={"width": 1000, "height": 900})
    page = context.new_page()
    page.said, page.asked_for = [], []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.on("request", lambda request: page.asked_for.append(request.url))
    page.goto((explorer / "explore.html").as_uri())
    yield page
    context.close()


def ask(page, questions: list[tuple[str, str, str]]) -> list[dict]:
    return page.evaluate(ASK, [f"{force}/{offence}/{outcome}/{YEAR}" for force, offence, outcome in questions])


def drawn_studies() -> list[str]:
    """Return some of the release's studies, the same on every run; a group of one code is that code on the page."""
    result = CliRunner().invoke(main, ["list", "studies", "--release", RELEASE, "--json"])
    offences = json.loads(CliRunner().invoke(main, ["list", "offences", "--release", RELEASE, "--json"]).stdout)
    alone = {one["offence"] for one in offences["offences"] if one["codes"] and ";" not in one["codes"]}
    studies = [one["study"] for one in json.loads(result.stdout)["studies"] if one["study"].count("/") == 2]
    studies = [study for study in studies if study.split("/")[1] not in alone]
    return random.Random(1).sample([study for study in studies if "/all/" not in study], STUDIES)


def test_500_questions_are_answered_as_compare_answers_them(page):
    draw = random.Random(2)
    for study in drawn_studies():
        _, offence, outcome = study.split("/")
        rows = list(compared(study).values())
        chosen = draw.sample(rows, FORCES_A_STUDY)
        answers = ask(page, [(find_force(row["force"]).slug, offence, outcome) for row in chosen])
        for row, answer in zip(chosen, answers, strict=True):
            held(row, answer)
    assert page.said == []
    assert all(url.startswith(("file:", "blob:")) for url in page.asked_for)


@pytest.mark.parametrize("outcome", ["charged", "not-yet-assigned"])
def test_all_offences_together_are_answered_as_compare_answers_them(page, outcome):
    """The headline is the finding on the mix, as a report has it; the verdict without it stands below."""
    rows = list(compared(f"{RELEASE}/all/{outcome}").values())
    answers = ask(page, [(find_force(row["force"]).slug, "all", outcome) for row in rows])
    assert len(rows) == 44
    for row, answer in zip(rows, answers, strict=True):
        held(row, answer, is_mix=True)
        lead, _, *among = str(finding(answer_mix(RELEASE, outcome, row["force"]))).replace("**", "").split("\n\n")
        assert answer["finding"] == " ".join([lead.split(";")[0] + "." if row["mix"] is None else lead, *among])
        assert " of all offences together in April 2018 to March 2019; " in answer["quote"]


def held(row: dict, answer: dict, *, is_mix: bool = False) -> None:
    """Hold one answer against a force's row of `compare --json`, numbers and sentences."""
    assert (answer["hidden"], answer["strips"]) == (False, 44)
    if row["count"]["low"] is None:
        assert [answer[name] for name in ("count", "recorded", "low", "high", "verdict")] == [""] * 5
        assert answer["finding"] == NO_RATE.format(force=row["force"], why=row["why_unknown"])
        return
    assert (int(answer["count"]), int(answer["countHigh"])) == tuple(row["count"].values())
    assert int(answer["recorded"]) == row["recorded"]
    assert [float(answer["low"]), float(answer["high"])] == pytest.approx(row["wilson"], abs=6e-6)
    low, high = row["wilson"]
    said = f"({percent_range(*row['rate'].values())}, 95% interval {percent(low)} to {percent(high)})"
    assert said in answer["quote"]
    crimes = CRIMES[1 if row["recorded"] == 1 else 2].format(recorded=whole(row["recorded"]))
    assert answer["quote"].startswith(f"{row['force']} recorded {crimes} of ")
    assert answer["verdict"] == (row["verdict"]["among_forces"] or "")
    raw = FINDING[row["verdict"]["among_forces"] or "null"].format(force=row["force"])
    assert (answer["raw"], answer["finding"] == raw) == (RAW + raw if is_mix else "", not is_mix)
    assert answer["rider"] == (RIDER[row["verdict"]["rest"]] if row["verdict"]["rest"] else "")


def reference_rows() -> list[dict]:
    with open(REFERENCE / "v2_open_cases.csv", encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["study"].startswith(f"{RELEASE}/")]


def test_the_verdicts_are_those_computed_elsewhere(page):
    rows = reference_rows()
    questions = [(find_force(row["force"]).slug, *row["study"].split("/")[1:]) for row in rows]
    words = {"unusually high": "higher", "unusually low": "lower", "too few to judge": "too few", "takes no part": ""}
    expected = [words.get(row["verdict_among"], row["verdict_among"]) for row in rows]
    assert len(rows) == 132
    assert [answer["verdict"] for answer in ask(page, questions)] == expected


def test_an_answer_takes_a_tenth_of_a_second(page):
    offences = ["8R", "8L", "8Q", "1-4.1-4.10-4.2", "105A"] * 4
    answers = ask(page, [("gwent", offence, "charged") for offence in offences][:-1])
    assert sorted(answer["seconds"] for answer in answers)[len(answers) // 2] < SECONDS


def test_a_question_that_is_not_there_says_so_and_what_to_try(page):
    (answer,) = ask(page, [("gwemt", "8R", "charged")])
    assert answer["hidden"]
    assert answer["problem"].startswith("Nothing here is called “gwemt/8R/charged/2018-19”. Try a force’s name")


@pytest.mark.parametrize(
    ("force", "offence", "address"),
    [
        ("gwent police", "malicious communications", "gwent/8R/charged/2018-19"),
        ("Gwent", "8r", "gwent/8R/charged/2018-19"),
        ("metropolitan", "robbery of pers", "metropolitan-police/34B/charged/2018-19"),
        ("Kent", "all offences", "kent/all/charged/2018-19"),
        ("Gwent", "rape", "gwent/rape/charged/2018-19"),
    ],
)
def test_the_form_finds_names_codes_and_words(page, force, offence, address):
    page.fill("#force", force)
    page.fill("#offence", offence)
    page.click(".ask button")
    page.wait_for_selector("#answer:not([hidden])")
    assert page.evaluate("location.hash") == f"#{address}"


def test_the_slice_is_every_force_of_the_study(page):
    ask(page, [("gwent", "8R", "charged")])
    with page.expect_download() as download:
        page.click("#slice")
    text = Path(download.value.path()).read_text(encoding="utf-8")
    rows = {row["force"]: row for row in csv.DictReader(text.splitlines())}
    assert len(rows) == 44
    assert (rows["Gwent"]["count_low"], rows["Gwent"]["recorded"]) == ("105", "3654")
    assert download.value.suggested_filename == "home-office-2018-19_8R_charged.csv"


def test_without_scripts_every_offence_is_listed(explorer, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((explorer / "explore.html").as_uri())
    page.click("summary")
    assert "Malicious Communications (8R): " in page.inner_text("ul.offences")
    context.close()


def test_a_year_is_small(explorer):
    assert sum(path.stat().st_size for path in explorer.iterdir()) <= 1_500_000


def test_each_further_year_adds_little(explorer):
    page = (explorer / "explore.html").read_text(encoding="utf-8")
    year = page.split('class="year">')[1].split("</script>")[0]
    listed = page.split('<ul class="offences">')[1].split("</ul>")[0]  # for readers without scripts
    assert len(year.encode()) + len(listed.encode()) <= 400_000


def test_what_is_no_official_release_is_refused(tmp_path):
    result = CliRunner().invoke(main, ["explore", "--release", "bbc-2016", "--output", str(tmp_path)])
    assert result.exit_code == 2
    assert "bbc-2016 is not an official table of all offences" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_two_releases_of_one_year_are_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("CHARGE_RATES_IMPORTED", str(tmp_path / "imported"))
    write_xlsx(tmp_path / "table.xlsx", {"Outcomes open data 2018_19": official_rows(TODAY, codes={"8R"})})
    imported = CliRunner().invoke(main, ["import", str(tmp_path / "table.xlsx"), "--release", "again"])
    assert imported.exit_code == 0
    both = ["--release", RELEASE, "--release", "again"]
    result = CliRunner().invoke(main, ["explore", *both, "--output", str(tmp_path / "page")])
    assert result.exit_code == 2
    assert result.stderr == f"Error: {RELEASE} and again are both of {YEAR}: name one of them only\n"
    assert not (tmp_path / "page").exists()


def planned(*studies: str) -> list[str]:
    """Return the releases that a batch of some studies would make the explorer of."""
    return [release.id for release in _explored(_releases_of(list(map(read_any_study, studies))))]


def test_a_batch_explores_the_official_tables_of_its_studies(fleiss, write_year, capsys):
    assert planned("bbc-2016/8-71/charged", "radar-2022/8-71/charged") == []
    assert planned("home-office-all-offences-2018-19/all/charged") == []
    years = ["home-office-2019-20", "home-office-2020-21", "home-office-2021-22", "home-office-2022-23"]
    assert planned(f"{RELEASE}/8L/charged", f"{RELEASE}/8R/charged", f"{SERIES}/8R/charged") == [RELEASE, *years]
    assert capsys.readouterr().err == ""


def test_of_two_editions_of_a_year_the_later_is_explored(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CHARGE_RATES_IMPORTED", str(tmp_path / "imported"))
    write_xlsx(tmp_path / "table.xlsx", {"Outcomes open data 2018_19": official_rows(TODAY, codes={"8R"})})
    later = f"{RELEASE}@2020-01"
    assert CliRunner().invoke(main, ["import", str(tmp_path / "table.xlsx"), "--release", later]).exit_code == 0
    assert planned(f"{later}/8R/charged", f"{RELEASE}/8R/charged") == [later]
    assert capsys.readouterr().err == f"explore.html leaves out {RELEASE}, of the same year as {later}\n"


def test_the_page_of_a_batch_is_the_same_and_leads_to_the_others(visit):
    page = visit("explore.html")
    (answer,) = ask(page, [("gwent", "8R", "charged")])
    assert (answer["count"], answer["recorded"]) == ("105", "3654")
    assert page.said == []
    page.get_by_role("link", name="First page").click()
    page.wait_for_url("**/index.html")
    page.get_by_role("navigation", name="This site").get_by_role("link", name="Ask any question").click()
    page.wait_for_url("**/explore.html")


def test_printed_studies_have_a_page_that_says_how_to_make_it(tmp_path):
    output = tmp_path / "reports"
    assert run_reports(["radar-2022/8-71/charged"], ["Gwent"], output, quiet=True).status == 0
    assert "charge-rates explore --release home-office-2018-19" in (output / "explore.html").read_text()
    (output / "explore.html").write_text("made by hand")
    assert run_reports(["radar-2022/8-71/charged"], ["Gwent"], output, explorer=False, quiet=True).status == 0
    assert (output / "explore.html").read_text() == "made by hand"
