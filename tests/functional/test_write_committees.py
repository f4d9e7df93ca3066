"""A member is asked as a member of a committee only while that committee's Congress sits."""

from pathlib import Path

import pytest

from conftest import Plea

WELCH = "us-W000800"
ME = ("--name", "Alex Example", "--city", "Burlington", "--state", "VT", "--zip", "05401")


@pytest.mark.shared_data
@pytest.mark.parametrize(("day", "sits"), [("2026-11-22", True), ("2027-02-01", False)])
def test_a_senator_named_by_id_sits_on_the_committees_of_that_day(
    plea: Plea, directory_home: Path, tmp_path: Path, day: str, sits: bool
) -> None:
    done = plea(
        *("write", "refugee-intake", *ME, "--to", WELCH, "--date", day, "--format", "txt", "--out", tmp_path / "out"),
        PLEA_HOME=str(directory_home),
    )
    assert done.returncode == 0, done.stderr
    [letter] = (tmp_path / "out").glob("*.txt")
    assert ("You sit on the Judiciary Committee" in " ".join(letter.read_text().split())) is sits
