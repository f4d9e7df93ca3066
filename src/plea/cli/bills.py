"""`plea bills`: the bills that letters speak of, how far they are, and whether your own members are on them."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from plea import language
from plea.cli.terminal import DAY, HELP, PATH, in_language, json_option, print_json, wrapped
from plea.language import gettext as _
from plea.language import ngettext
from plea.model.congress import Chamber
from plea.system import clock, folders

if TYPE_CHECKING:
    from plea.letters.bills import BillView, MemberView
    from plea.model.officials import LookupAnswer, Residence
    from plea.officials.bills import BillStatus

WIDEST = 100
INDENT = "  "

_pack_option = click.option("--pack", "folder", type=PATH, metavar="DIR", help=_("A folder of asks of your own."))
_day_option = click.option("--date", "on", type=DAY, metavar="YYYY-MM-DD", help=_("The day to look at. [today]"))


@click.group(
    "bills",
    invoke_without_command=True,
    context_settings=HELP,
    help=_("The bills that letters speak of: how far they are, and who of your own members is on them."),
)
@click.pass_context
def command(ctx: click.Context) -> None:
    """The commands about bills; without one, the list."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_bills)


@command.command("list", help=_("List the bills: key, numbers, name, whether they can still become law."))
@_pack_option
@_day_option
@json_option
def list_bills(folder: Path | None = None, on: date | None = None, as_json: bool = False) -> None:
    """List the bills of a pack."""
    from plea.asks.pack import load_pack
    from plea.letters.bills import look_at
    from plea.officials.bills import load_statuses

    day, statuses = on or clock.today(), load_statuses(folders.bills_file())
    views = [look_at(bill, statuses, day) for bill in load_pack(folder).bills.values()]
    if as_json:
        print_json({"bills": [_bill_json(view) for view in views]})
        return
    for view in views:
        click.echo(f"{view.bill.key}: {_title(view)}")
        click.echo(_paragraph(language.sentences(view.state)))
        for line in _chamber_lines(view):
            click.echo(_paragraph(line))
        click.echo()
    option = f" --pack {folder}" if folder else ""
    if not statuses:
        click.echo(_("Fetch who is on them: %(command)s", command=f"plea update{option}"))
    click.echo(
        _("See whether your own members are on one: %(command)s", command=f"plea bills show KEY --zip ZIP{option}")
    )


@command.command(
    "show", help=_("Show one bill: what it would do, its status, and what your own members have to do with it.")
)
@click.argument("key")
@click.option("--zip", "zip_code", default="", metavar="ZIP", help=_("ZIP code: five digits, or ZIP+4."))
@click.option("--state", default="", help=_("State, as VT or Vermont."))
@click.option(
    "--district", default="", metavar="SEAT", help=_("House district, such as IL-11, or VT-0 for a state's only one.")
)
@_pack_option
@_day_option
@json_option
def show(key: str, folder: Path | None, on: date | None, as_json: bool, **where: str) -> None:
    """Show one bill."""
    from plea.asks.pack import load_pack
    from plea.letters.bills import bill_of, look_at, member_on
    from plea.officials.bills import load_statuses

    day = on or clock.today()
    bill = bill_of(load_pack(folder), key)
    view = look_at(bill, load_statuses(folders.bills_file()), day)
    answer = _own_members(where, day)
    officials = [seat.official for seat in answer.candidates if seat.official] if answer else []
    members = [member for official in officials if (member := member_on(bill, official, day))]
    if as_json:
        found = {"members": [_member_json(member) for member in members]} if answer else {}
        print_json(_bill_json(view) | {"does": dict(bill.does), "source": str(bill.source)} | found)
    else:
        click.echo("\n".join(_page(view, members, answer)))


def _own_members(where: dict[str, str], on: date) -> "LookupAnswer | None":
    """The members of Congress who answer for the place, else for where the remembered person lives; None for neither.

    Raises MachineError when they are asked for and there is no directory.
    """
    from plea.model.states import HOUSE_ROLES
    from plea.officials.directory import open_directory
    from plea.officials.name_search import SENATOR

    home = _residence(where)
    if home is None:
        return None
    if not any(where.values()) and not folders.directory_file().is_file():
        return None
    with open_directory(folders.directory_file()) as directory:
        return directory.find(home, on, (SENATOR, HOUSE_ROLES[0]))


def _residence(where: dict[str, str]) -> "Residence | None":
    from plea.model.officials import Residence
    from plea.model.states import ZIP_DIGITS, state_code
    from plea.supporters.person import remembered

    if any(where.values()):
        return Residence(state=state_code(where["state"]), zip=where["zip_code"], district=where["district"])
    person = remembered()
    if person.get("country", "US") != "US" or not (person.get("zip") or person.get("state")):
        return None
    return Residence(state=person.get("state", ""), zip=person.get("zip", "")[:ZIP_DIGITS])


# --- for people -----------------------------------------------------------------------------------------------------


def _page(view: "BillView", members: "Sequence[MemberView]", answer: "LookupAnswer | None") -> Iterator[str]:
    """One bill in full, line by line."""
    bill = view.bill
    yield f"{bill.key}: {_title(view)}"
    yield _paragraph(in_language(bill.does, language.current()))
    yield _paragraph(language.sentences(view.state))
    yield _paragraph(_("Source: %(source)s", source=str(bill.source)))
    for chamber in view.numbers:
        yield from ("", *_status_lines(view, chamber))
    yield ""
    if answer is None:
        yield _("See whether your own members are on it: %(command)s", command=f"plea bills show {bill.key} --zip ZIP")
        return
    yield _("Your members")
    for member in members:
        official = member.official
        name = f"{official.name} ({official.district or official.state})"
        yield _paragraph(_("%(name)s: %(part)s", name=name, part=member.note))
    if not members:
        yield _paragraph(_("None of them has it in their chamber."))
    for note in (*answer.notes, *(seat.note.at(seat.seat) for seat in answer.candidates if seat.note)):
        yield _paragraph(language.line(note))
        if language.hint(note):
            yield _paragraph(language.hint(note))


def _title(view: "BillView") -> str:
    from plea.model.bills import number_in_words

    numbers = ", ".join(number_in_words(number) for number in view.numbers.values())
    name = in_language(view.bill.name, language.current())
    return _("%(name)s (%(numbers)s, Congress %(congress)s)", name=name, numbers=numbers, congress=view.bill.congress)


def _chamber_lines(view: "BillView") -> Iterator[str]:
    """For each chamber how many are on the bill, and its latest action."""
    for chamber in view.numbers:
        first, *_rest = _status_lines(view, chamber)
        yield first


def _status_lines(view: "BillView", chamber: Chamber) -> Iterator[str]:
    """What was fetched of the bill in one chamber, line by line."""
    from plea.model.bills import number_in_words

    number, status = number_in_words(view.numbers[chamber]), view.statuses.get(chamber)
    if status is None:
        yield _("%(number)s: its status was not fetched", number=number)
        return
    sponsors = language.listed(status.sponsors.values())
    yield ngettext(
        "%(number)s: introduced by %(sponsors)s, %(count)s cosponsor",
        "%(number)s: introduced by %(sponsors)s, %(count)s cosponsors",
        len(status.cosponsors_now),
        number=number,
        sponsors=sponsors,
    )
    if status.committees:
        yield INDENT + _("Before: %(committees)s", committees=language.listed(status.committees.values()))
    if status.action_day:
        yield INDENT + _("Latest: %(action)s (%(day)s)", action=status.action.rstrip("."), day=status.action_day)
    withdrawn = [each for each in status.cosponsors if each.withdrawn]
    for each in withdrawn:
        yield INDENT + _("Withdrawn: %(name)s on %(day)s", name=each.name, day=each.withdrawn)
    yield INDENT + _("Fetched on %(day)s", day=status.read_on)


def _paragraph(text: str) -> str:
    return wrapped(text, INDENT, widest=WIDEST)


# --- for programs ---------------------------------------------------------------------------------------------------


def _bill_json(view: "BillView") -> dict[str, Any]:
    return {
        "key": view.bill.key,
        "congress": view.bill.congress,
        "name": dict(view.bill.name),
        "numbers": {chamber.value: number for chamber, number in view.numbers.items()},
        "state": view.state.code.partition(".")[2],
        "status": {chamber.value: _status_json(status) for chamber, status in view.statuses.items()},
    }


def _status_json(status: "BillStatus") -> dict[str, Any]:
    days = {name: _iso(getattr(status, name)) for name in ("introduced", "action_day", "read_on")}
    return {
        "title": status.title,
        "sponsors": dict(status.sponsors),
        "cosponsors": [
            {"bioguide": each.bioguide, "name": each.name, "since": _iso(each.since), "withdrawn": _iso(each.withdrawn)}
            for each in status.cosponsors
        ],
        "committees": dict(status.committees),
        "action": status.action,
        "companion": status.companion,
        "law": status.law,
        "source": status.url,
        **days,
    }


def _member_json(member: "MemberView") -> dict[str, Any]:
    official = member.official
    return {
        "official": {"id": official.id, "name": official.name, "role": official.role},
        "part": member.part.value,
        "since": _iso(member.since),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
