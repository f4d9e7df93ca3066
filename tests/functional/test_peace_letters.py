"""The letters for talks, for a ceasefire and for civil society, as they come from the command line.

The expected words are written by hand, for readers of the public directory: who chairs what, who leads a chamber.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

SAM = (
    "--name",
    "Sam Rivers",
    "--street",
    "1 Example Street",
    "--city",
    "Burlington",
    "--state",
    "VT",
    "--zip",
    "05401",
)
ABOUT = "I teach third grade in Barre"
STORY = (
    "I taught English at our library for nine years. One of my students, a nurse, fled her home with two boys and one "
    "bag. She passed every test they gave her. Last winter she sat with my mother at the hospital and held her hand "
    "until I got there. I think of her when I hear our door is shut."
)


@pytest.fixture
def letter(directory_home: Path, tmp_path: Path) -> Callable[..., list[str]]:
    """Write one letter; gives back its paragraphs, the subject first."""

    def write(ask: str, to: str, *options: str, on: str = "2026-11-28", suffix: str = "txt") -> list[str]:
        folder = tmp_path / "letters"
        done = subprocess.run(
            [
                *(sys.executable, "-m", "plea", "write", ask, *SAM, "--to", to, "--date", on, *options),
                *("--format", suffix, "--out", folder, "--yes"),
            ],
            env={**os.environ, "PLEA_HOME": str(directory_home)},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        (path,) = folder.iterdir()
        text = path.read_text("utf-8")
        path.unlink()
        return [" ".join(paragraph.split()) for paragraph in text.split("\n\n") if paragraph.strip()]

    return write


SANDERS, SHAHEEN, RISCH, THUNE, MAST = "us-S000033", "us-S001181", "us-R000584", "us-T000250", "us-M001199"
STATE, AMBASSADOR, UNITED_NATIONS = "us-secretary-of-state", "us-un-ambassador", "un-secretary-general"
ASKS = ("diplomacy", "ceasefire", "civil-society")


@pytest.mark.parametrize(
    ("ask", "to", "subject", "act"),
    [
        (
            "diplomacy",
            SANDERS,
            "Talks in Syria, and the reports Congress is owed: please ask",
            (
                "Please write to the Secretary of State by December 18, 2026 and ask what our country is doing "
                "to see that talks in Syria include the Druze of Sweida and the Kurds of the northeast."
            ),
        ),
        (
            "diplomacy",
            RISCH,
            "Talks in Syria: a letter from your committee, and the reports it is owed",
            "Please write to the Secretary of State by December 18, 2026, together with the ranking member if you can,",
        ),
        (
            "diplomacy",
            SHAHEEN,
            "Talks in Syria: a letter from your committee, and the reports it is owed",
            "Please write to the Secretary of State by December 18, 2026, together with the chair if you can,",
        ),
        (
            "diplomacy",
            THUNE,
            "Talks in Syria, and the reports Congress is owed: please ask",
            "A Majority Leader gets a reply sooner than I would. Please ask the Secretary of State in writing,",
        ),
        ("diplomacy", "us-president", "Talks on Syria: what is our country asking for?", "I hope to hear from you by"),
        (
            "diplomacy",
            STATE,
            "Talks on Syria: what is our country asking for?",
            "And please say who leads that work for you.",
        ),
        (
            "ceasefire",
            SANDERS,
            "Who is watching the ceasefire of January 30, 2026, in Syria?",
            "Please have your staff ask the State Department by December 18, 2026, and send me the reply.",
        ),
        (
            "ceasefire",
            MAST,
            "Who is watching the ceasefire of January 30, 2026, in Syria?",
            (
                "Please ask the State Department for an answer by December 17, 2026, and put it on your "
                "committee's public record."
            ),
        ),
        (
            "ceasefire",
            AMBASSADOR,
            "Who is watching the ceasefire of January 30, 2026, in Syria?",
            "say there that our country wants the answer made public, even where it concerns forces that",
        ),
        (
            "ceasefire",
            UNITED_NATIONS,
            "Syria: who breaks a ceasefire, in your next report",
            "Please have your envoy offer good offices to both sides by December 31, 2026,",
        ),
        (
            "civil-society",
            SANDERS,
            "A video call with people who run clinics, schools and towns in Syria",
            "Please have your office choose a day for it by December 18, 2026.",
        ),
        (
            "civil-society",
            "us-chair-SSFR-R000584",
            "Two witnesses who live in Syria, when your committee next takes it up",
            "Please let me know by December 18, 2026 whether you will call them.",
        ),
        (
            "civil-society",
            SHAHEEN,
            "Two witnesses who live in Syria, when your committee next takes it up",
            "Please ask the chair for that by December 18, 2026, and if you must, call one of them yourself:",
        ),
        (
            "civil-society",
            THUNE,
            "A video call with people who run clinics, schools and towns in Syria",
            "As Majority Leader, you could invite members of both parties to one call",
        ),
        (
            "civil-society",
            STATE,
            "Please talk with people who run clinics, schools and towns in Syria",
            "then tell the rest of us in general terms what you learned.",
        ),
    ],
)
def test_each_reader_is_asked_for_what_is_in_their_power(
    letter: Callable[..., list[str]], ask: str, to: str, subject: str, act: str
) -> None:
    paragraphs = letter(ask, to)
    assert any(paragraph.endswith(subject) for paragraph in paragraphs)
    assert act in " ".join(paragraphs)


@pytest.mark.parametrize("ask", ASKS)
def test_the_line_about_the_signer_stays_whole_and_home_follows_it(letter: Callable[..., list[str]], ask: str) -> None:
    """It is a sentence of its own, and the story stands in a paragraph of its own."""
    paragraphs = letter(ask, SANDERS, "--about", ABOUT, "--story", STORY)
    assert f"{ABOUT}, and I live in Burlington, Vermont. Please " in " ".join(paragraphs) or (
        f"{ABOUT}, and I live in Burlington, Vermont. An hour by video" in " ".join(paragraphs)
    )
    assert STORY in paragraphs


@pytest.mark.parametrize("ask", ASKS)
@pytest.mark.parametrize("to", [SANDERS, SHAHEEN, RISCH, THUNE, STATE])
def test_one_question_stands_in_the_letter_and_it_is_at_the_end(
    letter: Callable[..., list[str]], ask: str, to: str
) -> None:
    greeting, *body = letter(ask, to)[-20:]
    start = next(at for at, paragraph in enumerate([greeting, *body]) if paragraph.startswith("Dear "))
    text = [greeting, *body][start + 1 :]
    close = next(at for at, paragraph in enumerate(text) if paragraph.startswith("Sincerely"))
    assert "?" in text[close - 1]
    assert " ".join(text).count("?") == 1


@pytest.mark.parametrize(
    ("ask", "crisis", "said"),
    [
        ("diplomacy", "Ukraine", "what our country wants from Russia in any talks about Ukraine"),
        ("diplomacy", "Ukraine", "A peace will last only if the people who were attacked are safe under it."),
        ("diplomacy", "Afghanistan", "and whether Afghan women are in the room."),
        ("diplomacy", "Sudan", "The army's chief said no."),
        (
            "diplomacy",
            "Yemen",
            "what our country is doing to help bring a fair peace to Yemen, and who is at the table.",
        ),
        ("ceasefire", "Sudan", "I would like somebody there to see, before it happens again."),
        ("ceasefire", "Ukraine", "What it would cost Russia should be settled before anyone signs."),
        (
            "ceasefire",
            "Afghanistan",
            "I cannot find out who was to watch the ceasefire that Afghanistan and Pakistan agreed",
        ),
        ("ceasefire", "Yemen", "I cannot find out who would watch a ceasefire in Yemen,"),
        ("civil-society", "Afghanistan", "Afghan women and men who teach or run a clinic"),
        ("civil-society", "Ukraine", "Others stayed, under fire,"),
        ("civil-society", "Yemen", "The ones who keep a clinic open through it all seldom get a turn."),
    ],
)
def test_another_crisis_has_its_own_words(letter: Callable[..., list[str]], ask: str, crisis: str, said: str) -> None:
    text = " ".join(letter(ask, SANDERS, "--param", f"crisis={crisis}"))
    assert said in text
    for word in ("Syria", "Aleppo", "Sweida", "Kobani", "from different sides"):
        assert word not in text


def test_the_witnesses_fit_the_country(
    letter: Callable[..., list[str]],
) -> None:
    """Witnesses: from towns near the front in Ukraine, a woman among those from Afghanistan, no sides for either."""
    assert "a nurse and a mayor from towns near the front" in " ".join(
        letter("civil-society", RISCH, "--param", "crisis=Ukraine")
    )
    afghan = " ".join(letter("civil-society", RISCH, "--param", "crisis=Afghanistan"))
    assert "a nurse and a teacher, one of them a woman" in afghan
    assert "mayor" not in afghan


def test_the_syria_reports_are_asked_for_by_name_until_they_end(letter: Callable[..., list[str]]) -> None:
    due = "Reports were due in March and September 2026."
    assert f"{due} Did they come, and what did they say?" in " ".join(letter("diplomacy", SANDERS))
    assert f"{due} Did your committee get them, and what did they say?" in " ".join(letter("diplomacy", SHAHEEN))
    president = "us-president"
    assert "asks you whether minorities share in governing Syria. What have your reports said so far?" in " ".join(
        letter("diplomacy", president, on="2027-03-15")
    )
    later = " ".join(letter("diplomacy", president, on="2031-01-15"))
    assert "8369" not in later
    assert "Will you tell us what you have asked for, and of whom?" in later


def test_the_ceasefire_letter_says_whose_news_it_is_and_that_the_monitors_had_a_smaller_job(
    letter: Callable[..., list[str]],
) -> None:
    text = " ".join(letter("ceasefire", SANDERS))
    assert "a Kurdish news service reported" in text
    assert (
        "for a smaller job. On December 19, 2016, the Security Council agreed unanimously to send monitors to watch "
        in text
    )
    assert "their forces and offices would be merged step by step" in text


def test_no_letter_asks_for_the_names_of_people_in_danger(letter: Callable[..., list[str]]) -> None:
    text = " ".join(letter("civil-society", STATE))
    assert "no one should have to give a name" in text
    assert "publish" not in text


@pytest.mark.parametrize(
    ("crisis", "said"), [("Syria", "los drusos de Sweida"), ("Ukraine", "le pide nuestro país a Rusia")]
)
def test_the_spanish_copy_of_the_letter_on_talks_asks_the_same(
    letter_files: Callable[..., str], crisis: str, said: str
) -> None:
    assert said in letter_files("diplomacy", SANDERS, "--param", f"crisis={crisis}", "--language", "es")


@pytest.fixture
def letter_files(directory_home: Path, tmp_path: Path) -> Callable[..., str]:
    """Write a letter with a copy in another language; gives back the text of everything that was written."""

    def write(ask: str, to: str, *options: str) -> str:
        folder = tmp_path / "copies"
        done = subprocess.run(
            [
                *(sys.executable, "-m", "plea", "write", ask, *SAM, "--to", to, "--date", "2026-11-28", *options),
                *("--format", "txt", "--out", folder, "--yes"),
            ],
            env={**os.environ, "PLEA_HOME": str(directory_home)},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return " ".join(" ".join(path.read_text("utf-8") for path in sorted(folder.rglob("*.txt"))).split())

    return write
