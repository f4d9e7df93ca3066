"""Checks in the source that every message by code exists and gets just the values that its sentences name.

Looks at the calls of `Problem`, of the errors of `plea.errors` and of `gettext`, `_` and `ngettext`; what cannot be
told from the source (values given with `**`) is passed over. Prints `file:line: what` and exits with 1.
"""

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from plea import errors
from plea.messages import AREAS, MESSAGES, messages_of

SOURCE = Path(__file__).resolve().parent.parent / "src"
PLACEHOLDER = re.compile(r"%\((\w+)\)")
BY_CODE = {"Problem", *(name for name, value in vars(errors).items() if isinstance(value, type))}
SHORT = 2  # characters of a text that may be the end of a code by chance
PLURAL = {"ngettext": 2, "gettext": 1, "_": 1}
"""Functions that make a sentence, and how many of their first arguments are its forms."""


def main() -> int:
    """The exit code: 1 when something is wrong."""
    wrong = []
    used: set[str] = set()
    for path in sorted(SOURCE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and "/messages/" not in path.as_posix():
                used.add(node.value)
            if isinstance(node, ast.Call):
                wrong += [f"{path.relative_to(SOURCE.parent)}:{node.lineno}: {what}" for what in faults(node)]
    endings = tuple(text for text in used if len(text) > SHORT)  # a code may be put together: f"{part}.word_too_long"
    wrong += [f"src/plea/messages: {code} is used nowhere" for code in MESSAGES if not code.endswith(endings)]
    codes = Counter(code for area in AREAS for code in messages_of(area))
    wrong += [f"src/plea/messages: {code} stands {count} times" for code, count in codes.items() if count > 1]
    print(*wrong, sep="\n", end="\n" if wrong else "")
    return bool(wrong)


def faults(call: ast.Call) -> Iterator[str]:
    """What is wrong with one call."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    texts = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    given = {keyword.arg for keyword in call.keywords}
    if None in given or not call.args or not isinstance(call.args[0], ast.Constant) or not texts:
        return
    if name in BY_CODE:
        if texts[0] not in MESSAGES:
            yield f"there is no message {texts[0]!r}"
            return
        message = MESSAGES[texts[0]]
        wanted = named(message.what) | named(message.hint)
        wanted |= {message.counted} if isinstance(message.what, tuple) or isinstance(message.hint, tuple) else set()
    elif name in PLURAL:
        wanted = {found for text in texts[: PLURAL[name]] for found in PLACEHOLDER.findall(text)}
        given |= {"count"} if name == "ngettext" else set()
        wanted |= {"count"} if name == "ngettext" else set()
    else:
        return
    if wanted != given:
        missing, more = sorted(wanted - given), sorted(map(str, given - wanted))
        yield f"{texts[0]!r}: not given: {', '.join(missing) or 'none'}; given for nothing: {', '.join(more) or 'none'}"


def named(sentence: str | tuple[str, str]) -> set[str]:
    """The placeholders of a sentence, of both of its forms."""
    return set(PLACEHOLDER.findall(sentence if isinstance(sentence, str) else " ".join(sentence)))


if __name__ == "__main__":
    sys.exit(main())
