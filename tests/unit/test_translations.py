"""Every sentence has its translation, with the same placeholders, and the catalogs are those of the source as it is."""

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from conftest import CHECKOUT
from plea.language import CATALOGS, LANGUAGES
from plea.messages import AREAS, MESSAGES, messages_of

TRANSLATED = sorted(LANGUAGES.keys() - {"en"})
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%|\{[^}]*\}")
KEYWORDS = ("--keywords=N_", "--keywords=NN_:1,2", "--keywords=gettext")


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def catalog(language: str) -> Catalog:
    return read(CATALOGS / language / "LC_MESSAGES" / "plea.po")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """The messages of the source as it stands, gathered as script/translations does."""
    template = tmp_path_factory.mktemp("messages") / "plea.pot"
    command = [sys.executable, "-m", "babel.messages.frontend", "--quiet", "extract", "--mapping=pyproject.toml"]
    done = subprocess.run(
        [*command, f"--output={template}", *KEYWORDS, "src", "templates", click.__path__[0]],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return read(template)


def keys(found: Catalog) -> set[str | tuple[str, ...]]:
    return {message.id if isinstance(message.id, str) else tuple(message.id) for message in found if message.id}


def forms(message: Message) -> list[tuple[str, str]]:
    """Each form of a message with its translation."""
    if isinstance(message.id, str):
        return [(message.id, str(message.string))]
    return list(zip(message.id, map(str, message.string or ()), strict=False))


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalog_has_just_the_messages_of_the_source(source: Catalog, language: str) -> None:
    assert keys(catalog(language)) == keys(source), "run script/translations"


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated(language: str) -> None:
    missing = [
        message.id
        for message in catalog(language)
        if message.id and (message.fuzzy or not all(text for _, text in forms(message)))
    ]
    assert missing == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_keeps_the_placeholders(language: str) -> None:
    """A singular may leave its number out: `one volume`."""
    wrong = []
    for message in catalog(language):
        for english, text in forms(message) if message.id else ():
            there, wanted = set(PLACEHOLDER.findall(text)), set(PLACEHOLDER.findall(english))
            if not there <= wanted | {"%(count)s"} or (wanted - there) - {"%(count)s"}:
                wrong.append((english, text))
    assert wrong == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_was_compiled_is_the_catalog_as_it_stands(language: str) -> None:
    with (CATALOGS / language / "LC_MESSAGES" / "plea.mo").open("rb") as file:
        compiled = sorted(pair for message in read_mo(file) if message.id for pair in forms(message))
    written = sorted(pair for message in catalog(language) if message.id for pair in forms(message))
    assert compiled == written, "run script/translations"


def test_every_message_by_code_is_known_to_translators(source: Catalog) -> None:
    known = keys(source)
    sentences = {sentence for message in MESSAGES.values() for sentence in (message.what, message.hint)}
    assert {sentence for sentence in sentences - known if PLACEHOLDER.sub("", str(sentence))} == set()


def test_the_reference_lists_every_code() -> None:
    page = (CHECKOUT / "docs" / "reference" / "messages.md").read_text()
    assert re.findall(r"^\| `([a-z0-9_.]+)` \|", page, re.MULTILINE) == list(MESSAGES), "run script/translations"


def test_no_two_messages_have_one_code() -> None:
    codes = [code for area in AREAS for code in messages_of(area)]
    assert {code for code in codes if codes.count(code) > 1} == set()
