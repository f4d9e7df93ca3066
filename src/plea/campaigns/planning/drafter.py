"""A row of the supporters file becomes a draft of its letters, or an outcome of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import blake2b, sha256
from typing import NamedTuple

from plea.campaigns.context import CampaignContext
from plea.campaigns.ledger import serialize
from plea.campaigns.model import Outcome
from plea.campaigns.planning.destinations import Destinations
from plea.campaigns.planning.draft_plan import NOT_SELECTED, DraftLetter, DraftPerson, DraftPlan
from plea.campaigns.planning.recipients import CampaignRecipient, Geocode, RecipientFinder, nobody
from plea.campaigns.planning.versions import Faces, digest, unread
from plea.errors import InputError
from plea.letters.compose import is_for
from plea.model.asks import Ask
from plea.model.people import Rejected, Row, Signer, Supporter
from plea.problems import Problem, old_problem
from plea.supporters.identity import LENGTH, person_key
from plea.supporters.suppression import Suppression

ZIP_DIGITS = 5


class Drafter:
    """Makes a row into a draft of its letters."""

    def __init__(
        self,
        draft: DraftPlan,
        context: CampaignContext,
        destinations: Destinations,
        suppression: Suppression,
        geocode: Geocode | None = None,
    ) -> None:
        self._draft, self._context, self._destinations = draft, context, destinations
        self._suppression = suppression
        self._settings = context.settings
        self._recipients = RecipientFinder(context, geocode)
        self._faces = Faces(context)
        self._unread = unread(context)

    def take(self, row: Row, read: Signer | Rejected) -> None:
        """The row as a person with letters, or as one with an outcome of its own."""
        if isinstance(read, Rejected):
            self._out(row, Outcome.REJECTED, read.problems)
            return
        supporter = read.supporter
        faces = self._faces.of(supporter)
        problems = [*self._wrong_here(supporter), *(faces.problems if faces else ())]
        if problems:
            self._out(row, Outcome.REJECTED, problems, read)
        elif self._suppression.names(read):
            self._out(
                row, Outcome.SUPPRESSED, [old_problem("suppress.csv", "is on the list of those not to write for")]
            )
        elif self._settings.where == "story" and not (supporter.story or supporter.story_en):
            why = old_problem(NOT_SELECTED, 'has no story, and where = "story"', "Change [selection] to print it")
            self._out(row, Outcome.HELD, [why], read)
        else:
            self._letters(row, read, "".join(faces.families) if faces else "")

    def _letters(self, row: Row, signer: Signer, families: str) -> None:
        """The row's letters, one for each ask and aim that go together."""
        supporter = signer.supporter
        try:
            aims = self._recipients.of(supporter)
            if not aims:
                raise nobody(supporter)
        except InputError as error:
            self._out(row, Outcome.REJECTED, [old_problem("place", error.message, error.hint)], signer)
            return
        text = serialize.supporter_text(supporter)
        held = any(getattr(supporter, name) for name in self._unread)
        words = serialize.supporter_text(replace(supporter, **self._unread)) if held else text
        sort = f"{supporter.zip[:ZIP_DIGITS]}\0{' '.join(supporter.name.casefold().split())}"
        common = _Common(
            row.number,
            self._draft.first_row_of(row.number, [_key(key) for key in signer.identity_keys]),
            person_key(supporter),
            digest(words, families),
            signer.id,
            supporter.zip[:ZIP_DIGITS] if supporter.country == "US" else "",
            sort,
            _rank(self._settings.seed, signer.identity_keys[0]),
        )
        pairs = ((ask, aim) for ask in self._context.asks for aim in aims if is_for(ask, aim.role))
        letters = [self._letter(common, ask, aim) for ask, aim in pairs]
        cells, warnings = serialize.cells_text(row.cells), serialize.problems_text(signer.warnings)
        state, consent = _state(signer), _agreed(signer)
        self._draft.add(
            DraftPerson(row.number, signer.id, text, cells, sort, state, consent, "", "", warnings), letters
        )

    def _letter(self, common: "_Common", ask: Ask, aim: CampaignRecipient) -> DraftLetter:
        return DraftLetter(
            common.row,
            common.first_row,
            identity(self._settings.name, common.person, aim.target, ask.key),
            common.content,
            common.supporter_id,
            ask.key,
            aim.target,
            aim.official.id if aim.official else "",
            self._destinations.number(aim.official, common.zip5) if aim.official else None,
            Outcome.HELD if aim.problem else Outcome.PLANNED,
            serialize.problems_text([aim.problem]) if aim.problem else "",
            common.sort,
            common.rank,
        )

    def _out(self, row: Row, outcome: Outcome, problems: Sequence[Problem], signer: Signer | None = None) -> None:
        """A row that is out itself: only its cells are kept, for `rejects.csv`."""
        state, consent = _state(signer), _agreed(signer)
        said = serialize.problems_text(problems)
        cells = serialize.cells_text(row.cells)
        self._draft.add(
            DraftPerson(row.number, signer.id if signer else "", "", cells, "", state, consent, outcome, said)
        )

    def _wrong_here(self, supporter: Supporter) -> Iterator[Problem]:
        """What is wrong with a sound row in this campaign: a story that the office could not read, no place at all."""
        if supporter.story and supporter.language != self._settings.language and not supporter.story_en:
            what = f"the story is told in {supporter.language}, and the letter is in {self._settings.language}"
            yield old_problem("story_en", what, "Give it in English as well, and who translated it (translated_by)")


class _Common(NamedTuple):
    """What all letters of a row share."""

    row: int
    first_row: int
    person: str
    content: str
    supporter_id: str
    zip5: str
    sort: str
    rank: int


def identity(campaign: str, person: str, target: str, ask: str) -> str:
    """The identity of a letter, as `letters.identity.letter_id` gives it, from a person's key worked out once."""
    return sha256(f"{campaign}\0{person}\0{target}\0{ask}".encode()).hexdigest()[:LENGTH]


def _key(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=12).digest()


def _rank(seed: int, person: str) -> int:
    """A place in the sample's order that does not depend on the row."""
    return int.from_bytes(blake2b(f"{seed}\0{person}".encode(), digest_size=7).digest())


def _state(signer: Signer | None) -> str:
    return signer.supporter.state if signer else ""


def _agreed(signer: Signer | None) -> str:
    return signer.consent.at.isoformat() if signer and signer.consent else ""
