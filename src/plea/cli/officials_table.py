"""Officials as a person reads them on the screen, and as a program does."""

import shutil
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from plea.model import Answer, Candidate, Office, Official, Place, Status
from plea.officials.candidates import has_ended, in_words
from plea.officials.directory import Directory
from plea.officials.nearest import nearest_office
from plea.officials.roles import roles
from plea.officials.states import STATE_NAMES

_NOBODY = {Status.VACANT: "(vacant)", Status.UNKNOWN: "(not known)"}
_ENDING = 45  # days


def answer_json(answer: Answer) -> dict[str, Any]:
    """The answer for a program; reasons of single seats stand among the notes with their seat."""
    return {
        "candidates": [
            {
                "official": _reference(one.official) if one.official else None,
                "seat": one.seat,
                "status": one.status.value,
                "congress": one.congress,
            }
            for one in answer.candidates
        ],
        "notes": [*answer.notes, *_reasons(answer)],
    }


def answer_lines(answer: Answer, place: Place, directory: Directory) -> Iterator[str]:
    """The seats as a table, then what to know about them."""
    if answer.candidates:
        rows = [("SEAT", "", "WHO", "WHAT", "NEAREST OFFICE" if place.zip else "OFFICES")]
        rows += [_row(one, place, directory) for one in answer.candidates]
        widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
        for row in rows:
            yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
    else:
        yield "Nobody can be named for that place."
    for note in (*answer.notes, *_reasons(answer)):
        yield ""
        yield from _wrapped(note)


def official_json(official: Official) -> dict[str, Any]:
    """Everything that is known of the official."""
    whole = asdict(official)
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in whole.items()}


def official_lines(official: Official, on: date) -> Iterator[str]:
    """Name, term, offices, committees, each on a line of its own."""
    yield f"{official.name or _role_name(official.role)} ({official.id})"
    yield f"  {', '.join(filter(None, (_role_name(official.role), _what_of(official))))}"
    if official.end:
        word = "ended" if has_ended(official, on) else "ends"
        soon = " (offices may be closing)" if 0 < (official.end - on).days <= _ENDING else ""
        yield f"  term {word} {in_words(official.end)}{soon}"
    for office in official.offices:
        yield f"  {office.id}: {_address(office)}{f', {office.phone}' if office.phone else ''}"
    for seat in official.memberships:
        yield f"  {seat.committee}: {seat.name}{f', {seat.title}' if seat.title else ''}"
    if official.contact_form:
        yield f"  web form: {official.contact_form}"


def status_lines(status: Mapping[str, Any]) -> Iterator[str]:
    """The sources, a line each; a folder of many files is one line."""
    yield f"{status['path']}"
    by_kind: dict[str, list[Mapping[str, Any]]] = {}
    for source in status["sources"]:
        by_kind.setdefault(source["kind"], []).append(source)
    for kind, sources in by_kind.items():
        first = sources[0]
        if len(sources) > 1:
            newest = max(source["date"] for source in sources)
            yield f"  {kind}: {len(sources)} files, newest {newest}, read {first['read_on']}"
            continue
        dated = f" of {first['date']}" if first["date"] else ""
        yield f"  {kind}: {first['name']}{dated}, read {first['read_on']}, sha256 {first['sha256'][:16]}"
        yield f"    {first['location']}"
    counts = ", ".join(f"{count} {role}" for role, count in status["officials"].items())
    yield f"  {counts or 'no officials'}; {status['offices']} offices; {status['zips']} ZIP codes"


def _what_of(official: Official) -> str:
    """What the post is of: a committee, a district, a place."""
    return official.body or official.district or official.place or STATE_NAMES.get(official.state, "")


def _row(one: Candidate, place: Place, directory: Directory) -> tuple[str, str, str, str, str]:
    who = one.official.name or "(whoever holds it)" if one.official else _NOBODY.get(one.status, "")
    return one.seat, one.status.value, who, _role_name(one.role), _where(one.official, place, directory)


def _where(official: Official | None, place: Place, directory: Directory) -> str:
    if official is None or not official.offices:
        return ""
    districts = [office for office in official.offices if office.kind == "district"]
    if place.zip or not districts:
        return _address(nearest_office(official, place.zip[:5], directory))
    return f"{len(districts)} district offices" if len(districts) > 1 else _address(districts[0])


def _address(office: Office) -> str:
    street = ", ".join(filter(None, (office.street or office.building, office.suite)))
    return ", ".join(filter(None, (street, office.city, " ".join(filter(None, (office.state, office.zip))))))


def _reasons(answer: Answer) -> list[str]:
    return [f"{one.seat}: {one.note}" for one in answer.candidates if one.note]


def _reference(official: Official) -> dict[str, str]:
    return {"id": official.id, "name": official.name, "role": official.role, "division": official.division}


def _role_name(key: str) -> str:
    known = roles().get(key)
    return known.name if known else key


def _wrapped(text: str) -> list[str]:
    width = min(100, shutil.get_terminal_size().columns)
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
