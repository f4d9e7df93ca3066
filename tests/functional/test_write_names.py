"""Names that people type into `--to`: with titles, party and letters; in the public data or nowhere."""

import re
from pathlib import Path

import pytest

from conftest import Plea

ME = ("--name", "Alex Example", "--city", "Burlington", "--state", "VT", "--zip", "05401", "--date", "2026-11-28")


def written(plea: Plea, home: Path, folder: Path, *to: str, ask: str = "refugee-intake") -> str:
    """The text of the one letter."""
    recipients = [part for one in to for part in ("--to", one)]
    done = plea("write", ask, *ME, *recipients, "--format", "txt", "--out", folder / "out", PLEA_HOME=str(home))
    assert done.returncode == 0, done.stderr
    [path] = (folder / "out").glob("*.txt")
    return path.read_text("utf-8")


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("to", "name", "greeting"),
    [
        ("Senator Peter Welch", "Peter Welch", "Dear Senator Welch:"),
        ("us-senator:Senator Peter Welch", "Peter Welch", "Dear Senator Welch:"),
        ("Peter Welch (D-VT)", "Peter Welch", "Dear Senator Welch:"),
        ("WELCH", "Peter Welch", "Dear Senator Welch:"),
        ("us-senator:Bernie Sanders", "Bernard Sanders", "Dear Senator Sanders:"),
        ("us-representative:Rep. Becca Balint", "Becca Balint", "Dear Representative Balint:"),
        ("Speaker Johnson", "Mike Johnson", "Dear Representative Johnson:"),
        ("Wasserman Schultz, Debbie", "Debbie Wasserman Schultz", "Dear Representative Wasserman Schultz:"),
        ("Pablo José Hernández Rivera", "Pablo José Hernández", "Dear Resident Commissioner Hernández:"),
        ("Rep. Stacey Plaskett", "Stacey E. Plaskett", "Dear Delegate Plaskett:"),
        ("us-senator:Jane Doe, M.D.", "Jane Doe", "Dear Senator Doe:"),
    ],
)
def test_a_name_is_the_official_whom_the_directory_knows(
    plea: Plea, directory_home: Path, tmp_path: Path, *, to: str, name: str, greeting: str
) -> None:
    text = written(plea, directory_home, tmp_path, to)
    assert re.search(rf"^The Honorable {re.escape(name)}$", text, re.MULTILINE)
    assert re.search(rf"^{re.escape(greeting)}$", text, re.MULTILINE)


@pytest.mark.shared_data
def test_somebody_known_by_name_has_their_office_and_is_one_with_the_role(
    plea: Plea, directory_home: Path, tmp_path: Path
) -> None:
    text = written(plea, directory_home, tmp_path, "us-W000800", "Sen. Peter Welch", "us-senator:WELCH")
    assert "199 Main St." in text  # the office in Burlington


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("us-senator:JANE DOE", "JANE DOE is all in capital letters"),
        ("Jane Doe", "Jane Doe is not in the directory, and the post is not named"),
        ("us-senator:Jane Doe & John Roe", "cannot be read as the name of one person"),
        ("us-senator:Mayor Jane Doe", "Mayor is no title of a U.S. senator"),
        ("us-senator:Dick Durbin", "but there is Richard J. Durbin (IL, us-D000563)"),
        ("Peter Welch (R-TX)", "but there is Peter Welch (VT, us-W000800)"),
        ("us-representative:Johnson", "several officials go by the name Johnson: "),
        ("President Biden", "Donald Trump holds that post on the day of the letter, not Biden"),
    ],
)
def test_what_stays_unclear_is_asked_about_and_nothing_is_printed(
    plea: Plea, directory_home: Path, tmp_path: Path, *, to: str, said: str
) -> None:
    done = plea(
        *("write", "refugee-intake", *ME, "--to", to, "--format", "txt", "--out", tmp_path / "out"),
        PLEA_HOME=str(directory_home),
    )
    assert done.returncode == 3
    what, hint = done.stderr.splitlines()
    assert what.startswith(f"plea: --to {to}: ")
    assert said in what
    assert hint.strip()
    assert not (tmp_path / "out").exists()


def test_a_member_of_parliament_is_known_by_the_letters_and_the_country(plea: Plea, tmp_path: Path) -> None:
    for country, city, code, lead in (
        ("GB", "Leeds", "LS1 1UR", "Keir Example MP"),
        ("CA", "Ottawa", "K1P 1J1", "Keir Example, M.P."),
    ):
        out = tmp_path / country
        done = plea(
            *("write", "safe-passage", "--name", "Alex Example", "--city", city, "--zip", code, "--country", country),
            *("--date", "2026-11-28", "--to", "Keir Example MP", "--format", "txt", "--out", out),
        )
        assert done.returncode == 0, done.stderr
        [path] = out.glob("*.txt")
        assert f"{lead}\nHouse of Commons" in path.read_text("utf-8")


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("day", "greeting"), [("2026-11-28", "Dear Mr. President:"), ("2029-01-20", "To the President:")]
)
def test_the_president_is_greeted_by_the_holders_style_or_none(
    plea: Plea, directory_home: Path, home: Path, tmp_path: Path, *, day: str, greeting: str
) -> None:
    for number, used in enumerate((home, directory_home)):  # without a directory, and with the public one
        out = tmp_path / str(number)
        done = plea(
            *("write", "refugee-intake", "--name", "Alex Example", "--city", "Burlington", "--zip", "05401"),
            *("--date", day, "--to", "us-president", "--format", "txt", "--out", out),
            PLEA_HOME=str(used),
        )
        assert done.returncode == 0, done.stderr
        [path] = out.glob("*.txt")
        assert f"\n{greeting}\n" in path.read_text("utf-8")
        assert "The President\nThe White House\n1600 Pennsylvania Avenue NW\nWashington, DC  20500" in path.read_text(
            "utf-8"
        )
