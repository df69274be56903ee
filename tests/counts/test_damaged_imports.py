"""The folder of imports is input too: what is damaged in it is named, and the others go on."""

import json

import pytest

from analysis.counts.check import check_data
from analysis.counts.importing import import_official
from analysis.counts.releases import find_release, list_damaged, list_releases
from analysis.errors import InputError
from official_files import as_csv

DAMAGED = "imported/other/release.json is damaged: import the file again with --replace, or remove the folder"


def rename(about):
    return about | {"release": about["release"] | {"id": "another"}}


def escape(about):
    return about | {"offences": [about["offences"][0] | {"code": ".."}]}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda about: "{",
        lambda about: "[" * 100_000,
        lambda about: "[]",
        lambda about: json.dumps(about)[:100],
        lambda about: json.dumps(about | {"a later version": 1}),
        lambda about: json.dumps(about | {"release": {"id": "other"}}),
        lambda about: json.dumps(about | {"offences": None}),
        lambda about: json.dumps(about | {"limits": [1]}),
        lambda about: json.dumps(rename(about)),
        lambda about: json.dumps(escape(about)),
    ],
)
def test_a_damaged_release_is_named_and_the_others_go_on(tmp_path, imported, spoil):
    path = tmp_path / "table.csv"
    path.write_bytes(as_csv({}, whole=True))
    import_official(path)
    path.write_bytes(as_csv({}, {"Force Name": "Kent"}, whole=True))
    import_official(path, release="other")
    about = imported / "other" / "release.json"
    about.write_text(spoil(json.loads(about.read_text(encoding="utf-8"))), encoding="utf-8")
    ids = [release.id for release in list_releases()]
    assert "home-office-2021-22" in ids
    assert "other" not in ids
    assert list_damaged() == [DAMAGED]
    with pytest.raises(InputError) as error:
        find_release("other")
    assert str(error.value) == DAMAGED
    assert [(one.place, one.kind) for one in check_data() if one.kind != "marked"] == [
        ("imported/other/release.json", "damage")
    ]
    path.write_bytes(as_csv({}, {"Force Name": "Essex"}, whole=True))
    assert import_official(path, release="third").status == "imported"
