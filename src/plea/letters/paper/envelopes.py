"""The outside of a plain envelope, and the page that tries a printer and an envelope."""

from dataclasses import asdict
from typing import Any

from plea.letters.paper.fit import keep_spaces, lines_in
from plea.letters.paper.fonts import choose
from plea.letters.paper.profiles import envelope_views, plain_envelope
from plea.letters.paper.typeset import UnprintableError
from plea.letters.paper.typst_compiler import compiler
from plea.letters.paper.typst_inputs import INCH, postal_lines
from plea.letters.plain_text import recipient_lines
from plea.model.letters import Letter, Printing, Profile


def envelope_page(letter: Letter, printing: Printing) -> bytes:
    """A PDF of the envelope's own size with the return address and the recipient, to print on a plain one.

    The envelope is the plain one that the profile's sheet goes into (#10, DL). Raises UnprintableError for a
    character that no font shows.
    """
    envelope = plain_envelope(printing.profile)
    sender = tuple(map(keep_spaces, postal_lines(letter)))
    recipient = tuple(map(keep_spaces, recipient_lines(letter.recipient)))
    fonts = choose((*sender, *recipient), font_paths=printing.font_paths)
    if fonts.problems:
        raise UnprintableError(fonts.problems)
    setting = {
        "title": f"Envelope to {recipient[0]}",
        "language": letter.language,
        "width": envelope.width,
        "height": envelope.height,
        "families": fonts.families,
        "sender": sender,
        "recipient": recipient,
    }
    typst = compiler(fonts.folders)
    return typst.compile("envelope.typ", {"setting": setting}, on=letter.date, standard="ua-1", tagged=True)[0]


def test_page(profile: Profile) -> bytes:
    """A PDF page with the profile's windows and folds drawn, a ruler, and what to do with it."""
    # Each window's regions: what shows always, what shows at one position or another, and where lines are safe.
    safe = [box for box in (profile.recipient, profile.sender) if box]
    windows: list[dict[str, Any]] = [
        {"always": asdict(always), "ever": asdict(ever), "safe": asdict(box), "lines": lines_in(box.height)}
        for (always, ever), box in zip(envelope_views(profile), safe, strict=True)
    ]
    lowest = max((window["ever"]["y"] + window["ever"]["height"] for window in windows), default=INCH)
    metric = profile.paper == "a4"
    setting = {
        "name": profile.name,
        "envelope": profile.envelope.name if profile.envelope else "",
        "width": profile.width,
        "height": profile.height,
        "folds": profile.folds,
        "windows": windows,
        # Below the first fold, which the text would otherwise cross.
        "text": max((lowest, *profile.folds[:1])) + 18.0,
        "length": "100 millimeters" if metric else "5 inches",
        "bar": 100 * INCH / 25.4 if metric else 5 * INCH,
        "marks": 10 if metric else 5,
        "step": 10 if metric else 1,
    }
    return compiler().compile("test-page.typ", {"setting": setting}, standard="ua-1", tagged=True)[0]


test_page.__test__ = False  # type: ignore[attr-defined]  # printers call it so; it is no test
