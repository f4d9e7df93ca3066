"""What a run would do, without doing it: everything is read, and nothing is left behind."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from math import ceil

from plea.asks.check import facts_used
from plea.campaigns.checking.dry_run import Trial, trial_print
from plea.campaigns.checking.fit_estimate import FitEstimate
from plea.campaigns.checking.problem_rows import RowsOfProblem, rows_of_problems
from plea.campaigns.context import Rooms
from plea.campaigns.ledger import serialize
from plea.campaigns.ledger.ledger import Ledger
from plea.campaigns.model import Desk, LetterJob
from plea.campaigns.planning.plan import Progress
from plea.campaigns.reporting.likeness import Texts, texts_of
from plea.campaigns.reporting.statistics import Figures, figures_of
from plea.model.asks import Fact
from plea.model.officials import Official

SOON = timedelta(days=45)
REAM, CASE = 500, 5_000  # sheets, as paper is sold in the United States
OFFICES_COMPARED, LETTERS_COMPARED = 10, 200
SET = 500  # doubtful letters that are really set


@dataclass(frozen=True, slots=True)
class Paper:
    """What would be printed. One sheet a page, printed on one side; a volume has a cover besides."""

    letters: int
    volumes: int
    pages: int
    sheets: int
    envelopes: int
    reams: int
    cases: int


@dataclass(frozen=True, slots=True)
class Fit:
    """Letters that may run over their page: how many are doubtful, how many of those were set, which run over."""

    doubtful: int = 0
    tried: int = 0
    over: tuple[tuple[int, str], ...] = ()
    """Row, and what was said of its letter."""


@dataclass(frozen=True, slots=True)
class Checked:
    """Everything that `check` says; `rows` are those of each problem of the figures, by outcome and subject."""

    figures: Figures
    rows: Mapping[tuple[str, str], RowsOfProblem]
    paper: Paper
    fit: Fit
    by: date
    expiring: tuple[Fact, ...]
    ending: tuple[Official, ...]
    notes: tuple[str, ...]


def check(rooms: Rooms, by: date | None = None, progress: Progress | None = None) -> Checked:
    """What a run would plan and print, and which facts and terms end by a day (45 days after the letters' date).

    Raises MendableError for a supporters file that cannot be read on, or a template that fails.
    """
    with Trial(rooms, progress) as trial:
        return checked(trial, by)


def checked(trial: Trial, by: date | None = None) -> Checked:
    """What a trial says. Raises MendableError for a template that fails."""
    rooms, ledger = trial.rooms, trial.ledger
    until = by or rooms.on + SOON
    return Checked(
        figures=figures_of(rooms, ledger, _largest(ledger, texts_of(rooms, ledger))),
        rows=rows_of_problems(ledger),
        paper=_paper(rooms, ledger),
        fit=_fit(rooms, ledger, trial.desks),
        by=until,
        expiring=expiring(rooms, until),
        ending=tuple(_ending(trial.desks, until)),
        notes=trial.notes,
    )


def expiring(rooms: Rooms, until: date) -> tuple[Fact, ...]:
    """The facts the asks may state that are past their review by that day, the soonest first."""
    facts = {fact.key: fact for ask in rooms.asks for fact in facts_used(rooms.pack, ask)}
    found = [fact for fact in facts.values() if fact.review_by and fact.review_by < until]
    return tuple(sorted(found, key=lambda fact: (fact.review_by, fact.key)))


def _ending(desks: Sequence[Desk], until: date) -> Iterator[Official]:
    """The officials written to whose term ends by that day, the soonest first."""
    found = {desk.official.id: desk.official for desk in desks if desk.official.end and desk.official.end <= until}
    yield from sorted(found.values(), key=lambda official: (official.end, official.id))


def _largest(ledger: Ledger, texts: Texts) -> Texts:
    """The texts of a part of the letters to the offices that get most: enough to know how alike they are."""
    largest = ledger.query(
        "SELECT key FROM letters JOIN desks ON desks.id = desk WHERE outcome = 'planned'"
        " GROUP BY key ORDER BY count(*) DESC, key LIMIT ?",
        (OFFICES_COMPARED,),
    )
    keys = {key for (key,) in largest}
    return lambda key: islice(texts(key) if key in keys else iter(()), LETTERS_COMPARED)


def _paper(rooms: Rooms, ledger: Ledger) -> Paper:
    ((volumes, letters),) = ledger.query("SELECT count(*), coalesce(sum(count), 0) FROM volumes")
    pages = letters + volumes
    return Paper(
        letters=letters,
        volumes=volumes,
        pages=pages,
        sheets=pages,
        envelopes=0 if rooms.settings.delivery == "hand" else letters,
        reams=ceil(pages / REAM),
        cases=ceil(pages / CASE),
    )


def _fit(rooms: Rooms, ledger: Ledger, desks: Sequence[Desk]) -> Fit:
    """Estimates every letter and sets the doubtful ones, the first SET of them."""
    if not desks:
        return Fit()
    estimate = FitEstimate(rooms, desks)
    chosen = ledger.query("SELECT DISTINCT json_extract(supporter, '$.reasons') FROM people WHERE outcome = ''")
    estimate.prepare(tuple(json.loads(reasons or "[]")) for (reasons,) in chosen)
    rows = [
        row
        for row, text in ledger.query("SELECT row, supporter FROM people WHERE outcome = '' ORDER BY row")
        if estimate.is_doubtful(serialize.supporter_of(text))
    ]
    letters = [*islice(_letters_of(ledger, rows), SET)]
    doubtful = sum(count for row in rows for ((count,),) in [ledger.query(_COUNT, (row,))])
    over = trial_print(rooms, ((ledger.desk(key), letter) for key, letter in letters))
    return Fit(doubtful, len(letters), tuple(over))


_COUNT = "SELECT count(*) FROM letters WHERE row = ? AND outcome = 'planned'"


def _letters_of(ledger: Ledger, rows: Sequence[int]) -> Iterator[tuple[str, LetterJob]]:
    for row in rows:
        found = ledger.query(
            "SELECT key, letter, ask, supporter FROM letters JOIN people USING (row) JOIN desks ON desks.id = desk"
            " WHERE letters.row = ? AND letters.outcome = 'planned' ORDER BY letters.id",
            (row,),
        )
        for key, letter, ask, text in found:
            yield key, LetterJob(letter, row, ask, text)
