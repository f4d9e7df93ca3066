"""`plea asks` as a person and a program meet it."""

import json
import shutil
from pathlib import Path

import pytest

from conftest import Plea
from own_packs import ASK, ASK_FILE, FACTS, LETTER, make_pack, with_detail
from plea.asks.pack import load_pack
from plea.system import folders

NINE = [
    "accountability",
    "arms-sales",
    "ceasefire",
    "civil-society",
    "diplomacy",
    "local-welcome",
    "no-scapegoats",
    "refugee-intake",
    "safe-passage",
]
DAY = "2026-11-22"
DRY = FACTS.replace(" of the city.", ".") + 'crisis = "drought"\n'
FACTS_KNOWN = ", ".join(sorted([*load_pack(None).facts, "canopy"]))
KNOWN = (
    "campaign, date, deadline, dict, fact, is_current, language, namespace, official, param, range, reasons, "
    "supporter, town"
)


def test_the_nine_asks_are_listed_with_whom_they_are_for(plea: Plea) -> None:
    for arguments in (["asks"], ["asks", "list"]):
        done = plea(*arguments)
        assert done.returncode == 0
        assert [line for line in done.stdout.splitlines() if line in NINE] == NINE
        assert "Open our country to refugees" in done.stdout
        assert "President of the United States" in done.stdout


def test_a_program_gets_the_list_as_json(plea: Plea) -> None:
    asks = json.loads(plea("asks", "list", "--json").stdout)["asks"]
    assert [ask["key"] for ask in asks] == NINE
    intake = asks[NINE.index("refugee-intake")]
    assert intake["roles"]["us-senator"] == "legislative"
    assert intake["roles"]["us-president"] == "executive"
    assert intake["languages"] == ["en", "es"]


def test_one_ask_is_shown_in_full(plea: Plea) -> None:
    done = plea("asks", "show", "refugee-intake", "--date", DAY)
    assert done.returncode == 0
    shown = " ".join(done.stdout.split())
    assert "U.S. senator (us-senator)" in shown
    assert "(asks for legislation)" in shown
    assert "* ready-towns: Towns that are ready" in shown
    assert "--param crisis=TEXT (Syria unless you say so)" in shown
    assert "grace-act" in shown
    assert "to be reviewed by January 2, 2027" in shown
    assert "{{" not in shown
    assert "{%" not in shown


def test_one_ask_as_json_has_at_least_four_reasons_in_full(plea: Plea) -> None:
    for key in ("diplomacy", "refugee-intake"):
        shown = json.loads(plea("asks", "show", key, "--date", DAY, "--json").stdout)
        assert len(shown["reasons"]) >= 4
        for reason in shown["reasons"]:
            assert len(reason["text"].split()) > 15
            assert "fault" not in reason
            assert "{" not in reason["text"]
        assert 2 <= sum(reason["default"] for reason in shown["reasons"]) <= 3
        assert set(shown["acts"]) == set(shown["roles"])
        assert all(fact["source"] and fact["as_of"] for fact in shown["facts"])


def test_an_ask_is_shown_in_its_other_language(plea: Plea) -> None:
    done = plea("asks", "show", "diplomacy", "--language", "es", "--date", DAY)
    assert done.returncode == 0
    assert "conciencia" in done.stdout


def test_a_fact_that_expired_is_marked(plea: Plea) -> None:
    assert "grace-act EXPIRED" in plea("asks", "show", "refugee-intake", "--date", "2027-03-01").stdout


@pytest.mark.parametrize(
    ("arguments", "code", "what", "hint"),
    [
        (["show", "diplomcy"], 2, "there is no ask diplomcy", "diplomacy"),
        (["show", "diplomacy", "--language", "fr"], 2, 'not written in "fr"', "en and es"),
        (["show", "diplomacy", "--date", "soon"], 2, '"soon" is not a date', "--help"),
        (["check", "gone"], 1, "gone: holds no ask", "plea asks new"),
        (["list", "--pack", "gone"], 1, "gone: holds no ask", "plea asks new"),
        (["new", "mine", "--from", "diplomcy"], 2, "there is no ask diplomcy", "diplomacy"),
        (["check", "--on", "2026-13-01"], 2, "is not a date", "--help"),
    ],
)
def test_what_is_wrong_takes_two_lines(plea: Plea, arguments: list[str], code: int, what: str, hint: str) -> None:
    done = plea("asks", *arguments)
    assert done.returncode == code
    assert done.stdout == ""
    first, second = done.stderr.splitlines()
    assert what in first
    assert hint in second


# --- new ----------------------------------------------------------------------------------------------------


def test_a_new_ask_is_a_copy_that_passes_its_check_and_shows(plea: Plea, tmp_path: Path) -> None:
    done = plea("asks", "new", "mine/my-ask")
    assert done.returncode == 0
    assert "plea write my-ask --pack mine/my-ask" in done.stdout
    made = tmp_path / "mine" / "my-ask"
    built_in = folders.templates() / "asks" / "diplomacy"
    assert {path.name for path in made.iterdir()} == {path.name for path in built_in.iterdir()}
    assert (made / "ask.toml").read_bytes() == (built_in / "ask.toml").read_bytes()
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["my-ask"]
    assert plea("asks", "check", "mine/my-ask", "--on", DAY).returncode == 0
    assert "my-ask" in plea("asks", "list", "--pack", "mine/my-ask").stdout


def test_a_new_ask_can_start_from_any_other(plea: Plea, tmp_path: Path) -> None:
    made = json.loads(plea("asks", "new", tmp_path / "trees", "--from", "local-welcome", "--json").stdout)
    assert made["ask"] == "trees"
    assert str(tmp_path / "trees" / "letter.md.j2") in made["files"]


def test_a_folder_with_something_in_it_is_left_alone(plea: Plea, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "notes.txt").write_text("mine", "utf-8")
    done = plea("asks", "new", "full")
    assert done.returncode == 1
    assert "exists already" in done.stderr
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["notes.txt"]


def test_an_empty_folder_will_do(plea: Plea, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert plea("asks", "new", "empty").returncode == 0
    assert (tmp_path / "empty" / "ask.toml").is_file()


def test_a_folder_that_cannot_be_made_is_the_machines_fault(plea: Plea, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    done = plea("asks", "new", "file/mine")
    assert done.returncode == 4
    assert "file/mine: cannot be written" in done.stderr


# --- check --------------------------------------------------------------------------------------------------


def findings(plea: Plea, pack: Path, on: str = DAY) -> list[str]:
    """What the check finds, without the folder's name; and that its exit code says whether it found anything."""
    done = plea("asks", "check", pack, "--on", on)
    assert done.returncode == (1 if done.stdout.replace(" (a note)\n", "") else 0), done.stderr
    return [line.removeprefix(f"{pack}/").removeprefix(f"asks/{ASK}/") for line in done.stdout.splitlines()]


def test_the_pack_of_these_tests_is_good(plea: Plea, tmp_path: Path) -> None:
    done = plea("asks", "check", make_pack(tmp_path), "--on", DAY)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "1 ask checked for November 22, 2026. Nothing is wrong.\n"


def test_facts_that_expire_soon_are_notes_and_expired_ones_are_findings(plea: Plea, tmp_path: Path) -> None:
    pack = make_pack(tmp_path)
    assert findings(plea, pack, "2027-11-15") == []
    done = plea("asks", "check", pack, "--on", "2027-11-16")
    assert (done.returncode, done.stdout) == (
        0,
        f"{pack}/facts.toml:1: the fact canopy expires on December 31, 2027 (a note)\n",
    )
    assert findings(plea, pack, "2028-01-01") == ["facts.toml:1: the fact canopy expired on December 31, 2027"]


def test_the_built_in_facts_say_when_the_bill_is_dead(plea: Plea) -> None:
    done = plea("asks", "check", "--on", "2027-03-01", "--json")
    found = json.loads(done.stdout)
    assert done.returncode == 1
    (bill,) = [one for one in found["findings"] if "grace-act" in one["what"]]
    text = (folders.templates() / "facts.toml").read_text("utf-8")
    assert text.splitlines()[bill["line"] - 1] == "[grace-act]"
    assert bill["file"].endswith("facts.toml")
    assert {one["what"] for one in found["findings"]} == {"the fact grace-act expired on January 2, 2027"}


@pytest.mark.parametrize("on", ["2026-11-22", "2027-03-01", "2031-06-15"])
def test_on_any_day_the_built_in_letters_can_be_made(plea: Plea, on: str) -> None:
    found = json.loads(plea("asks", "check", "--on", on, "--json").stdout)["findings"]
    assert [one for one in found if not one["file"].endswith("facts.toml")] == []


@pytest.mark.parametrize(
    ("spoilt", "found"),
    [
        (
            {"letter": with_detail("ok {{ suporter.name }}")},
            f"letter.md.j2:10: suporter is unknown; there is: {KNOWN}",
        ),
        (
            {"letter": with_detail('{% if official.role == "never" %}{{ param.crysis }}{% endif %}')},
            "letter.md.j2:10: param has no crysis; it has: crisis",
        ),
        (
            {"letter": with_detail('{% if official.role == "never" %}{{ fact("gone") }}{% endif %}')},
            f"letter.md.j2:10: there is no fact gone; there are: {FACTS_KNOWN}",
        ),
        ({"letter": with_detail("{% if %}")}, "letter.md.j2:10: Expected an expression, got 'end of statement block'"),
        (
            {"letter": with_detail('{{ fact("assad-fell") }}')},
            "letter.md.j2:10: the fact assad-fell is about Syria, and the letter about drought",
        ),
        ({"letter": LETTER.replace('"plea/frame', '"frame')},
            "letter.md.j2:1: there is no template frame.md.j2 in the pack"),
        ({"letter": "Dear friend"},
 'letter.md.j2:1: the letter does not begin with {% extends "plea/frame.md.j2" %}'),
        (
            {"letter": LETTER.replace("{% block closing %}", "{% block close %}")},
            "letter.md.j2:1: Required block 'closing' not found",
        ),
        (
            {"letter": with_detail("Drought is all we have.")},
            "letter.md.j2:1: a letter to us-senator (about Sudan) mentions drought",
        ),
        ({"facts": FACTS.replace('source = "City forester, 2024"\n', "")},
            "facts.toml:1: the fact canopy has no source"),
        ({"facts": FACTS.replace("as_of = 2024-05-01\n", "")},
            "facts.toml:1: the fact canopy has no date (as_of = 2026-01-31)"),
        (
            {"letter": with_detail("In 2024, trees shaded nine percent."), "facts": DRY},
            "letter.md.j2:1: a letter to us-senator (about Sudan) states the fact canopy, which is about drought",
        ),
        ({"ask": ASK_FILE.replace("us-senator", "us-senater")}, "ask.toml:6: there is no role us-senater"),
        (
            {"ask": ASK_FILE.replace('title.en = "More street trees"\n', "")},
            'ask.toml:1: title must be text by language, as in: en = "..."',
        ),
        (
            {"ask": ASK_FILE[: ASK_FILE.rindex("[[reasons]]")]},
            "ask.toml:1: offers 3 reasons; at least 4 are wanted",
        ),
        (
            {"ask": ASK_FILE.replace("Trees hold", "{{ gone }} hold")},
            f"ask.toml:26: gone is unknown; there is: {KNOWN}",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_found_with_its_line(plea: Plea, tmp_path: Path, spoilt: dict[str, str], found: str) -> None:
    lines = findings(plea, make_pack(tmp_path, **spoilt))
    assert found in lines


def test_a_reason_that_no_letter_prints_is_found(plea: Plea, tmp_path: Path) -> None:
    letter = LETTER.replace("{% block detail %}", "{% block reasons %}Reasons aside.{% endblock %}\n{% block detail %}")
    lines = findings(plea, make_pack(tmp_path, letter=letter))
    assert "letter.md.j2:1: a letter to us-senator does not print the reason birds" in lines


def test_a_letter_that_is_not_text_is_found_at_its_first_line(plea: Plea, tmp_path: Path) -> None:
    pack = make_pack(tmp_path)
    (pack / "asks" / ASK / "letter.md.j2").write_bytes(b"\xff\xfe")
    (line,) = findings(plea, pack)
    assert line.startswith("letter.md.j2:1: ")


def test_length_and_reading_grade_are_found(plea: Plea, tmp_path: Path) -> None:
    hard = "Notwithstanding considerable administrative impediments, municipal arboricultural initiatives necessitate "
    lines = findings(plea, make_pack(tmp_path, letter=with_detail(hard * 20)))
    assert any("words with a story of 60; 180 to 300 are wanted" in line for line in lines)
    assert any("reads at grade" in line and "8 or below is wanted" in line for line in lines)
    (tmp_path / "short").mkdir()
    short = LETTER[: LETTER.index("Those who")] + LETTER[LETTER.index("{% endblock %}\n{% block detail") :]
    assert any("180 to 300 are wanted" in line for line in findings(plea, make_pack(tmp_path / "short", letter=short)))


def test_a_letter_that_runs_over_its_page_is_found(plea: Plea, tmp_path: Path) -> None:
    lines = findings(plea, make_pack(tmp_path, letter=with_detail("A line of text.\n\n" * 60)))
    assert any("2 pages" in line or "3 pages" in line for line in lines)


def test_a_check_as_json(plea: Plea, tmp_path: Path) -> None:
    pack = make_pack(tmp_path, letter=with_detail("{{ fact('gone') }}"))
    done = plea("asks", "check", pack, "--on", DAY, "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout) == {
        "findings": [
            {
                "file": f"{pack}/asks/{ASK}/letter.md.j2",
                "line": 10,
                "code": "fact.unknown",
                "where": f"{pack}/asks/{ASK}/letter.md.j2:10",
                "what": f"there is no fact gone; there are: {FACTS_KNOWN}",
                "hint": 'Guard it with {% if is_current("...") %}, or bring the facts up to date.',
            },
        ],
        "notes": [],
    }


def test_a_letter_in_a_language_needs_its_texts_in_it(plea: Plea, tmp_path: Path) -> None:
    pack = make_pack(tmp_path)
    folder = pack / "asks" / ASK
    shutil.copyfile(folder / "letter.md.j2", folder / "letter.es.md.j2")
    assert findings(plea, pack) == ["ask.toml:2: title has no text in the language es"]
