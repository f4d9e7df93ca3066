"""An accountant of campaigns: reads the supporters file and what was put out, and says all that does not add up.

It imports nothing of the program, and reads neither its ledger nor its settings.
"""

import csv
import re
import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from audit_people import Due, Public

MANIFEST = ["letter_id", "row", "supporter_id", "official_id", "ask", "file", "page", "supersedes"]
REJECTS = ["plea_row", "plea_target", "plea_outcome", "plea_problems"]
FULL = 500

Lines = Sequence[Mapping[str, str]]


def audit(campaign: Path, due: Sequence[Due], public: Public, every: int = 1) -> list[str]:
    """All that is wrong with a finished campaign; of the volumes each `every`th is read page by page."""
    manifest = _lines(campaign / "out/manifest.csv", MANIFEST)
    rejects = _lines(campaign / "out/rejects.csv", REJECTS)
    current = _newest(manifest)
    with (campaign / "supporters.csv").open(newline="", encoding="utf-8") as file:
        header, *originals = csv.reader(file)
    found = [] if len(originals) == len(due) else [f"{len(originals)} rows, and {len(due)} are known"]
    found += _rows(current, rejects, due)
    found += _originals(header, originals, rejects)
    found += _letters(manifest)
    found += _volumes(campaign / "out", manifest, due, public, every)
    return found


def _lines(path: Path, columns: list[str]) -> Lines:
    with path.open(newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        assert reader.fieldnames, path
        assert list(reader.fieldnames)[-len(columns) :] == columns, reader.fieldnames
        return [*reader]


def _newest(manifest: Lines) -> Lines:
    """The letters that no other supersedes and whose row is still there."""
    replaced = {line["supersedes"] for line in manifest}
    return [line for line in manifest if line["letter_id"] not in replaced and line["row"]]


def _rows(manifest: Lines, rejects: Lines, due: Sequence[Due]) -> Iterator[str]:
    """Every row has what is due, no more and no less."""
    made: dict[int, list[str]] = {}
    for line in manifest:
        made.setdefault(int(line["row"]), []).append(line["official_id"])
    left: dict[int, list[tuple[str, str]]] = {}
    for line in rejects:
        left.setdefault(int(line["plea_row"]), []).append((line["plea_target"], line["plea_outcome"]))
    for row in {*made, *left} - set(range(1, len(due) + 1)):
        yield f"row {row} is in no supporters file"
    for row, wanted in enumerate(due, 1):
        who, lines = Counter(made.get(row, ())), left.get(row, [])
        kind = f"row {row} ({wanted.kind or 'sound'})"
        if who != Counter(wanted.made):
            yield f"{kind}: made for {sorted(who.elements())}, due {sorted(wanted.made)}"
        if wanted.out:
            if lines != [("", wanted.out)]:
                yield f"{kind}: one line '{wanted.out}' is due, found {lines}"
        else:
            yield from (f"{kind}: {what}: {lines}" for what in _not_made(lines, wanted, {*who}))


def _not_made(lines: Sequence[tuple[str, str]], wanted: Due, made: set[str]) -> Iterator[str]:
    """What is wrong with the letters of a sound row that were not made."""
    targets = {target.rpartition("/")[2] for target, _ in lines}
    if "" in targets:
        yield "a line without a target"
    if len(targets) != len(lines):
        yield "a target twice"
    if targets & made:
        yield "a letter in both lists"
    if Counter(outcome for _, outcome in lines) != +Counter(held=wanted.held, duplicate=wanted.duplicate):
        yield f"{wanted.held} held and {wanted.duplicate} duplicate are due"


def _originals(header: Sequence[str], originals: Sequence[Sequence[str]], rejects: Lines) -> Iterator[str]:
    """`rejects.csv` has the cells of the row, but for the guard against formulas, and says why."""
    for line in rejects:
        row = int(line["plea_row"])
        given, cells = [line[name] for name in header], originals[row - 1][: len(header)]
        for one, other in zip(given, cells, strict=True):
            if one not in {other, f"'{other}"} or (one[:1] and one[0] in "=+-@\t\r"):
                yield f"row {row}: {one[:40]!r} stands for {other[:40]!r}"
        if not line["plea_problems"]:
            yield f"row {row}: no reason is given"


def _letters(manifest: Lines) -> Iterator[str]:
    """No id twice, no page twice, and whatever is superseded was made."""
    ids = Counter(line["letter_id"] for line in manifest)
    yield from (f"{letter} is there {times} times" for letter, times in ids.items() if times > 1)
    places = Counter((line["file"], line["page"]) for line in manifest)
    yield from (f"{place} is given to {times} letters" for place, times in places.items() if times > 1)
    known = {"", *ids}
    yield from (f"{line['supersedes']} was never made" for line in manifest if line["supersedes"] not in known)


def _volumes(out: Path, manifest: Lines, due: Sequence[Due], public: Public, every: int) -> Iterator[str]:
    """Files are there, no more than those, none too full; a page holds its letter and no other."""
    volumes: dict[str, list[Mapping[str, str]]] = {}
    for line in manifest:
        volumes.setdefault(line["file"], []).append(line)
    there = {str(path.relative_to(out)) for path in out.glob("*/volume-*.pdf")}
    yield from (f"{file}: is in the manifest and not on the disk" for file in volumes.keys() - there)
    yield from (f"{file}: is on the disk and not in the manifest" for file in there - volumes.keys())
    for number, (file, lines) in enumerate(sorted(volumes.items())):
        if len(lines) > FULL:
            yield f"{file}: {len(lines)} letters"
        if len({line["official_id"] for line in lines}) > 1:
            yield f"{file}: letters to several officials"
        if number % every == 0 and file in there:
            yield from _pages(out / file, lines, due, public)


def _pages(path: Path, lines: Lines, due: Sequence[Due], public: Public) -> Iterator[str]:
    done = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    pages = done.stdout.decode().split("\f")[:-1]
    if len(pages) != len(lines):
        yield f"{path}: {len(pages)} pages for {len(lines)} letters"
    for place, line in enumerate(sorted(lines, key=lambda one: int(one["page"])), 1):
        text = " ".join(pages[int(line["page"]) - 1].split())
        official = line["official_id"]
        footer = re.search(r"(\d+)-(\d+)$", text)
        if not footer or int(footer[2]) != place:
            yield f"{path} page {line['page']}: the footer is no {place}: {text[-20:]!r}"
        if line["row"] and text.count(due[int(line["row"]) - 1].name) < 2:  # above the address, and under the letter
            yield f"{path} page {line['page']}: not the letter of row {line['row']}"
        if public.names[official].casefold() not in text.casefold():
            yield f"{path} page {line['page']}: does not name {official}"
        if not any(zip5 in text for zip5 in public.addresses[official]):
            yield f"{path} page {line['page']}: no address of {official}"
