"""What `letter.typ` reads, as plain values for JSON: the sheet that all letters of a compile share, and each letter.

Lengths are points.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from plea.letters.plain_text import closing_lines, is_right_to_left, plain, subject_line
from plea.model.letters import Block, Items, Letter, Printing, Profile, Run

INCH = 72.0
ADDRESS_SIZE, ADDRESS_PITCH = 10.0, 11.0  # of the lines in a window
NO_BREAK = "\u00a0"
MILLIMETER = INCH / 25.4
BELOW_WINDOW = 9.0  # between the region a window shows and the first line below it
ABOVE_WINDOW = 5.0  # between the date and the region below it
RIGHT_COLUMN = 125 * MILLIMETER  # British senders are here, clear of a window that reaches 110 mm
SENDER_LINES = 6  # what fits above a window, with the date below
PHONE_DIGITS = 7

# --- the sheet ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TypeSize:
    """Size and pitch of the body, the gap between paragraphs, the room to sign, size and pitch of the sender."""

    size: float
    pitch: float
    gap: float
    signature: float
    sender_size: float
    sender_pitch: float


REGULAR = TypeSize(11.0, 14.0, 10.0, 56.0, 10.5, 13.0)
LARGE = TypeSize(18.0, 24.5, 18.0, 73.5, 14.0, 17.0)
CLOSE = {"size": 10.5, "pitch": 12.8, "gap": 8.0}
"""The closer type in which a letter that runs over its page is tried before it is reported."""


@dataclass(frozen=True, slots=True)
class _Band:
    """Where a field of the letter is on the sheet, in a size and pitch; `window`: a window shows it."""

    name: str
    x: float
    y: float
    size: float
    pitch: float
    window: bool = False


def sheet_setting(printing: Printing) -> dict[str, Any]:
    """Paper, margins, fold marks, type, and where the addresses are, by the names that `letter.typ` reads."""
    profile = printing.profile
    text = LARGE if printing.large_print else REGULAR
    left = profile.recipient.x if profile.recipient else INCH
    setting: dict[str, Any] = {
        "width": profile.width,
        "height": profile.height,
        "left": left,
        "right": INCH,
        "top": INCH,
        "bottom": 0.75 * INCH,
        "folds": profile.folds,
        "size": text.size,
        "pitch": text.pitch,
        "gap": text.gap,
        "apart": text.pitch + text.gap,
        "signature": text.signature,
        "dated": False,
        "above_subject": text.pitch,
    }
    if profile.recipient is None:
        return setting
    bands = _bands(profile, text)
    if printing.large_print:
        # Too large for the strip above the window: the date goes with the text.
        bands = [band for band in bands if band.name != "date"]
    setting["dated"] = printing.large_print
    setting["above_subject"] = text.pitch if printing.large_print else 0.0
    setting["contact"] = 5 * INCH - left
    # Blocks one below the other: each as high as to the next one, the last to the text.
    text_starts = max(region.y + region.height for region in profile.clear) + BELOW_WINDOW
    edges = pairwise([*(band.y for band in bands), text_starts])
    setting["bands"] = [
        {
            "name": band.name,
            "indent": band.x - left,
            "height": lower - upper,
            "size": band.size,
            "pitch": band.pitch,
            "window": band.window,
        }
        for band, (upper, lower) in zip(bands, edges, strict=True)
    ]
    return setting


def _bands(profile: Profile, text: TypeSize) -> list[_Band]:
    """Where addresses and date are on a sheet with a window; the date is above the recipient, clear of the window."""
    assert profile.recipient is not None
    window, clear = profile.recipient, profile.clear
    recipient = _Band("recipient", window.x, window.y, ADDRESS_SIZE, ADDRESS_PITCH, window=True)
    if profile.sender:
        # In the strip between what the two windows show.
        upper, lower = min(region.y + region.height for region in clear), max(region.y for region in clear)
        date = _Band("date", window.x, (upper + lower - text.size) / 2, text.size, text.pitch)
        return [
            _Band("sender", profile.sender.x, profile.sender.y, ADDRESS_SIZE, ADDRESS_PITCH, window=True),
            date,
            recipient,
        ]
    x = RIGHT_COLUMN if profile.sender_side == "right" else window.x
    bottom = min(window.y, min(region.y for region in clear) if x == window.x else window.y) - ABOVE_WINDOW
    date = _Band("date", x, bottom - text.size, text.size, text.pitch)
    return [_Band("sender", x, INCH, text.sender_size, text.sender_pitch), date, recipient]


# --- the letter ---------------------------------------------------------------------------------------------


def letter_payload(
    letter: Letter, profile: Profile, sender: Sequence[str], recipient: Sequence[str] = ()
) -> dict[str, Any]:
    """The text of one letter. `sender` and `recipient` are the lines as fitted to the windows."""
    label, *enclosures = closing_lines(letter) or ("",)
    return {
        "language": letter.language,
        "sender": tuple(map(keep_spaces, sender)),
        "contact": _contact_lines(letter) if profile.sender else (),
        "date": (letter.date_text,),
        "recipient": recipient,
        "subject": subject_line(letter),
        "salutation": letter.salutation,
        "body": [_block(block) for block in letter.body],
        "close": letter.close,
        "name": letter.signature_name,
        "enclosures": f"{label} {'; '.join(enclosures)}".strip(),
        "note": letter.labels.get("copy", "") if letter.copy_of else "",
    }


def sender_block(letter: Letter, profile: Profile) -> tuple[str, ...]:
    """The sender's lines where the profile shows them; in a window the address alone, without e-mail and phone.

    Above a window there is room for six lines and the date: beyond that e-mail and phone share one.
    """
    if profile.sender:
        return postal_lines(letter)
    if profile.recipient and len(letter.sender) > SENDER_LINES:
        contact, address = _contact_lines(letter), postal_lines(letter)
        joined = (address[0], ", ".join(address[1:-1]), address[-1]) if len(address) >= SENDER_LINES else address
        return (*joined, " · ".join(contact)) if contact else joined
    return letter.sender


def postal_lines(letter: Letter) -> tuple[str, ...]:
    """The sender's name and address, without e-mail and phone."""
    contact = _contact_lines(letter)
    return tuple(line for line in letter.sender if line not in contact)


def printed_texts(payload: Mapping[str, Any]) -> list[str]:
    """The texts that a letter prints, many of which other letters of a volume print too."""
    return strings(payload[name] for name in payload if name != "language")


def strings(values: Iterable[Any]) -> list[str]:
    """Every text in values, those in lists and mappings included."""
    texts: list[str] = []
    for value in values:
        if isinstance(value, str):
            texts.append(value)
        elif isinstance(value, (list, tuple)):
            texts += strings(value)
        elif isinstance(value, Mapping):  # tested last: an abstract class takes its time
            texts += strings(value.values())
    return texts


def keep_spaces(line: str) -> str:
    """The line with runs of spaces made unbreakable, which typesetting would fold."""
    return line.replace("  ", NO_BREAK * 2)


def _contact_lines(letter: Letter) -> tuple[str, ...]:
    """The lines of the sender that are no postal address: e-mail and phone."""

    def is_phone(line: str) -> bool:
        digits = sum(character.isdigit() for character in line)
        return digits >= PHONE_DIGITS and not any(character.isalpha() for character in line)

    return tuple(line for line in letter.sender[1:] if "@" in line or is_phone(line))


def _block(block: Block) -> Any:
    """A block of the body: a plain string where it is nothing else, which most paragraphs are."""
    if isinstance(block, Items):
        return {"items": [_runs(item) for item in block.items], "ordered": block.ordered}
    runs, right_to_left = _runs(block.runs), is_right_to_left("".join(run.text for run in block.runs))
    return {"runs": runs, "rtl": right_to_left} if right_to_left or not isinstance(runs, str) else runs


def _runs(runs: Sequence[Run]) -> Any:
    """Runs in their styles, as one string where there are none; a link's address is printed after its words."""
    if all(not (run.strong or run.emphasis or run.href) for run in runs):
        return "".join(run.text for run in runs)
    return [
        {"text": plain((run,))}
        | ({"strong": True} if run.strong else {})
        | ({"emphasis": True} if run.emphasis else {})
        | ({"href": run.href} if run.href else {})
        for run in runs
    ]
