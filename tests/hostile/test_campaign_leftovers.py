"""What a killed run, or a ledger that was lost, leaves behind is neither printed over nor left to be sent."""

from pathlib import Path

import pytest

from campaign_folders import make_campaign, make_home, person, planned, print_all, write_rows
from plea.app import run
from plea.campaigns.model import LetterMade


@pytest.fixture
def campaign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PLEA_HOME", str(tmp_path / "home"))
    make_home(tmp_path / "home")
    return make_campaign(tmp_path / "trees", [person("Ida Invented"), person("Otto Otherwise", 2)])


def volumes(campaign: Path) -> list[str]:
    return sorted(str(path.relative_to(campaign / "out")) for path in campaign.glob("out/*/*"))


def test_a_volume_that_was_written_and_not_sealed_goes_with_its_letters(campaign: Path) -> None:
    settings = campaign / "campaign.toml"
    settings.write_text(f'formats = ["pdf", "single-pdf"]\n{settings.read_text()}')
    ledger, _ = planned(campaign)
    with ledger:
        first, *others = ledger.volumes_left()
        for volume in others:
            letters = ledger.letters_of(volume.file)
            ledger.seal([(volume.file, [LetterMade(letter.letter_id, 1, 1) for letter in letters])])
        path = campaign / "out" / first.file
        path.parent.mkdir(parents=True)
        single = path.parent / f"{ledger.letters_of(first.file)[0].letter_id}.pdf"
        path.write_bytes(b"written by a run that was killed before it was sealed")
        single.write_bytes(b"a letter by itself, of the same run")

    write_rows(campaign, [])  # nobody is left who wants it
    planned(campaign)[0].close()
    assert volumes(campaign) == []


def test_volumes_of_a_ledger_that_is_gone_are_not_printed_over(
    campaign: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger, _ = planned(campaign)
    with ledger:
        print_all(ledger, campaign / "out")
    before = volumes(campaign)
    (campaign / "ledger.sqlite").unlink()

    assert run(["campaign", "run", str(campaign)]) == 1
    assert "volumes that no ledger knows" in capsys.readouterr().err
    assert volumes(campaign) == before
    assert {path.read_bytes() for path in campaign.glob("out/*/volume-*.pdf")} == {b"a volume"}

    (campaign / "out").rename(campaign / "out-before")
    assert run(["campaign", "run", str(campaign)]) == 0
    assert volumes(campaign)
