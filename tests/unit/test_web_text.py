"""What a page says: problems as sentences, in the words of a page, and every name in Spanish."""

import re
from collections.abc import Mapping
from datetime import date

import pytest

pytest.importorskip("flask", reason="the extra plea[web] is not installed")

from flask import Blueprint, Flask

from plea.language import using
from plea.messages import MESSAGES
from plea.messages.message import Message
from plea.messages.web import ON_CAMPAIGN_PAGE, ON_PAGE, TRANSLATED_NAMES
from plea.problems import Problem
from plea.system import toml
from plea.system.folders import templates
from plea.web.person.checks import reads_as_spanish
from plea.web.text import Text, hint, in_reader_language, paragraph, what

MET = (
    "body", "city", "contact", "district", "email", "enclosures", "font", "geocoder", "letter", "line", "lookup",
    "name", "official", "recipient", "residence", "salutation", "seat", "seats", "sender", "state", "story", "street",
    "subject", "target", "zip",
)  # fmt: skip
"""What the codes begin with that a person can meet on the pages of their letters."""


def placeholders(text: str | tuple[str, str]) -> set[str]:
    return set(re.findall(r"%\((\w+)\)", "".join(text)))


def shown(code: str) -> tuple[str, str]:
    """What a page says of a code, as it stands in English."""
    message, own = MESSAGES[code], ON_PAGE.get(code, Message("", ""))
    return "".join(own.what or message.what), "".join(own.hint or message.hint)


@pytest.mark.parametrize("own_words", [ON_PAGE, ON_CAMPAIGN_PAGE])
def test_a_page_has_words_of_its_own_for_codes_that_there_are_and_with_values_that_they_have(
    own_words: Mapping[str, Message],
) -> None:
    for code, message in own_words.items():
        general = MESSAGES[code]
        values = placeholders(general.what) | placeholders(general.hint)
        assert placeholders(message.what) | placeholders(message.hint) <= values, code


def test_a_page_names_no_option_and_no_command() -> None:
    met = {code for code in MESSAGES if code.partition(".")[0] in MET and not code.endswith("_in_row")}
    assert {"lookup.vacant", "seats.several_states", "sender.not_in_window"} <= met
    named = {code for code in met - {"official.unknown_id"} if re.search(r"--|[`']plea ", " ".join(shown(code)))}
    assert named == set()


def test_a_sentence_begins_and_ends_like_one() -> None:
    ended = Problem("lookup.congress_term_ended", "OH", name="ida Iris", day=date(2026, 11, 3))
    kept = "term of ida Iris ended on November 3, 2026; who holds the seat now is not in the directory."
    assert what(ended) == f"The {kept}"
    assert hint(ended) == "“Fetch the list now” brings the newest."
    assert paragraph(ended, ended.where) == f"OH: the {kept} “Fetch the list now” brings the newest."
    assert what(Problem("seat.not_a_district", district="ny xx")).startswith("ny xx is not")  # as it was typed


def test_a_text_is_in_the_reader_s_language_or_says_in_which_it_is() -> None:
    with using("es"):
        assert in_reader_language({"en": "House", "es": "Casa"}) == Text("Casa", "es")
        assert in_reader_language({"en": "House"}) == Text("House", "en")


@pytest.mark.parametrize(("file", "key"), [("forms-of-address.toml", ""), ("envelopes.toml", "profiles")])
def test_roles_and_envelopes_have_names_for_the_translators(file: str, key: str) -> None:
    table = toml.load(templates() / file)
    names = {entry["name"] for entry in (table[key] if key else table).values()}
    assert names <= set(TRANSLATED_NAMES)


def test_a_few_spanish_words_in_an_english_story_are_not_a_spanish_story() -> None:
    assert reads_as_spanish("Mi hermana vive en Alepo desde hace veinte años.")
    assert not reads_as_spanish("My sister lives on la Calle de la Luna, and she calls me mi vida.")
    assert not reads_as_spanish("")


def test_a_campaigns_page_names_its_fields_and_no_setting() -> None:
    app = Flask("test")
    blueprint = Blueprint("campaign", "test")
    problem = Problem("settings.consent_incomplete", "campaign.toml:3", given="at", other="source")
    blueprint.add_url_rule("/", "front", lambda: paragraph(problem))
    app.register_blueprint(blueprint)
    text = app.test_client().get("/").get_data(as_text=True)
    assert text == "The day they agreed and where the consent is kept belong together. Give both, or neither."
    assert "consent.source" in paragraph(problem)
