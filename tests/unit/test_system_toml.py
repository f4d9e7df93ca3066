"""TOML with the line of everything in it."""

from pathlib import Path

import pytest

from plea import language
from plea.errors import InputError
from plea.system import toml

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
