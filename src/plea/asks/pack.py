"""Packs: folders of asks and facts, each ask an `ask.toml` with its letters."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn

from plea.asks.template_errors import CONTROL
from plea.errors import InputError, MachineError, UsageError
from plea.model.asks import Act, Ask, Fact, Reason
from plea.problems import Problem
from plea.system import folders, toml
from plea.system.files import read_text
from plea.system.similar import nearest
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
            self._read[key] = _AskFile(self._folders[key] / ASK_FILE).ask(key)
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
        """The ask of that key. Raises UsageError when there is none, naming the one it is most like or all of them."""
        if key in self.asks:
            return self.asks[key]
        where = "" if self.built_in else str(self.folder)
        similar = nearest(key, self.asks, cutoff=0.5)
        if similar:
            raise UsageError("ask.mistyped", where, ask=key, nearest=similar)
        raise UsageError("ask.unknown", where, ask=key, known=", ".join(self.asks))


def load_pack(folder: Path | None) -> Pack:
    """The pack in a folder; None is the built-in one. A folder with an `ask.toml` is a pack of that one ask.

    Raises InputError when the folder holds no ask. The asks themselves are read when they are asked for.
    """
    if folder is None:
        templates = folders.templates()
        return Pack(templates, built_in=True, asks=Asks(_ask_folders(templates)))
    asks = _ask_folders(folder)
    if not asks:
        raise InputError("pack.no_asks", str(folder))
    return Pack(folder, built_in=False, asks=Asks(asks))


def _ask_folders(pack: Path) -> dict[str, Path]:
    if (pack / ASK_FILE).is_file():
        return {pack.resolve().name: pack}
    asks = sorted(path.parent for path in pack.glob(f"asks/*/{ASK_FILE}"))
    for folder in asks:
        if not folder.resolve().is_relative_to(pack.resolve()):
            raise InputError("pack.link_outside", str(folder))
    return {folder.name: folder for folder in asks}


# --- facts ------------------------------------------------------------------------------------------------


def read_facts(path: Path) -> dict[str, Fact]:
    """The facts of a file by key; none if there is no such file. Raises InputError with everything that is wrong."""
    problems = problems_in_facts(path)
    if problems:
        raise InputError(problems)
    if not path.is_file():
        return {}
    text = read_text(path)
    return {
        key: Fact(
            key=key,
            text=table["text"],
            source=table["source"],
            as_of=table["as_of"],
            review_by=table.get("review_by"),
            crisis=table.get("crisis", ""),
            parts=table.get("parts", {}),
            file=path,
            line=toml.line_of(text, key),
        )
        for key, table in toml.parse(text, path).items()
    }


def problems_in_facts(path: Path) -> list[Problem]:
    """Everything that is wrong with a file of facts, by line; TOML that cannot be read is one problem."""
    if not path.is_file():
        return []
    text = read_text(path)
    try:
        tables = toml.parse(text, path)
    except InputError as error:
        return list(error.problems)
    return [
        Problem(code, f"{path}:{toml.line_of(text, key, *keys)}", fact=key, **({"key": keys[0]} if keys else {}))
        for key, table in tables.items()
        for code, *keys in _faults_of(table)
    ]


def _faults_of(table: Any) -> Iterator[tuple[str, ...]]:
    """What is wrong with one fact: the code, then the key of the place."""
    if not isinstance(table, dict):
        yield ("fact.not_a_table",)
        return
    for unknown in sorted(table.keys() - {"text", "parts", "source", "as_of", "review_by", "crisis"}):
        yield "fact.unknown_key", unknown
    if not table.get("text") or not _is_by_language(table["text"]):
        yield "fact.no_text", "text"
    parts = table.get("parts", {})
    if not isinstance(parts, dict) or not all(map(_is_by_language, parts.values())):
        yield "fact.bad_parts", "parts"
    if not isinstance(table.get("source"), str) or not table["source"].strip():
        yield "fact.no_source", "source"
    if type(table.get("as_of")) is not date:
        yield "fact.no_date", "as_of"
    if type(table.get("review_by", date.max)) is not date:
        yield "fact.bad_review_by", "review_by"
    if not isinstance(table.get("crisis", ""), str):
        yield "fact.bad_crisis", "crisis"


def _is_by_language(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(text, str) for text in value.values())


# --- asks -------------------------------------------------------------------------------------------------

_KEYS = {"default_reasons", "title", "summary", "roles", "acts", "params", "reasons"}
CRISIS = "Syria"


def letter_file(ask: Ask, language: str) -> Path:
    """The template of the ask's letter in a language."""
    return ask.folder / letter_name(language)


def letter_name(language: str) -> str:
    """`letter.md.j2` is the English letter, `letter.es.md.j2` the Spanish one."""
    return "letter.md.j2" if language == "en" else f"letter.{language}.md.j2"


class _AskFile:
    """An `ask.toml`, with one method for each of its tables.

    Each raises InputError at `file:line` for the first thing that is missing or wrong.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._text = read_text(path)
        self._content = toml.parse(self._text, path)
        others = sorted(letter.name.split(".")[1] for letter in path.parent.glob("letter.*.md.j2"))
        self._languages = (*["en"] * path.with_name(letter_name("en")).is_file(), *others)

    def ask(self, key: str) -> Ask:
        unknown = sorted(self._content.keys() - _KEYS)
        if unknown:
            self._fault("unknown_key", unknown[0], key=unknown[0], known=", ".join(sorted(_KEYS)))
        if "en" not in self._languages:  # what the office gets; the others are copies
            self._fault("no_english_letter")
        title, summary = (self._texts(self._content.get(name), name, name) for name in ("title", "summary"))
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

    def _fault(self, code: str, *steps: Step, **values: str) -> NoReturn:
        raise InputError(f"ask_file.{code}", f"{self._path}:{toml.line_of(self._text, *steps)}", **values)

    def _texts(self, value: Any, name: str, *steps: Step) -> Mapping[str, str]:
        """Text by language, with one for each letter there is."""
        if not isinstance(value, dict) or not all(isinstance(text, str) and text.strip() for text in value.values()):
            self._fault("not_by_language", *steps, key=name)
        if any(CONTROL.search(text) for text in value.values()):
            self._fault("control_character", *steps, key=name)
        for language in self._languages:
            if language not in value:
                self._fault("no_language", *steps, key=name, language=language)
        return {language: text.strip("\n") for language, text in value.items()}

    def _roles(self) -> Mapping[str, Act]:
        roles = self._content.get("roles")
        if not isinstance(roles, dict) or not roles:
            self._fault("no_roles", "roles")
        for role, act in roles.items():
            if act not in tuple(Act):
                self._fault("unknown_act", "roles", role, role=role)
        return {role: Act(act) for role, act in roles.items()}

    def _acts(self) -> Mapping[str, Mapping[str, str]]:
        acts = self._content.get("acts")
        roles = self._content["roles"]
        if not isinstance(acts, dict):
            self._fault("no_acts", "acts")
        for role in acts:
            if role not in roles:
                self._fault("act_without_role", "acts", role, role=role)
        for role in roles:
            if role not in acts:
                self._fault("role_without_act", "roles", role, role=role)
        return {role: self._texts(acts[role], f"acts.{role}", "acts", role) for role in roles}

    def _params(self) -> dict[str, str]:
        params = self._content.get("params", {})
        if not isinstance(params, dict):
            self._fault("params_not_a_table", "params")
        for name, default in params.items():
            if not isinstance(default, str):
                self._fault("param_not_text", "params", name, name=name)
            if not name.isidentifier():
                self._fault("param_not_a_word", "params", name, name=name)
        return params

    def _reasons(self) -> tuple[Reason, ...]:
        tables = self._content.get("reasons", [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            self._fault("reasons_not_tables", "reasons")
        reasons: dict[str, Reason] = {}
        for number, table in enumerate(tables):
            key = table.get("key")
            if not isinstance(key, str) or not key:
                self._fault("reason_without_key", "reasons", number)
            if key in reasons:
                self._fault("repeated_reason", "reasons", number, "key", reason=key)
            reasons[key] = Reason(
                key=key,
                name=self._texts(table.get("name"), f"{key}: name", "reasons", number, "name"),
                text=self._texts(table.get("text"), f"{key}: text", "reasons", number, "text"),
                line=toml.line_of(self._text, "reasons", number),
            )
        return tuple(reasons.values())

    def _defaults(self, reasons: set[str]) -> tuple[str, ...]:
        defaults = self._content.get("default_reasons", [])
        if not isinstance(defaults, list) or not defaults:
            self._fault("no_default_reasons", "default_reasons")
        for key in defaults:
            if key not in reasons:
                self._fault("unknown_default_reason", "default_reasons", reason=str(key))
        return tuple(defaults)


def copy_ask(ask: Ask, folder: Path) -> tuple[Path, ...]:
    """Copy the files of an ask into a new or empty folder, all of them or none; gives their paths.

    The copy is a pack of one ask and works at once: it sees the built-in facts and frame, so neither is copied.
    Raises InputError when there is something in the folder already, MachineError when it cannot be written.
    """
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()) or (folder.is_dir() and any(folder.iterdir())):
        raise InputError("ask_copy.not_empty", str(folder))
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".plea-") as beside:
            copy = Path(beside) / "ask"
            shutil.copytree(ask.folder, copy, copy_function=shutil.copyfile)
            copy.replace(folder)
    except OSError as error:
        reason = error.strerror or str(error.args[0][0][-1])  # copytree gives a list of files, each with its reason
        raise MachineError("ask_copy.not_written", str(folder), reason=reason) from error
    return tuple(sorted(folder.rglob("*.*")))
