"""`plea officials`: whom one can write to."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from plea.errors import UsageError
from plea.machine import clock, folders


@click.group(name="officials")
def command() -> None:
    """Whom you can write to: fetch, import, find, show."""


@command.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--congress", type=int, default=119, show_default=True, help="The Congress of a ZIP table that names none."
)
@click.option("--json", "as_json", is_flag=True, help="Print for a program.")
def import_(paths: tuple[Path, ...], congress: int, as_json: bool) -> None:
    """Read officials from files and folders of your own, in any order and mix.

    Each kind of file replaces what the directory had of that kind; the rest stays.
    """
    from plea.officials.build import rebuild
    from plea.officials.imports.read import read_paths

    reading = read_paths(paths, congress)
    rebuild(folders.directory_file(), reading.batches, clock.today())
    says = {batch.kind: batch.says for batch in reading.batches}
    if as_json:
        _print_json({"imported": says, "ignored": [str(path) for path in reading.ignored]})
        return
    for kind, lines in says.items():
        click.echo(f"{kind}: {'; '.join(lines)}")
    for path in reading.ignored:
        click.echo(f"not used: {path}")
    click.echo(f"The directory is {folders.directory_file()}.")


@command.command()
@click.option("--zip", "zip_code", default="", metavar="ZIP", help="ZIP code, five digits or ZIP+4.")
@click.option("--state", default="", help="State, as VT or Vermont.")
@click.option("--city", default="", help="Town: settles a mayor, and helps --geocode.")
@click.option("--district", default="", metavar="SEAT", help="House district, such as IL-11 or VT-0.")
@click.option("--role", "roles", multiple=True, metavar="ROLE", help="Only this role, such as us-senator.")
@click.option("--date", "on", type=click.DateTime(["%Y-%m-%d"]), help="The day to look at.  [default: today]")
@click.option("--json", "as_json", is_flag=True, help="Print for a program.")
def find(zip_code: str, state: str, city: str, district: str, roles: tuple[str, ...], on: Any, as_json: bool) -> None:
    """Name the officials who answer for a place."""
    from plea.model import Place
    from plea.officials.directory import open_directory
    from plea.officials.states import state_code

    day = on.date() if on else clock.today()
    if not (zip_code or state or district or roles):
        raise UsageError("find needs a place", "Give --zip, --state or --district, or a --role.")
    place = Place(state=state_code(state), zip=zip_code, district=district, city=city)
    with open_directory(folders.directory_file()) as directory:
        answer = directory.find(place, day, roles or None)
        if as_json:
            _print_json(_answer(answer))
            return
        from plea.officials.nearest import nearest_office

        for one in answer.candidates:
            office = (
                nearest_office(one.official, place.zip, directory) if one.official and one.official.offices else None
            )
            name = one.official.name if one.official else "-"
            where = ", ".join(filter(None, (office.street, office.city))) if office else ""
            click.echo(f"{one.seat:8} {one.status.value:9} {name}  {one.role}  {where}  {one.note}")
        for note in answer.notes:
            click.echo(note)


def _answer(answer: Any) -> dict[str, Any]:
    return {
        "candidates": [
            {
                "official": _official(one.official) if one.official else None,
                "seat": one.seat,
                "status": one.status.value,
                "congress": one.congress,
            }
            for one in answer.candidates
        ],
        "notes": [*answer.notes, *(f"{one.seat}: {one.note}" for one in answer.candidates if one.note)],
    }


def _official(official: Any) -> dict[str, str]:
    return {"id": official.id, "name": official.name, "role": official.role, "division": official.division}


def _print_json(value: dict[str, Any] | Sequence[Any]) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
