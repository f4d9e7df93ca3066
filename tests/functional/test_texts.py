"""What the built-in letters say: true on any day, to the person they go to, in few and plain words.

The expected words are written by hand. The days: while the session lasts, when a bill can no longer move, when no
day of a term is left to ask for, after the Congress, and when every fact that expires is gone.
"""

import json
import re
from collections.abc import Iterator
from datetime import date

import pytest

from conftest import Plea
from plea.asks.pack import load_pack
from plea.asks.readability import grade, words
from plea.asks.render import RenderedAsk, RenderRequest, render
from plea.model.bills import Standing
from plea.model.letters import Paragraph
from plea.model.officials import Membership, Official
from plea.model.people import Supporter

ALIVE, LAST_DAYS, NO_DAY_LEFT = date(2026, 11, 28), date(2026, 12, 16), date(2026, 12, 29)
DEAD, LATE = date(2027, 1, 4), date(2031, 1, 15)
DAYS = (ALIVE, LAST_DAYS, NO_DAY_LEFT, DEAD, date(2027, 3, 15), LATE)

ROLES = {
    "diplomacy": "us-president us-secretary-of-state us-senator us-representative us-delegate us-resident-commissioner",
    "refugee-intake": "us-president us-senator us-representative us-delegate us-resident-commissioner",
    "local-welcome": "governor mayor state-senator state-representative",
    "ceasefire": "us-secretary-of-state us-un-ambassador un-secretary-general us-senator us-representative us-delegate "
    "us-resident-commissioner",
    "safe-passage": "us-un-ambassador us-senator us-representative us-delegate us-resident-commissioner uk-mp ca-mp",
    "civil-society": "us-secretary-of-state committee-chair us-senator us-representative us-delegate "
    "us-resident-commissioner",
    "arms-sales": "us-senator us-representative us-delegate us-resident-commissioner",
    "accountability": "us-un-ambassador us-secretary-of-state us-senator us-representative us-delegate "
    "us-resident-commissioner",
    "no-scapegoats": "us-president us-vice-president us-senator us-representative us-delegate us-resident-commissioner "
    "governor mayor state-senator state-representative",
}
LEGISLATIVE = {  # the letter names legislation to a legislator
    "refugee-intake": "us-senator us-representative us-delegate us-resident-commissioner",
    "safe-passage": "us-senator us-representative us-delegate us-resident-commissioner",
    "accountability": "us-senator us-representative us-delegate us-resident-commissioner",
}
LANGUAGES = dict.fromkeys(ROLES, ("en", "es")) | dict.fromkeys(("diplomacy", "refugee-intake"), ("en", "ar", "es"))
SEATS = {
    "us-senator": (
        "",
        "SSFR",
        "SSFR Chairman",
        "SSFR Ranking Member",
        "SSJU",
        "SSJU Chairman",
        "SSAP",
        "SSAP Chairman",
        "SSGA",
    ),
    "us-representative": ("", "HSFA", "HSFA Chairman", "HSJU", "HSJU Ranking Member", "HSAP", "HSAP Chairman", "HSHM"),
    "us-delegate": ("", "HSFA"),
}
NEVER = ("as a voter", "as a citizen", "trump", "biden", "democrats", "como votante", "shame", "satisfied when")
STOCK = ("the lesson is", "please reply in writing", "la lección es", "quedaré conforme")
SYRIAN = ("Syria", "Siria", "سوريا", "Aleppo", "Alepo", "حلب", "Assad", "Caesar", "119-60", "Kobani", "Sweida")
ABOUT = {"en": "I teach third grade", "es": "Doy clases de tercer grado", "ar": "أعلّم في الصف الثالث"}
QUESTION = {"en": "?", "es": "?", "ar": "؟"}
STORY = """
I taught English at our library for nine years. One of my students, a nurse, fled her home with two boys and one bag.
She passed every test they gave her. Last winter she sat with my mother at the hospital and held her hand until I got
there. I think of her when I hear our door is shut.
"""

PACK = load_pack(None)


def write(  # noqa: PLR0917 (one letter, in the order in which one says it)
    key: str,
    role: str,
    on: date = ALIVE,
    seat: str = "",
    language: str = "en",
    crisis: str = "Syria",
    story: str = "",
    reasons: tuple[str, ...] = (),
    city: str = "Burlington",
    about: str = "",
    last_name: str = "Doe",
    bills: tuple[Standing, ...] = (),
) -> RenderedAsk:
    committee, _, title = seat.partition(" ")
    member = (Membership(committee, committee, title),) if committee else ()
    official = Official(
        "x", role, f"Jane {last_name}", last_name, state="VT", place="Vermont", memberships=member, bills=bills
    )
    country, state = {"uk-mp": ("GB", ""), "ca-mp": ("CA", "ON")}.get(role, ("US", "VT"))
    supporter = Supporter(
        "Ann Lee",
        city=city,
        state=state if city else "",
        country=country,
        story=story,
        about=about,
        language=language,
    )
    request = RenderRequest(supporter, official, on, language, reasons, {"crisis": crisis})
    return render(PACK, PACK.ask(key), request)


def paragraphs(made: RenderedAsk) -> list[str]:
    return ["".join(run.text for run in block.runs) for block in made.body if isinstance(block, Paragraph)]


def whole(made: RenderedAsk) -> str:
    """Without the marks of direction that stand in Arabic numbers."""
    return "\n\n".join([made.subject, *paragraphs(made)]).replace("\N{LEFT-TO-RIGHT MARK}", "")


def folded(text: str) -> list[str]:
    """Paragraphs from the lines of a test."""
    return [" ".join(paragraph.split()) for paragraph in text.split("\n\n")]


def body(made: RenderedAsk) -> str:
    return "\n\n".join(paragraphs(made))


def everyone(key: str) -> Iterator[tuple[str, str, str]]:
    """Role, seat on a committee and language of every kind of letter that the ask writes."""
    for role in ROLES[key].split():
        for seat in SEATS.get(role, ("",)):
            for language in LANGUAGES[key]:
                yield role, seat, language


every_ask = pytest.mark.parametrize("key", ROLES)


# --- what there is ----------------------------------------------------------------------------------------


def test_the_nine_asks_are_there_for_those_whom_they_are_for(plea: Plea) -> None:
    done = plea("asks", "list", "--json")
    assert done.returncode == 0, done.stderr
    assert sorted(ask["key"] for ask in json.loads(done.stdout)["asks"]) == sorted(ROLES)
    for key, roles in ROLES.items():
        ask = PACK.ask(key)
        assert sorted(ask.roles) == sorted(roles.split())
        legislative = [role for role in ask.roles if ask.roles[role] == "legislative"]
        assert sorted(legislative) == sorted(LEGISLATIVE.get(key, "").split())
        assert sorted(ask.acts) == sorted(ask.roles)
        assert ask.languages == LANGUAGES[key]
        assert ask.params == {"crisis": "Syria"}


@every_ask
def test_reasons_are_enough_and_argue_from_several_things(key: str) -> None:
    ask = PACK.ask(key)
    assert 5 <= len(ask.reasons) <= 9
    assert len({reason.framing for reason in ask.reasons}) >= 3
    assert len(ask.default_reasons) == 2
    for reason in ask.reasons:
        assert reason.framing
        assert sorted(reason.name) == sorted(reason.text) == sorted(ask.languages)
        assert all(name.strip() and "\n" not in name for name in reason.name.values())


@pytest.mark.parametrize("on", DAYS)
def test_on_any_day_every_letter_fits_its_page_in_plain_words(plea: Plea, on: date) -> None:
    """What `asks check` looks at: 180 to 300 words with a story and a line about the signer, grade 8, one page."""
    found = json.loads(plea("asks", "check", "--on", on.isoformat(), "--json").stdout)["findings"]
    assert [one for one in found if one["code"] not in {"fact.expired", "fact.expires_soon"}] == []


# --- on any day, to anyone --------------------------------------------------------------------------------


@every_ask
def test_every_letter_says_who_writes_and_ends_with_a_question(key: str) -> None:
    for role, seat, language in everyone(key):
        for on in DAYS:
            about = ABOUT[language]
            first, *_, last = paragraphs(write(key, role, on, seat, language, about=about))
            assert about in first
            assert "Burlington" in first
            assert QUESTION[language] in last, last
            assert not [phrase for phrase in STOCK if phrase in f"{first} {last}".lower()]


@every_ask
def test_a_letter_from_nobody_known_reads_whole(key: str) -> None:
    for role, seat, language in everyone(key):
        first = paragraphs(write(key, role, seat=seat, language=language, city=""))[0]
        assert first[0].isupper() or first[0] == "¿" or language == "ar"
        assert not re.search(r"\s[,.;]|,\s*[,.]|\.\s*\.|(live|vivo) (in|en)[,.]", first), first


@every_ask
def test_no_letter_of_another_crisis_speaks_of_syria(key: str) -> None:
    names = tuple(reason.key for reason in PACK.ask(key).reasons)
    for role, seat, language in everyone(key):
        for on in DAYS:
            for crisis in ("Sudan", "Afghanistan", "Ukraine", "Yemen"):
                text = whole(write(key, role, on, seat, language, crisis=crisis, reasons=names))
                assert not [word for word in SYRIAN if word in text], text


@every_ask
def test_aleppo_is_an_image_used_once_or_not_at_all(key: str) -> None:
    for role, seat, language in everyone(key):
        said = body(write(key, role, ALIVE, seat, language))
        about_aleppo = [
            part for part in paragraphs(write(key, role, ALIVE, seat, language)) if re.search("Alepp?o|حلب", part)
        ]
        assert len(about_aleppo) <= 1, said
        if key == "arms-sales":  # it would say that American arms were used there
            assert about_aleppo == []


@every_ask
def test_expired_facts_are_not_stated(key: str) -> None:
    names = tuple(reason.key for reason in PACK.ask(key).reasons)
    for role, seat, language in everyone(key):
        text = whole(write(key, role, LATE, seat, language, reasons=names))
        assert not [gone for gone in ("119-60", "207", "30 days", "proclamation", "$8.7", "119-103") if gone in text]


@every_ask
def test_a_letter_is_short_without_a_story_too(key: str) -> None:
    for role, seat, language in everyone(key):
        for on in DAYS:
            bare = body(write(key, role, on, seat, language))
            assert 120 <= len(words(bare)) <= 260, (len(words(bare)), role, seat, on)
            level = grade(bare, language)
            assert level is None or level <= 8, (level, role, seat, on)


@every_ask
def test_the_story_stands_before_the_reasons_and_changes_nothing_else(key: str) -> None:
    for role, seat, language in everyone(key):
        with_story = paragraphs(write(key, role, seat=seat, language=language, story=STORY))
        without = paragraphs(write(key, role, seat=seat, language=language))
        at = with_story.index(folded(STORY)[0])
        assert 0 < at < len(with_story) - 3
        assert with_story[0] == without[0]
        assert with_story[-1] == without[-1]


@every_ask
def test_nobody_is_accused_and_nobody_writes_as_a_voter(key: str) -> None:
    names = tuple(reason.key for reason in PACK.ask(key).reasons)
    for role, seat, language in everyone(key):
        text = whole(write(key, role, seat=seat, language=language, reasons=names)).lower()
        assert not [word for word in NEVER if word in text]


# --- who is asked what, and by when -----------------------------------------------------------------------


@every_ask
def test_letters_differ_by_whom_they_are_for(key: str) -> None:
    bodies = {role: body(write(key, role)) for role in ROLES[key].split()}
    alike = {  # the same act lies in the power of these
        "us-representative": "us-senator",
        "us-delegate": "us-senator",
        "us-resident-commissioner": "us-senator",
        "us-vice-president": "us-president",
        "state-representative": "state-senator",
        "ca-mp": "uk-mp",
    }
    kinds = {alike.get(role, role) for role in bodies}
    assert len({bodies[role] for role in kinds}) == len(kinds)


@every_ask
def test_a_house_is_asked_for_nothing_after_its_last_days(key: str) -> None:
    for role in {"us-representative", "us-delegate", "us-resident-commissioner"} & set(ROLES[key].split()):
        for on in (ALIVE, LAST_DAYS, NO_DAY_LEFT):
            text = whole(write(key, role, on))
            assert "2027" not in text.replace("fiscal 2027", ""), text


@pytest.mark.parametrize("role", ["uk-mp", "ca-mp"])
def test_members_abroad_read_nothing_of_american_law_or_budgets(role: str) -> None:
    for on in DAYS:
        text = whole(write("safe-passage", role, on, reasons=tuple(r.key for r in PACK.ask("safe-passage").reasons)))
        assert not [word for word in ("Congress", "Appropriations", "America", "U.S.", "Senate") if word in text]


def test_delegates_are_not_asked_to_vote() -> None:
    for key, roles in ROLES.items():
        for role in {"us-delegate", "us-resident-commissioner"} & set(roles.split()):
            assert not re.search(r"you (vote|will vote)|your vote|vote (for|against)", whole(write(key, role)).lower())


# --- facts ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "review_by", "crisis"),
    [
        ("section-207", date(2027, 12, 31), ""),
        ("aeca-clock", date(2027, 12, 31), ""),
        ("entry-proclamation", date(2027, 6, 9), "Syria"),
        ("stopgap", date(2026, 12, 11), ""),
        ("caesar-due", date(2027, 3, 12), "Syria"),
        ("sudan-uprooted", None, "Sudan"),
        ("afghan-need", None, "Afghanistan"),
        ("ukraine-need", None, "Ukraine"),
        ("caesar-repeal", date(2029, 12, 1), "Syria"),
        ("approved-waiting", None, ""),
        ("ceiling-fy2026", None, ""),
        ("dayton", None, ""),
        ("assad-fell", None, "Syria"),
        ("returns", None, "Syria"),
        ("sdf-deal", None, "Syria"),
        ("justice-bodies", None, "Syria"),
    ],
)
def test_facts_expire_when_they_stop_being_true(key: str, review_by: date | None, crisis: str) -> None:
    fact = PACK.facts[key]
    assert (fact.review_by, fact.crisis) == (review_by, crisis)


def test_a_fact_that_does_not_expire_carries_its_year_in_every_language() -> None:
    for fact in PACK.facts.values():
        assert fact.source
        if fact.review_by is None:
            for language, text in fact.text.items():
                assert re.search(r"\b(19|20)\d\d\b", text), (fact.key, language)


def test_every_fact_names_its_source_and_is_in_english_and_spanish() -> None:
    for fact in PACK.facts.values():
        for source in fact.sources:
            assert all((source.title, source.publisher, source.day)), fact.key
            assert source.url.startswith("https://"), fact.key
        assert min(source.day or date.max for source in fact.sources) <= fact.as_of, fact.key
        assert {"en", "es"} <= fact.text.keys(), fact.key


def test_spanish_numbers_are_written_as_in_the_united_states() -> None:
    for fact in PACK.facts.values():
        for text in (fact.text["es"], *(part["es"] for part in fact.parts.values() if "es" in part)):
            assert not re.search(r"\d\.\d{3}\b|\d,\d{1,2}\b(?!\d)", text), fact.key


@pytest.mark.parametrize(
    ("crisis", "topics"),
    [
        ("Syria", "people aid crimes talks refugees"),
        ("Sudan", "people aid crimes talks refugees"),
        ("Afghanistan", "people aid talks refugees"),
        ("Ukraine", "people aid talks"),
    ],
)
def test_each_crisis_has_facts_on_its_topics(crisis: str, topics: str) -> None:
    known = {topic for fact in PACK.facts.values() if fact.crisis == crisis for topic in fact.topics}
    assert known == set(topics.split())
