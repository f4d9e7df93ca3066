"""What people type for an official: title, name, party and letters after the name, taken apart without a guess."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from plea.model.officials import Official
from plea.model.states import STATE_NAMES, state_code
from plea.officials.roles import Role
from plea.problems import Problem

HONORIFICS = (
    "The Right Honourable", "The Right Honorable", "The Rt Hon", "The Rt. Hon.", "The Honorable", "The Honourable",
    "The Hon", "Right Honourable", "Rt Hon", "Rt. Hon.", "Honorable", "Honourable", "Hon", "Mr", "Mrs", "Ms", "Miss",
    "Mx", "Dr", "Prof", "Professor", "Madam", "Speaker", "Leader", "Majority Leader", "Minority Leader", "Whip",
    "Ranking Member", "Member of Congress", "Sr.", "Sra.", "Señor", "Señora",
)  # fmt: skip
"""What stands before a name and belongs to no one role."""

LETTERS = (
    "MD", "DO", "DDS", "DMD", "DVM", "RN", "PhD", "EdD", "JD", "LLM", "LLB", "MA", "MS", "BA", "BS", "MBA", "MPA",
    "MPH", "MSW", "DMin", "MDiv", "CPA", "PE", "Esq", "Esquire", "PC", "KC", "QC", "OBE", "CBE", "MBE", "OC", "USA",
    "USN", "USAF", "USMC", "USCG", "Ret",
)  # fmt: skip
"""What stands after a name: degrees, professions, orders, services."""

_ALSO_NAMES = {"DO", "MA", "MS", "BA", "BS", "PE", "PC", "OC"}
"""Letters that are family names too: without a comma or periods they stay."""

_SUFFIX = r"(?:Jr|Sr|Jnr|Snr)\.?|II|III|IV"
SUFFIX = re.compile(_SUFFIX, re.IGNORECASE)
_AT_END = re.compile(rf"(?P<name>.*?),?\s+(?P<suffix>{_SUFFIX})", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
_PARTY = re.compile(
    r"(?:D|R|I|L|G|DFL|NPP|PPD)(?P<place>\s*[-\u2013/]\s*(?P<state>[A-Za-z. ]+?)(?:\s*[-\u2013]?\s*\d{1,2})?)?"
)
_PARTIES = frozenset(
    ("democrat", "democratic", "republican", "independent", "libertarian", "labour", "conservative", "snp", "ndp")
)
_APOSTROPHES = "'\u2018\u2019"
_IN_NAMES = _APOSTROPHES + '.-\u2013"\u201c\u201d'
_LONGEST_PARTICLE = 3
_PARTICLES = {
    "al", "bin", "da", "de", "del", "della", "di", "dos", "du", "el", "la", "las", "le", "los", "mac", "mc", "san",
    "st", "st.", "ten", "ter", "van", "von",
}  # fmt: skip
"""What a family name of several words begins with."""
_BETWEEN_NAMES = {"and", "or", "y", "o"}
# Initials between do not count.
_TWO_NAMES = re.compile(r"\S+(?:\s+\w\.?)*\s+(\S+)")


@dataclass(frozen=True, slots=True)
class TypedName:
    """A name as it was typed, without what is not a part of it.

    `last_name` is the family name where it is certain, else empty; `title` what stood before the name, `roles` whose
    titles and letters were typed (empty when none says), `state` the code of a state that stood beside the party.
    `right_honourable` and `leader` (`Speaker Doe`): it was typed so. `unsure`: what stood behind a comma may be a given
    name or something else (`Jane Doe, Burlington`).
    """

    name: str
    last_name: str = ""
    title: str = ""
    roles: tuple[str, ...] = ()
    state: str = ""
    right_honourable: bool = False
    leader: bool = False
    unsure: bool = False

    @property
    def problem(self) -> Problem | None:
        """Why the name cannot be printed as it is; None when it can. Only scripts with capitals separate names."""
        if self.unsure:
            return Problem("official_name.unclear", name=self.name)
        words = [word for word in self.name.replace(",", "").split() if not SUFFIX.fullmatch(word)]
        if not any(letter.upper() != letter.lower() for letter in self.name):
            return None
        if len(words) == 1:
            return Problem("official_name.one_word", name=self.name)
        longer = "".join(word for word in words if len(word.strip(".")) > 1)
        if longer.isupper() or longer.islower():
            return Problem("official_name.letter_case", name=self.name)
        return None


def read_name(typed: str, roles: Mapping[str, Role]) -> TypedName | None:
    """The name in what was typed; None when it cannot be told what of it is one person's name.

    `Doe, Jane` and `Jane Doe` are understood. Of more than two names none is taken for the family name, so that the
    salutation has the whole name; the first form shows it.
    """
    text, said = unicodedata.normalize("NFC", " ".join(typed.split())).strip(" ,;"), _Said(roles)
    if not all(said.in_brackets(inside) for inside in _BRACKETS.findall(text)):
        return None
    name, *others = (part.strip() for part in _BRACKETS.sub("", text).split(","))
    suffix = next(filter(SUFFIX.fullmatch, others), "")
    given = [part for part in others if part and not SUFFIX.fullmatch(part) and not said.after_comma(part)]
    name = said.without_letters(said.without_title(name))
    if len(given) > 1 or (given and given[0].isupper() and len(given[0]) > 1 and not name.isupper()):
        return None  # letters that are not known here
    last, unsure = "", False
    if given:
        if at_end := _AT_END.fullmatch(name):
            name, suffix = at_end["name"], suffix or at_end["suffix"]
        unsure = " " in name and name.split()[0].casefold() not in _PARTICLES
        last, name = name, f"{said.without_letters(said.without_title(given[0]))} {name}"
        if name[0].islower():
            return None
    elif two := _TWO_NAMES.fullmatch(_without_suffix(name)):
        last = two[1]
    words = name.split()
    if not words or said.has_title(words) or not all(_may_be_a_name(word.rstrip(",")) for word in words):
        return None
    if suffix:
        name += f" {suffix}" if given else f", {suffix}"
    right_honourable = any(title.removeprefix("the ").startswith(("rt hon", "right hon")) for title in said.titles)
    leader = any(title.endswith(("speaker", "leader")) for title in said.titles)
    return TypedName(name, last, said.title, said.roles, said.state, right_honourable, leader, unsure)


def _without_suffix(name: str) -> str:
    at_end = _AT_END.fullmatch(name)
    return at_end["name"] if at_end else name


def _may_be_a_name(word: str) -> bool:
    if word.casefold() in _BETWEEN_NAMES or not any(map(str.isalpha, word)):
        return False
    return all(letter.isalpha() or letter in _IN_NAMES or unicodedata.category(letter)[0] == "M" for letter in word)


class _Said:
    """What was typed around a name, collected while it is taken off."""

    def __init__(self, roles: Mapping[str, Role]) -> None:
        self.title = ""
        self.roles: tuple[str, ...] = ()
        self.state = ""
        self.titles: list[str] = []
        self._titles = _by_word(HONORIFICS, tuple((role.key, role.titles) for role in roles.values()))
        self._letters = _by_word(LETTERS, tuple((role.key, role.letters) for role in roles.values()))
        self._longest_title = max(len(title.split()) for title in self._titles)

    def in_brackets(self, text: str) -> bool:
        """Whether it is known what stands in brackets; what it says is kept."""
        party = _PARTY.fullmatch(text.strip())
        state = state_code((party["state"] or "" if party else text).replace(".", ""))
        if state in STATE_NAMES:
            self.state = state
        return bool(party) or state in STATE_NAMES or self.after_comma(text)

    def after_comma(self, text: str) -> bool:
        """Whether what follows a comma is a party, a state, a title or letters, and no part of the name."""
        plain, party = _plain(text), _PARTY.fullmatch(text)
        if text in STATE_NAMES or (party and party["place"]):
            return self.in_brackets(text) if party else self.in_brackets(f"D-{text}")
        if plain in self._titles:
            self._keep(self._titles[plain], text)
        elif plain in self._letters:
            self._keep(self._letters[plain])
        return plain in _PARTIES or plain in self._titles or plain in self._letters

    def without_title(self, text: str) -> str:
        """The text without the titles before the name."""
        words = text.split()
        for count in range(min(self._longest_title, len(words) - 1), 0, -1):
            title = " ".join(words[:count])
            if _plain(title) in self._titles:
                self._keep(self._titles[_plain(title)], title)
                self.titles.append(_plain(title))
                return self.without_title(" ".join(words[count:]))
        return text

    def without_letters(self, text: str) -> str:
        """The text without the letters and the party after the name that no comma sets apart."""
        before, _, last = text.rpartition(" ")
        party = _PARTY.fullmatch(last)
        known = "." in last or last in LETTERS or (last.isupper() and not before.isupper())
        if before and party and party["place"]:
            self.in_brackets(last)
        elif before and _plain(last) in self._letters and known and last not in _ALSO_NAMES:
            self._keep(self._letters[_plain(last)])
        else:
            return text
        return self.without_letters(before)

    def has_title(self, words: Sequence[str]) -> bool:
        """Whether the title of some role stands within a name; short ones are particles of names (`Del`)."""
        return any(self._titles.get(_plain(word)) for word in words[:-1] if len(word) > _LONGEST_PARTICLE)

    def _keep(self, roles: Sequence[str], title: str = "") -> None:
        if roles:
            self.title = self.title or title
            self.roles = tuple(role for role in roles if not self.roles or role in self.roles) or self.roles


@lru_cache(maxsize=8)
def _by_word(of_no_role: Sequence[str], of_roles: Sequence[tuple[str, Sequence[str]]]) -> Mapping[str, Sequence[str]]:
    """The roles that each title, or each kind of letters, belongs to."""
    words: dict[str, list[str]] = {_plain(word): [] for word in of_no_role}
    for role, of_role in of_roles:
        for word in of_role:
            words.setdefault(_plain(word), []).append(role)
    return words


def _plain(text: str) -> str:
    """Small letters without periods and accents."""
    plain = unicodedata.normalize("NFKD", text).casefold().replace(".", "")
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).split())


# --- whose name it is ---------------------------------------------------------------------------------------


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name as they are compared: small letters, no accents, no suffix, hyphens as blanks."""
    text = re.sub(r"[^\w\s]", " ", re.sub(f"[{_APOSTROPHES}]", "", _plain(name)))
    return tuple(word for word in text.split() if not SUFFIX.fullmatch(word))


def is_called(official: Official, name: str) -> bool:
    """Whether the official goes by that name: the family name with given names, nicknames and initials, or one word."""
    known = {*words_of(official.name), *words_of(official.other_names)}
    initials = {word[0] for word in known}
    return may_mean(official, name) and all(word in known or word in initials for word in words_of(name))


def may_mean(official: Official, name: str) -> bool:
    """Whether the official's family name is a word of the name, or the name is one word of theirs."""
    typed, known = words_of(name), words_of(official.name)
    family = words_of(official.last_name) or known[-1:]
    return any(word in family for word in typed) or (
        len(typed) == 1 and typed[0] in (*known, *words_of(official.other_names))
    )
