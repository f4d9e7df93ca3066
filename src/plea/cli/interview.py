"""The questions of `plea write` at a terminal, each for one thing that is missing; each gives the wishes with it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from plea.asks.pack import load_pack
from plea.cli.terminal import ask, decide, heading, say, tick, type_text
from plea.model.asks import Ask
from plea.model.people import Supporter
from plea.supporters.address import country_code, state_name
from plea.supporters.check import check_supporter
from plea.supporters.privacy_warnings import story_warnings
from plea.writing.context import Rooms, check_person, offered
from plea.writing.request import ENGLISH, GOOD_LENGTH, MOST_REASONS, Wishes
from plea.writing.wording import of_answer, sentences

QUESTIONS = {
    "name": "Your name",
    "street": "Street and number, for the answer (Enter leaves it out)",
    "zip": "ZIP",
    "city": "Town",
    "state": "State",
    "email": "E-mail (Enter leaves it out)",
    "phone": "Telephone (Enter leaves it out)",
    "district": "House district (Enter leaves it out)",
    "country": "Country",
}
NEEDED = frozenset({"name", "zip", "city", "state"})
STORIES = ("story", "story_en")


def ask_asks(wishes: Wishes) -> Wishes:
    """What to ask for, out of the pack."""
    asks = offered(load_pack(wishes.pack))
    if len(asks) == 1:
        return replace(wishes, asks=(asks[0].key,))
    heading("What do you want to ask for?")
    chosen = tick("Which?", [in_english(one.title) for one in asks])
    return replace(wishes, asks=tuple(asks[place].key for place in chosen))


def in_english(words: Mapping[str, str]) -> str:
    """Words in English, or in the first language there is."""
    return words.get("en") or next(iter(words.values()), "")


def ask_person(wishes: Wishes, rooms: Rooms, *, again: bool = False) -> Wishes:
    """Name and place: what is missing of them, or with `again` all of them, what is known as default."""
    person = dict(wishes.person)
    if again:
        person = {key: value for key, value in person.items() if key not in {"state", "district"}}
    elif not {"name", "zip", "city"} <= person.keys():
        heading("Who is writing?")
    american = country_code(person.get("country", "")) == "US"
    wanted = _missing(person, again=again)
    for key in wanted:
        person[key] = _ask_field(key, person, rooms, optional=key == "street" or (key == "zip" and not american))
    if american and not person.get("state"):
        states = rooms.states_of(person["zip"])
        if len(states) != 1:
            person["state"] = _ask_field("state", person, rooms)
        elif wanted:
            say(f"  That is {person['city']} in {state_name(states[0])}.")
    return replace(wishes, person={key: value for key, value in person.items() if value})


def _missing(person: Mapping[str, str], *, again: bool) -> Sequence[str]:
    """The fields to ask for. A street may be left out, so it is asked for only together with the town."""
    fields = ("name", "street", "zip", "city")
    return [key for key in fields if again or (key not in person and not (key == "street" and "city" in person))]


def mend_person(wishes: Wishes, rooms: Rooms) -> tuple[Wishes, Supporter]:
    """The same with every wrong field asked for anew, with the reason."""
    while True:
        checked = check_person(wishes, rooms)
        if isinstance(checked, Supporter):
            return wishes, checked
        problem = checked[0]
        say(f"  {of_answer(problem)}")
        person = {key: value for key, value in wishes.person.items() if key != problem.where}
        if problem.where in STORIES:
            person[problem.where] = _typed(problem.where, rooms)
        else:
            person[problem.where] = _ask_field(problem.where, person, rooms, optional=problem.where not in NEEDED)
        wishes = replace(wishes, person={key: value for key, value in person.items() if value})


def _ask_field(key: str, person: Mapping[str, str], rooms: Rooms, *, optional: bool = False) -> str:
    """One field, checked together with what is known already."""
    known = {other: value for other, value in person.items() if other not in {key, *STORIES}}
    question = QUESTIONS.get(key, key.replace("_", " ").capitalize())
    return ask(question, person.get(key, ""), lambda typed: _wrong(key, typed, known, rooms), optional=optional)


def _wrong(key: str, typed: str, known: Mapping[str, str], rooms: Rooms) -> str:
    """What is wrong with one field, in words. When the state is asked, a ZIP it contradicts counts."""
    checked = check_supporter({"name": "-", **known, key: typed}, known_pair=rooms.known_pair)
    problems = () if isinstance(checked, Supporter) else checked
    blamed = {key, "zip"} if key == "state" else {key}
    return next((of_answer(problem) for problem in problems if problem.where in blamed), "")


def ask_reasons(wishes: Wishes, rooms: Rooms) -> Wishes:
    """The reasons of each ask, by their names."""
    chosen = dict(wishes.reasons_of)
    for one in rooms.asks:
        heading(f"Your reasons ({in_english(one.title)})")
        chosen[one.key] = _reasons_of(one)
    return replace(wishes, reasons_of=chosen)


def _reasons_of(one: Ask) -> tuple[str, ...]:
    keys = [reason.key for reason in one.reasons]
    default = [keys.index(key) for key in one.default_reasons]
    names = [in_english(reason.name) for reason in one.reasons]
    places = tick("Two or three, the most important first.", names, default, most=MOST_REASONS)
    return tuple(keys[place] for place in places)


def ask_story(wishes: Wishes, rooms: Rooms) -> Wishes:
    """The story, typed in place; a story in another language is asked for in English too."""
    heading("Your story")
    say(
        "Why does this matter to you? A few sentences are enough; about 60 words read best. "
        "Two empty lines, or a full stop alone on a line, end it. Without a story the letter reads whole too."
    )
    person = {key: value for key, value in wishes.person.items() if key not in {*STORIES, "translated_by"}}
    return ask_english_story(replace(wishes, person={**person, "story": _typed("story", rooms)}), rooms)


def ask_english_story(wishes: Wishes, rooms: Rooms) -> Wishes:
    """The English form of a story told in another language, where it is missing."""
    if wishes.language == ENGLISH or not wishes.person.get("story") or wishes.person.get("story_en"):
        return wishes
    say("The office reads English: the same in English, please.")
    story = _typed("story_en", rooms)
    translator = ask("Who put it into English? (Enter: you did)", optional=True)
    return replace(wishes, person={**wishes.person, "story_en": story, "translated_by": translator})


def _typed(key: str, rooms: Rooms) -> str:
    """A text typed in place, with its count of words and a word of care where it needs one."""
    while True:
        text = type_text(lambda typed: _wrong(key, typed, {}, rooms))
        words = len(text.split())
        long = " That is long for one page; the letter will say if it does not fit." if words > GOOD_LENGTH else ""
        say(f"  {words} words.{long}" if words != 1 else "  1 word.")
        warnings = story_warnings(text)
        for warning in warnings:
            say(sentences(f"  Please note: your story {warning.what}", warning.hint), indent=2)
        if not warnings or decide("Keep it as it is?", {"yes": "", "no": "type it anew"}, "yes") == "yes":
            return text
