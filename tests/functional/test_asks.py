"""`plea asks` as a person and a program meet it."""

import json
import shutil
from pathlib import Path

import pytest

from conftest import Plea
from own_packs import ASK, ASK_FILE, FACTS, FRAMED_ASK_FILE, LETTER, make_pack, with_detail
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
    "bill, campaign, crisis_fact, date, deadline, dict, fact, is_current, language, namespace, official, param, range, "
    "reasons, supporter, town"
)


def test_the_nine_asks_are_listed_with_whom_they_are_for(plea: Plea) -> None:
    for arguments in (["asks"], ["asks", "list"]):
        done = plea(*arguments)
        assert done.returncode == 0
        assert [line for line in done.stdout.splitlines() if line in NINE] == NINE
        assert "Let in the refugees we have approved" in done.stdout
        assert "President of the United States" in done.stdout


def test_a_program_gets_the_list_as_json(plea: Plea) -> None:
    asks = json.loads(plea("asks", "list", "--json").stdout)["asks"]
    assert [ask["key"] for ask in asks] == NINE
    intake = asks[NINE.index("refugee-intake")]
    assert intake["roles"]["us-senator"] == "legislative"
    assert intake["roles"]["us-president"] == "executive"
    assert intake["languages"] == ["en", "ar", "es"]


def test_one_ask_is_shown_in_full(plea: Plea) -> None:
    done = plea("asks", "show", "refugee-intake", "--date", DAY)
    assert done.returncode == 0
    shown = " ".join(done.stdout.split())
    assert "U.S. senator (us-senator)" in shown
    assert "(asks for legislation)" in shown
    assert "* ready-towns: Towns that are ready" in shown
    assert "--param crisis=TEXT (Syria unless you say so)" in shown
    assert "grace-act" in shown
    assert "to be reviewed by September 30, 2027" in shown
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
    assert "Un motivo para que cada parte cumpla" in done.stdout


def test_reasons_are_shown_by_what_they_argue_from(plea: Plea, tmp_path: Path) -> None:
    pack = make_pack(tmp_path, ask=FRAMED_ASK_FILE)
    shown = plea("asks", "show", ASK, "--pack", pack, "--date", DAY).stdout
    parts = (
        "The economy\n",
        "rain: Rain",
        "price: What",
        "Neighbors\n",
        "shade: Shade",
        "Other reasons\n",
        "birds: Birds",
    )
    assert [shown.index(part) for part in parts] == sorted(shown.index(part) for part in parts)
    assert "La economía\n" in plea("--lang", "es", "asks", "show", ASK, "--pack", pack, "--date", DAY).stdout
    answer = json.loads(plea("asks", "show", ASK, "--pack", pack, "--date", DAY, "--json").stdout)
    assert {reason["key"]: reason["framing"] for reason in answer["reasons"]} == {
        "shade": "neighbors", "rain": "economy", "birds": "", "price": "economy",
    }  # fmt: skip
    plain = plea("asks", "show", ASK, "--pack", make_pack(tmp_path / "plain"), "--date", DAY).stdout
    assert "Other reasons" not in plain


def test_reasons_from_few_framings_are_noted(plea: Plea, tmp_path: Path) -> None:
    done = plea("asks", "check", make_pack(tmp_path, ask=FRAMED_ASK_FILE), "--on", DAY)
    assert done.returncode == 0
    assert "has reasons from 2 framings; people choose more easily among 3 (a note)" in done.stdout


def test_a_fact_that_expired_is_marked(plea: Plea) -> None:
    for day, expired in (("2027-09-30", False), ("2027-10-01", True)):
        shown = plea("asks", "show", "refugee-intake", "--date", day).stdout
        assert "  rea" in shown
        assert ("rea EXPIRED" in shown) is expired


@pytest.mark.parametrize(
    ("arguments", "code", "what", "hint"),
    [
        (["show", "diplomcy"], 2, "there is no ask diplomcy", "diplomacy"),
        (["show", "diplomacy", "--language", "fr"], 2, 'not written in "fr"', "en, ar, and es"),
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


def test_a_letter_that_fails_on_a_later_day_is_found_today(plea: Plea, tmp_path: Path) -> None:
    bare = with_detail('{{ fact("canopy") }}')
    pack = make_pack(tmp_path, letter=bare)
    assert findings(plea, pack) == [
        "letter.md.j2:10: the fact canopy is past its review_by (December 31, 2027) on January 15, 2031"
    ]
    assert findings(plea, make_pack(tmp_path / "dated", letter=bare, facts=FACTS.replace("review_by", "# "))) == []


@pytest.mark.parametrize(
    ("condition", "case"),
    [
        ('official.chairs("SSFR")', "chairing SSFR"),
        ('official.ranks_on("SSFR")', "ranking member of SSFR"),
        ("official.leads", "leading their chamber"),
        ('bill("grace-act").sponsored_by(official)', "sponsor of grace-act"),
        ('bill("grace-act").cosponsored_by(official)', "cosponsor of grace-act"),
        ('bill("grace-act").ended', "dated January 4, 2027"),
        ('not bill("grace-act").alive and not bill("grace-act").ended', "dated December 16, 2026"),
    ],
)
def test_what_only_some_readers_and_days_see_is_measured(plea: Plea, tmp_path: Path, condition: str, case: str) -> None:
    pack = make_pack(tmp_path, letter=with_detail(f"{{% if {condition} %}}{'Plant a tree. ' * 90}{{% endif %}}"))
    done = plea("asks", "check", pack, "--on", DAY, "--json")
    texts = [one["what"] for one in json.loads(done.stdout)["findings"] if one["code"].startswith("ask_check.letters")]
    assert any(text.startswith(f"a letter to us-senator ({case}) has ") for text in texts), texts


def test_a_line_about_the_signer_is_tried(plea: Plea, tmp_path: Path) -> None:
    pack = make_pack(tmp_path, letter=with_detail("{% if supporter.about %}{{ supporter.abuot }}{% endif %}"))
    assert any("supporter has no abuot" in one for one in findings(plea, pack))


def test_what_the_letters_of_three_asks_share_is_noted(plea: Plea, tmp_path: Path) -> None:
    pack = make_pack(tmp_path)
    shared = "People here in Vermont would be glad of it, Senator, by January 6, 2027, and so would I."
    for key in ("parks", "roads"):
        shutil.copytree(pack / "asks" / ASK, pack / "asks" / key)
    own = {
        "parks": "A park asks nothing of us. Children run there until the light is gone.",
        "roads": "Roads crack each spring. Somebody mends them while we sleep.",
        ASK: "A tree waits for no budget. It grows while we talk.",
    }
    for key, text in own.items():
        letter = f"""{{% extends "plea/frame.md.j2" %}}
{{% block subject %}}{key}{{% endblock %}}
{{% block opening %}}{text} {shared}{{% endblock %}}
{{% block reasons %}}{{% endblock %}}
{{% block closing %}}{text}{{% endblock %}}
"""
        (pack / "asks" / key / "letter.md.j2").write_text(letter, "utf-8")
    done = plea("asks", "check", pack, "--on", DAY, "--json")
    notes = [(note["code"], note["what"]) for note in json.loads(done.stdout)["notes"]]
    phrase = "people here in would be glad of it by and so would i"
    text = f'"{phrase}" stands in the letters of 3 asks: parks, roads, and {ASK}'
    assert notes == [("ask_check.stock_phrase", text)]


def test_the_sources_are_a_list_to_tick(plea: Plea, tmp_path: Path) -> None:
    count = '{title = "Tree count", publisher = "City forester", url = "https://example.org/trees", day = 2024-05-01}'
    facts = FACTS.replace('"City forester, 2024"', count) + '\n[unused]\ntext.en = "No letter says it."\n'
    facts += 'source = "s"\nas_of = 2024-01-01\n'
    letter = with_detail('{{ fact("canopy") }} {{ bill("grace-act").does }}')
    pack = make_pack(tmp_path, letter=letter, facts=facts)
    done = plea("asks", "check", pack, "--sources")
    assert done.returncode == 0
    first, second = done.stdout.rstrip().split("\n\n")
    assert first.splitlines() == [
        "[ ] canopy",
        "    In 2024, trees shaded nine percent of the city.",
        "    As of May 1, 2024, to be reviewed by December 31, 2027.",
        "    Source: Tree count, City forester, 2024-05-01",
        "    https://example.org/trees",
    ]
    assert second.startswith("[ ] grace-act: H.R. 6870\n")
    assert done.stderr == "2 statements to read at their sources.\n"
    listed = json.loads(plea("asks", "check", pack, "--sources", "--json").stdout)
    (fact,) = listed["facts"]
    assert (fact["key"], fact["text"], fact["as_of"], fact["review_by"]) == (
        "canopy", {"en": "In 2024, trees shaded nine percent of the city."}, "2024-05-01", "2027-12-31",
    )  # fmt: skip
    assert fact["sources"] == [
        {"title": "Tree count", "publisher": "City forester", "url": "https://example.org/trees", "day": "2024-05-01"}
    ]
    assert [bill["key"] for bill in listed["bills"]] == ["grace-act"]


def test_facts_on_a_topic_are_among_the_sources(plea: Plea, tmp_path: Path) -> None:
    pack = make_pack(tmp_path, letter=with_detail('{{ crisis_fact("people") }}'), facts="")
    listed = json.loads(plea("asks", "check", pack, "--sources", "--json").stdout)["facts"]
    assert {fact["crisis"] for fact in listed} == {"Syria", "Sudan", "Afghanistan", "Ukraine"}
    wrong = make_pack(tmp_path / "wrong", letter=with_detail('{{ crisis_fact("peple") }}'))
    assert any("there is no topic peple; there are: aid" in one for one in findings(plea, wrong))


def test_the_built_in_facts_say_when_a_law_has_run_out(plea: Plea) -> None:
    done = plea("asks", "check", "--on", "2027-03-01", "--json")
    found = [one for one in json.loads(done.stdout)["findings"] if one["file"].endswith("facts.toml")]
    assert done.returncode == 1
    (stopgap,) = [one for one in found if "stopgap" in one["what"]]
    text = (folders.templates() / "facts.toml").read_text("utf-8")
    assert text.splitlines()[stopgap["line"] - 1] == "[stopgap]"
    assert stopgap["what"] == "the fact stopgap expired on December 11, 2026"
    assert {one["code"] for one in found} == {"fact.expired"}


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
