"""`plea asks`: what you can ask for."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from plea import language as messages
from plea.cli.terminal import DAY, HELP, PATH, in_language, json_option, print_json, show_files, wrapped
from plea.language import gettext as _
from plea.language import ngettext
from plea.system.clock import today

if TYPE_CHECKING:
    from plea.asks.check import Finding
    from plea.asks.pack import Pack
    from plea.model.asks import Ask, Fact

INDENT = "  "
WIDEST = 100

_pack_option = click.option("--pack", "folder", type=PATH, metavar="DIR", help=_("A folder of asks of your own."))


@click.group(
    invoke_without_command=True, context_settings=HELP, help=_("What you can ask for: list, show, check, copy.")
)
@click.pass_context
def command(ctx: click.Context) -> None:
    """The commands about asks; without one, the list."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_asks)


# --- list -----------------------------------------------------------------------------------------------------------


@command.command("list", help=_("List the asks: key, what is asked, whom it is for."))
@_pack_option
@json_option
def list_asks(folder: Path | None = None, as_json: bool = False) -> None:
    """List the asks of a pack, and what to do next."""
    from plea.asks.pack import load_pack

    pack = load_pack(folder)
    if as_json:
        print_json({"asks": [_ask_json(ask) for ask in pack.asks.values()]})
        return
    names = _role_names(pack)
    click.echo(_("What you can ask for") + "\n")
    for ask in pack.asks.values():
        roles = tuple(names.get(role, role) for role in ask.roles)
        click.echo(ask.key)
        click.echo(_paragraph(in_language(ask.title)))
        click.echo(_paragraph(_("For: %(roles)s", roles=", ".join(roles))) + "\n")
    option = f" --pack {folder}" if folder else ""
    click.echo(_("Read one in full: %(command)s", command=f"plea asks show KEY{option}"))
    click.echo(_("Write it: %(command)s", command=f"plea write KEY{option}"))


def _ask_json(ask: "Ask") -> dict[str, Any]:
    """One ask for a program's list."""
    return {
        "key": ask.key,
        "title": dict(ask.title),
        "summary": dict(ask.summary),
        "roles": {role: act.value for role, act in ask.roles.items()},
        "languages": list(ask.languages),
    }


# --- show -----------------------------------------------------------------------------------------------------------


@command.command("show", help=_("Show one ask in full: its reasons, whom it is for, the facts it states."))
@click.argument("key")
@_pack_option
@click.option("--date", "on", type=DAY, metavar="YYYY-MM-DD", help=_("The day the letter would be dated. [today]"))
@click.option("--language", default="en", help=_("The language to show it in. [en]"))
@json_option
def show(key: str, folder: Path | None, on: date | None, language: str, as_json: bool) -> None:
    """Show one ask in full."""
    from plea.asks.pack import load_pack
    from plea.errors import UsageError

    pack = load_pack(folder)
    ask = pack.ask(key)
    if language not in ask.languages:
        raise UsageError("language.unknown", "--language", key=language, known=tuple(ask.languages))
    if as_json:
        print_json(_full_json(pack, ask, on or today(), language))
    else:
        click.echo("\n".join(_page(pack, ask, on or today(), language)))


def _full_json(pack: "Pack", ask: "Ask", on: date, language: str) -> dict[str, Any]:
    """One ask in full for a program."""
    from plea.asks.check import facts_used, show_reasons

    return _ask_json(ask) | {
        "acts": {role: act[language] for role, act in ask.acts.items()},
        "reasons": [
            {"key": reason.key, "name": reason.name, "text": reason.text, "default": reason.default}
            | ({"fault": messages.as_json(reason.fault)} if reason.fault else {})
            for reason in show_reasons(pack, ask, on, language)
        ],
        "params": dict(ask.params),
        "facts": [
            {
                "key": fact.key,
                "text": in_language(fact.text, language),
                "source": fact.source,
                "as_of": fact.as_of.isoformat(),
                "review_by": fact.review_by.isoformat() if fact.review_by else None,
                "crisis": fact.crisis,
            }
            for fact in facts_used(pack, ask)
        ],
    }


def _page(pack: "Pack", ask: "Ask", on: date, language: str) -> Iterator[str]:
    """One ask in full, line by line."""
    from plea.asks.check import facts_used, show_reasons
    from plea.model.asks import Act

    names = _role_names(pack)
    yield ask.title[language]
    yield from ("", _paragraph(ask.summary[language], ""), "", _("Whom you write to"))
    for role in ask.roles:
        act = ask.acts[role][language]
        legislative = ask.roles[role] is Act.LEGISLATIVE
        yield f"{INDENT}{names.get(role, role)} ({role})"
        yield _paragraph(_("%(act)s (asks for legislation)", act=act) if legislative else act, INDENT * 2)
    yield from ("", _("Reasons (* is in the letter when you choose none)"))
    for reason in show_reasons(pack, ask, on, language):
        yield from ("", f"{'*' if reason.default else ' '} {reason.key}: {reason.name}")
        text = _("(cannot be printed: %(problem)s)", problem=reason.fault) if reason.fault else reason.text
        yield _paragraph(text, INDENT * 2)
    yield from ("", _("What you may change"))
    for name, default in ask.params.items():
        yield INDENT + _("--param %(name)s=TEXT (%(default)s unless you say so)", name=name, default=default)
    yield f"{INDENT}--language: {', '.join(ask.languages)}"
    yield from ("", _("Facts it may state (on %(day)s)", day=on))
    for fact in facts_used(pack, ask):
        yield from _fact(fact, on, language)


def _fact(fact: "Fact", on: date, language: str) -> Iterator[str]:
    yield ""
    yield INDENT + (_("%(fact)s EXPIRED", fact=fact.key) if fact.has_expired(on) else fact.key)
    yield _paragraph(in_language(fact.text, language), INDENT * 2)
    dates = (
        _("As of %(day)s, to be reviewed by %(review_by)s.", day=fact.as_of, review_by=fact.review_by)
        if fact.review_by
        else _("As of %(day)s.", day=fact.as_of)
    )
    yield _paragraph(f"{dates} {_('Source: %(source)s', source=fact.source)}", INDENT * 2)


def _role_names(pack: "Pack") -> dict[str, str]:
    """The names of the roles, those of the pack included."""
    from plea.officials.roles import roles

    return {key: role.name for key, role in roles(None if pack.built_in else pack.folder).items()}


def _paragraph(text: str, indent: str = INDENT) -> str:
    return wrapped(text, indent, widest=WIDEST)


# --- check and new --------------------------------------------------------------------------------------------------


@command.command(
    "check", help=_("Check a pack of asks, the built-in one if none is named. Exits 1 when something is wrong.")
)
@click.argument("folder", metavar="[PACK]", required=False, type=PATH)
@click.option("--on", type=DAY, metavar="YYYY-MM-DD", help=_("The day to check for. [today]"))
@json_option
@click.pass_context
def check(ctx: click.Context, folder: Path | None, on: date | None, as_json: bool) -> None:
    """Check the texts, and the pages they make if the texts can be read at all."""
    from plea.asks.check import check_pack
    from plea.asks.pack import load_pack
    from plea.letters.page_check import page_findings
    from plea.officials.roles import roles

    day = on or today()
    pack = load_pack(folder)
    findings = check_pack(pack, day, known_roles=roles(pack.folder))
    unreadable = any(finding.stops for finding in findings)
    if not unreadable:
        findings = sorted({*findings, *page_findings(pack, day)})
    wrong = [finding for finding in findings if not finding.note]
    notes = [finding for finding in findings if finding.note]
    if as_json:
        print_json({"findings": list(map(_finding_json, wrong)), "notes": list(map(_finding_json, notes))})
    else:
        for finding in wrong:
            click.echo(str(finding))
        for note in notes:
            click.echo(_("%(finding)s (a note)", finding=str(note)))
        checked = ngettext("%(count)s ask checked for %(day)s.", "%(count)s asks checked for %(day)s.", len(pack.asks),
                           day=day)  # fmt: skip
        result = ngettext("%(count)s finding.", "%(count)s findings.", len(wrong)) if wrong else _("Nothing is wrong.")
        click.echo(f"{checked} {result}", err=True)
        if unreadable:
            click.echo(_("Whether the letters fit their page is seen once they can be made."), err=True)
    ctx.exit(1 if wrong else 0)


def _finding_json(finding: "Finding") -> dict[str, object]:
    return {"file": finding.file, "line": finding.line} | messages.as_json(finding.problem)


@command.command("new", help=_("Copy a built-in ask into a folder of your own, to change as you like."))
@click.argument("folder", metavar="DIR", type=PATH)
@click.option("--from", "key", default="diplomacy", metavar="KEY", help=_("The ask to start from. [diplomacy]"))
@json_option
def new(folder: Path, key: str, as_json: bool) -> None:
    """Copy a built-in ask."""
    from plea.asks.pack import copy_ask, load_pack

    files = copy_ask(load_pack(None).ask(key), folder)
    name = folder.resolve().name
    if as_json:
        print_json({"ask": name, "files": list(map(str, files))})
        return
    show_files(files)
    click.echo("\n" + _("Change the texts, then look at them and write with them:"))
    click.echo(f"  plea asks check {folder}\n  plea write {name} --pack {folder}")
