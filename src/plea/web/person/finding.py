"""Step two taken in: who answers for the place, and the buttons that find it out."""

from http import HTTPStatus

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from plea.errors import PleaError
from plea.web.language import Said, Trouble, in_sentences
from plea.web.person.checks import home_troubles, troubles
from plea.web.person.desk import Desk, desk_of
from plea.web.person.officials import (
    add_name,
    ask_census,
    default_ticks,
    fetch_officials,
    look_up,
    place_key,
    still_offered,
)
from plea.web.person.showing import blueprint, go_on, refused, taken
from plea.web.person.telling import own, told

HOME = 5  # of a place's key, the parts that are the home; the rest is what is asked for


@blueprint.post("/<key>/place")
def place(key: str) -> ResponseReturnValue:
    """Take in name, address and officials; or do what one of the buttons beside them says."""
    named = desk_of(key).sitting.named
    desk = taken(key, "place")
    desk.sitting.named = tuple(one for one in named if one in desk.sitting.many("place", "to"))
    if wrong := [*home_troubles(desk)]:
        return refused("place", desk, wrong)
    return BUTTONS.get(request.form.get("do", ""), _find)(key, desk)


def _fetch(key: str, desk: Desk) -> ResponseReturnValue:
    """Fetch the list of officials."""
    fetch_officials(desk)
    return _looked_up(key)


def _name(key: str, desk: Desk) -> ResponseReturnValue:
    """Add somebody by name."""
    problem = add_name(desk)
    if problem:
        return refused("place", desk, [told(problem, "named_name", desk.language)])
    return _looked_up(key, "several" if desk.sitting.found else "to")


def _find(key: str, desk: Desk) -> ResponseReturnValue:
    """Look up who answers for the place."""
    if desk.sitting.one("place", "named_name").strip():
        return _name(key, desk)
    return _looked_up(key)


def _next(key: str, desk: Desk) -> ResponseReturnValue:
    """Go on, unless the place has changed under those who are ticked, or a name is typed and not yet added."""
    assert desk.resident
    if place_key(desk.resident, desk) != desk.sitting.officials_for:
        desk.sitting.told.append(Said(desk.words.place.moved, desk.language))
        return _looked_up(key)
    if desk.sitting.one("place", "named_name").strip():
        problem = add_name(desk)
        if problem or desk.sitting.found:
            wrong = [told(problem, "named_name", desk.language)] if problem else []
            return refused("place", desk_of(key), wrong) if wrong else _looked_up(key, "several")
    desk = desk_of(key)
    wrong = [*troubles("place", desk)]
    return refused("place", desk, wrong) if wrong else go_on(desk.sitting, "words")


def _ask_census(key: str, desk: Desk) -> ResponseReturnValue:
    """Ask for the district, if there is a street to ask with."""
    assert desk.resident
    if not desk.resident.street:
        return refused("place", desk, [own(desk.words.place.census_street, "street", desk.language)])
    ask_census(desk)
    return _looked_up(key)


def _looked_up(key: str, anchor: str = "officials") -> ResponseReturnValue:
    """Show who answers for the place. Those who do so for certain are ticked when it is a new one."""
    desk = desk_of(key)
    sitting = desk.sitting
    found = look_up(desk)
    if isinstance(found, PleaError):
        field = "district" if found.message.startswith("district") else "zip"
        hint = in_sentences(found.hint, desk.language) if found.hint else None
        return refused("place", desk, [Trouble(field, in_sentences(found.message, desk.language), hint)])
    assert desk.resident
    place = place_key(desk.resident, desk)
    if place != sitting.officials_for:
        kept = still_offered(desk, sitting.many("place", "to"))
        own_seat = still_offered(desk, sitting.many("place", "seat"))
        to = (
            kept if kept and place[:5] == sitting.officials_for[:5] else [*dict.fromkeys((*default_ticks(desk), *kept))]
        )
        sitting.forms["place"] = {**sitting.forms["place"], "to": to, "seat": own_seat}
        sitting.officials_for = place
    return redirect(url_for(".step", key=key, step="place", _anchor=anchor), HTTPStatus.SEE_OTHER)


BUTTONS = {"fetch": _fetch, "census": _ask_census, "name": _name, "next": _next}
"""What a button of step two does, by its value; every other one looks up."""
