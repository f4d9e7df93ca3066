"""Words made for one letter serve another only where the templates could not have told the two apart."""

import random
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from plea.asks.letter_template import LetterTemplate, LetterTemplates, kind_of, text_of
from plea.asks.pack import Pack, load_pack
from plea.asks.render import render_context
from plea.errors import PleaError
from plea.letters.compose import ComposeRequest, LetterBatch, compose, render_request
from plea.model.letters import Letter
from plea.model.officials import Membership, Office, Official
from plea.model.people import Supporter
from plea.officials.roles import role
from plea.problems import Problem

DAY = date(2026, 11, 22)
OFFICE = Office("o", "district", street="1 Main Street", city="Burlington", state="VT", zip="05401")
NOSY = """\
{% extends "plea/frame.md.j2" %}
{% block subject %}Please, {{ official.last_name or "whoever you are" }}{% endblock %}
{% block opening %}
{% if supporter.city == "Barre" %}We of Barre ask{% elif supporter.city.startswith("Bur") %}Burlingtonians ask{% else %}
I ask{% endif %} you{% if official.sits_on("SSJU") and supporter.name | length > 12 %} and your committee{% endif %}.
{% if "bread" in supporter.story %}Bread is on my mind.{% endif %}
{% if supporter.extra.faith | lower == "quaker" %}A Friend writes.{% endif %}
{% if supporter.zip in ["05401", "05641"] %}You know where I live: {{ supporter.zip }}.{% endif %}
{% if not supporter.email %}Please write by post.{% endif %}
{% endblock %}
{% block story %}{{ supporter.story }} *{{ supporter.name }}*{% endblock %}
{% block closing %}
Thank you, from {{ town | upper }}{{ ", " ~ supporter.extra.faith if supporter.extra.faith }}.
{% endblock %}
"""
STORIES = (
    "",
    "I bake bread.\n\nEvery day.",
    "We **waited** & waited.",
    "# Not a heading {{ 7*7 }}",
    "Uno.\n\nDos.\n\nTres.",
)


@pytest.fixture
def nosy(tmp_path: Path) -> Pack:
    (tmp_path / "letter.md.j2").write_text(NOSY)
    (tmp_path / "ask.toml").write_text(
        'default_reasons = ["a"]\n[title]\nen = "Nosy"\n[summary]\nen = "Looks into everything."\n'
        '[roles]\nus-senator = "legislative"\n[acts.us-senator]\nen = "Look."\n[params]\ncrisis = "Syria"\n'
        '[[reasons]]\nkey = "a"\nname.en = "A"\ntext.en = "Because {{ supporter.city or town }} is a town."\n'
        '[[reasons]]\nkey = "b"\nname.en = "B"\n'
        'text.en = \'{{ "Green" if supporter.state == "VT" else "Grey" }}.\'\n'
    )
    return load_pack(tmp_path)


def requests(pack: Pack, count: int, seed: int = 1) -> list[ComposeRequest]:
    """Letters of people who agree in much and differ in anything."""
    chance = random.Random(seed)
    ask = next(iter(pack.asks.values()))
    officials = [
        Official("x", "us-senator", name, last, state="VT", memberships=seats)
        for name, last in (("Jane Doe", "Doe"), ("", ""))
        for seats in ((), (Membership("SSJU", "Judiciary"),))
    ]
    reasons = [(), *[(reason.key,) for reason in ask.reasons], tuple(reason.key for reason in ask.reasons[:2])]
    return [
        ComposeRequest(
            pack=pack,
            ask=ask,
            supporter=Supporter(
                chance.choice(("Ann Lee", "Omar Haddad-Khoury", "José Ó Briain")),
                chance.choice(("", "1 Elm Street")),
                chance.choice(("", "Barre", "Burlington", "Burke", "St. Albans")),
                chance.choice(("VT", "NH", "")),
                chance.choice(("05401", "05641", "03301", "")),
                email=chance.choice(("", "a@b.example")),
                story=chance.choice(STORIES),
                extra={"faith": chance.choice(("", "Quaker", "none"))},
            ),
            official=chance.choice(officials),
            role=role("us-senator"),
            office=OFFICE,
            on=DAY,
            reasons=chance.choice(reasons),
        )
        for _ in range(count)
    ]


def alone(wanted: list[ComposeRequest]) -> list[Letter | PleaError]:
    """Each letter by a series of its own, which has no other letter's words to use."""
    return [LetterBatch(request.pack).compose([request])[0] for request in wanted]


def test_two_hundred_letters_in_a_row_are_what_each_is_alone() -> None:
    wanted = requests(load_pack(None), 200)
    assert LetterBatch(wanted[0].pack).compose(wanted) == [compose(request) for request in wanted]


def test_a_template_that_looks_into_everything_gets_each_person_right(nosy: Pack) -> None:
    wanted = requests(nosy, 200)
    in_the_child = nosy.built_in
    trusted = Pack(nosy.folder, built_in=True, asks=nosy.asks)  # the same templates, without a child for each letter
    assert not in_the_child
    together = LetterBatch(nosy).compose(wanted)
    assert together == alone([replace(request, pack=trusted) for request in wanted])
    said = " ".join(text_of(letter.body) for letter in together if isinstance(letter, Letter))
    for sentence in (
        "Bread is on my mind.",
        "A Friend writes.",
        "Green.",
        "Grey.",
        "We of Barre ask",
        "your committee",
    ):
        assert sentence in said


def test_in_whatever_order_they_come(nosy: Pack) -> None:
    pack = Pack(nosy.folder, built_in=True, asks=nosy.asks)
    wanted = requests(pack, 60, seed=2)
    letters = LetterBatch(pack).compose(wanted)
    assert LetterBatch(pack).compose(wanted[::-1]) == letters[::-1]
    series = LetterBatch(pack)
    assert [series.compose([request])[0] for request in wanted] == letters


def test_words_are_made_again_only_for_what_was_looked_at() -> None:
    pack = load_pack(None)
    wanted = requests(pack, 200)
    made = []

    class Counted(LetterTemplates):
        def keep(self, scene: Any, mold: LetterTemplate) -> None:
            made.append(mold.looked_at)
            super().keep(scene, mold)

    series = LetterBatch(pack)
    series._templates[wanted[0].ask.key] = Counted()
    series.compose(wanted)
    kinds = {kind_of(render_context(request.ask, render_request(request))) for request in wanted}
    assert len(made) <= len(kinds) * 2  # on the committee and off it
    assert not any("supporter" in place for looked_at in made for place in looked_at)


def test_a_fault_of_the_template_is_each_letters_own(nosy: Pack) -> None:
    file = nosy.folder / "letter.md.j2"
    file.write_text(
        NOSY.replace("{% block closing %}", '{% block closing %}{% if supporter.city == "Barre" %}{{ x }}{% endif %}')
    )
    wanted = requests(nosy, 60)
    for request, letter in zip(wanted, LetterBatch(nosy).compose(wanted), strict=True):
        assert isinstance(letter, PleaError) == (request.supporter.city == "Barre")
        if isinstance(letter, PleaError):
            assert letter.problem == Problem("template.unknown_name", f"{file}:12", name="x")


def test_a_private_use_character_is_the_letters_own_fault_too() -> None:
    good, *_ = wanted = requests(load_pack(None), 2)
    bad = replace(good, supporter=replace(good.supporter, street="1 \ue000 Street"))
    letters = LetterBatch(good.pack).compose([good, bad, wanted[1]])
    assert [isinstance(letter, Letter) for letter in letters] == [True, False, True]
    assert isinstance(letters[1], PleaError)
    assert letters[1].problem == Problem("typed.private_use", "supporter.street", character="U+E000")


def test_old_words_are_forgotten_when_there_are_too_many(nosy: Pack) -> None:
    pack = Pack(nosy.folder, built_in=True, asks=nosy.asks)
    wanted = requests(pack, 100, seed=3)
    series = LetterBatch(pack)
    series._templates[wanted[0].ask.key] = LetterTemplates(limit=3)
    assert series.compose(wanted) == LetterBatch(pack).compose(wanted)
