"""What every step works with: the sitting, the asks there are, the day, the reader's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from flask import Blueprint, abort, current_app, g, request

from plea.asks.pack import Pack, load_pack
from plea.errors import PleaError
from plea.letters.compose import ASKED_AS
from plea.model.asks import Ask
from plea.model.people import Supporter
from plea.web.app_state import app_state
from plea.web.language import Said, Words, in_words, language_of, words
from plea.web.person.form import wishes_of
from plea.web.person.session import Fields, Sitting, Sittings
from plea.writing.draft import Draft, make_draft
from plea.writing.request import LetterRequest, WritingContext, asks_to_offer, check_person, open_context

SITTINGS = "plea.letters"
DESKS = "plea_desks"


@dataclass
class Desk:
    """One request's view of a sitting. What is worked out from what was typed is worked out once."""

    sitting: Sitting
    pack: Pack
    on: date
    language: str

    @property
    def words(self) -> Words:
        """The page's words."""
        return words(self.language)

    @property
    def asks(self) -> Mapping[str, Ask]:
        """Every ask there is, by its key, in the order people look for them."""
        return {ask.key: ask for ask in asks_to_offer(self.pack)}

    @property
    def chosen(self) -> Sequence[Ask]:
        """The asks that were ticked."""
        return [self.asks[key] for key in self.wishes.asks]

    def posts(self, ask: Ask) -> Sequence[Said]:
        """The posts an ask is for, in words; those who are asked as representatives are not named by themselves."""
        roles = self.rooms.roles
        return [in_words(roles[key].name, self.language) for key in ask.roles if key in roles and key not in ASKED_AS]

    @cached_property
    def wishes(self) -> LetterRequest:
        """All that was typed so far."""
        return wishes_of(self.sitting, self.asks, self.on)

    @cached_property
    def place_wishes(self) -> LetterRequest:
        """The same without the words of one's own, which may be wrong while the place is right."""
        return wishes_of(self.sitting, self.asks, self.on, story=False)

    @cached_property
    def rooms(self) -> WritingContext:
        """What letters are made from."""
        return open_context(self.place_wishes)

    @cached_property
    def resident(self) -> Supporter | None:
        """The person, where name and address are in order."""
        checked = check_person(self.place_wishes, self.rooms)
        return checked if isinstance(checked, Supporter) else None

    @cached_property
    def supporter(self) -> Supporter | None:
        """The person with their words, where all is in order."""
        checked = check_person(self.wishes, self.rooms)
        return checked if isinstance(checked, Supporter) else None

    @cached_property
    def draft(self) -> Draft | PleaError | None:
        """The letters; None while something typed is wrong or nobody is written to, the error where none can be."""
        if self.supporter is None or not self.wishes.to or not self.wishes.asks:
            return None
        try:
            return make_draft(self.wishes, self.supporter, self.rooms)
        except PleaError as error:
            return error


def desk_of(key: str) -> Desk:
    """The desk of a sitting; 404 for one that was forgotten."""
    sitting = sittings().find(key)
    if sitting is None:
        abort(404)
    return desk_for(sitting)


def desk_for(sitting: Sitting) -> Desk:
    """The desk of a sitting at this request, at whose end it is cleared."""
    desk = Desk(sitting, load_pack(None), app_state().today(), language_of(request))
    g.setdefault(DESKS, []).append(desk)
    return desk


def without_district(desk: Desk) -> Desk:
    """The same as if no House district had been typed."""
    forms: dict[str, Fields] = {step: {**fields, "district": ()} for step, fields in desk.sitting.forms.items()}
    return desk_for(replace(desk.sitting, forms=forms))


def clear(_: BaseException | None) -> None:
    """Close the directories that were opened for this request."""
    for desk in g.pop(DESKS, ()):
        rooms = vars(desk).get("rooms")
        if rooms and rooms.directory:
            rooms.directory.close()


def sittings() -> Sittings:
    """All letters that were begun on this page."""
    found = current_app.extensions[SITTINGS]
    assert isinstance(found, Sittings)
    return found


def furnish(blueprint: Blueprint) -> None:
    """Give the application its sittings when the blueprint is put into it."""
    blueprint.teardown_request(clear)
    blueprint.record_once(lambda state: state.app.extensions.setdefault(SITTINGS, Sittings()))
