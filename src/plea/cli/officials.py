"""`plea officials`: whom one can write to."""

import shutil
import sys
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from plea import language
from plea.cli.terminal import print_json
from plea.errors import UsageError
from plea.model.officials import Candidate, LookupAnswer, Office, Official, Residence, Status
from plea.model.states import STATE_NAMES
from plea.officials.directory import Directory
from plea.officials.lookup import has_ended, nearest_office
from plea.officials.roles import roles
from plea.system import clock, folders

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plea.officials.imports.batch import Batch
    from plea.problems import Problem


_json = click.option("--json", "as_json", is_flag=True, help="Print for a program.")


_day = click.option(
    "--date",
    "on",
    type=click.DateTime(["%Y-%m-%d"]),
    callback=lambda _context, _option, value: value.date() if value else clock.today(),
    help="The day to look at.  [default: today]",
)


@click.group(name="officials")
def command() -> None:
    """Whom you can write to: fetch, import, find, show."""


@command.command()
@click.option(
    "--timeout", type=click.FloatRange(min=0.1), default=120, show_default=True, help="Seconds for all of it."
)
@click.option("--source", default="", metavar="URL", help="Another place where the files lie side by side (a mirror).")
@_json
def update(timeout: float, source: str, as_json: bool) -> None:
    """Fetch the public files over HTTPS: members of Congress, their offices, committees, ZIP codes.

    Only what has changed is fetched. The directory stays as it is unless everything that came is whole. Nothing about
    you is sent. (The live servers were not reached from where this program was built: please report what differs.)
    """
    from plea.officials.update import update as fetch

    batches, lost = fetch(folders.directory_file(), source=source, seconds=timeout, progress=_progress)
    _report(batches, [], lost, as_json)


@command.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--congress", type=int, default=119, show_default=True, help="The Congress of a ZIP table that names none."
)
@click.option(
    "--pack", type=click.Path(path_type=Path), help="A pack whose forms-of-address.toml has roles of its own."
)
@_json
def import_(paths: tuple[Path, ...], congress: int, pack: Path | None, as_json: bool) -> None:
    """Read officials from files and folders of your own, in any order and mix.

    The JSON files of unitedstates/congress-legislators, folders of openstates/people, ZIP tables (zccd.csv or the
    Census relationship file), the Census gazetteer, and a CSV of your own with the columns role and name (and more:
    docs/reference/officials-csv.md). Each kind replaces what the directory had of it; the rest stays.
    """
    from plea.officials.imports.read import read_paths
    from plea.officials.update import rebuild

    reading = read_paths(paths, congress, pack)
    lost = rebuild(folders.directory_file(), reading.batches, clock.today())
    _report(reading.batches, reading.ignored, lost, as_json)


@command.command()
@click.option("--zip", "zip_code", default="", metavar="ZIP", help="ZIP code: five digits, or ZIP+4.")
@click.option("--state", default="", help="State, as VT or Vermont.")
@click.option(
    "--district", default="", metavar="SEAT", help="House district, such as IL-11, or VT-0 for a state's only one."
)
@click.option("--city", default="", help="Town: settles who the mayor is, and helps --geocode.")
@click.option("--street", default="", help="Street and number, for --geocode alone.")
@click.option(
    "--geocode", is_flag=True, help="Ask the Census Bureau for the district. Your street leaves this machine."
)
@click.option(
    "--role", "roles", multiple=True, metavar="ROLE", help="Only this role, such as us-senator; may be repeated."
)
@_day
@_json
def find(on: date, roles: tuple[str, ...], geocode: bool, street: str, as_json: bool, **where: str) -> None:
    """Name the officials who answer for a place: for certain, possibly, or why nobody can be named."""
    from plea.officials.directory import open_directory

    if not (where["zip_code"] or where["state"] or where["district"] or roles):
        raise UsageError("find needs a place", "Give --zip, --state or --district, or a --role.")
    with open_directory(folders.directory_file()) as directory:
        _check_roles(roles, directory)
        place = _place(where, street, on, geocode=geocode)
        answer = directory.find(place, on, roles or None)
        if as_json:
            print_json(answer_json(answer))
        else:
            click.echo("\n".join(answer_lines(answer, place, directory)))


@command.command()
@click.argument("official_id", metavar="ID")
@_day
@_json
def show(official_id: str, on: date, as_json: bool) -> None:
    """Show one official: term, offices with their ids, committees, contact form."""
    from plea.officials.directory import open_directory

    with open_directory(folders.directory_file()) as directory:
        official = directory.official(official_id, on) or directory.official(f"us-{official_id}", on)
    if official is None:
        raise UsageError(f"no official has the id {official_id}", "`plea officials find` shows ids with --json.")
    if as_json:
        print_json(official_json(official))
    else:
        click.echo("\n".join(official_lines(official, on)))


@command.command()
@_json
def status(as_json: bool) -> None:
    """Show what the directory was built from, with dates and checksums."""
    from plea.officials.directory import open_directory

    with open_directory(folders.directory_file()) as directory:
        found = directory.status()
    if as_json:
        print_json(found)
    else:
        click.echo("\n".join(status_lines(found)))


def _place(where: dict[str, str], street: str, on: date, *, geocode: bool) -> "Residence":
    from plea.model.officials import Residence
    from plea.model.states import state_code

    state, zip_code, city = state_code(where["state"]), where["zip_code"], where["city"]
    if not geocode:
        return Residence(state=state, zip=zip_code, district=where["district"], city=city)
    if not street or not (zip_code or (city and state)):
        raise UsageError(
            "--geocode needs the street and the ZIP code", "Give --street and --zip, or --city and --state."
        )
    from plea.officials.geocode import NOTICE, district_of

    click.echo(f"plea: {language.gettext(NOTICE)}", err=True)
    seat, congress = district_of(street, city=city, state=state, zip_code=zip_code, on=on)
    return Residence(state=state, zip=zip_code, district=seat, district_congress=congress, city=city)


def _check_roles(wanted: tuple[str, ...], directory: "Directory") -> None:
    """UsageError for a role that neither the forms of address nor the imported officials know."""
    from plea.officials.roles import role, roles

    for key in wanted:
        if key not in roles() and not directory.by_role(key):
            role(key)


def _report(batches: "Sequence[Batch]", ignored: list[Path], lost: "Problem | None", as_json: bool) -> None:
    if lost:
        click.echo(f"plea: {language.line(lost)}", err=True)
    says = {batch.kind: [language.what(count) for count in batch.counts] for batch in batches}
    if as_json:
        print_json(
            {"read": says, "ignored": [str(path) for path in ignored], "directory": str(folders.directory_file())}
        )
        return
    for kind, lines in says.items():
        click.echo(f"{kind}: {'; '.join(lines)}")
    for path in ignored:
        click.echo(f"not used: {path}")
    if not says:
        click.echo("Nothing has changed at the publishers; the directory is up to date.")
    click.echo(f"The directory is {folders.directory_file()}.")


def _progress(name: str) -> None:
    """Say what is being fetched, where somebody is watching."""
    if sys.stderr.isatty():
        click.echo(language.gettext("fetching %(file)s", file=name), err=True)


_NOBODY = {Status.VACANT: "(vacant)", Status.UNKNOWN: "(not known)"}
_ENDING = 45  # days


def answer_json(answer: LookupAnswer) -> dict[str, Any]:
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
        "notes": [language.as_json(note) for note in (*answer.notes, *_reasons(answer))],
    }


def answer_lines(answer: LookupAnswer, place: Residence, directory: Directory) -> Iterator[str]:
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
        yield from _wrapped(language.sentences(note))


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
        yield f"  term {word} {language.day(official.end)}{soon}"
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


def _row(one: Candidate, place: Residence, directory: Directory) -> tuple[str, str, str, str, str]:
    who = one.official.name or "(whoever holds it)" if one.official else _NOBODY.get(one.status, "")
    return one.seat, one.status.value, who, _role_name(one.role), _where(one.official, place, directory)


def _where(official: Official | None, place: Residence, directory: Directory) -> str:
    if official is None or not official.offices:
        return ""
    districts = [office for office in official.offices if office.kind == "district"]
    if place.zip or not districts:
        return _address(nearest_office(official, place.zip[:5], directory))
    return f"{len(districts)} district offices" if len(districts) > 1 else _address(districts[0])


def _address(office: Office) -> str:
    street = ", ".join(filter(None, (office.street or office.building, office.suite)))
    return ", ".join(filter(None, (street, office.city, " ".join(filter(None, (office.state, office.zip))))))


def _reasons(answer: LookupAnswer) -> "list[Problem]":
    return [seat.note.at(seat.seat) for seat in answer.candidates if seat.note]


def _reference(official: Official) -> dict[str, str]:
    return {"id": official.id, "name": official.name, "role": official.role, "division": official.division}


def _role_name(key: str) -> str:
    known = roles().get(key)
    return known.name if known else key


def _wrapped(text: str) -> list[str]:
    width = min(100, shutil.get_terminal_size().columns)
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
