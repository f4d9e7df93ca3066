"""Whom a name that somebody typed means: an official whom the directory knows, somebody else, or a question."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Protocol

from plea.model.officials import Official, Residence
from plea.model.states import HOUSE_ROLES, STATE_NAMES, state_division
from plea.officials.lookup import has_ended
from plea.officials.names import TypedName, is_called, read_name, words_of
from plea.officials.roles import Role, is_post, post
from plea.problems import Problem
from plea.system.files import slug
from plea.system.similar import nearest

SENATOR = "us-senator"
CHAIR = "committee-chair"
NAMED_BY_WRITER = "named by the person who writes"
"""The source of an official whom no directory knows."""
LISTED = 6  # a state has a hundred legislators and more
DIGEST = 8  # hexadecimal digits: a person names a handful of officials
_UNCLEAR = ("unclear", "one_word", "letter_case", "other_post", "other_holder", "which_post")
UNCLEAR_NAMES = frozenset(f"official_name.{what}" for what in _UNCLEAR)
"""Codes of what is wrong with a name wherever the writer lives."""
_COMPLETE = (SENATOR, *HOUSE_ROLES, "governor")
"""Roles of which a directory has everybody, so that another given name is most likely a slip."""


class Names(Protocol):
    """The directory as a search by name needs it."""

    def official(self, official_id: str, on: date | None = None) -> Official | None:
        """The official of that id; a post with its holder on that day."""

    def named(self, name: str, roles: Sequence[str]) -> Sequence[Official]:
        """The officials of these roles (of any, where none is given) whom the name may mean."""


@dataclass(frozen=True, slots=True)
class NameSearch:
    """A search by name for somebody who lives at a residence, on a day; `directory` is None where there is none."""

    residence: Residence
    directory: Names | None
    on: date
    roles: Mapping[str, Role]

    def may_be_a_name(self, typed: str) -> bool:
        """Whether it may be a person's name: neither an id, nor a role or something like one."""
        if self.directory and self.directory.official(typed):
            return False
        is_id = re.search(r"[\d:/_]|^us-", typed) or re.fullmatch(r"[a-z]+(?:-[a-z]+)+", typed)
        return not is_id and (" " in typed or not nearest(typed, self.roles))

    def one(self, typed: str, role: str, where: str) -> Official | Problem:
        """The one official whom `find` gives, or a problem where there are several."""
        found = self.find(typed, role, where)
        if isinstance(found, Problem):
            return found
        return found[0] if len(found) == 1 else _listed("official_name.several", typed, found, where)

    def find(self, typed: str, role: str, where: str) -> tuple[Official, ...] | Problem:
        """The official whom somebody typed (several, where the name fits several), or what has to be asked about it.

        Titles, party and letters are taken off. A name that the directory knows is that official; another one gives an
        official of `role` (or of the one role whose title was typed) at the role's own address, with NAMED_BY_WRITER as
        source. Of officials of one name those of the residence's state go first.
        """
        if not typed.strip():
            return Problem("target.no_name", where, role=role)
        name = read_name(typed, self.roles)
        if name is None:
            return Problem("official_name.unclear", where, name=typed)
        keys = (role,) if role else self._roles_said(name)
        answer = self._contradiction(name, role, where) or self._known(name, keys, where) or name.problem
        if answer:
            return answer.at(where) if isinstance(answer, Problem) else answer
        if len(keys) == 1:
            return self._unknown(name, self.roles[keys[0]], where)
        if keys:
            return Problem("official_name.which_post", where, name=name.name, roles=keys, example=keys[0])
        return Problem("official_name.no_post", where, name=name.name)

    def _roles_said(self, name: TypedName) -> tuple[str, ...]:
        """The roles whose title or letters were typed, less those of another country."""
        country = self.residence.country or "US"
        addresses = {key: self.roles[key].address for key in name.roles}
        fitting = [key for key, address in addresses.items() if address is None or address.country == country]
        return tuple(fitting) or name.roles

    def _contradiction(self, name: TypedName, role: str, where: str) -> Problem | None:
        """The problem of a title that is none of the role's."""
        if not role or not name.title or role in name.roles or not self.roles[role].titles:
            return None  # a role of a pack's own may say nothing about titles
        return Problem("official_name.other_post", where, title=name.title, role=self.roles[role].name)

    def _known(self, name: TypedName, keys: Sequence[str], where: str) -> tuple[Official, ...] | Problem:
        """The officials who go by the name; a problem with those whom it may have meant; none."""
        for key in keys or self.roles:
            if is_post(key, self.roles):
                holder = (self.directory and self.directory.official(key, self.on)) or post(self.roles[key], self.on)
                if is_called(holder, name.name):
                    return (holder,)
                if holder.name and len(keys) == 1:
                    values = {"name": name.name, "holder": holder.name, "role": key}
                    return Problem("official_name.other_holder", where, **values)
        if self.directory is None:
            return ()
        searched = (*keys, *HOUSE_ROLES) if HOUSE_ROLES[0] in keys else keys
        family = [person for person in self.directory.named(name.name, searched) if keys or person.role != CHAIR]
        current = [person for person in family if not has_ended(person, self.on)]
        called = [person for person in current if is_called(person, name.name)]
        if called:
            return self._chosen(name, called, where)
        ended = next((person for person in family if is_called(person, name.name)), None)
        if ended and ended.end:
            return Problem("official.term_ended", where, official=ended.name, day=ended.end)
        state = name.state or self.residence.state
        near = [
            person
            for person in current
            if person.role == SENATOR or (person.role in _COMPLETE and person.state == state)
        ]
        return _listed("official_name.similar", name.name, near, where) if near else ()

    def _chosen(self, name: TypedName, called: Sequence[Official], where: str) -> tuple[Official, ...] | Problem:
        """Of officials who go by the name those of the state, and of these those with just that name; each person once.

        The public data goes before a row of the user's own for the same person.
        """
        assert self.directory
        if name.leader:
            called = [person for person in called if person.leads] or called
        here = [person for person in called if person.state in {name.state or self.residence.state, ""}]
        if name.state and not here:
            return _listed("official_name.similar", name.name, called, where)
        people: dict[object, Official] = {}
        for person in sorted(here or called, key=lambda person: (not person.id.startswith("us-"), person.id)):
            people.setdefault((person.role, person.state, person.body, words_of(person.name)), person)
        exact = [person for person in people.values() if words_of(person.name) == words_of(name.name)]
        chosen = exact or people.values()
        return tuple(self.directory.official(person.id, self.on) or person for person in chosen)

    def _unknown(self, name: TypedName, role: Role, where: str) -> tuple[Official, ...] | Problem:
        """Somebody whom no directory knows, at the role's own address; a town hall is in the writer's town."""
        home, office = self.residence, role.address
        if office and not office.city:
            office = replace(office, city=home.city, state=home.state) if home.city else None
        if office is None:
            return Problem("target.no_address_by_name", where, role=role.name)
        # Names whose letters have no ASCII form are made unique by a digest of the whole name.
        lost = any(letter.isalpha() and not slug(letter) for letter in name.name)
        digest = sha256(name.name.encode()).hexdigest()[:DIGEST] if lost else ""
        key = "-".join(part for part in (slug(name.name), digest) if part) or "named"
        town = home.city if role.scope == "place" else ""
        official = Official(
            id=role.key if role.scope == "post" else f"{role.key}-{key}",
            role=role.key,
            name=name.name,
            last_name=name.last_name,
            division=state_division(home.state) if role.scope == "state" and home.state else "",
            state=home.state,
            place=town or STATE_NAMES.get(home.state, ""),
            privy_counsellor=name.right_honourable,
            end=post(role, self.on).end if role.scope == "post" else None,
            offices=(office,),
            source=NAMED_BY_WRITER,
        )
        return (official,)


def _listed(code: str, name: str, officials: Sequence[Official], where: str) -> Problem:
    """A problem that names officials, each with the id by which `--to` takes them."""
    listed = tuple(f"{official.name} ({official.state or official.role}, {official.id})" for official in officials)
    return Problem(code, where, name=name, officials=listed[:LISTED], example=officials[0].id)
