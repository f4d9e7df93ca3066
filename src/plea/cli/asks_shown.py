"""Asks as people read them on a screen, and as programs read them."""

import shutil
import textwrap
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from plea.asks.pack import Pack
from plea.asks.show import ReasonShown, facts_used, show_reasons
from plea.model import Act, Ask, Fact
from plea.officials.roles import roles

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
            | ({"fault": shown.fault} if shown.fault else {})
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
    yield from _wrapped(shown.text or f"(cannot be printed: {shown.fault})", INDENT * 2)


def _fact(fact: Fact, on: date, language: str) -> Iterator[str]:
    yield ""
    until = f", to be looked at again by {fact.review_by}" if fact.review_by else ""
    expired = " EXPIRED" if fact.review_by and on > fact.review_by else ""
    yield f"{INDENT}{fact.key}{expired}"
    yield from _wrapped(_in(fact.text, language), INDENT * 2)
    yield from _wrapped(f"As of {fact.as_of}{until}. Source: {fact.source}", INDENT * 2)


def _in(texts: Any, language: str) -> str:
    """The text in a language, else in English, else in whatever there is."""
    return str(texts.get(language) or texts.get("en") or next(iter(texts.values())))


def _wrapped(text: str, indent: str = INDENT) -> Iterable[str]:
    width = min(shutil.get_terminal_size().columns, WIDEST)
    return textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)
