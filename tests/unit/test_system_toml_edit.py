"""Values of TOML texts set in place: what is around them stays, to the character."""

import tomllib
from datetime import date

import pytest

from plea.errors import InputError
from plea.system.toml import Value, with_value

TEXT = """\
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
        (("name",), 'Say "trees"', 'name = "Trees"  # part of each letter\'s identity', 'name = "Say \\"trees\\""'),
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
    assert with_value(TEXT, path, value) == TEXT.replace(old, new, 1)


def test_a_table_that_is_not_there_is_made_at_the_end() -> None:
    edited = with_value(TEXT, ("offices", "us-S1"), "capitol")
    assert edited == TEXT + '\n[offices]\nus-S1 = "capitol"\n'
    assert with_value('name = "x"', ("consent", "source"), "y") == 'name = "x"\n\n[consent]\nsource = "y"\n'


def test_any_text_comes_back_as_it_was() -> None:
    for hostile in ("\n]\n[consent]", 'a"b\\', "tab\t", "\x7f\x85\u2028", "Ünï", "'''", '"""', "# x"):
        assert tomllib.loads(with_value(TEXT, ("name",), hostile))["name"] == hostile


@pytest.mark.parametrize(
    "text",
    [
        'consent = { at = 2026-10-03, source = "x" }\n',  # another way to write a table
        'note = """\n[consent]\n"""\n',  # what looks like one and is text
    ],
)
def test_what_cannot_be_edited_line_by_line_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="cannot be changed from here"):
        with_value(text, ("consent", "at"), date(2026, 11, 1))
