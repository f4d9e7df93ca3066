"""`plea officials`: the officials you can write to."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from plea import language
from plea.cli.terminal import DAY, HELP, PATH, json_option, print_json, wrapped
from plea.errors import UsageError
from plea.failures import print_problems
from plea.language import gettext as _
from plea.language import ngettext
from plea.model.officials import Candidate, LookupAnswer, Office, Official, Residence, Status
from plea.problems import Problem
from plea.system import clock, folders

if TYPE_CHECKING:
    from plea.officials.directory import Directory
    from plea.officials.imports.batch import Batch

WIDEST = 100
HASH_SHOWN = 16

_day_option = click.option("--date", "on", type=DAY, metavar="YYYY-MM-DD", help=_("The day to look at. [today]"))


@click.group(name="officials", context_settings=HELP, help=_("Whom you can write to: fetch, import, find, show."))
def command() -> None:
    """The commands about officials."""


# --- update and import ----------------------------------------------------------------------------------------------


@command.command(
    help=_(
        "Fetch the public files over HTTPS: members of Congress, their offices, committees, ZIP codes.\n\n"
        "Only what has changed is fetched. The directory stays as it is unless everything that came is complete. "
        "Nothing about you is sent. (The live servers were not reached from where this program was built: please "
        "report what differs.)"
    )
)
@click.option(
    "--timeout", type=click.FloatRange(min=0.1), default=120, show_default=True, help=_("Seconds for all of it.")
)
@click.option("--source", default="", metavar="URL", help=_("A mirror: another place with the same files."))
@json_option
def update(timeout: float, source: str, as_json: bool) -> None:
    """Fetch the public files."""
    from plea.officials.network import update as fetch

    def progress(file: str) -> None:
        if sys.stderr.isatty():
            click.echo(_("fetching %(file)s", file=file), err=True)

    batches, lost = fetch(folders.directory_file(), source=source, seconds=timeout, progress=progress)
    _show_batches(batches, [], lost, as_json)


@command.command(
    "import",
    help=_(
        "Read officials from files and folders of your own, in any order and mix.\n\n"
        "The JSON files of unitedstates/congress-legislators, folders of openstates/people, ZIP tables (zccd.csv or "
        "the Census relationship file), the Census gazetteer, and a CSV of your own with the columns role and name "
        "(and more: docs/reference/officials-csv.md). Each kind replaces what the directory had of it; the rest stays."
    ),
)
@click.argument("paths", nargs=-1, required=True, type=PATH)
@click.option(
    "--congress", type=int, default=119, show_default=True, help=_("The Congress of a ZIP table that names none.")
)
@click.option("--pack", type=PATH, help=_("A pack whose forms-of-address.toml has roles of its own."))
@json_option
def import_(paths: tuple[Path, ...], congress: int, pack: Path | None, as_json: bool) -> None:
    """Read officials from files."""
    from plea.officials.imports.read import read_paths
    from plea.officials.network import rebuild

    reading = read_paths(paths, congress, pack)
    lost = rebuild(folders.directory_file(), reading.batches, clock.today())
    _show_batches(reading.batches, reading.ignored, lost, as_json)


def _show_batches(batches: "Sequence[Batch]", ignored: Sequence[Path], lost: Problem | None, as_json: bool) -> None:
    """What was read of each kind, and where it is now."""
    if lost:
        print_problems([lost])
    read = {batch.kind: [*map(language.what, batch.counts)] for batch in batches}
    directory = str(folders.directory_file())
    if as_json:
        print_json({"read": read, "ignored": [str(path) for path in ignored], "directory": directory})
        return
    for kind, lines in read.items():
        click.echo(f"{kind}: {'; '.join(lines)}")
    for path in ignored:
        click.echo(_("not used: %(path)s", path=str(path)))
    if not read:
        click.echo(_("Nothing has changed at the publishers; the directory is up to date."))
    click.echo(_("The directory is %(path)s.", path=directory))


# --- find -----------------------------------------------------------------------------------------------------------


@command.command(help=_("Name the officials who answer for a place: certain, possible, or why nobody can be named."))
@click.option("--zip", "zip_code", default="", metavar="ZIP", help=_("ZIP code: five digits, or ZIP+4."))
@click.option("--state", default="", help=_("State, as VT or Vermont."))
@click.option(
    "--district", default="", metavar="SEAT", help=_("House district, such as IL-11, or VT-0 for a state's only one.")
)
@click.option("--city", default="", help=_("City or town: settles who the mayor is, and helps --geocode."))
@click.option("--street", default="", help=_("Street and number, for --geocode alone."))
@click.option(
    "--geocode", is_flag=True, help=_("Ask the Census Bureau for the district. Your street leaves this machine.")
)
@click.option(
    "--role", "roles", multiple=True, metavar="ROLE", help=_("Only this role, such as us-senator; may be repeated.")
)
@_day_option
@json_option
def find(on: date | None, roles: tuple[str, ...], geocode: bool, street: str, as_json: bool, **where: str) -> None:
    """Name the officials who answer for a place."""
    from plea.officials.directory import open_directory
    from plea.officials.roles import role
    from plea.officials.roles import roles as all_roles

    if not (where["zip_code"] or where["state"] or where["district"] or roles):
        raise UsageError("find.no_place")
    day = on or clock.today()
    with open_directory(folders.directory_file()) as directory:
        for key in roles:
            if key not in all_roles() and not directory.by_role(key):
                role(key)  # raises UsageError
        residence = _residence(where, street, day, geocode=geocode)
        answer = directory.find(residence, day, roles or None)
        if as_json:
            print_json(_answer_json(answer))
        else:
            click.echo("\n".join(_answer_lines(answer, residence, directory)))


def _residence(where: Mapping[str, str], street: str, on: date, *, geocode: bool) -> Residence:
    """The place to look up, with the district of the street where the Census Bureau is asked."""
    from plea.model.states import state_code

    state, zip_code, city = state_code(where["state"]), where["zip_code"], where["city"]
    if not geocode:
        return Residence(state=state, zip=zip_code, district=where["district"], city=city)
    if not street or not (zip_code or (city and state)):
        raise UsageError("geocode.no_address", "--geocode")
    from plea.cli.terminal import show_census_notice
    from plea.officials.network import district_of

    show_census_notice()
    seat, congress = district_of(street, city=city, state=state, zip_code=zip_code, on=on)
    return Residence(state=state, zip=zip_code, district=seat, district_congress=congress, city=city)


def _answer_json(answer: LookupAnswer) -> dict[str, Any]:
    """The answer for a program; notes on single seats are among the others."""
    fields = ("id", "name", "role", "division")
    return {
        "candidates": [
            {
                "official": candidate.official and {name: getattr(candidate.official, name) for name in fields},
                "seat": candidate.seat,
                "status": candidate.status.value,
                "congress": candidate.congress,
            }
            for candidate in answer.candidates
        ],
        "notes": [*map(language.as_json, _notes(answer))],
    }


def _answer_lines(answer: LookupAnswer, residence: Residence, directory: "Directory") -> Iterator[str]:
    """The seats as a table, then what to know about them."""
    if answer.candidates:
        from rich.cells import cell_len

        offices = _("NEAREST OFFICE") if residence.zip else _("OFFICES")
        rows: list[tuple[str, ...]] = [(_("SEAT"), "", _("WHO"), _("WHAT"), offices)]
        rows += [_row(candidate, residence, directory) for candidate in answer.candidates]
        widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            cells = (cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True))
            yield "  ".join(cells).rstrip()
    else:
        yield _("Nobody can be named for that place.")
    for note in _notes(answer):
        yield "\n" + wrapped(language.line(note), widest=WIDEST)
        if language.hint(note):
            yield wrapped(language.hint(note), widest=WIDEST)


def _notes(answer: LookupAnswer) -> Sequence[Problem]:
    return [*answer.notes, *(seat.note.at(seat.seat) for seat in answer.candidates if seat.note)]


def _row(candidate: Candidate, residence: Residence, directory: "Directory") -> tuple[str, ...]:
    """A seat: what it is, how sure, who holds it, the post, the office or how many there are."""
    from plea.officials.lookup import nearest_office

    statuses = {
        Status.CERTAIN: _("certain"),
        Status.POSSIBLE: _("possible"),
        Status.VACANT: _("vacant"),
        Status.ENDED: _("ended"),
        Status.UNKNOWN: _("unknown"),
    }
    nobody = {Status.VACANT: _("(vacant)"), Status.UNKNOWN: _("(not known)")}
    official = candidate.official
    who = (official.name or _("(whoever holds it)")) if official else nobody.get(candidate.status, "")
    where = ""
    if official and official.offices:
        districts = [office for office in official.offices if office.kind == "district"]
        if residence.zip or not districts:
            where = _address(nearest_office(official, residence.zip[:5], directory))
        elif len(districts) > 1:
            where = ngettext("%(count)s district office", "%(count)s district offices", len(districts))
        else:
            where = _address(districts[0])
    return candidate.seat, statuses[candidate.status], who, _role_name(candidate.role), where


# --- show and status ------------------------------------------------------------------------------------------------


@command.command(help=_("Show one official: term, offices with their ids, committees, contact form."))
@click.argument("official_id", metavar="ID")
@_day_option
@json_option
def show(official_id: str, on: date | None, as_json: bool) -> None:
    """Show one official."""
    from plea.officials.directory import open_directory

    day = on or clock.today()
    with open_directory(folders.directory_file()) as directory:
        official = directory.official(official_id, day) or directory.official(f"us-{official_id}", day)
    if official is None:
        raise UsageError("official.unknown_id", id=official_id)
    if as_json:
        values = asdict(official).items()
        print_json({name: value.isoformat() if isinstance(value, date) else value for name, value in values})
    else:
        click.echo("\n".join(_official_lines(official, day)))


def _official_lines(official: Official, on: date) -> Iterator[str]:
    """Name, term, offices, committees, each on a line of its own."""
    from plea.model.states import STATE_NAMES
    from plea.officials.lookup import CLOSING, has_ended

    role = _role_name(official.role)
    of = official.body or official.district or official.place or STATE_NAMES.get(official.state, "")
    yield f"{official.name or role} ({official.id})"
    yield f"  {', '.join(filter(None, (role, of)))}"
    if official.end and has_ended(official, on):
        yield "  " + _("term ended %(day)s", day=official.end)
    elif official.end and official.end - on <= CLOSING:
        yield "  " + _("term ends %(day)s (offices may be closing)", day=official.end)
    elif official.end:
        yield "  " + _("term ends %(day)s", day=official.end)
    for office in official.offices:
        yield f"  {office.id}: {', '.join(filter(None, (_address(office), office.phone)))}"
    for seat in official.memberships:
        yield f"  {seat.committee}: {', '.join(filter(None, (seat.name, seat.title)))}"
    if official.contact_form:
        yield "  " + _("web form: %(address)s", address=official.contact_form)


@command.command(help=_("Show what the directory was built from, with dates and checksums."))
@json_option
def status(as_json: bool) -> None:
    """Show the sources of the directory."""
    from plea.officials.directory import open_directory

    with open_directory(folders.directory_file()) as directory:
        directory_status = directory.status()
    if as_json:
        print_json(directory_status)
    else:
        click.echo("\n".join(_status_lines(directory_status)))


def _status_lines(status: Mapping[str, Any]) -> Iterator[str]:
    """The sources, a line each; a folder of many files is one line."""
    yield f"{status['path']}"
    by_kind: dict[str, list[Mapping[str, Any]]] = {}
    for source in status["sources"]:
        by_kind.setdefault(source["kind"], []).append(source)
    for kind, sources in by_kind.items():
        first = sources[0]
        read_on = first["read_on"]
        if len(sources) > 1:
            newest = max(source["date"] for source in sources)
            line = _("%(count)s files, newest %(newest)s, read %(read_on)s",
                     count=len(sources), newest=newest, read_on=read_on)  # fmt: skip
            yield f"  {kind}: {line}"
            continue
        line = _("%(file)s, read %(read_on)s", file=first["name"], read_on=read_on)
        if first["date"]:
            line = _("%(file)s of %(date)s, read %(read_on)s", file=first["name"], date=first["date"], read_on=read_on)
        yield f"  {kind}: {line}, sha256 {first['sha256'][:HASH_SHOWN]}"
        yield f"    {first['location']}"
    counts = ", ".join(f"{count} {role}" for role, count in status["officials"].items()) or _("no officials")
    offices = ngettext("%(count)s office", "%(count)s offices", status["offices"])
    zips = ngettext("%(count)s ZIP code", "%(count)s ZIP codes", status["zips"])
    yield f"  {counts}; {offices}; {zips}"


def _address(office: Office) -> str:
    street = ", ".join(filter(None, (office.street or office.building, office.suite)))
    return ", ".join(filter(None, (street, office.city, " ".join(filter(None, (office.state, office.zip))))))


def _role_name(key: str) -> str:
    from plea.officials.roles import roles

    role = roles().get(key)
    return role.name if role else key
