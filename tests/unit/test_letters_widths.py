"""Whether an address fits is decided without a compile only where there is no doubt."""

import random

from plea.letters.paper.typst_compiler import compiler

PIECES = (
    "The Honorable ",
    "Wolfgang AVA To. ",
    "fi ffl ",
    "WWW",
    "1600 Pennsylvania Avenue NW, ",
    "Ste. 5–B  ",
    "García",
)


def test_a_text_called_narrower_is_narrower() -> None:
    machine = compiler()
    chance = random.Random(1)
    texts = [
        "".join(chance.choices(PIECES, k=chance.randrange(1, 5))).strip().replace("  ", "\u00a0\u00a0")
        for _ in range(200)
    ]
    exact = machine.widths(texts, 10.0)
    for text in texts:
        width = exact[text]
        assert not machine.narrower([text], 10.0, width)
        assert machine.narrower([text], 10.0, width * 1.12 + 1)


def test_characters_are_measured_once() -> None:
    machine = compiler()
    machine.narrower(["abc xyz"], 10.0, 100.0)
    before = machine.ask("query(<widths>).len()")
    machine.compile("probe.typ", {"characters": ["a"], "families": ["Libertinus Serif"]})
    assert machine.narrower(["zyx cba"], 10.0, 100.0)
    assert machine.ask("query(<widths>).len()") == 0 < before
