"""`plea asks`: what you can ask for."""

import shutil
import textwrap
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from plea.asks.check import ReasonShown, facts_used, show_reasons
from plea.asks.facts import has_expired
from plea.asks.pack import Pack
from plea.cli.terminal import print_json
from plea.language import as_json as problem_json
from plea.language import line as problem_line
from plea.model.asks import Act, Ask, Fact
from plea.officials.roles import roles
from plea.system.clock import read_day, today
from plea.writing.wording import counted

if TYPE_CHECKING:
    from plea.asks.check import Finding


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

    pack = load_pack(folder)
    if as_json:
        print_json({"asks": [brief(ask) for ask in pack.asks.values()]})
    else:
        click.echo(listing(pack, folder))


@command.command("show")
@click.argument("key")
@PackOption
@click.option("--date", "on", callback=_day, metavar="YYYY-MM-DD", help="The day the letter would be dated. [today]")
@click.option("--language", default="en", help="The language to show it in. [en]")
@JsonOption
def show(key: str, folder: Path | None, on: date | None, language: str, as_json: bool) -> None:
    """Show one ask in full: its reasons, whom it is for, the facts it states."""
    from plea.asks.pack import load_pack
    from plea.errors import UsageError

    pack = load_pack(folder)
    ask = pack.ask(key)
    if language not in ask.languages:
        raise UsageError(f"the ask {key} has no language {language!r}", f"It has: {', '.join(ask.languages)}.")
    day = on or today()
    if as_json:
        print_json(full(pack, ask, day, language))
    else:
        click.echo(page(pack, ask, day, language))


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
    from plea.asks.pack import copy_ask, load_pack

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
    from plea.letters.page_check import page_findings
    from plea.officials.roles import roles

    found = check_pack(pack, on, known_roles=roles(pack.folder))
    if any(finding.stops for finding in found):
        return found
    return sorted({*found, *page_findings(pack, on)})


def _as_json(finding: "Finding") -> dict[str, object]:
    return {"file": finding.file, "line": finding.line} | problem_json(finding.problem)


INDENT = "  "
WIDEST = 100


def listing(pack: Pack, folder: Path | None) -> str:
    """Every ask of a pack: key, title, whom it is for, and what to do next."""
    names = {key: role.name for key, role in roles(None if pack.built_in else pack.folder).items()}
    option = f" --pack {folder}" if folder else ""
    lines = ["What you can ask for", ""]
    for ask in pack.asks.values():
        lines += [ask.key, *_wrapped(_in(ask.title, "en")), *_wrapped(f"For: {_whom(ask, names)}"), ""]
    lines += [f"Read one in full: plea asks show KEY{option}", f"Write it:         plea write KEY{option}"]
    return "\n".join(lines)


def page(pack: Pack, ask: Ask, on: date, language: str) -> str:
    """One ask in full."""
    names = {key: role.name for key, role in roles(None if pack.built_in else pack.folder).items()}
    lines = [ask.title[language], "", *_wrapped(ask.summary[language], ""), "", "Who you write to"]
    for role in ask.roles:
        lines += [f"{INDENT}{names.get(role, role)} ({role})", *_wrapped(_act(ask, role, language), INDENT * 2)]
    lines += ["", "Reasons (* is in the letter when you choose none)"]
    for reason in show_reasons(pack, ask, on, language):
        lines += _reason(reason)
    lines += ["", "What you may change"]
    lines += [f"{INDENT}--param {name}=TEXT ({default} unless you say so)" for name, default in ask.params.items()]
    lines += [f"{INDENT}--language: {', '.join(ask.languages)}", "", f"Facts it may state (on {on})"]
    for fact in facts_used(pack, ask):
        lines += _fact(fact, on, language)
    return "\n".join(lines)


def brief(ask: Ask) -> dict[str, Any]:
    """One ask for a program's list."""
    return {
        "key": ask.key,
        "title": dict(ask.title),
        "summary": dict(ask.summary),
        "roles": {role: act.value for role, act in ask.roles.items()},
        "languages": list(ask.languages),
    }


def full(pack: Pack, ask: Ask, on: date, language: str) -> dict[str, Any]:
    """One ask in full for a program."""
    return brief(ask) | {
        "acts": {role: act[language] for role, act in ask.acts.items()},
        "reasons": [
            {"key": shown.key, "name": shown.name, "text": shown.text, "default": shown.default}
            | ({"fault": problem_json(shown.fault)} if shown.fault else {})
            for shown in show_reasons(pack, ask, on, language)
        ],
        "params": dict(ask.params),
        "facts": [
            {
                "key": fact.key,
                "text": _in(fact.text, language),
                "source": fact.source,
                "as_of": fact.as_of.isoformat(),
                "review_by": fact.review_by.isoformat() if fact.review_by else None,
                "crisis": fact.crisis,
            }
            for fact in facts_used(pack, ask)
        ],
    }


def _whom(ask: Ask, names: dict[str, str]) -> str:
    return ", ".join(names.get(role, role) for role in ask.roles)


def _act(ask: Ask, role: str, language: str) -> str:
    kind = " (asks for legislation)" if ask.roles[role] is Act.LEGISLATIVE else ""
    return ask.acts[role][language] + kind


def _reason(shown: ReasonShown) -> Iterator[str]:
    yield ""
    yield f"{'*' if shown.default else ' '} {shown.key}: {shown.name}"
    yield from _wrapped(
        shown.text or (f"(cannot be printed: {problem_line(shown.fault)})" if shown.fault else ""), INDENT * 2
    )


def _fact(fact: Fact, on: date, language: str) -> Iterator[str]:
    yield ""
    until = f", to be looked at again by {fact.review_by}" if fact.review_by else ""
    expired = " EXPIRED" if has_expired(fact, on) else ""
    yield f"{INDENT}{fact.key}{expired}"
    yield from _wrapped(_in(fact.text, language), INDENT * 2)
    yield from _wrapped(f"As of {fact.as_of}{until}. Source: {fact.source}", INDENT * 2)


def _in(texts: Any, language: str) -> str:
    """The text in a language, else in English, else in whatever there is."""
    return str(texts.get(language) or texts.get("en") or next(iter(texts.values())))


def _wrapped(text: str, indent: str = INDENT) -> Iterable[str]:
    width = min(shutil.get_terminal_size().columns, WIDEST)
    return textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)
