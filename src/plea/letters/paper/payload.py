"""The words of a letter as `letter.typ` prints them: plain values for JSON."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from plea.letters.paper.fit import kept_spaces
from plea.letters.plain_text import plain
from plea.model.letters import Block, Items, Letter, Paragraph, Profile, Run

SENDER_LINES = 6  # what stands above a window, with the date below
PHONE_DIGITS = 7
RIGHT_TO_LEFT = {"R", "AL"}


def payload(letter: Letter, profile: Profile, sender: Sequence[str], recipient: Sequence[str]) -> dict[str, Any]:
    """The words of one letter. `sender` and `recipient` are the lines as fitted to the windows."""
    return {
        "language": letter.language,
        "sender": tuple(map(kept_spaces, sender)),
        "contact": _contact(letter) if profile.sender else (),
        "date": (letter.date_text,),
        "recipient": recipient,
        "subject": _labelled(letter.labels.get("subject", ""), letter.subject),
        "salutation": letter.salutation,
        "body": [_part(block) for block in letter.body],
        "close": letter.close,
        "name": letter.signature_name,
        "enclosures": _enclosures(letter),
        "note": letter.labels.get("copy", "") if letter.copy_of else "",
    }


def sender_block(letter: Letter, profile: Profile) -> tuple[str, ...]:
    """The sender's lines where the profile shows them; in a window the address alone, without e-mail and telephone.

    Above a window there is room for six lines and the date: beyond that e-mail and telephone share one.
    """
    if profile.sender:
        return postal_lines(letter)
    if profile.recipient and len(letter.sender) > SENDER_LINES:
        contact, address = _contact(letter), postal_lines(letter)
        joined = (address[0], ", ".join(address[1:-1]), address[-1]) if len(address) >= SENDER_LINES else address
        return (*joined, " · ".join(contact)) if contact else joined
    return letter.sender


def postal_lines(letter: Letter) -> tuple[str, ...]:
    """The sender's name and address, without e-mail and telephone."""
    contact = _contact(letter)
    return tuple(line for line in letter.sender if line not in contact)


def printed(words: Mapping[str, Any]) -> str:
    """Every character that a letter prints."""
    return "".join(phrases(words))


def phrases(words: Mapping[str, Any]) -> Iterable[str]:
    """The texts that a letter prints, many of which other letters of a volume print too."""
    return strings(words[name] for name in words if name != "language")


def _labelled(label: str, text: str) -> str:
    return f"{label} {text}".strip() if text else ""


def _enclosures(letter: Letter) -> str:
    label = letter.labels.get("enclosure" if len(letter.enclosures) == 1 else "enclosures", "")
    return _labelled(label, "; ".join(letter.enclosures))


def _contact(letter: Letter) -> tuple[str, ...]:
    """The lines of the sender that are no postal address."""
    return tuple(line for line in letter.sender[1:] if "@" in line or _is_phone(line))


def _is_phone(line: str) -> bool:
    if any(character.isalpha() for character in line):
        return False
    return sum(character.isdigit() for character in line) >= PHONE_DIGITS


def _part(block: Block) -> Any:
    """A block of the body: a plain string where it is nothing else, which most paragraphs are."""
    if isinstance(block, Items):
        return {"items": [_runs(item) for item in block.items], "ordered": block.ordered}
    runs = _runs(block.runs)
    right_to_left = _is_right_to_left(block)
    return {"runs": runs, "rtl": right_to_left} if right_to_left or not isinstance(runs, str) else runs


def _runs(runs: Sequence[Run]) -> Any:
    """Runs in their styles, as one string where there are none; a link's address stands in print."""
    if all(not (run.strong or run.emphasis or run.href) for run in runs):
        return "".join(run.text for run in runs)
    return [
        {"text": plain((run,))}
        | ({"strong": True} if run.strong else {})
        | ({"emphasis": True} if run.emphasis else {})
        | ({"href": run.href} if run.href else {})
        for run in runs
    ]


def _is_right_to_left(paragraph: Paragraph) -> bool:
    """Whether the first letter of strong direction runs right to left (Unicode Standard Annex 9, rule P2)."""
    for run in paragraph.runs:
        for character in run.text:
            direction = unicodedata.bidirectional(character)
            if direction in RIGHT_TO_LEFT:
                return True
            if direction == "L":
                return False
    return False


def strings(values: Iterable[Any]) -> list[str]:
    """Every text in values, those of lists and mappings included."""
    found: list[str] = []
    for value in values:
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, (list, tuple)):
            found += strings(value)
        elif isinstance(value, Mapping):  # asked last: an abstract class takes its time
            found += strings(value.values())
    return found
