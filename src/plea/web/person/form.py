"""What was typed on the pages, as wishes."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from plea.letters.paper.profiles import DEFAULT, profile, profiles
from plea.model.asks import Ask
from plea.model.letters import Printing
from plea.model.states import states_of_zip
from plea.problems import Problem
from plea.web.person.session import Sitting
from plea.writing.request import ENGLISH, LetterRequest, read_line

PERSON = ("name", "name_latin", "street", "zip", "city", "state", "country", "email", "phone", "district")
STORY = ("story", "story_en", "translated_by")
FORMATS = ("pdf", "docx", "eml", "form", "txt")
OUT = "out"  # the open House seat's own value for "I do not know"
LAST = 99


def wishes_of(sitting: Sitting, asks: Mapping[str, Ask], on: date, *, story: bool = True) -> LetterRequest:
    """The wishes of a sitting, as far as it has come; without the words of one's own where `story` is false."""
    keys = tuple(key for key in dict.fromkeys(sitting.many("ask", "ask")) if key in asks)
    chosen = [asks[key] for key in keys]
    person = {name: sitting.one("place", name) for name in PERSON}
    person["district"] = _district(person)
    if story:
        person |= {name: sitting.one("words", name) for name in STORY}
    return LetterRequest(
        asks=keys,
        person={name: value for name, value in person.items() if value.strip()},
        on=on,
        out=sitting.folder or Path(),
        printing=printing_of(sitting),
        to=to_of(sitting),
        params=params_of(sitting, chosen),
        language=language_of(sitting, chosen),
        formats=FORMATS,
        envelope_page=bool(sitting.one("letters", "envelope_page")),
        test_page=bool(sitting.one("letters", "test_page")),
        reasons_of={ask.key: reasons_of(sitting, ask) for ask in chosen},
        office_of=_offices(sitting),
    )


def _district(person: Mapping[str, str]) -> str:
    """The district as typed; its number alone with the state that the ZIP tells, or else with the one typed."""
    typed, state = person["district"].strip(), person["state"].strip()
    if not (typed.isascii() and typed.isdecimal()):
        return typed
    states = states_of_zip(person["zip"].strip())
    state = states[0] if len(states) == 1 else state
    return f"{state.upper()}-{typed}" if len(state) == len("VT") else typed


def to_of(sitting: Sitting) -> tuple[str, ...]:
    """Whom the person ticked, and the representative they said is theirs."""
    seat = sitting.one("place", "seat")
    return tuple(dict.fromkeys((*sitting.many("place", "to"), *([seat] if seat and seat != OUT else []))))


def language_of(sitting: Sitting, asks: list[Ask]) -> str:
    """The language the story is told in, of which the signer gets a copy; English where an ask has no other."""
    wanted = sitting.one("words", "language", ENGLISH)
    return wanted if asks and all(wanted in ask.languages for ask in asks) else ENGLISH


def reasons_of(sitting: Sitting, ask: Ask) -> tuple[str, ...]:
    """The reasons ticked for an ask in the order of their numbers; the ask's own where it was not shown yet."""
    if ask.key not in sitting.many("words", "asked"):
        return ask.default_reasons
    ticked = [reason.key for reason in ask.reasons if reason.key in sitting.many("words", f"reasons-{ask.key}")]
    return tuple(sorted(ticked, key=lambda key: _number(sitting.one("words", f"order-{ask.key}-{key}"))))


def params_of(sitting: Sitting, asks: list[Ask]) -> Mapping[str, str]:
    """What the letters speak of, where it was typed and may stand in a letter."""
    read = {key: read_line(key, sitting.one("words", f"param-{key}")) for ask in asks for key in ask.params}
    return {key: line for key, line in read.items() if not isinstance(line, Problem) and line}


def printing_of(sitting: Sitting) -> Printing:
    """The envelope and the size of the type."""
    key = sitting.one("letters", "profile")
    layout = profile(key if key in profiles() else DEFAULT)
    return Printing(layout, large_print=bool(sitting.one("letters", "large_print")))


def _offices(sitting: Sitting) -> Mapping[str, str]:
    """The office chosen for each official, by their ids."""
    sent = sitting.forms.get("letters", {})
    return {name.removeprefix("office-"): values[0] for name, values in sent.items() if name.startswith("office-")}


def _number(typed: str) -> int:
    """The place typed for a reason; the last where it is none."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= len(str(LAST)) else LAST
