"""TOML with the line of everything in it, and values set in place: what is around them stays, to the character."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from plea import language
from plea.errors import InputError
from plea.system import toml
from plea.system.toml import Value, with_value

TEXT = '''\
# a note
title = "x"

[acts.us-senator]
en = "y"

[a."b.c"]
d = """
[not-a-table]
e = 1
"""
f.g = 2

[[reasons]]
key = "one"
text.en = """
key = "no"
"""

[[reasons]]
key = "two"
text.en = 'three'
[reasons.name]
en = "n"
'''


@pytest.mark.parametrize(
    ("steps", "line"),
    [
        (("title",), 2),
        (("acts",), 4),
        (("acts", "us-senator"), 4),
        (("acts", "us-senator", "en"), 5),
        (("a", "b.c", "d"), 8),
        (("a", "b.c", "f", "g"), 12),
        (("reasons",), 14),
        (("reasons", 0), 14),
        (("reasons", 0, "key"), 15),
        (("reasons", 0, "text", "en"), 16),
        (("reasons", 1), 20),
        (("reasons", 1, "key"), 21),
        (("reasons", 1, "text"), 22),
        (("reasons", 1, "name", "en"), 24),
        (("reasons", 1, "gone"), 20),
        (("acts", "mayor"), 4),
        (("gone",), 1),
        (("not-a-table",), 1),
        ((), 1),
    ],
)
def test_lines(steps: tuple[str | int, ...], line: int) -> None:
    assert toml.line_of(TEXT, *steps) == line


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(b"\xef\xbb\xbfa = 1\r\nb.c = 2\r\n")
    assert toml.load(path) == {"a": 1, "b": {"c": 2}}
    assert toml.line_of(path, "b", "c") == 2


@pytest.mark.parametrize(
    ("text", "line"), [("a = 1\nb = \n", 2), ("a = 1\n[b\n", 2), ('a = """\n\n', 3), ("a = 1\na = 2\n", 2), ("a\n", 1)]
)
def test_a_fault_is_said_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "a.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError) as caught:
        toml.load(path)
    assert (caught.value.problem.code, caught.value.problem.where) == ("toml.not_valid", f"{path}:{line}")
    assert "(at " not in language.what(caught.value.problem)


def test_toml_that_is_nested_too_deep_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text("a = " + "[" * 100_000, "utf-8")
    with pytest.raises(InputError, match=r"toml\.nested_too_deep .*a\.toml:1"):
        toml.load(path)


# --- changing a file ---

SETTINGS_TEXT = """\
# Who signs.
# supporters = "supporters.csv"
name = "Trees"  # part of each letter's identity
asks = [
    "a",  # the first
    "b",
]

# What differs.
[columns]
# name = "Full name"
zip = "Postal code"

# Who agreed.
[consent]
# required = true
# at = 2026-10-03

[selection]
"""


@pytest.mark.parametrize(
    ("path", "value", "old", "new"),
    [
        (("supporters",), "forms.xlsx", '# supporters = "supporters.csv"', 'supporters = "forms.xlsx"'),
        (("name",), 'Say "trees"', 'name = "Trees"', 'name = "Say \\"trees\\""'),
        (("asks",), ["c"], 'asks = [\n    "a",  # the first\n    "b",\n]', 'asks = ["c"]'),
        (("columns", "name"), "Signer", '# name = "Full name"', 'name = "Signer"'),
        (("columns", "zip"), None, 'zip = "Postal code"\n', ""),
        (("columns", "extra.team"), "T", 'zip = "Postal code"\n', 'zip = "Postal code"\n"extra.team" = "T"\n'),
        (("consent", "at"), date(2026, 11, 1), "# at = 2026-10-03", "at = 2026-11-01"),
        (("selection", "sample"), 5, "[selection]\n", "[selection]\nsample = 5\n"),
        (("likeness_threshold",), 0.7, '    "b",\n]\n', '    "b",\n]\nlikeness_threshold = 0.7\n'),
        (("nothing",), None, "", ""),
        (("offices", "us-S1"), None, "", ""),
    ],
)
def test_only_the_value_changes(path: tuple[str, ...], value: Value, old: str, new: str) -> None:
    assert with_value(SETTINGS_TEXT, path, value) == SETTINGS_TEXT.replace(old, new, 1)


def test_a_table_that_is_not_there_is_made_at_the_end() -> None:
    edited = with_value(SETTINGS_TEXT, ("offices", "us-S1"), "capitol")
    assert edited == SETTINGS_TEXT + '\n[offices]\nus-S1 = "capitol"\n'
    assert with_value('name = "x"', ("consent", "source"), "y") == 'name = "x"\n\n[consent]\nsource = "y"\n'


def test_any_text_comes_back_as_it_was() -> None:
    for hostile in ("\n]\n[consent]", 'a"b\\', "tab\t", "\x7f\x85\u2028", "Ünï", "'''", '"""', "# x"):
        assert tomllib.loads(with_value(SETTINGS_TEXT, ("name",), hostile))["name"] == hostile


@pytest.mark.parametrize(
    ("text", "edited"),
    [
        ('consent = { at = 2026-10-03, source = "x" }\n', 'consent = { at = 2026-11-01, source = "x" }\n'),
        ('note = """\n[consent]\n"""\n', 'note = """\n[consent]\n"""\n\n[consent]\nat = 2026-11-01\n'),
        ("consent.at = 2026-10-03 # day\n", "consent.at = 2026-11-01 # day\n"),
        ("[consent]\r\nat = 2026-10-03\r\n", "[consent]\r\nat = 2026-11-01\r\n"),
        ("# nothing\n", "# nothing\n\n[consent]\nat = 2026-11-01\n"),
    ],
)
def test_a_table_may_be_written_in_any_way(text: str, edited: str) -> None:
    assert with_value(text, ("consent", "at"), date(2026, 11, 1)) == edited


@pytest.mark.parametrize(
    "text",
    [
        "consent.at = 2026-10-03\nname = 'x'\n",
        "[consent.paper]\nbox = 1\n",
        "[consent.paper]\nbox = 1\n[consent]\nat = 2026-10-03\n",
        "[consent]\npaper.box = 1\n",
        "consent = {}\n",
        "[consent] # who agreed",
        "[[table]]\nbox = 1\n[consent]",
    ],
)
def test_a_new_setting_is_in_its_table_however_that_is_written(text: str) -> None:
    expected = tomllib.loads(text)
    expected.setdefault("consent", {})["source"] = "web"
    assert tomllib.loads(with_value(text, ("consent", "source"), "web")) == expected


def test_a_first_setting_goes_to_the_top() -> None:
    assert with_value("# about\n[consent]\n", ("name",), "x") == 'name = "x"\n# about\n[consent]\n'


def test_a_value_within_what_is_no_table_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        with_value('consent = "given"\n', ("consent", "at"), date(2026, 11, 1))
    assert (caught.value.problem.code, caught.value.problem.where) == ("setting.not_in_a_table", "consent.at")
