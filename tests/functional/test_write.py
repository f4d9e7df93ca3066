"""`plea write` off a terminal: an ask and an address in, files and an account of them out."""

import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from conftest import CHECKOUT, Plea

EXAMPLE = CHECKOUT / "examples" / "first-letter"
ALEX = (
    "--name", "Alex Example", "--street", "1 Example Street", "--city", "Burlington", "--state", "VT",
    "--zip", "05401", "--email", "alex@example.com", "--date", "2026-11-22",
)  # fmt: skip
STORY = ("--story", f"@{EXAMPLE / 'story.txt'}")

Json = Callable[..., dict[str, Any]]


@pytest.fixture
def vermont(plea: Plea) -> Plea:
    """The program with the two senators of Vermont in its directory."""
    done = plea("officials", "import", EXAMPLE / "officials.csv")
    assert done.returncode == 0, done.stderr
    return plea


def words(path: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


def test_the_example_makes_one_page_letters_to_the_president_and_both_senators(vermont: Plea, tmp_path: Path) -> None:
    done = vermont(
        "write", "diplomacy", "refugee-intake", *ALEX, *STORY, "--to", "us-president", "--to", "us-senator",
        "--out", tmp_path / "letters", "--json",
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(done.stdout)
    assert answer["problems"] == []
    assert [(letter["ask"], letter["official"]["name"], letter["pages"]) for letter in answer["letters"]] == [
        ("diplomacy", "", 1),
        ("diplomacy", "Bernard Sanders", 1),
        ("diplomacy", "Peter Welch", 1),
        ("refugee-intake", "", 1),
        ("refugee-intake", "Bernard Sanders", 1),
        ("refugee-intake", "Peter Welch", 1),
    ]
    for letter in answer["letters"]:
        path = Path(letter["files"]["pdf"])
        assert len(PdfReader(path).pages) == 1
        assert "My grandmother kept a small suitcase" in words(path)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(list((tmp_path / "letters").iterdir())) == 6


def test_the_json_has_the_promised_shape(vermont: Plea, tmp_path: Path) -> None:
    done = vermont(
        "write", "diplomacy", *ALEX, "--to", "us-senator", "--format", "pdf,txt", "--out", tmp_path / "out", "--json"
    )
    letter = json.loads(done.stdout)["letters"][1]
    assert len(letter.pop("id")) == 24
    assert letter.pop("office").startswith("us-senator-vt-peter-welch-")
    assert letter == {
        "ask": "diplomacy",
        "official": {
            "id": "us-senator-vt-peter-welch",
            "name": "Peter Welch",
            "role": "us-senator",
            "division": "ocd-division/country:us/state:vt",
        },
        "files": {
            "pdf": str(tmp_path / "out" / "diplomacy-peter-welch.pdf"),
            "txt": str(tmp_path / "out" / "diplomacy-peter-welch.txt"),
        },
        "pages": 1,
        "warnings": [],
    }


def test_what_is_missing_is_named_all_at_once(plea: Plea, tmp_path: Path) -> None:
    done = plea("write", "diplomacy", "--out", tmp_path / "out")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.splitlines()[0] == "plea: missing: --name, --city, --zip, --to"
    assert not (tmp_path / "out").exists()


def test_without_an_ask_the_ask_is_missing_too(plea: Plea) -> None:
    done = plea("write", "--name", "Alex Example", "--zip", "05401")
    assert (done.returncode, done.stderr.splitlines()[0]) == (2, "plea: missing: ASK, --city, --to")


def test_the_state_follows_from_the_zip_and_a_street_may_be_left_out(plea: Plea, tmp_path: Path) -> None:
    done = plea(
        "write", "diplomacy", "--name", "Alex Example", "--city", "Burlington", "--zip", "05401-1234",
        "--to", "us-president", "--date", "2026-11-22", "--format", "txt", "--out", tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "diplomacy-us-president.txt").read_text()
    assert text.startswith("Alex Example\nBurlington, VT  05401-1234\n\nNovember 22, 2026\n")
    assert "I live in Burlington, Vermont" in text


def test_a_named_official_needs_no_directory(plea: Plea, tmp_path: Path) -> None:
    done = plea("write", "diplomacy", *ALEX, "--to", "us-senator:Jane Doe", "--format", "txt", "--out", tmp_path)
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "diplomacy-jane-doe.txt").read_text()
    assert "The Honorable Jane Doe\nUnited States Senate\nWashington, DC  20510" in text
    assert "Dear Senator Doe:" in text


def test_what_cannot_be_named_leaves_the_rest_to_be_made(plea: Plea, tmp_path: Path) -> None:
    done = plea("write", "diplomacy", *ALEX, "--to", "us-president", "--to", "us-senator", "--out", tmp_path, "--json")
    assert done.returncode == 3
    answer = json.loads(done.stdout)
    assert [letter["official"]["role"] for letter in answer["letters"]] == ["us-president"]
    assert [problem["where"] for problem in answer["problems"]] == ["--to us-senator"]
    assert "plea officials update" in answer["problems"][0]["hint"]


def test_no_directory_and_nobody_else_is_the_machine_s_lack(plea: Plea, tmp_path: Path) -> None:
    done = plea("write", "diplomacy", *ALEX, "--to", "us-senator", "--out", tmp_path / "out")
    assert done.returncode == 4
    assert "there is no directory of officials yet" in done.stderr
    assert "plea officials update" in done.stderr
    assert not (tmp_path / "out").exists()


def test_reasons_come_in_the_order_chosen(vermont: Plea, tmp_path: Path) -> None:
    def text(*reasons: str) -> str:
        options = [part for reason in reasons for part in ("--reason", reason)]
        done = vermont(
            "write", "diplomacy", *ALEX, "--to", "us-president", *options, "--format", "txt", "--out", tmp_path
        )
        assert done.returncode == 0, done.stderr
        return (tmp_path / "diplomacy-us-president.txt").read_text()

    first, second = "No side keeps the peace out of kindness alone", "Peace lasts when the people who must live with it"
    usual, turned = text("every-party", "lasting-peace"), text("lasting-peace", "every-party")
    assert 0 < usual.index(first) < usual.index(second)
    assert 0 < turned.index(second) < turned.index(first)


def test_a_reason_of_one_ask_leaves_the_other_its_own(vermont: Plea, tmp_path: Path) -> None:
    done = vermont(
        "write", "diplomacy", "refugee-intake", *ALEX, "--to", "us-president", "--reason", "every-party",
        "--format", "txt", "--out", tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "No side keeps" in (tmp_path / "diplomacy-us-president.txt").read_text()
    assert "No side keeps" not in (tmp_path / "refugee-intake-us-president.txt").read_text()


def test_another_crisis_brings_no_syrian_fact(vermont: Plea, tmp_path: Path) -> None:
    done = vermont(
        "write", "diplomacy", *ALEX, "--to", "us-senator", "--param", "crisis=Sudan", "--format", "txt",
        "--out", tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "diplomacy-peter-welch.txt").read_text()
    assert "Sudan" in text
    assert not {"Syria", "Assad", "Caesar"} & set(text.replace(".", " ").split())


def test_the_signer_gets_a_copy_in_spanish_and_the_office_the_english_letter(vermont: Plea, tmp_path: Path) -> None:
    done = vermont(
        "write", "refugee-intake", *ALEX, "--to", "us-president", "--language", "es", "--format", "pdf,txt",
        "--story", "Mi abuela guardaba una maleta.", "--story-en", "My grandmother kept a suitcase.",
        "--translated-by", "Ana Example", "--out", tmp_path, "--json",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (letter,) = json.loads(done.stdout)["letters"]
    english = Path(letter["files"]["txt"]).read_text()
    assert "My grandmother kept a suitcase. (translated by Ana Example)" in english
    (copy,) = letter["copies"]
    assert copy["language"] == "es"
    spanish = Path(copy["files"]["txt"]).read_text()
    assert "Mi abuela guardaba una maleta." in spanish
    assert spanish.startswith("[Copia para quien firma")
    assert Path(copy["files"]["pdf"]).is_file()


def test_a_story_in_spanish_needs_its_english_form(plea: Plea) -> None:
    done = plea("write", "diplomacy", *ALEX, "--to", "us-president", "--language", "es", "--story", "Mi abuela.")
    assert (done.returncode, done.stderr.splitlines()[0]) == (2, "plea: missing: --story-en")


def test_a_story_can_be_piped_in(plea: Plea, tmp_path: Path) -> None:
    done = plea(
        "write", "diplomacy", *ALEX, "--to", "us-president", "--story", "-", "--format", "txt", "--out", tmp_path,
        input="My aunt waits.\n\nShe waits still.\n",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "\n\nMy aunt waits.\n\nShe waits still.\n\n" in (tmp_path / "diplomacy-us-president.txt").read_text()


def test_envelope_and_test_page_stand_beside_the_letter(vermont: Plea, tmp_path: Path) -> None:
    done = vermont(
        "write", "diplomacy", *ALEX, "--to", "us-president", "--envelope-page", "--test-page", "--out", tmp_path,
        "--json",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert "1 Example Street" in words(Path(answer["letters"][0]["files"]["envelope"]))
    assert Path(answer["pages"]["test_page"]) == tmp_path / "test-page-us-10-single.pdf"
    assert len(PdfReader(answer["pages"]["test_page"]).pages) >= 1


def test_the_test_page_needs_no_letter(plea: Plea, tmp_path: Path) -> None:
    done = plea("write", "--test-page", "--profile", "uk-dl", "--out", tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "test-page-uk-dl.pdf").read_bytes().startswith(b"%PDF")


def test_a_story_that_may_hurt_is_warned_of_and_still_written(plea: Plea, tmp_path: Path) -> None:
    done = plea(
        "write", "diplomacy", *ALEX, "--to", "us-president", "--story", "I am undocumented. A012345678.",
        "--out", tmp_path, "--json",
    )  # fmt: skip
    assert done.returncode == 0
    (letter,) = json.loads(done.stdout)["letters"]
    assert [warning["what"] for warning in letter["warnings"]] == [
        "holds what looks like an A-number (alien registration number)",
        "speaks of your own immigration status",
    ]
    assert "012345678" not in done.stdout + done.stderr


def test_people_read_what_was_written_and_what_to_do(vermont: Plea, tmp_path: Path) -> None:
    done = vermont("write", "diplomacy", *ALEX, "--to", "us-senator", "--out", "letters", cwd=tmp_path)
    assert done.stdout == (
        "\n"
        f"Written: 2 letters, in {tmp_path}/letters\n"
        "  diplomacy to Bernard Sanders, 1 Church Street, Burlington, 1 page\n"
        "    letters/diplomacy-bernard-sanders.pdf\n"
        "  diplomacy to Peter Welch, 199 Main Street, Burlington, 1 page\n"
        "    letters/diplomacy-peter-welch.pdf\n"
        "\n"
        "What to do now\n"
        '1. Print at 100 % (not "fit to page"): the address must meet its window.\n'
        "2. Sign by hand above your name.\n"
        "3. Fold at the small marks on the edge, the address facing out.\n"
        "4. The window does not show your return address: write it at the top left of the\n"
        "   envelope.\n"
        "5. Put a stamp on it and mail it.\n"
        "6. No answer after three weeks (December 13, 2026)? Call the office and ask what\n"
        "   became of your letter: Bernard Sanders 802-862-0697; Peter Welch\n"
        "   802-863-2525.\n"
    )


def test_what_goes_over_a_screen_is_not_to_be_folded(vermont: Plea, tmp_path: Path) -> None:
    done = vermont("write", "diplomacy", *ALEX, "--to", "us-president", "--format", "form,eml", "--out", tmp_path)
    steps = done.stdout.partition("What to do now\n")[2].splitlines()
    assert [step[:3] for step in steps if step[0] != " "] == ["1. ", "2. ", "3. "]
    assert "Paste the text" in steps[0]
    assert "Open the draft" in steps[1]
    assert "No answer after three weeks" in steps[2]


def test_a_term_that_has_ended_is_not_written_to(vermont: Plea, tmp_path: Path) -> None:
    late = [*ALEX[:-1], "2030-05-01"]
    done = vermont("write", "diplomacy", *late, "--to", "us-senator", "--out", tmp_path, "--json")
    assert done.returncode == 3
    answer = json.loads(done.stdout)
    assert [letter["official"]["name"] for letter in answer["letters"]] == ["Bernard Sanders"]
    assert "January 3, 2029" in answer["problems"][0]["what"]


def test_a_pack_of_one_ask_needs_no_ask_named(plea: Plea, tmp_path: Path) -> None:
    assert plea("asks", "new", "ours").returncode == 0
    done = plea("write", "--pack", "ours", *ALEX, "--to", "us-president", "--out", "out", "--json")
    assert done.returncode == 0, done.stderr
    assert [letter["ask"] for letter in json.loads(done.stdout)["letters"]] == ["ours"]
    assert (tmp_path / "out" / "ours-us-president.pdf").is_file()


@pytest.mark.shared_data
def test_a_zip_that_districts_share_leaves_the_house_open_until_it_is_settled(
    plea: Plea, directory_home: Path, tmp_path: Path
) -> None:
    woodstock = [*ALEX[:4], "--city", "Woodstock", "--zip", "60098", "--date", "2026-11-22"]
    to = ("--to", "us-senator", "--to", "us-representative", "--out", tmp_path, "--json")
    open_ = plea("write", "refugee-intake", *woodstock, *to, PLEA_HOME=str(directory_home))
    assert open_.returncode == 3
    answer = json.loads(open_.stdout)
    assert [letter["official"]["id"] for letter in answer["letters"]] == ["us-D000563", "us-D000622"]
    (problem,) = answer["problems"]
    assert all(seat in problem["what"] for seat in ("IL-10", "IL-11", "IL-16"))
    assert "--district" in problem["hint"]

    settled = plea("write", "refugee-intake", *woodstock, *to, "--district", "IL-11", PLEA_HOME=str(directory_home))
    assert settled.returncode == 0, settled.stderr
    assert [letter["official"]["id"] for letter in json.loads(settled.stdout)["letters"]] == [
        "us-D000563",
        "us-D000622",
        "us-F000454",
    ]


@pytest.mark.shared_data
def test_a_vacant_seat_that_shares_a_zip_is_one_of_several_and_no_second_letter(
    plea: Plea, directory_home: Path, tmp_path: Path
) -> None:
    natalia = [*ALEX[:4], "--city", "Natalia", "--zip", "78023", "--date", "2026-11-22", "--out", tmp_path, "--json"]
    done = plea("write", "refugee-intake", *natalia, "--to", "us-representative", PLEA_HOME=str(directory_home))
    assert done.returncode == 3
    (problem,) = json.loads(done.stdout)["problems"]
    assert "several districts share ZIP code 78023, TX: TX-21 (Chip Roy) and TX-23 (vacant)" in problem["what"]


@pytest.mark.shared_data
def test_a_pair_of_zip_and_state_that_the_table_lists_is_right(
    plea: Plea, directory_home: Path, tmp_path: Path
) -> None:
    seekonk = ["--name", "Alex Example", "--city", "Seekonk", "--zip", "02861", "--date", "2026-11-22"]
    to = ("--to", "us-president", "--out", tmp_path)
    both = plea("write", "refugee-intake", *seekonk, *to, PLEA_HOME=str(directory_home))
    assert (both.returncode, both.stderr.splitlines()[0]) == (2, "plea: missing: --state")
    right = plea("write", "refugee-intake", *seekonk, "--state", "MA", *to, PLEA_HOME=str(directory_home))
    assert right.returncode == 0, right.stderr


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("choice", "offices"),
    [
        ("nearest", ["S000033-burlington", "W000800-burlington"]),
        ("capitol", ["us-S000033-capitol", "us-W000800-capitol"]),
        ("W000800-burlington", ["S000033-burlington", "W000800-burlington"]),
    ],
)
def test_the_office_is_the_nearest_the_capitol_or_one_by_its_id(
    plea: Plea, directory_home: Path, tmp_path: Path, choice: str, offices: list[str]
) -> None:
    done = plea(
        "write", "diplomacy", *ALEX, "--to", "us-senator", "--office", choice, "--out", tmp_path, "--json",
        PLEA_HOME=str(directory_home),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert [letter["office"] for letter in json.loads(done.stdout)["letters"]] == offices


@pytest.mark.shared_data
@pytest.mark.parametrize(("district", "doubted"), [("IL-11", False), ("IL-1", True)])
def test_a_district_that_the_zip_table_does_not_list_is_doubted(
    plea: Plea, directory_home: Path, tmp_path: Path, district: str, doubted: bool
) -> None:
    place = ("--city", "Woodstock", "--state", "IL", "--zip", "60098", "--district", district)
    done = plea(
        *("write", "diplomacy", "--name", "Alex Example", *place, "--to", "us-representative"),
        *("--date", "2026-11-22", "--format", "txt", "--out", tmp_path / "out", "--json"),
        PLEA_HOME=str(directory_home),
    )
    assert done.returncode == 0, done.stderr
    (letter,) = json.loads(done.stdout)["letters"]
    warnings = [warning for warning in letter["warnings"] if warning["code"] == "district.not_in_zip"]
    assert [warning["what"] for warning in warnings] == [
        "the ZIP table lists 60098 in IL-10, IL-11, and IL-16, not in IL-1"
    ] * doubted
