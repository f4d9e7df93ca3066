"""Letters into PDFs: chooses the fonts, fits the addresses, compiles in batches, and counts the pages of each.

A single letter is a batch of one, tagged (PDF/UA-1) for reading on a screen. A volume for the print shop is untagged:
paper has no tags, and recurring paragraphs are laid out once. To the eye both are the same. A letter that would be
printed wrong is left out of its volume with its problems, and the rest are numbered as if it had never been there.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache, lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from plea.errors import InputError, UsageError
from plea.letters.paper.fit import (
    Lines,
    fit_recipient,
    fit_sender,
    lines_in,
    overflow_problems,
    possible_lines,
)
from plea.letters.paper.fonts import FontChoice, choose, missing_problems
from plea.letters.paper.profiles import envelope_views, plain_envelope, read_signature
from plea.letters.paper.typst_compiler import MissingCharactersError, compiler
from plea.letters.paper.typst_inputs import (
    ADDRESS_SIZE,
    CLOSE,
    INCH,
    keep_spaces,
    letter_payload,
    postal_lines,
    printed_texts,
    sender_block,
    sheet_setting,
)
from plea.letters.plain_text import label, recipient_lines
from plea.model.letters import Letter, Printing, Profile, Recipient, Rendered
from plea.problems import Problem

if TYPE_CHECKING:
    import pikepdf

LAYOUT = "letter.typ"
BATCH = 100
"""Letters a compile. typst keeps what it laid out for ten of them: with 200 that is 80 MiB more, and 2 % faster."""
PARAGRAPH = 60
"""Characters that take the room of the gap above a paragraph and its last, short line."""

Payload = dict[str, Any]
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")


class UnprintableError(InputError):
    """A letter that would be printed wrong: an address cut by its window, a character that no font shows."""


@dataclass(frozen=True, slots=True)
class PagePosition:
    """Where a letter is in its volume: its first page (from 1) and how many it takes; none when it has problems."""

    page: int = 0
    pages: int = 0
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Volume:
    """Letters in one PDF: its bytes (none when every letter was left out) and the position of each, in their order."""

    content: bytes
    positions: tuple[PagePosition, ...]


@dataclass(frozen=True, slots=True)
class CompiledBatch:
    """The PDF of a batch, each letter's first page and how many it takes, and the inputs it was compiled from."""

    content: bytes
    starts: tuple[int, ...]
    pages: tuple[int, ...]
    inputs: Mapping[str, Any]


def print_letter(letter: Letter, printing: Printing) -> Rendered:
    """The letter as a tagged PDF that passes PDF/UA-1, with the pages it takes; the same bytes for the same letter.

    Its time stamp is noon UTC of the letter's own date. A warning names a letter that takes more than a page even in
    closer type. Raises UnprintableError with all its problems, InputError for a signature that is no picture.
    """
    batch, _ = _set_alone(letter, printing)
    pages = batch.pages[0]
    over = pages > 1 and not printing.large_print
    return Rendered(batch.content, pages, (_runs_over(letter, pages),) if over else ())


def picture(letter: Letter, printing: Printing, page: int = 1) -> bytes:
    """The page (from 1) as a PNG of 110 pixels an inch, for previews on a screen.

    Raises what `print_letter` raises, and UsageError for a page that the letter does not have.
    """
    batch, fonts = _set_alone(letter, printing)
    if not 1 <= page <= batch.pages[0]:
        raise UsageError("letter.no_such_page", page=page, pages=batch.pages[0])
    return compiler(fonts.folders).compile(LAYOUT, batch.inputs, on=letter.date, picture=True)[page - 1]


def set_volume(
    letters: Sequence[Letter], printing: Printing, *, number: Callable[[int], str] | None = None, overlong: bool = False
) -> Volume:
    """The letters in one PDF, untagged; same letters, same bytes.

    `number` gives the small text at the foot of the nth letter, from 1. A letter that takes more than a page even
    in closer type is left out unless `overlong`; large print may take as many as it needs. Raises MachineError when
    typst cannot set them.
    """
    typesetter = _Typesetter(letters, printing, tagged=False, hold=not (overlong or printing.large_print))
    parts: list[bytes] = []
    positions: dict[int, PagePosition] = {}
    pages = 0
    for indexes, batch in typesetter.batches(number):
        for index, start, count in zip(indexes, batch.starts, batch.pages, strict=True):
            positions[index] = PagePosition(pages + start, count)
        pages += sum(batch.pages)
        parts.append(batch.content)
    positions |= {index: PagePosition(problems=problems) for index, problems in typesetter.problems.items()}
    return Volume(_joined(parts), tuple(positions[index] for index in range(len(letters))))


def _runs_over(letter: Letter, pages: int) -> Problem:
    return Problem("letter.runs_over", label(letter), pages=pages)


def _set_alone(letter: Letter, printing: Printing) -> tuple[CompiledBatch, FontChoice]:
    """One letter as a tagged PDF, with the fonts it is set in."""
    typesetter = _Typesetter([letter], printing, tagged=True, hold=False)
    try:
        batches = [batch for _, batch in typesetter.batches()]
    except MissingCharactersError as error:
        raise UnprintableError(missing_problems(error.characters)) from error
    if not batches:
        raise UnprintableError(typesetter.problems[0])
    return batches[0], typesetter.fonts


class _Typesetter:
    """Makes letters into PDFs; a letter that cannot be printed right is dropped, and `problems` has the reasons."""

    def __init__(self, letters: Sequence[Letter], printing: Printing, *, tagged: bool, hold: bool) -> None:
        """`hold`: drop letters that take more than a page even in closer type."""
        self._letters, self._printing, self._tagged, self._hold = letters, printing, tagged, hold
        self.problems: dict[int, tuple[Problem, ...]] = {}
        self.fonts = FontChoice()

    def batches(self, number: Callable[[int], str] | None = None) -> Iterator[tuple[list[int], CompiledBatch]]:
        """The compiled batches, none empty, each with the indexes of its letters."""
        payloads = self._fitted(self._in_fonts())
        indexes = list(payloads)
        batches, printed = -(-len(indexes) // BATCH), 0  # of nearly the same length, none over BATCH
        for part in range(batches):
            batch = indexes[part * len(indexes) // batches : (part + 1) * len(indexes) // batches]
            compiled_indexes, compiled = self._set({index: payloads[index] for index in batch}, number, printed)
            if compiled:
                printed += len(compiled_indexes)
                yield compiled_indexes, compiled

    def _in_fonts(self) -> dict[int, Payload]:
        """The texts of the letters for which there are fonts; sets the fonts."""
        profile = self._printing.profile
        payloads, characters = {}, {}
        for index, letter in enumerate(self._letters):
            payloads[index] = payload = letter_payload(letter, profile, sender_block(letter, profile))
            texts = (*printed_texts(payload), *possible_lines(letter.recipient))
            # All plain characters are as good as one of them.
            characters[index] = "a" + "".join([_not_ascii(text) for text in texts if not text.isascii()])

        def chosen(texts: Iterable[str]) -> FontChoice:
            return choose(texts, large_print=self._printing.large_print, font_paths=self._printing.font_paths)

        self.fonts = chosen(characters.values())
        if self.fonts.problems:
            for index, text in characters.items():
                problems = chosen([text]).problems
                if problems:
                    self.problems[index] = problems
                    del payloads[index]
            self.fonts = chosen(characters[index] for index in payloads) if payloads else FontChoice()
        return payloads

    def _fitted(self, payloads: Mapping[int, Payload]) -> dict[int, Payload]:
        """The letters whose addresses fit the windows and whose words fit the page, with their address lines."""
        profile, typst = self._printing.profile, compiler(self.fonts.folders)
        narrowest = min((box.width for box in (profile.recipient, profile.sender) if box), default=0.0)

        def measure(lines: Iterable[str]) -> Mapping[str, float]:
            lines, families = tuple(lines), self.fonts.in_addresses
            if typst.narrower(
                lines, ADDRESS_SIZE, narrowest, families
            ):  # nearly all: a compile for each office is saved
                return dict.fromkeys(lines, 0.0)
            return typst.widths(lines, ADDRESS_SIZE, families)

        @cache
        def fit(recipient: Recipient) -> Lines | Problem:
            return fit_recipient(recipient, profile, measure)

        fitted: dict[int, Payload] = {}
        for index, payload in payloads.items():
            addresses = {"recipient": fit(self._letters[index].recipient)}
            if profile.sender:
                addresses["sender"] = fit_sender(payload["sender"], profile, measure)
            problems = [lines for lines in addresses.values() if isinstance(lines, Problem)]
            problems += overflow_problems(
                payload, self._printing, lambda texts, size: typst.widths(texts, size, self.fonts.families)
            )
            if problems:
                self.problems[index] = tuple(problems)
                continue
            fitted[index] = {**payload, **addresses, "continued": self._printing.large_print}
        return fitted

    def _set(
        self, payloads: dict[int, Payload], number: Callable[[int], str] | None, printed: int
    ) -> tuple[list[int], CompiledBatch | None]:
        """One batch; letters that run over are set again in closer type, and dropped if they still do."""
        limit = None if self._printing.large_print else _shortest_over.get(self._printing)
        likely = [index for index, payload in payloads.items() if limit and _length(payload) >= limit]
        if likely and len(payloads) > 1:
            self._tighten(payloads, self._over({index: payloads[index] for index in likely}))
        while payloads:
            for position, payload in enumerate(payloads.values(), printed + 1):
                if number:
                    payload["number"] = number(position)
            batch = self._compile(payloads)
            over = [index for index, pages in zip(payloads, batch.pages, strict=True) if pages > 1]
            over = [index for index in over if not payloads[index]["continued"]]
            if not over:
                return list(payloads), batch
            self._tighten(payloads, over)
        return [], None

    def _tighten(self, payloads: dict[int, Payload], over: Collection[int]) -> None:
        """Give the letters that run over closer type; drop those that still do."""
        for index in over:
            length = _length(payloads[index])
            _shortest_over[self._printing] = min(length, _shortest_over.get(self._printing, length))
            payloads[index] |= {**CLOSE, "continued": True}
        if self._hold and over:
            closer = {index: payloads[index] for index in over}
            for index, pages in self._over(closer).items():
                self.problems[index] = (_runs_over(self._letters[index], pages),)
                del payloads[index]

    def _over(self, payloads: Mapping[int, Payload]) -> dict[int, int]:
        """Those of the letters that take more than a page, with their pages."""
        pages = zip(payloads, self._compile(payloads).pages, strict=True)
        return {index: count for index, count in pages if count > 1}

    def _compile(self, payloads: Mapping[int, Payload]) -> CompiledBatch:
        letters = [self._letters[index] for index in payloads]
        first, signature = letters[0], read_signature(self._printing.signature)
        setting = {
            **sheet_setting(self._printing),
            "tagged": self._tagged,
            "title": (first.subject or first.ask) if self._tagged else f"{len(letters)} letters",
            "author": first.signature_name if self._tagged else "",
            "language": first.language,
            "families": self.fonts.families,
            "address_families": self.fonts.in_addresses,
            "picture": list(signature.content) if signature else None,
        }
        return compile_batch(letters, {"setting": setting, "letters": list(payloads.values())}, self.fonts)


def compile_batch(letters: Sequence[Letter], inputs: Mapping[str, Any], fonts: FontChoice) -> CompiledBatch:
    """Letters made ready (`inputs` as `letter.typ` reads them) in one compile, with the pages each takes."""
    typst = compiler(fonts.folders)
    tagged = inputs["setting"]["tagged"]
    on = max(letter.date for letter in letters)
    content = typst.compile(LAYOUT, inputs, on=on, standard="ua-1" if tagged else None, tagged=tagged)[0]
    *starts, end = typst.ask("query(selector(<start>).or(<end>)).map(it => it.location().page())")
    pages = [after - start for start, after in zip(starts, [*starts[1:], end + 1], strict=True)]
    return CompiledBatch(content, tuple(starts), tuple(pages), inputs)


@lru_cache(maxsize=1000)
def _not_ascii(text: str) -> str:
    """The characters of a text that are not ASCII; most paragraphs are in many letters of a volume."""
    return "".join(_NOT_ASCII.findall(text))


_shortest_over: dict[Printing, int] = {}
"""The least length of letters that ran over in this process; those as long are tried alone first.

It decides how often a batch is set, and nothing of what is printed."""


def _length(payload: Payload) -> int:
    return sum(map(len, printed_texts(payload))) + PARAGRAPH * len(payload["body"])


def _joined(parts: Sequence[bytes]) -> bytes:
    """The PDFs as one, the same bytes for the same parts."""
    if len(parts) <= 1:
        return b"".join(parts)
    import pikepdf  # noqa: PLC0415 (not for volumes of one batch, and not for one letter)

    def retype(tree: "pikepdf.Object", itself: "pikepdf.Object", pages: "pikepdf.Object") -> None:
        """Give a tree of pages and each page in it a type."""
        tree.Type = itself
        for page in tree.Kids:
            assert "/Kids" not in page  # typst makes no tree of trees
            page.Type = pages

    whole = pikepdf.new()
    branches = []
    for part in parts:
        with pikepdf.open(BytesIO(part)) as document:
            # A page copied by itself takes twice as long; a tree of pages is copied only under another name.
            tree = document.Root.Pages
            retype(tree, pikepdf.Name.Branch, pikepdf.Name.Payload)
            branches.append(whole.copy_foreign(tree))
    root = whole.Root.Pages
    for branch in branches:
        retype(branch, pikepdf.Name.Pages, pikepdf.Name.Page)
        branch.Parent = root
    root.Kids = pikepdf.Array(branches)
    root.Count = sum(int(branch.Count) for branch in branches)
    content = BytesIO()
    whole.save(content, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return content.getvalue()


# --- the envelope, and the page to test a printer with ------------------------------------------------------


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


test_page.__test__ = False  # type: ignore[attr-defined]  # for pytest: it is no test
