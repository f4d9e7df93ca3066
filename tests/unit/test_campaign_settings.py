"""`campaign.toml`: every setting of the commented template, every fault with its line, and changes in place."""

from datetime import date
from pathlib import Path

import pytest

from campaign_folders import SETTINGS, make_campaign, make_home, person
from plea import language
from plea.campaigns.context import open_context
from plea.campaigns.preparing.scaffold import NewCampaign, new_campaign
from plea.campaigns.settings import (
    KINDS,
    Changes,
    SettingsError,
    change_settings,
    load_settings,
    match_columns,
    profile_key,
)
from plea.errors import InputError
from plea.letters.paper.profiles import profile, profiles
from plea.system import folders

DAY = date(2026, 11, 22)


def faults(folder: Path, text: str) -> list[str]:
    make_campaign(folder, [], text)
    with pytest.raises(InputError) as caught:
        load_settings(folder)
    return lines(folder, caught.value)


def lines(folder: Path, error: InputError) -> list[str]:
    """What a person reads, from the number of the line on."""
    prefix = f"{folder}/campaign.toml:"
    texts = [language.line(problem) for problem in error.problems]
    assert all(text.startswith(prefix) for text in texts)
    return [text.removeprefix(prefix) for text in texts]


def test_every_fault_is_named_with_its_line_in_one_go(tmp_path: Path) -> None:
    text = """\
name = 7
organizr = "x"
asks = "refugee-intake"
targets = []
date = "2026-11-22"
delivery = "pigeon"
envelope = "us-11"
formats = ["pdf", "docs"]
large_print = "yes"
likeness_threshold = 3
output = "."
split_zips = true

[selection]
sample = -1
were = "story"
[consent]
at = 2026-10-03
[params]
crisis = 4
"""
    assert faults(tmp_path / "c", text) == [
        "1: name must be text in quotes, and not empty",
        "2: there is no setting organizr; did you mean organizer?",
        '3: asks must be a list of at least one text, as in ["a"]',
        '4: targets must be a list of at least one text, as in ["a"]',
        "5: date must be a day without quotes, as in 2026-11-22",
        "6: delivery must be one of mail and hand",
        f"7: there is no envelope us-11; there are {language.listed(profiles())}",
        "8: there is no format docs; there are pdf, single-pdf, and eml",
        "9: large_print must be true or false",
        "10: likeness_threshold must be a number from 0 to 1",
        "11: output must be a folder of its own, such as out",
        "12: split_zips must be one of hold and geocode",
        "15: selection.sample must be a whole number, 0 or more",
        "16: there is no setting selection.were; did you mean where?",
        "18: consent.at needs consent.source: when and where the signers agreed",
        '19: params must be names with texts, as in key = "text"',
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "1: name is missing"),
        (SETTINGS + 'selection = "story"\n', "6: selection must be a table: [selection]"),
        (SETTINGS + "sample = true\n", "6: there is no setting sample"),
        (SETTINGS + "[selection]\nseed = true\n", "7: selection.seed must be a whole number, 0 or more"),
        (SETTINGS + 'name = "again"\n', "6: is not valid TOML: Cannot overwrite a value"),
        (SETTINGS.replace('["refugee-intake"]', '["a", "a"]'), "3: asks names an ask twice"),
        (SETTINGS + 'output = ".."\n', "6: output must be a folder of its own, such as out"),
        (SETTINGS.replace("2026-11-22", "2026-11-22T10:00:00"), "5: date must be a day"),
    ],
)
def test_one_fault(tmp_path: Path, text: str, line: str) -> None:
    assert any(found.startswith(line) for found in faults(tmp_path / "c", text))


def test_what_is_left_out_is_filled_in(tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", [])
    settings = load_settings(folder)
    assert settings.supporters == folder / "supporters.csv"
    assert settings.output == folder / "out"
    assert (settings.delivery, settings.envelope, settings.seed, settings.likeness_threshold) == (
        "mail", "us-10-single", 1, 0.8,
    )  # fmt: skip
    assert settings.consent_required
    assert settings.consent is None


def test_by_hand_there_is_no_window(tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", [], SETTINGS + 'delivery = "hand"\nenvelope = "us-10-double"\n')
    sheet = profile(profile_key(load_settings(folder)))
    assert (sheet.recipient, sheet.sender) == (None, None)


def test_the_template_names_every_setting() -> None:
    text = (folders.templates() / "campaign.toml.j2").read_text(encoding="utf-8")
    for path in KINDS:
        assert f"\n{path[-1]} = " in text or f"\n# {path[-1]} = " in text or f"\n[{path[-1]}]" in text or (
            path == ("date",)
        ), path  # fmt: skip


def test_what_does_not_exist_is_named_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLEA_HOME", str(tmp_path / "home"))
    make_home(tmp_path / "home")
    text = """\
name = "Trees"
asks = ["refugee-intake", "street-trees"]
targets = ["us-senator", "governor", "vt-x", "us-senatr"]
language = "fr"
font_paths = ["fonts"]
[params]
crysis = "Sudan"
[offices]
vt-a = "vt-b-district-1"
vt-z = "capitol"
[consent]
at = 2026-12-01
source = "paper"
"""
    folder = make_campaign(tmp_path / "c", [], text)
    with pytest.raises(InputError) as caught:
        open_context(load_settings(folder), DAY)
    found = lines(folder, caught.value)
    starts = [
        "2: there is no ask street-trees; there are accountability, ",
        "3: no ask is for governor; ",
        "3: ",
        "3: ",
        "4: refugee-intake is not written in fr, but in en, ar, and es",
        f"5: {folder}/fonts is not a folder",
        "7: no ask has a parameter crysis; there are crisis",
        "9: vt-a has no office vt-b-district-1; there are ",
        "10: there is no official vt-z",
        "12: December 1, 2026 is after the date of the letters, November 22, 2026",
    ]
    assert len(found) == len(starts)
    for line, start in zip(found, starts, strict=True):
        assert line.startswith(start)


def test_the_old_words_are_still_read(tmp_path: Path) -> None:
    text = SETTINGS.replace("organizer =", "organiser =") + 'delivery = "post"\n'
    settings = load_settings(make_campaign(tmp_path / "c", [], text))
    assert (settings.organizer, settings.delivery) == ("Friends of Trees", "mail")
    assert settings.facts_for_templates()["organiser"] == "Friends of Trees"


# --- changed in place -------------------------------------------------------------------------------------


def test_the_settings_of_a_new_campaign_take_the_place_of_their_comments(tmp_path: Path) -> None:
    folder = tmp_path / "c"
    new_campaign(folder, NewCampaign(("refugee-intake",), on=DAY), DAY)
    before = (folder / "campaign.toml").read_text().split("\n")
    consent: Changes = {("consent", "at"): DAY, ("consent", "source"): "on paper"}
    settings = change_settings(folder, {("supporters",): "forms.xlsx", ("approval",): "required", **consent})
    assert (settings.supporters, settings.approval) == (folder / "forms.xlsx", "required")
    assert settings.consent
    assert settings == load_settings(folder)
    after = (folder / "campaign.toml").read_text().split("\n")
    assert len(after) == len(before)
    assert [new for old, new in zip(before, after, strict=True) if old != new] == [
        'supporters = "forms.xlsx"',
        'approval = "required"',
        "at = 2026-11-22",
        'source = "on paper"',
    ]
    assert (folder / "campaign.toml").stat().st_mode & 0o777 == 0o600


def test_what_would_not_hold_is_not_written(tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", [person("Abe First")])
    before = (folder / "campaign.toml").read_bytes()
    with pytest.raises(SettingsError) as refused:
        change_settings(folder, {("name",): "Oaks", ("delivery",): "pigeon", ("consent", "at"): DAY})
    assert {keys for keys, _ in refused.value.faults} == {("delivery",), ("consent", "at")}
    assert [problem.code for problem in refused.value.problems] == [
        "settings.not_a_choice",
        "settings.consent_incomplete",
    ]
    assert (folder / "campaign.toml").read_bytes() == before


def test_columns_are_matched_anew_and_others_are_forgotten(tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", [person("Abe First")])
    assert match_columns(folder, {"name": "Signer", "zip": "Post code"}).columns == {
        "name": "Signer",
        "zip": "Post code",
    }
    assert match_columns(folder, {"zip": "ZIP"}).columns == {"zip": "ZIP"}
    assert match_columns(folder, {}).columns == {}
