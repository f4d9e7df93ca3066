"""Which office each letter goes to, and the folder of its volumes."""

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b

from plea.campaigns.context import CampaignContext
from plea.campaigns.model import Destination
from plea.model.officials import Office, Official
from plea.officials.lookup import nearest_office
from plea.officials.recipients import choose_office
from plea.system.files import slug

CENTERS = 50_000  # of ZIP codes, kept; there are 33,000
KEY_LENGTH = 90  # bytes; a file's path below the output folder stays within 120
HASH_DIGITS = 6


class Destinations:
    """The destinations of a plan, numbered as they come.

    By mail a letter goes to the office nearest to its signer. By hand all letters to an official go to one office,
    known only when every signer was counted: until `settle` its destination is the official alone.
    """

    def __init__(self, context: CampaignContext, offices: Mapping[str, str] = {}) -> None:
        """`offices` are those, by the official's id, that letters carried by hand were made for already."""
        self._named = context.settings.offices
        self._by_hand = context.settings.delivery == "hand"
        self._kept = offices if self._by_hand else {}
        self._centers = ZipCenters(context)
        self._officials: dict[str, Official] = {}
        self._numbers: dict[tuple[str, str], int] = {}
        self._votes: dict[int, Counter[str]] = {}
        self._destinations: list[Destination] = []

    def number(self, official: Official, zip5: str) -> int:
        """The number of the destination that a letter to the official goes to, from a signer in that ZIP code."""
        known = self._officials.get(official.id)
        if known is not official:
            if known is not None and known != official:  # named without a directory, once for each state
                office = choose_office(official, self._named.get(official.id, "nearest"))
                return self._numbered(official, office, f"{official.state} {office.id}")
            self._officials[official.id] = official
        office_id = self._office(official, zip5)
        number = None if self._by_hand else self._numbers.get((official.id, office_id))
        if number is None:
            nearest = official.office(office_id)
            assert nearest
            number = self._numbered(official, nearest, "by hand" if self._by_hand else office_id)
        if self._by_hand:
            self._votes.setdefault(number, Counter())[office_id] += 1
        return number

    def settle(self) -> tuple[Destination, ...]:
        """The destinations by their numbers; by hand at the office nearest to most signers, of equals the first."""
        for number, votes in self._votes.items():
            official = self._destinations[number].official
            most = max(votes.values())
            office = official.office(min(key for key, count in votes.items() if count == most))
            assert office
            self._destinations[number] = Destination(official, office)
        return tuple(self._destinations)

    def _numbered(self, official: Official, office: Office, at: str) -> int:
        number = self._numbers.setdefault((official.id, at), len(self._destinations))
        if number == len(self._destinations):
            self._destinations.append(Destination(official, office))
        return number

    def _office(self, official: Official, zip5: str) -> str:
        """The id of the office that a signer's letter goes to."""
        named = self._named.get(official.id, "")
        if named:
            return choose_office(official, named).id
        kept = self._kept.get(official.id, "")
        if official.office(kept):
            return kept
        return nearest_office(official, zip5, self._centers).id


class ZipCenters:
    """The directory's centers of ZIP codes, kept; each official asks again."""

    def __init__(self, context: CampaignContext) -> None:
        directory = context.directory
        self._find = lru_cache(CENTERS)(directory.center) if directory else None

    def center(self, zip5: str) -> tuple[float, float] | None:
        """Latitude and longitude of the ZIP code's center; None when it is not known."""
        return self._find(zip5) if self._find else None


def folder_names(destinations: tuple[Destination, ...]) -> tuple[str, ...]:
    """A folder for each destination, from slugs alone, no two alike."""
    names = [_folder_name(destination) for destination in destinations]
    count = Counter(names)
    return tuple(
        name if count[name] == 1 else f"{name}-{_short_hash(f'{destination.official!r}{destination.office!r}')}"
        for name, destination in zip(names, destinations, strict=True)
    )


def _folder_name(destination: Destination) -> str:
    """The official's name and the office; an id that holds the name already stands alone."""
    who = slug(destination.official.name) or slug(destination.official.role)
    office = slug(destination.office.id) or _short_hash(destination.office.id)
    whole = office if who in office else f"{who}-{office}"
    return whole if len(whole) <= KEY_LENGTH else f"{whole[: KEY_LENGTH - HASH_DIGITS - 1]}-{_short_hash(whole)}"


def _short_hash(text: str) -> str:
    return blake2b(text.encode(), digest_size=HASH_DIGITS // 2).hexdigest()
