"""Packs: folders of asks and facts, each ask an `ask.toml` with its letters."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn

from plea.asks.facts import read_facts
from plea.asks.placeholders import CONTROL
from plea.errors import InputError, MachineError, UsageError
from plea.model.asks import Act, Ask, Fact, Reason
from plea.system import folders, toml
from plea.system.files import read_text
from plea.system.toml import Step

ASK_FILE = "ask.toml"
FACTS_FILE = "facts.toml"


class Asks(Mapping[str, Ask]):
    """The asks of a pack by key, each read when it is asked for."""

    def __init__(self, folders: Mapping[str, Path]) -> None:
        self._folders = folders
        self._read: dict[str, Ask] = {}

    def __getitem__(self, key: str) -> Ask:
        if key not in self._read:
            self._read[key] = read_ask(key, self._folders[key])
        return self._read[key]

    def __contains__(self, key: object) -> bool:
        return key in self._folders  # without reading it

    def __iter__(self) -> Iterator[str]:
        return iter(self._folders)

    def __len__(self) -> int:
        return len(self._folders)


@dataclass(frozen=True)
class Pack:
    """A folder of asks and facts. `folder` is its root, from which templates include others."""

    folder: Path
    built_in: bool
    asks: Mapping[str, Ask]

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """The facts a letter of this pack may state: the built-in ones, overridden by its own."""
        own = read_facts(self.folder / FACTS_FILE)
        return own if self.built_in else {**read_facts(folders.templates() / FACTS_FILE), **own}

    def ask(self, key: str) -> Ask:
        """The ask of that key. Raises UsageError when there is none, with what comes near."""
        if key in self.asks:
            return self.asks[key]
        near = get_close_matches(key, self.asks, n=3, cutoff=0.5)
        hint = f"Did you mean {' or '.join(near)}?" if near else f"There are: {', '.join(self.asks)}."
        raise UsageError(f"no ask named {key!r} in {'the built-in pack' if self.built_in else self.folder}", hint)


def load_pack(folder: Path | None) -> Pack:
    """The pack in a folder; None is the built-in one. A folder with an `ask.toml` is a pack of that one ask.

    Raises InputError when the folder holds no ask. The asks themselves are read when they are asked for.
    """
    if folder is None:
        templates = folders.templates()
        return Pack(templates, built_in=True, asks=Asks(_ask_folders(templates)))
    found = _ask_folders(folder)
    if not found:
        raise InputError(
            f"{folder}: holds no ask: neither {ASK_FILE} nor asks/KEY/{ASK_FILE}",
            "Make one with 'plea asks new DIR'.",
        )
    return Pack(folder, built_in=False, asks=Asks(found))


def _ask_folders(pack: Path) -> dict[str, Path]:
    if (pack / ASK_FILE).is_file():
        return {pack.resolve().name: pack}
    found = sorted(path.parent for path in pack.glob(f"asks/*/{ASK_FILE}"))
    for folder in found:
        if not folder.resolve().is_relative_to(pack.resolve()):
            raise InputError(f"{folder}: is a link that leads outside the pack", "Copy the ask into the pack.")
    return {folder.name: folder for folder in found}


_KNOWN = {"default_reasons", "title", "summary", "roles", "acts", "params", "reasons"}
_HINT = "See 'How to write an ask' for what an ask.toml holds."
CRISIS = "Syria"


def read_ask(key: str, folder: Path) -> Ask:
    """The ask in a folder. Raises InputError `file:line: what` for the first thing that is missing or wrong."""
    return _AskFile(folder / "ask.toml").ask(key)


def letter_file(ask: Ask, language: str) -> Path:
    """The template of the ask's letter in a language."""
    return ask.folder / letter_name(language)


def letter_name(language: str) -> str:
    """`letter.md.j2` is the English letter, `letter.es.md.j2` the Spanish one."""
    return "letter.md.j2" if language == "en" else f"letter.{language}.md.j2"


def _languages(folder: Path) -> tuple[str, ...]:
    others = sorted(path.name.split(".")[1] for path in folder.glob("letter.*.md.j2"))
    return tuple(["en"] * (folder / "letter.md.j2").is_file() + others)


class _AskFile:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._text = read_text(path)
        self._content = toml.parse(self._text, path)
        self._languages = _languages(path.parent)

    def ask(self, key: str) -> Ask:
        content = self._content
        unknown = sorted(content.keys() - _KNOWN)
        if unknown:
            self._fault(f"an ask has no {unknown[0]}; it has: {', '.join(sorted(_KNOWN))}", unknown[0])
        if "en" not in self._languages:  # what the office gets; the others are copies
            self._fault("there is no letter.md.j2 beside it")
        title, summary = self._by_language("title"), self._by_language("summary")
        roles, acts = self._roles(), self._acts()
        reasons = self._reasons()
        return Ask(
            key=key,
            title=title,
            summary=summary,
            roles=roles,
            acts=acts,
            reasons=reasons,
            default_reasons=self._defaults({reason.key for reason in reasons}),
            params={"crisis": CRISIS} | self._params(),
            languages=self._languages,
            folder=self._path.parent,
        )

    def _fault(self, what: str, *steps: Step) -> NoReturn:
        raise InputError(f"{self._path}:{toml.line_of(self._text, *steps)}: {what}", _HINT)

    def _texts(self, value: Any, what: str, *steps: Step) -> Mapping[str, str]:
        """Text by language, with one for each letter there is."""
        if not isinstance(value, dict) or not all(isinstance(text, str) and text.strip() for text in value.values()):
            self._fault(f'{what} must be text by language, as in: en = "..."', *steps)
        if any(CONTROL.search(text) for text in value.values()):
            self._fault(f"{what} holds a control character", *steps)
        missing = [language for language in self._languages if language not in value]
        if missing:
            self._fault(f"{what} has no text in the language {missing[0]}", *steps)
        return {language: text.strip("\n") for language, text in value.items()}

    def _by_language(self, key: str) -> Mapping[str, str]:
        return self._texts(self._content.get(key), key, key)

    def _roles(self) -> Mapping[str, Act]:
        roles = self._content.get("roles")
        if not isinstance(roles, dict) or not roles:
            self._fault('roles must say whom the letter is for, as in: us-senator = "legislative"', "roles")
        for role, act in roles.items():
            if act not in tuple(Act):
                self._fault(f"the act of {role} must be legislative or executive", "roles", role)
        return {role: Act(act) for role, act in roles.items()}

    def _acts(self) -> Mapping[str, Mapping[str, str]]:
        acts = self._content.get("acts")
        roles = self._content["roles"]
        if not isinstance(acts, dict):
            self._fault("acts must say in one line what is asked of each role", "acts")
        for role in acts:
            if role not in roles:
                self._fault(f"acts speaks of {role}, which is not among the roles", "acts", role)
        for role in roles:
            if role not in acts:
                self._fault(f"acts does not say what is asked of {role}", "roles", role)
        return {role: self._texts(acts[role], f"the act of {role}", "acts", role) for role in roles}

    def _params(self) -> dict[str, str]:
        params = self._content.get("params", {})
        if not isinstance(params, dict):
            self._fault("params must be a table of names and texts", "params")
        for name, default in params.items():
            if not isinstance(default, str):
                self._fault(f"the parameter {name} must be text", "params", name)
            if not name.isidentifier():
                self._fault(f"the parameter {name} must be a word: letters, digits and _", "params", name)
        return params

    def _reasons(self) -> tuple[Reason, ...]:
        reasons = self._content.get("reasons", [])
        if not isinstance(reasons, list) or not all(isinstance(reason, dict) for reason in reasons):
            self._fault("reasons must be tables: [[reasons]]", "reasons")
        seen: set[str] = set()
        for place, reason in enumerate(reasons):
            key = reason.get("key")
            if not isinstance(key, str) or not key:
                self._fault("a reason has no key", "reasons", place)
            if key in seen:
                self._fault(f"there are two reasons {key}", "reasons", place, "key")
            seen.add(key)
        return tuple(self._reason(reason, place) for place, reason in enumerate(reasons))

    def _reason(self, reason: Mapping[str, Any], place: int) -> Reason:
        return Reason(
            key=reason["key"],
            name=self._texts(reason.get("name"), f"the name of {reason['key']}", "reasons", place, "name"),
            text=self._texts(reason.get("text"), f"the text of {reason['key']}", "reasons", place, "text"),
            line=toml.line_of(self._text, "reasons", place),
        )

    def _defaults(self, known: set[str]) -> tuple[str, ...]:
        defaults = self._content.get("default_reasons", [])
        if not isinstance(defaults, list) or not defaults:
            self._fault("default_reasons must name the reasons of a letter whose signer chose none", "default_reasons")
        for key in defaults:
            if key not in known:
                self._fault(f"default_reasons names {key}, which is no reason of this ask", "default_reasons")
        return tuple(defaults)


def copy_ask(ask: Ask, folder: Path) -> tuple[Path, ...]:
    """Copy the files of an ask into a new or empty folder, all of them or none; gives their paths.

    The copy is a pack of one ask and works at once: it sees the built-in facts and frame, so neither is copied.
    Raises InputError when there is something in the folder already, MachineError when it cannot be written.
    """
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()) or (folder.is_dir() and any(folder.iterdir())):
        raise InputError(f"{folder}: is there already and not empty", "Name a folder that does not exist yet.")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".plea-") as beside:
            copy = Path(beside) / "ask"
            shutil.copytree(ask.folder, copy, copy_function=shutil.copyfile)
            copy.replace(folder)
    except OSError as error:
        raise MachineError(f"{folder}: cannot be written: {_reason(error)}", "Name another folder.") from error
    return tuple(sorted(folder.rglob("*.*")))


def _reason(error: OSError) -> str:
    """Why it failed; copytree gives a list of files, each with its reason."""
    return error.strerror or str(error.args[0][0][-1])
