"""Which letters a check takes for doubtful: what a supporter adds to their own counts."""

from dataclasses import replace
from pathlib import Path

import pytest

from campaign_folders import DAY, SETTINGS, make_campaign, make_home, person
from own_packs import LETTER, LETTER_WITH_ABOUT, make_pack
from plea.campaigns.checking.check import DryRun
from plea.campaigns.checking.page_fit import FitEstimate
from plea.campaigns.context import open_context
from plea.campaigns.settings import load_settings
from plea.model.people import Supporter

TREES = SETTINGS.replace("refugee-intake", "street-trees").replace(', "us-representative"', "") + 'pack = "pack"\n'
WORD = "tree "


def words_that_fit(folder: Path, about: str = "") -> int:
    """The number of words of a story, in tens, from which a letter is doubtful."""
    with DryRun(open_context(load_settings(folder), DAY)) as dry_run:
        estimate = FitEstimate(dry_run.context, dry_run.destinations)
        someone = Supporter("Abe First", city="Burlington", state="VT", zip="05401", about=about)
        return next(n for n in range(0, 1000, 10) if estimate.is_doubtful(replace(someone, story=WORD * n)))


def test_a_line_about_the_signer_takes_room_where_the_letter_prints_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLEA_HOME", str(tmp_path / "home"))
    make_home(tmp_path / "home")
    folder = make_campaign(tmp_path / "c", [person("Abe First")], TREES)
    make_pack(folder, letter=LETTER_WITH_ABOUT)
    without, with_about = words_that_fit(folder), words_that_fit(folder, "I teach")
    assert 100 < with_about < without < 400
    letter = folder / "pack" / "asks" / "street-trees" / "letter.md.j2"
    letter.write_text(LETTER)
    assert words_that_fit(folder) == words_that_fit(folder, "I teach") == without
