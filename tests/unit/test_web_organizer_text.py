"""What a campaign's pages say of a problem where the command line's words name a command or an option."""

import re

import pytest

pytest.importorskip("flask", reason="the extra plea[web] is not installed")

from flask import Blueprint, Flask

from plea.messages import MESSAGES
from plea.messages.web import ON_CAMPAIGN_PAGE
from plea.problems import Problem
from plea.web.text import paragraph

PLACEHOLDER = re.compile(r"%\((\w+)\)s")


@pytest.mark.parametrize("code", sorted(ON_CAMPAIGN_PAGE))
def test_words_of_the_page_are_of_a_message_that_exists_and_need_no_other_values(code: str) -> None:
    texts = [text for text in MESSAGES[code][:2] if isinstance(text, str)]
    texts += [text for pair in MESSAGES[code][:2] if isinstance(pair, tuple) for text in pair]
    known = set(PLACEHOLDER.findall(" ".join(texts)))
    assert set(PLACEHOLDER.findall(" ".join(map(str, ON_CAMPAIGN_PAGE[code][:2])))) <= known


def test_a_campaigns_page_names_its_fields_and_no_setting() -> None:
    app = Flask("test")
    blueprint = Blueprint("campaign", "test")
    problem = Problem("settings.consent_incomplete", "campaign.toml:3", given="at", other="source")
    blueprint.add_url_rule("/", "front", lambda: paragraph(problem))
    app.register_blueprint(blueprint)
    text = app.test_client().get("/").get_data(as_text=True)
    assert text == "The day they agreed and where the consent is kept belong together. Give both, or neither."
    assert "consent.source" in paragraph(problem)
