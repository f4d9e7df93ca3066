"""What the built-in letters say: true on any day, to the person they go to, in few and plain words.

The expected words are written by hand. Dates: with the bill alive, after it died, and when every expiring fact is gone.
"""

import json
from collections.abc import Iterator
from datetime import date

import pytest

from conftest import Plea
from plea.asks.pack import load_pack
from plea.asks.readability import grade, words
from plea.asks.render import RenderedAsk, RenderRequest, render
from plea.model.letters import Paragraph
from plea.model.officials import Membership, Official
from plea.model.people import Supporter

ALIVE, LAST_DAY, DEAD, LATE = date(2026, 11, 22), date(2027, 1, 2), date(2027, 1, 3), date(2031, 6, 1)
DAYS = (ALIVE, LAST_DAY, DEAD, date(2027, 3, 1), date(2028, 2, 1), LATE)

ROLES = {
    "diplomacy": "us-president us-secretary-of-state us-senator us-representative us-delegate us-resident-commissioner",
    "refugee-intake": "us-president us-senator us-representative us-delegate us-resident-commissioner",
    "local-welcome": "governor mayor state-senator state-representative",
    "ceasefire": "us-secretary-of-state us-un-ambassador un-secretary-general",
    "safe-passage": "us-un-ambassador us-senator us-representative us-delegate us-resident-commissioner uk-mp ca-mp",
    "civil-society": "us-secretary-of-state committee-chair",
    "arms-sales": "us-senator us-representative us-delegate us-resident-commissioner",
    "accountability": "us-un-ambassador us-secretary-of-state us-senator us-representative us-delegate "
    "us-resident-commissioner",
    "no-scapegoats": "us-president us-vice-president us-senator us-representative us-delegate us-resident-commissioner "
    "governor mayor state-senator state-representative",
}
LEGISLATIVE = {  # the letter names legislation to a legislator
    "refugee-intake": "us-senator us-representative us-delegate us-resident-commissioner",
    "safe-passage": "us-senator us-representative us-delegate us-resident-commissioner",
    "arms-sales": "us-senator us-representative us-delegate us-resident-commissioner",
    "accountability": "us-senator us-representative us-delegate us-resident-commissioner",
}
LANGUAGES = {"diplomacy": ("en", "es"), "refugee-intake": ("en", "es")}
COMMITTEES = {
    "us-senator": ("", "SSFR", "SSJU", "SSAP", "SSAP SSAP20", "SSGA"),
    "us-representative": ("", "HSFA", "HSJU", "HSAP", "HSAP HSAP04", "HSHM"),
    "us-delegate": ("", "HSFA"),
}
NEVER = ("as a voter", "as a citizen", "trump", "biden", "republican", "democrats", "como votante", "shame")
SYRIAN = ("Syria", "Siria", "Aleppo", "Alepo", "Assad", "Caesar", "119-60", "Iran", "Irán")
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
    committees: str = "",
    language: str = "en",
    crisis: str = "Syria",
    story: str = "",
    reasons: tuple[str, ...] = (),
    city: str = "Burlington",
) -> RenderedAsk:
    member = tuple(Membership(committee, committee) for committee in committees.split())
    official = Official("x", role, "Jane Doe", "Doe", state="VT", place="Vermont", memberships=member)
    country, state = {"uk-mp": ("GB", ""), "ca-mp": ("CA", "ON")}.get(role, ("US", "VT"))
    supporter = Supporter(
        "Ann Lee", city=city, state=state if city else "", country=country, story=story, language=language
    )
    request = RenderRequest(supporter, official, on, language, reasons, {"crisis": crisis})
    return render(PACK, PACK.ask(key), request)


def paragraphs(made: RenderedAsk) -> list[str]:
    return ["".join(run.text for run in block.runs) for block in made.body if isinstance(block, Paragraph)]


def whole(made: RenderedAsk) -> str:
    return "\n\n".join([made.subject, *paragraphs(made)])


def folded(text: str) -> list[str]:
    """Paragraphs from the lines of a test."""
    return [" ".join(paragraph.split()) for paragraph in text.split("\n\n")]


def body(made: RenderedAsk) -> str:
    return "\n\n".join(paragraphs(made))


def everyone(key: str) -> Iterator[tuple[str, str, str]]:
    """Role, committees and language of every kind of letter that the ask writes."""
    for role in ROLES[key].split():
        for committees in COMMITTEES.get(role, ("",)):
            for language in LANGUAGES.get(key, ("en",)):
                yield role, committees, language


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
        assert ask.languages == LANGUAGES.get(key, ("en",))
        assert ask.params == {"crisis": "Syria"}


@every_ask
def test_reasons_are_enough_and_named_in_every_language(key: str) -> None:
    ask = PACK.ask(key)
    assert len(ask.reasons) >= 4
    assert len(ask.default_reasons) in {2, 3}
    assert all(ask.reason(name) for name in ask.default_reasons)
    for reason in ask.reasons:
        assert sorted(reason.name) == sorted(reason.text) == sorted(ask.languages)
        assert all(name.strip() and "\n" not in name for name in reason.name.values())


def test_the_built_in_pack_is_clean_on_the_day_it_was_written(plea: Plea) -> None:
    done = plea("asks", "check", "--on", "2026-11-22")
    assert done.returncode == 0, done.stdout


def test_check_names_the_bill_that_died(plea: Plea) -> None:
    done = plea("asks", "check", "--on", "2027-03-01")
    assert done.returncode == 1
    assert "the fact grace-act expired on January 2, 2027" in done.stdout
    assert "letter.md.j2" not in done.stdout, "only facts have aged: every letter still holds"


def test_show_prints_the_reasons_by_their_names(plea: Plea) -> None:
    done = plea("asks", "show", "refugee-intake", "--date", "2026-11-22")
    assert done.returncode == 0, done.stderr
    for name in (
        "Faith and conscience",
        "Our law and our word",
        "Careful vetting",
        "Towns that are ready",
        "Neighbors already here",
        "America's share in the war",
        "Returns that are free and safe",
    ):
        assert name in done.stdout


# --- on any day, to anyone --------------------------------------------------------------------------------


@every_ask
def test_every_letter_opens_with_the_ask_and_ends_with_a_reply(key: str) -> None:
    for role, committees, language in everyone(key):
        for on in DAYS:
            made = write(key, role, on, committees, language)
            first, last = paragraphs(made)[0], paragraphs(made)[-1]
            place = {"uk-mp": "Burlington", "ca-mp": "Burlington, Ontario"}.get(role, "Burlington, Vermont")
            if language == "es":
                assert first.startswith(f"Vivo en {place}; le pido que ")
                assert "a más tardar el " in first.replace("H.R. ", "").split(". ")[0]
                assert "Gracias" in first or "gracias" in first
                assert "Quedaré conforme" in last
                assert last.endswith("Le ruego que conteste por escrito.")
            else:
                assert first.startswith(f"I live in {place}; please ")
                assert " by " in first.replace("H.R. ", "").split(". ")[0]
                assert "hank you" in first
                assert " be satisfied" in last
                assert last.endswith("Please reply in writing.")


@every_ask
def test_a_letter_from_an_unknown_town_still_opens_well(key: str) -> None:
    for role, committees, language in everyone(key):
        first = paragraphs(write(key, role, committees=committees, language=language, city=""))[0]
        assert first.startswith("Le pido que " if language == "es" else "Please ")


@every_ask
def test_no_letter_of_another_crisis_speaks_of_syria(key: str) -> None:
    names = tuple(reason.key for reason in PACK.ask(key).reasons)
    for role, committees, language in everyone(key):
        for on in DAYS:
            text = whole(write(key, role, on, committees, language, crisis="Sudan", reasons=names))
            assert not [word for word in SYRIAN if word in text], text


@every_ask
def test_every_letter_of_syria_has_one_sentence_on_aleppo(key: str) -> None:
    for role, committees, language in everyone(key):
        for on in DAYS:
            said = body(write(key, role, on, committees, language))
            assert said.count("Alepo" if language == "es" else "Aleppo") == 1
            assert ("; la lección es " if language == "es" else "; the lesson is ") in said


@every_ask
def test_dead_bills_and_expired_facts_are_not_named(key: str) -> None:
    names = tuple(reason.key for reason in PACK.ask(key).reasons)
    for role, committees, language in everyone(key):
        for on in (DEAD, date(2027, 3, 1), LATE):
            text = whole(write(key, role, on, committees, language, reasons=names))
            assert "GRACE" not in text
            assert "6870" not in text
            assert "125" not in text
        for gone in ("119-60", "207", "30 days", "proclamation"):
            assert gone not in whole(write(key, role, LATE, committees, language, reasons=names))


@every_ask
def test_a_letter_is_one_page_of_plain_words(key: str) -> None:
    """180 to 300 words with a story of sixty, whatever two or three reasons are chosen; grade 8 without one."""
    names = tuple(reason.key for reason in PACK.ask(key).reasons)
    assert len(words(STORY)) == 60
    for role, committees, language in everyone(key):
        for on in (ALIVE, DEAD, LATE) if key == "refugee-intake" else (ALIVE, LATE):
            for crisis in ("Syria", "Sudan"):
                texts = paragraphs(write(key, role, on, committees, language, crisis, reasons=names))[1:]
                lengths = {name: len(words(text)) for name, text in zip(names, texts, strict=False)}
                by_length = sorted(names, key=lengths.__getitem__)
                for chosen in ((), tuple(by_length[:2]), tuple(by_length[-3:])):
                    bare = body(write(key, role, on, committees, language, crisis, reasons=chosen))
                    told = body(write(key, role, on, committees, language, crisis, STORY, chosen))
                    length = len(words(told))
                    assert 180 <= length <= 300, (length, role, committees, on, crisis, chosen)
                    assert 120 <= len(words(bare)) <= 240
                    reads = grade(bare, language)
                    assert reads is not None
                    assert reads <= 8, (reads, role, committees, on, crisis, chosen)


@every_ask
def test_the_story_comes_after_the_ask_and_before_the_reasons(key: str) -> None:
    for role, committees, language in everyone(key):
        made = paragraphs(write(key, role, committees=committees, language=language, story=STORY))
        assert made[1:2] == folded(STORY)
        without = paragraphs(write(key, role, committees=committees, language=language))
        assert made[:1] + made[2:] == without


@every_ask
def test_nobody_is_accused_and_nobody_writes_as_a_voter(key: str) -> None:
    names = tuple(reason.key for reason in PACK.ask(key).reasons)
    for role, committees, language in everyone(key):
        text = whole(write(key, role, committees=committees, language=language, reasons=names)).lower()
        assert not [word for word in NEVER if word in text]


# --- whom it is for ---------------------------------------------------------------------------------------


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


@pytest.mark.parametrize(
    ("key", "role", "committees", "said"),
    [
        ("diplomacy", "us-senator", "SSFR", "Please ask your committee for a public hearing on the Syria reports"),
        ("diplomacy", "us-representative", "HSFA", "Thank you for your work on the Foreign Affairs Committee."),
        ("diplomacy", "us-senator", "", "Please question the administration about the Syria reports that Public Law"),
        ("refugee-intake", "us-senator", "SSJU", "calls for talks in person with your committee before each year's"),
        ("refugee-intake", "us-representative", "HSJU", "You sit on the Judiciary Committee."),
        ("refugee-intake", "us-senator", "SSAP", "Please fund resettlement, so that refugees can travel"),
        ("refugee-intake", "us-representative", "HSAP", "You sit on the Appropriations Committee."),
        ("refugee-intake", "us-representative", "", "Please ask the administration to admit those who still wait"),
        ("refugee-intake", "us-president", "", "Section 207(b) of our immigration law lets you admit more in mid-year"),
        ("safe-passage", "us-senator", "SSAP SSAP20", "the subcommittee that drafts the State Department's spending"),
        ("safe-passage", "us-representative", "HSAP", "please press in the Appropriations Committee, by January 6"),
        ("safe-passage", "uk-mp", "", "please put a question to the Minister, by 6 January 2027, about safe passage"),
        ("safe-passage", "ca-mp", "", "please put a question to the Minister, by January 6, 2027, about safe passage"),
        ("civil-society", "committee-chair", "", "please announce, by January 6, 2027, a hearing of your committee"),
        ("arms-sales", "us-delegate", "HSFA", "Thank you for your work on the Foreign Affairs Committee."),
        ("accountability", "us-representative", "HSAP HSAP04", "You sit on the subcommittee that drafts"),
        ("no-scapegoats", "us-senator", "SSGA", "the Homeland Security and Governmental Affairs Committee"),
        ("no-scapegoats", "us-representative", "HSHM", "In your committee, please ask witnesses for facts"),
        ("ceasefire", "un-secretary-general", "", "I ask you to hold my own country and its partners to it too."),
        ("local-welcome", "mayor", "", "Please also call schools, employers and congregations to one meeting."),
    ],
)
def test_the_act_is_one_in_their_power(key: str, role: str, committees: str, said: str) -> None:
    assert said in body(write(key, role, committees=committees))


@pytest.mark.parametrize("role", ["uk-mp", "ca-mp"])
def test_members_abroad_read_nothing_of_american_law_or_budgets(role: str) -> None:
    for on in DAYS:
        text = whole(write("safe-passage", role, on, reasons=tuple(r.key for r in PACK.ask("safe-passage").reasons)))
        assert not [word for word in ("Congress", "Appropriations", "America", "U.S.", "Senate") if word in text]


def test_delegates_are_not_asked_to_vote() -> None:
    for key, roles in ROLES.items():
        for role in {"us-delegate", "us-resident-commissioner"} & set(roles.split()):
            assert "vote" not in whole(write(key, role)).lower()


# --- the bill ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("on", [ALIVE, LAST_DAY])
def test_the_bill_stands_in_the_subject_line_while_it_lives(on: date) -> None:
    assert write("refugee-intake", "us-senator", on).subject == "Please cosponsor the GRACE Act"
    assert write("refugee-intake", "us-delegate", on).subject == "Please cosponsor the GRACE Act (H.R. 6870)"
    spanish = write("refugee-intake", "us-representative", on, language="es")
    assert spanish.subject == "Le pido que copatrocine la GRACE Act (H.R. 6870)"
    first = paragraphs(write("refugee-intake", "us-representative", on))[0]
    assert first.startswith(
        "I live in Burlington, Vermont; please cosponsor the GRACE Act (H.R. 6870) by January 2, 2027, before it dies "
        "with this Congress."
    )
    assert "It would keep the yearly refugee number from falling below 125,000." in first


@pytest.mark.parametrize("on", [DEAD, LATE])
def test_a_floor_in_law_is_asked_for_afterwards(on: date) -> None:
    made = write("refugee-intake", "us-senator", on)
    assert made.subject == "Please back a floor in law for refugee admissions"
    assert "that you will back a floor in law for refugee admissions." in paragraphs(made)[0]


# --- whole letters, as one reads them ---------------------------------------------------------------------


def test_a_whole_letter_to_a_senator_on_the_judiciary_committee() -> None:
    made = write("refugee-intake", "us-senator", committees="SSJU", reasons=("ready-towns", "share-in-war"))
    assert paragraphs(made) == folded("""
    I live in Burlington, Vermont; please cosponsor the GRACE Act by January 2, 2027, before it dies with this
    Congress. If your name is on it already, thank you. It would keep the yearly refugee number from falling below
    125,000.

    Welcome is work, and people are ready to do it: teachers, employers, congregations, neighbors with a spare room.
    I want my own town to be one of those places. Please let us do our part.

    By December 2016, the United States, Turkey, Qatar and Saudi Arabia had armed one side in Syria. Russia and Iran
    had armed the other. We had a hand in it, and we owe shelter to some who fled.

    When refugee admissions were suspended on January 20, 2025, more than 120,000 refugees had been conditionally
    approved. In December 2016, the buses sent for the people of eastern Aleppo left empty; the lesson is that words
    without a way out save no one.

    You sit on the Judiciary Committee. Section 207 of our immigration law calls for talks in person with your
    committee before each year's refugee number is set. Please see that they are held in full, and on time. I will
    be satisfied when your name is on that bill and your committee has been consulted. Please reply in writing.
    """)


def test_a_whole_letter_to_the_president_about_another_crisis() -> None:
    made = write("diplomacy", "us-president", LATE, crisis="Sudan", reasons=("done-before", "safe-returns"))
    assert made.subject == "Please lead creative diplomacy on Sudan"
    assert paragraphs(made) == folded("""
    I live in Burlington, Vermont; please announce by July 16, 2031 that you will lead intensive, creative diplomacy
    on Sudan. Thank you for each step toward peace. I ask for talks among all parties, with a reason for each to
    cooperate.

    In the 1990s, the Dayton Accords ended the war in Bosnia. That war was cruel too, and peace took bold talks and
    steady pressure on every side. The same patience and the same invention can work again.

    Many who have fled hope to go home, and no one should be forced to. A return is free and safe only where peace
    holds. A fair settlement does more for it than any order could.

    A truce is only a start. Who is to hold power, and how it is shared, has to be settled at a table. Blame, even
    when it is earned, is not a plan.

    I will be satisfied with a written plan that says what our country will do, with whom and by when, and that
    gives a seat to those who have suffered most. Please reply in writing.
    """)


def test_a_whole_letter_in_spanish() -> None:
    chosen = ("every-party", "conscience")
    made = write("diplomacy", "us-representative", committees="HSFA", language="es", reasons=chosen)
    assert made.subject == "Le pido que promueva una diplomacia creativa sobre Siria"
    assert paragraphs(made) == folded("""
    Vivo en Burlington, Vermont; le pido que inste al gobierno en público, a más tardar el 6 de enero de 2027, a
    emprender una diplomacia intensa y creativa sobre Siria. Gracias por su labor en el Comité de Asuntos
    Exteriores. La meta es que todas las partes dialoguen y tengan motivos para cooperar.

    Nadie mantiene la paz solo por bondad. Cada parte necesita un motivo: seguridad, una parte justa del poder,
    ayuda para reconstruir. La buena diplomacia encuentra ese motivo para todos, también para nuestros amigos.

    La conciencia pide algo más que tristeza. Toda fe honra a quienes hacen la paz, y hacerla cuesta: horas de
    diálogo, salas difíciles, gente que preferiríamos no ver. Le pido ese esfuerzo.

    El gobierno de Assad cayó el 8 de diciembre de 2024. El reparto del poder se decide mejor en una mesa. En
    octubre de 2016 fracasaron dos resoluciones del Consejo de Seguridad sobre Alepo; la lección es que culpar, aun
    con razón, no es un plan.

    Le pido una audiencia pública de su comité sobre los informes sobre Siria que exige la Ley Pública 119-60.
    Quedaré conforme cuando usted lo haya pedido y me cuente la respuesta. Le ruego que conteste por escrito.
    """)


# --- facts ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "review_by", "crisis"),
    [
        ("grace-act", date(2027, 1, 2), ""),
        ("section-207", date(2027, 12, 31), ""),
        ("aeca-clock", date(2027, 12, 31), ""),
        ("entry-proclamation", date(2027, 3, 31), "Syria"),
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
                years = ("1990s", "noventa", "2016", "2024", "2025", "2026")
                assert any(year in text for year in years), (fact.key, language)


def test_every_fact_is_stated_by_some_letter() -> None:
    templates = "".join(
        path.read_text("utf-8") for path in PACK.folder.glob("asks/*/*") if path.suffix in {".j2", ".toml"}
    )
    assert [key for key in PACK.facts if f'fact("{key}"' not in templates] == []
