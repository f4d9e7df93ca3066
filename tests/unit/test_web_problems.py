"""Every problem and error that a person of the page can meet is said in the languages of the page.

The sentences are read from the source, where problems and errors are made; what stands in their holes is made up.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("flask", reason="the extra plea[web] is not installed")

import plea
from plea.system import toml
from plea.system.folders import templates
from plea.web.language import LANGUAGES, in_words

SOURCE = Path(plea.__file__).parent
ROOMS = [
    "supporters/check.py", "supporters/address.py", "supporters/care.py",
    "writing/draft.py", "writing/wishes.py", "writing/card.py",
    "letters/compose.py", "letters/fit.py", "letters/fonts.py", "letters/named.py", "letters/offices.py",
    "letters/print_run.py", "letters/room.py", "letters/terms.py",
    "officials/candidates.py", "officials/geocode.py", "officials/locate.py", "officials/seats.py",
]  # fmt: skip
MADE = {"Problem": 1, "InputError": 0, "UsageError": 0, "MachineError": 0, "PleaError": 0}
"""Where in a call the sentences begin; what stands before is a place."""
ELSEWHERE = (
    "--office ",  # the page offers offices to choose from,
    "There are: ",
    "--to: ",  # takes that off what it shows,
    "X1: the picture is damaged",  # and has no signature to print
    "name a PNG or JPEG file",
    *(", the address facing", ": the address must", "X1 military", "No answer after", "the address does not fit"),
)
"""What the page does not show, and parts of what ASSEMBLED shows whole."""
ASSEMBLED = [
    "Fold at the small marks on the edge, the address facing out.",
    'Print at 100 % (not "fit to page"): the address must meet its window.',
    "No answer after three weeks (December 13, 2026)? Ring the office and ask what became of your letter.",
    "No answer after three weeks (December 13, 2026)? Ring the office and ask what became of your letter: A 802.",
    (
        "ZIP code 09001 is military or diplomatic post, which lies in no district. One votes where one last lived "
        "in the United States: give that state (--state) or district (--district)."
    ),
    "the address does not fit the window of us-10-double: 6 lines, room for 4",
    "the address does not fit the window of us-10-double: “1010 North Saint Francis Street” is too long",
    "refugee-intake and diplomacy are not for mayor",
    "diplomacy is not for mayor",
    "VT-0: the members of Congress are not in the directory. `plea officials update` fetches them",
    (
        "The term of Robert F. Smith ended on January 3, 2027; who holds the seat now is not in the directory. "
        "`plea officials update` fetches the newest."
    ),
    "several districts share ZIP 60601, IL: IL-5 (Mike Quigley), IL-7 (Danny K. Davis)",
    (
        "Nota: your story speaks of your own immigration status. The letter may be kept and read by others. Send it "
        "only if that is safe for you."
    ),
    "is not an e-mail address: An email address must have an @-sign.",
]


def sentences_of(file: Path) -> Iterator[str]:
    """The sentences of problems and errors, and every other text that ends like a sentence."""
    tree = ast.parse(file.read_text())
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    held = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)} - {
        id(node) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MADE:
            yield from filter(None, map(sample, node.args[MADE[node.func.id] :]))
        elif id(node) not in docs | held and (text := sample(node)) and " " in text and text[-1] in ".?":
            yield from () if "|" in text or "(?" in text else (text,)  # no patterns


def sample(node: ast.AST) -> str:
    """A text with something in each of its holes; empty for what is no text."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return ""
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "X1" for part in node.values)


def test_every_problem_and_error_is_said_in_every_language() -> None:
    sentences = {sentence for room in ROOMS for sentence in sentences_of(SOURCE / room)}
    assert len(sentences) > 100
    assert "a name is missing" in sentences
    met = {sentence for sentence in sentences if not sentence.startswith(ELSEWHERE)}
    for language in sorted(set(LANGUAGES) - {"en"}):
        missing = sorted(
            sentence for sentence in (*met, *ASSEMBLED) if in_words(sentence, language).language != language
        )
        assert not missing, "\n".join(missing)


@pytest.mark.parametrize(("file", "key"), [("forms-of-address.toml", ""), ("envelopes.toml", "profiles")])
def test_posts_and_envelopes_have_names_in_every_language(file: str, key: str) -> None:
    table = toml.load(templates() / file)
    for entry in (table[key] if key else table).values():
        for language in sorted(set(LANGUAGES) - {"en"}):
            assert in_words(entry["name"], language).language == language, entry["name"]
