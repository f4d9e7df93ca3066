"""Settings changed in place: comments stay, and nothing that would not hold is ever written."""

from pathlib import Path

import pytest

from campaign_folders import DAY, make_campaign, make_home, person
from plea.campaigns.preparing.scaffold import NewCampaign, new_campaign
from plea.campaigns.settings import Changes, SettingsError, change_settings, load_settings, match_columns


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLEA_HOME", str(tmp_path / "home"))
    make_home(tmp_path / "home")


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
