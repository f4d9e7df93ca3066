"""`plea` at a real terminal: it asks for what is missing and nothing else, and shows the letter before it writes."""

import os
import re
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pexpect
import pytest
from pypdf import PdfReader

from conftest import CHECKOUT, Plea

EXAMPLE = CHECKOUT / "examples" / "first-letter"
ALEX = ["--name", "Alex Example", "--city", "Burlington", "--zip", "05401", "--date", "2026-11-22"]
# What a letter without questions needs beside the person: no reason, story or official is left to ask for.
SETTLED = ["--to", "us-president", "--reason", "every-party", "--story", "My aunt waits."]

Child = Any  # pexpect.spawn is generic for its type stubs alone
Talk = Callable[..., Child]


def heed_control_c() -> None:
    """A job in the background of a script has Control-C turned off, and its children with it: turn it on again."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture
def talk(home: Path, tmp_path: Path) -> Iterator[Talk]:
    """Start the program at a terminal of its own, 100 columns wide."""
    children: list[Child] = []

    def start(*arguments: str, **env: str) -> Child:
        child = pexpect.spawn(
            sys.executable,
            ["-m", "plea", *arguments],
            cwd=str(tmp_path),
            env={**os.environ, "PLEA_HOME": str(home), "TERM": "dumb", "NO_COLOR": "1", **env},
            dimensions=(60, 100),
            encoding="utf-8",
            timeout=20,
            preexec_fn=heed_control_c,
        )
        children.append(child)
        return child

    yield start
    for child in children:
        child.close(force=True)


def answer(child: Child, question: str, reply: str) -> None:
    """Wait for the question, type the reply and Enter."""
    child.expect_exact(question)
    child.sendline(reply)


def end(child: Child) -> tuple[int | None, str]:
    """The exit code, and what was printed since the last question."""
    child.expect(pexpect.EOF)
    child.close()
    assert child.before is not None
    return child.exitstatus, child.before.replace("\r\n", "\n")


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("**/*.*") if "home" not in path.parts)


def test_from_nothing_to_a_page(plea: Plea, talk: Talk, tmp_path: Path) -> None:
    assert plea("officials", "import", EXAMPLE / "officials.csv").returncode == 0
    child = talk("write", "--date", "2026-11-22")
    answer(child, "Numbers such as 1 3", "2")
    answer(child, "Your name", "Alex Example")
    answer(child, "Street and number (Enter leaves it out)", "1 Example Street")
    answer(child, "ZIP code", "05401")
    answer(child, "City", "Burlington")
    child.expect_exact("1. Bernard Sanders (U.S. senator, VT)")
    child.expect_exact("2. Peter Welch (U.S. senator, VT)")
    answer(child, "One letter is a fine answer.", "2")
    child.expect_exact("Your reasons")
    answer(child, "Two or three, the most important first.", "")
    answer(child, "> ", "My grandmother kept a suitcase.")
    answer(child, "> ", ".")
    child.expect_exact("5 words.")
    child.expect_exact("Your letter to Peter Welch")
    child.expect_exact("Dear Senator Welch:")
    child.expect_exact("My grandmother kept a suitcase.")
    assert not (tmp_path / "letters").exists()
    answer(child, "Write it? yes, no, change [yes]: ", "")
    code, said = end(child)
    assert code == 0
    for step in ("Print at 100 %", "Sign", "Fold at the small marks", "return address", "mail it", "802-863-2525"):
        assert step in said
    assert files(tmp_path) == ["diplomacy-peter-welch.pdf"]
    (page,) = PdfReader(tmp_path / "letters" / "diplomacy-peter-welch.pdf").pages
    assert "199 Main Street" in page.extract_text()


def test_nothing_is_asked_that_is_known(talk: Talk, tmp_path: Path) -> None:
    child = talk("write", "diplomacy", *ALEX, *SETTLED)
    child.expect_exact("Write it? yes, no, change [yes]: ")
    assert not re.search(r"Your name|ZIP code:|City|Which|Numbers|> $", child.before)
    child.sendline("y")
    assert end(child)[0] == 0
    assert files(tmp_path) == ["diplomacy-us-president.pdf"]


def test_yes_asks_nothing_at_all(talk: Talk, tmp_path: Path) -> None:
    code, said = end(talk("write", "diplomacy", *ALEX, *SETTLED, "--yes"))
    assert code == 0
    assert "Written: 1 letter" in said
    assert files(tmp_path) == ["diplomacy-us-president.pdf"]


def test_no_writes_nothing(talk: Talk, tmp_path: Path) -> None:
    child = talk("write", "diplomacy", *ALEX, *SETTLED)
    answer(child, "Write it?", "no")
    code, said = end(child)
    assert (code, files(tmp_path)) == (0, [])
    assert "Nothing was written." in said


def test_mistakes_are_asked_again_with_the_reason(talk: Talk) -> None:
    child = talk("write", "diplomacy", "--date", "2026-11-22", *SETTLED)
    answer(child, "Your name: ", " ")
    child.expect_exact("Please type something here.")
    answer(child, "Your name: ", "Alex =?utf-8?q?x?=")
    child.expect_exact("Your name: holds '=?'")
    answer(child, "Your name: ", "Alex Example")
    answer(child, "Street", "")
    answer(child, "ZIP code: ", "123")
    child.expect_exact("123")
    answer(child, "ZIP code: ", "05401")
    answer(child, "City: ", "Burlington")
    child.expect_exact("Burlington, VT  05401")
    answer(child, "Write it?", "perhaps")
    child.expect_exact("Please answer yes, no, or change.")
    answer(child, "Write it?", "no")
    assert end(child)[0] == 0


def test_a_wrong_option_is_asked_again_too(talk: Talk) -> None:
    child = talk("write", "diplomacy", *ALEX, *SETTLED, "--state", "IL", "--email", "alex@")
    child.expect_exact("it is in Vermont")
    answer(child, "ZIP", "60098")
    child.expect_exact("E-mail: ")
    answer(child, "E-mail (Enter leaves it out)", "")
    child.expect_exact("Burlington, IL  60098")
    answer(child, "Write it?", "no")
    assert end(child)[0] == 0


def test_a_change_asks_one_thing_and_shows_the_letter_again(talk: Talk, tmp_path: Path) -> None:
    child = talk("write", "diplomacy", *ALEX, *SETTLED)
    child.expect_exact("My aunt waits.")
    answer(child, "Write it?", "change")
    child.expect_exact("5. My story")
    answer(child, "What do you want to change?", "5")
    for line in ("My uncle waits.", "", "He waits still.", "", ""):
        answer(child, "> ", line)
    child.expect_exact("6 words.")
    child.expect_exact("My uncle waits.\r\n\r\n    He waits still.")
    answer(child, "Write it?", "change")
    answer(child, "What do you want to change?", "1")
    answer(child, "Your name [Alex Example]: ", "Sam Example")
    answer(child, "Street", "")
    answer(child, "ZIP code [05401]: ", "60098")
    answer(child, "City [Burlington]: ", "Woodstock")
    child.expect_exact("Sam Example\r\n    Woodstock, IL  60098")
    answer(child, "Write it?", "yes")
    assert end(child)[0] == 0
    assert files(tmp_path) == ["diplomacy-us-president.pdf"]


@pytest.mark.parametrize("moment", ["Your name", "ZIP code", "> "])
def test_control_c_leaves_nothing_behind(talk: Talk, tmp_path: Path, moment: str) -> None:
    child = talk("write", "diplomacy", "--to", "us-president", "--reason", "every-party", "--out", "out")
    for question, reply in (
        ("Your name", "A"),
        ("Street", ""),
        ("ZIP code", "05401"),
        ("City", "Burlington"),
        ("> ", ""),
    ):
        child.expect_exact(question)
        if question == moment:
            break
        child.sendline(reply)
    child.sendintr()
    code, said = end(child)
    assert code == 130
    assert "stopped" in said
    assert "Traceback" not in said
    assert files(tmp_path) == []


def test_the_end_of_input_stops_too(talk: Talk, tmp_path: Path) -> None:
    child = talk("write", "diplomacy")
    child.expect_exact("Your name")
    child.sendeof()
    assert end(child)[0] == 130
    assert files(tmp_path) == []


def test_a_story_that_may_hurt_is_asked_about(talk: Talk) -> None:
    child = talk("write", "diplomacy", *ALEX, *SETTLED[:-2])
    answer(child, "> ", "I am undocumented.")
    answer(child, "> ", ".")
    child.expect_exact("Please note: Your story: speaks of your own immigration status")
    answer(child, "Keep it as it is?", "no")
    answer(child, "> ", "My neighbor is afraid.")
    answer(child, "> ", ".")
    child.expect_exact("Your letter to")
    child.expect_exact("My neighbor is afraid.")
    answer(child, "Write it?", "no")
    assert end(child)[0] == 0


def test_without_a_directory_a_name_can_be_typed(talk: Talk, tmp_path: Path) -> None:
    child = talk("write", "diplomacy", *ALEX, *SETTLED[2:])
    child.expect_exact("1. Fetch it now")
    answer(child, "What do you want to do?", "2")
    child.expect(r"(\d)\. Somebody else: let me type a name")
    assert child.match is not None
    answer(child, "One letter is a fine answer.", str(child.match[1]))
    child.expect_exact("1. U.S. senator")
    answer(child, "What is their post?", "1")
    answer(child, "Their name, as in Jane Doe: ", "Jane Doe")
    child.expect_exact("Dear Senator Doe:")
    answer(child, "Write it?", "yes")
    assert end(child)[0] == 0
    assert files(tmp_path) == ["diplomacy-jane-doe.pdf"]


def test_a_remembered_person_is_not_asked_again(plea: Plea, talk: Talk, tmp_path: Path) -> None:
    saved = plea("write", "diplomacy", *ALEX, *SETTLED, "--save", "--format", "txt", "--out", tmp_path / "first")
    assert saved.returncode == 0, saved.stderr
    child = talk("write", "diplomacy", "--date", "2026-11-22", *SETTLED)
    child.expect_exact("Writing as Alex Example, as remembered")
    child.expect_exact("Write it?")
    child.sendline("no")
    assert end(child)[0] == 0


def test_a_mayor_is_offered_for_an_ask_that_is_for_mayors(plea: Plea, talk: Talk, tmp_path: Path) -> None:
    (tmp_path / "mayor.csv").write_text(
        "role,name,last_name,state,place,street,city,zip\nmayor,Jo Doe,Doe,VT,Burlington,1 Main St,Burlington,05401\n"
    )
    imported = plea("officials", "import", tmp_path / "mayor.csv")
    assert imported.returncode == 0, imported.stderr
    child = talk("write", "local-welcome", *ALEX, "--story", "My aunt waits.", "--reason", "ready-towns")
    answer(child, "Jo Doe (mayor, Burlington)", "")
    child.expect_exact("Dear Mayor Doe:")
    answer(child, "Write it?", "no")
    assert end(child)[0] == 0


@pytest.mark.shared_data
def test_a_shared_zip_is_settled_by_name(talk: Talk, directory_home: Path, tmp_path: Path) -> None:
    woodstock = ["--name", "Alex Example", "--city", "Woodstock", "--zip", "60098", "--date", "2026-11-22"]
    child = talk("write", "refugee-intake", *woodstock, *SETTLED[4:], PLEA_HOME=str(directory_home))
    child.expect_exact("1. Bradley Scott Schneider (IL-10)")
    child.expect_exact("2. Bill Foster (IL-11)")
    child.expect_exact("3. Darin LaHood (IL-16)")
    child.expect_exact("your street leaves this machine")
    answer(child, "Who is your representative?", "2")
    child.expect(r"(\d)\. Bill Foster")
    assert child.match is not None
    answer(child, "One letter is a fine answer.", str(child.match[1]))
    answer(child, "Two or three", "")
    child.expect_exact("Dear Representative Foster:")
    answer(child, "Write it?", "yes")
    assert end(child)[0] == 0
    assert files(tmp_path) == ["refugee-intake-bill-foster.pdf"]


@pytest.mark.shared_data
def test_a_zip_that_no_table_knows_is_settled_by_the_district(talk: Talk, directory_home: Path) -> None:
    broadway = ["--name", "Alex Example", "--city", "New York", "--zip", "10118", "--date", "2026-11-22"]
    child = talk("write", "refugee-intake", *broadway, *SETTLED[4:], PLEA_HOME=str(directory_home))
    child.expect_exact("10118")
    answer(child, "Who is your representative?", "2")
    answer(child, "Your district, such as IL-11: ", "VT-0")
    child.expect_exact("VT-0 is not in NY")
    answer(child, "Your district, such as IL-11: ", "NY-12")
    child.expect_exact("3. Jerrold Nadler (U.S. representative, NY-12)")
    child.sendintr()
    assert end(child)[0] == 130


def test_plea_alone_asks_what_to_do(talk: Talk) -> None:
    child = talk()
    child.expect_exact("What do you want to do?")
    child.expect_exact("1. Write a letter")
    answer(child, "Which?", "4")
    code, said = end(child)
    assert code == 0
    assert "refugee-intake" in said


def test_plea_alone_opens_the_page(talk: Talk, plea: Plea) -> None:
    child = talk(BROWSER="true")
    answer(child, "Which?", "2")
    child.expect_exact("The page is open: http://127.0.0.1:")
    assert plea("web", "--stop").stdout == "The page is closed.\n"
    assert end(child)[0] == 0


def test_plea_alone_gives_the_exit_code_of_what_was_chosen(talk: Talk) -> None:
    child = talk()
    answer(child, "Which?", "5")
    answer(child, "Your ZIP code", "05401")
    code, said = end(child)
    assert code == 4
    assert "plea officials update" in said


def test_plea_alone_and_nothing_wanted(talk: Talk) -> None:
    child = talk()
    answer(child, "Which?", "6")
    assert end(child)[0] == 0


def test_plea_alone_off_a_terminal_prints_help(plea: Plea) -> None:
    done = plea()
    assert done.returncode == 0
    assert done.stdout.startswith("Usage: plea")


def test_json_never_asks_even_at_a_terminal(talk: Talk) -> None:
    code, said = end(talk("write", "diplomacy", "--json"))
    assert code == 2
    assert "missing: --name, --city, --zip, --to" in said
