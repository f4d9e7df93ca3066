"""Paper through the command line: each profile's addresses in its windows, envelope and test page beside the letter."""

from pathlib import Path

import pytest

from conftest import Plea
from paper_reading import lines, sizes
from plea.letters.paper.profiles import profile, profiles

WRITE = (
    "write",
    "diplomacy",
    "--name=Mary Okafor",
    "--street=52 North Street",
    "--city=Burlington",
    "--state=VT",
    "--zip=05401",
    "--to=us-president",
    "--date=2026-11-22",
)
PRESIDENT = ["The President", "The White House", "1600 Pennsylvania Avenue NW", "Washington, DC  20500"]


@pytest.mark.parametrize("key", list(profiles()))
def test_the_address_stands_in_the_window_of_the_profile_asked_for(plea: Plea, tmp_path: Path, key: str) -> None:
    done = plea(*WRITE, "--profile", key, "--envelope-page", "--test-page", "--out", "out")
    assert done.returncode == 0, done.stderr
    made = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert len(made) == 3
    content = (tmp_path / "out" / "diplomacy-us-president.pdf").read_bytes()
    texts = lines(content)
    said = [line.text.replace("\u00a0", " ") for line in texts]
    start = said.index("The President")
    assert said[start : start + 4] == PRESIDENT
    one = profile(key)
    if one.recipient:
        shown = texts[start : start + 4]
        assert all(line.top >= one.recipient.y for line in shown)
        assert all(line.bottom <= one.recipient.y + one.recipient.height for line in shown)
        assert all(line.left >= one.recipient.x for line in shown)
        assert all(line.right <= one.recipient.x + one.recipient.width for line in shown)
    envelope = next((tmp_path / "out").glob("*envelope*")).read_bytes()
    assert sizes(envelope) == [(623.62, 311.81) if key == "uk-dl" else (684.0, 297.0)]
    assert PRESIDENT[0] in [line.text for line in lines(envelope)]
    assert "100 %" in done.stdout


def test_large_print_takes_its_pages(plea: Plea, tmp_path: Path) -> None:
    done = plea(*WRITE, "--large-print", "--out", "out")
    if done.returncode == 1 and "no sans is installed" in done.stderr:
        pytest.skip("no sans is installed")
    assert done.returncode == 0, done.stderr
    assert len(sizes((tmp_path / "out" / "diplomacy-us-president.pdf").read_bytes())) == 2


def test_an_unknown_profile_is_wrong_usage_and_names_the_nearest(plea: Plea) -> None:
    done = plea(*WRITE, "--profile", "us-10-singel")
    assert done.returncode == 2
    assert "us-10-singel" in done.stderr
    assert "us-10-single" in done.stderr.splitlines()[-1]


def test_a_signature_that_is_no_picture_leaves_nothing_behind(plea: Plea, tmp_path: Path) -> None:
    (tmp_path / "signature.png").write_text("no picture")
    done = plea(*WRITE, "--signature", "signature.png", "--out", "out")
    assert done.returncode in {1, 3}
    assert "signature.png" in done.stderr
    assert not list((tmp_path / "out").glob("*.pdf"))


def test_a_street_too_long_for_the_window_is_said_and_the_plain_envelope_works(plea: Plea, tmp_path: Path) -> None:
    wide = [part for part in WRITE if not part.startswith("--street")]
    wide.append("--street=Apartment 1104, 1200 Doctor Martin Luther King Junior Memorial Boulevard South")
    done = plea(*wide, "--profile", "us-10-double", "--out", "out")
    assert done.returncode in {1, 3}
    assert "us-10-double" in done.stderr
    assert not list((tmp_path / "out").glob("*.pdf"))
    assert plea(*wide, "--profile", "none", "--out", "out").returncode == 0
