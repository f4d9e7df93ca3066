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
    assert with_value(TEXT, path, value) == TEXT.replace(old, new, 1)


def test_a_table_that_is_not_there_is_made_at_the_end() -> None:
    edited = with_value(TEXT, ("offices", "us-S1"), "capitol")
    assert edited == TEXT + '\n[offices]\nus-S1 = "capitol"\n'
    assert with_value('name = "x"', ("consent", "source"), "y") == 'name = "x"\n\n[consent]\nsource = "y"\n'


def test_any_text_comes_back_as_it_was() -> None:
    for hostile in ("\n]\n[consent]", 'a"b\\', "tab\t", "\x7f\x85\u2028", "Ünï", "'''", '"""', "# x"):
        assert tomllib.loads(with_value(TEXT, ("name",), hostile))["name"] == hostile


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


def test_a_first_setting_goes_to_the_top() -> None:
    assert with_value("# about\n[consent]\n", ("name",), "x") == 'name = "x"\n# about\n[consent]\n'


def test_a_value_within_what_is_no_table_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        with_value('consent = "given"\n', ("consent", "at"), date(2026, 11, 1))
    assert (caught.value.problem.code, caught.value.problem.where) == ("setting.not_in_a_table", "consent.at")
