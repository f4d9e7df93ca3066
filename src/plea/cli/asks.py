"""`plea asks`: what you can ask for."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from plea.cli.output import print_json
from plea.machine.clock import read_day, today
from plea.writing.wording import counted

if TYPE_CHECKING:
    from plea.asks.check import Finding
    from plea.asks.pack import Pack

PackOption = click.option(
    "--pack", "folder", type=click.Path(path_type=Path), metavar="DIR", help="A folder of asks of your own."
)
JsonOption = click.option("--json", "as_json", is_flag=True, help="For programs: JSON on standard output.")


def _day(_ctx: click.Context, _option: click.Parameter, value: str | None) -> date | None:
    """The day that an option names as 2026-11-22."""
    day = read_day(value) if value else None
    if value and day is None:
        raise click.BadParameter(f"{value!r} is no day; write it as 2026-11-22.")
    return day


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def command(ctx: click.Context) -> None:
    """What you can ask for: list, show, check, copy."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_asks)


@command.command("list")
@PackOption
@JsonOption
def list_asks(folder: Path | None = None, as_json: bool = False) -> None:
    """List the asks: key, what is asked, whom it is for."""
    from plea.asks.pack import load_pack
    from plea.cli import asks_shown

    pack = load_pack(folder)
    if as_json:
        print_json({"asks": [asks_shown.brief(ask) for ask in pack.asks.values()]})
    else:
        click.echo(asks_shown.listing(pack, folder))


@command.command("show")
@click.argument("key")
@PackOption
@click.option("--date", "on", callback=_day, metavar="YYYY-MM-DD", help="The day the letter would be dated. [today]")
@click.option("--language", default="en", help="The language to show it in. [en]")
@JsonOption
def show(key: str, folder: Path | None, on: date | None, language: str, as_json: bool) -> None:
    """Show one ask in full: its reasons, whom it is for, the facts it states."""
    from plea.asks.pack import load_pack
    from plea.cli import asks_shown
    from plea.errors import UsageError

    pack = load_pack(folder)
    ask = pack.ask(key)
    if language not in ask.languages:
        raise UsageError(f"the ask {key} has no language {language!r}", f"It has: {', '.join(ask.languages)}.")
    day = on or today()
    if as_json:
        print_json(asks_shown.full(pack, ask, day, language))
    else:
        click.echo(asks_shown.page(pack, ask, day, language))


@command.command("check")
@click.argument("folder", metavar="[PACK]", required=False, type=click.Path(path_type=Path))
@click.option("--on", callback=_day, metavar="YYYY-MM-DD", help="The day to check for. [today]")
@JsonOption
@click.pass_context
def check(ctx: click.Context, folder: Path | None, on: date | None, as_json: bool) -> None:
    """Check a pack of asks, the built-in one if none is named. Exits 1 when something is wrong."""
    from plea.asks.pack import load_pack

    pack = load_pack(folder)
    found = _findings(pack, on or today())
    wrong = [finding for finding in found if not finding.note]
    notes = [finding for finding in found if finding.note]
    if as_json:
        print_json({"findings": list(map(_as_json, wrong)), "notes": list(map(_as_json, notes))})
    else:
        for finding in (*wrong, *notes):
            click.echo(f"{finding}{' (a note)' if finding.note else ''}")
        said = counted(len(wrong), "finding") if wrong else "nothing is wrong"
        if any(finding.stops for finding in wrong):
            said += "; whether the letters fit their page is seen once they can be made"
        click.echo(f"{counted(len(pack.asks), 'ask')} checked for {on or today()}: {said}.", err=True)
    ctx.exit(1 if wrong else 0)


@command.command("new")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--from", "key", default="diplomacy", metavar="KEY", help="The ask to start from. [diplomacy]")
@JsonOption
def new(folder: Path, key: str, as_json: bool) -> None:
    """Copy a built-in ask into a folder of your own, to change as you like."""
    from plea.asks.copies import copy_ask
    from plea.asks.pack import load_pack

    files = copy_ask(load_pack(None).ask(key), folder)
    name = folder.resolve().name
    if as_json:
        print_json({"ask": name, "files": list(map(str, files))})
        return
    for file in files:
        click.echo(f"made {file}")
    click.echo(f"\nChange the texts, then look at them and write with them:\n  plea asks check {folder}")
    click.echo(f"  plea write {name} --pack {folder}")


def _findings(pack: "Pack", on: date) -> "list[Finding]":
    """What is wrong with the texts, and with the pages they make if the texts can be read at all."""
    from plea.asks.check import check_pack
    from plea.letters.lint import page_findings
    from plea.officials.roles import roles

    found = check_pack(pack, on, known_roles=roles(pack.folder))
    if any(finding.stops for finding in found):
        return found
    return sorted({*found, *page_findings(pack, on)})


def _as_json(finding: "Finding") -> dict[str, object]:
    return {"file": finding.file, "line": finding.line, "what": finding.what}
