"""What a run would do, without doing it: everything is read, and nothing is left behind."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from math import ceil

from plea.asks.check import facts_used
from plea.campaigns.checking.dry_run import DryRun, trial_print
from plea.campaigns.checking.fit_estimate import FitEstimate
from plea.campaigns.checking.problem_rows import RowsOfProblem, rows_of_problems
from plea.campaigns.context import CampaignContext
from plea.campaigns.ledger import serialize
from plea.campaigns.ledger.ledger import Ledger
from plea.campaigns.model import Destination, LetterJob
from plea.campaigns.planning.plan import Progress
from plea.campaigns.reporting.likeness import Texts, texts_of
from plea.campaigns.reporting.statistics import Statistics, statistics_of
from plea.model.asks import Fact
from plea.model.officials import Official
from plea.problems import Problem

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

    figures: Statistics
    rows: Mapping[tuple[str, str], RowsOfProblem]
    paper: Paper
    fit: Fit
    by: date
    expiring: tuple[Fact, ...]
    ending: tuple[Official, ...]
    notes: tuple[Problem, ...]


def check(context: CampaignContext, by: date | None = None, progress: Progress | None = None) -> Checked:
    """What a run would plan and print, and which facts and terms end by a day (45 days after the letters' date).

    Raises InputError for a supporters file that cannot be read on, or a template that fails.
    """
    with DryRun(context, progress) as trial:
        return checked(trial, by)


def checked(trial: DryRun, by: date | None = None) -> Checked:
    """What a trial says. Raises InputError for a template that fails."""
    context, ledger = trial.context, trial.ledger
    until = by or context.on + SOON
    return Checked(
        figures=statistics_of(context, ledger, _largest(ledger, texts_of(context, ledger))),
        rows=rows_of_problems(ledger),
        paper=_paper(context, ledger),
        fit=_fit(context, ledger, trial.destinations),
        by=until,
        expiring=expiring(context, until),
        ending=tuple(_ending(trial.destinations, until)),
        notes=trial.notes,
    )


def expiring(context: CampaignContext, until: date) -> tuple[Fact, ...]:
    """The facts the asks may state that are past their review by that day, the soonest first."""
    facts = {fact.key: fact for ask in context.asks for fact in facts_used(context.pack, ask)}
    found = [fact for fact in facts.values() if fact.review_by and fact.review_by < until]
    return tuple(sorted(found, key=lambda fact: (fact.review_by, fact.key)))


def _ending(destinations: Sequence[Destination], until: date) -> Iterator[Official]:
    """The officials written to whose term ends by that day, the soonest first."""
    found = {
        destination.official.id: destination.official
        for destination in destinations
        if destination.official.end and destination.official.end <= until
    }
    yield from sorted(found.values(), key=lambda official: (official.end, official.id))


def _largest(ledger: Ledger, texts: Texts) -> Texts:
    """The texts of a part of the letters to the offices that get most: enough to know how alike they are."""
    largest = ledger.query(
        "SELECT key FROM letters JOIN destinations ON destinations.id = destination WHERE outcome = 'planned'"
        " GROUP BY key ORDER BY count(*) DESC, key LIMIT ?",
        (OFFICES_COMPARED,),
    )
    keys = {key for (key,) in largest}
    return lambda key: islice(texts(key) if key in keys else iter(()), LETTERS_COMPARED)


def _paper(context: CampaignContext, ledger: Ledger) -> Paper:
    ((volumes, letters),) = ledger.query("SELECT count(*), coalesce(sum(count), 0) FROM volumes")
    pages = letters + volumes
    return Paper(
        letters=letters,
        volumes=volumes,
        pages=pages,
        sheets=pages,
        envelopes=0 if context.settings.delivery == "hand" else letters,
        reams=ceil(pages / REAM),
        cases=ceil(pages / CASE),
    )


def _fit(context: CampaignContext, ledger: Ledger, destinations: Sequence[Destination]) -> Fit:
    """Estimates every letter and sets the doubtful ones, the first SET of them."""
    if not destinations:
        return Fit()
    estimate = FitEstimate(context, destinations)
    chosen = ledger.query("SELECT DISTINCT json_extract(supporter, '$.reasons') FROM people WHERE outcome = ''")
    estimate.prepare(tuple(json.loads(reasons or "[]")) for (reasons,) in chosen)
    rows = [
        row
        for row, text in ledger.query("SELECT row, supporter FROM people WHERE outcome = '' ORDER BY row")
        if estimate.is_doubtful(serialize.supporter_of(text))
    ]
    letters = [*islice(_letters_of(ledger, rows), SET)]
    doubtful = sum(count for row in rows for ((count,),) in [ledger.query(_COUNT, (row,))])
    over = trial_print(context, ((ledger.destination(key), letter) for key, letter in letters))
    return Fit(doubtful, len(letters), tuple(over))


_COUNT = "SELECT count(*) FROM letters WHERE row = ? AND outcome = 'planned'"


def _letters_of(ledger: Ledger, rows: Sequence[int]) -> Iterator[tuple[str, LetterJob]]:
    for row in rows:
        found = ledger.query(
            "SELECT key, letter, ask, supporter FROM letters JOIN people USING (row) JOIN destinations ON destinations.id = destination"
            " WHERE letters.row = ? AND letters.outcome = 'planned' ORDER BY letters.id",
            (row,),
        )
        for key, letter, ask, text in found:
            yield key, LetterJob(letter, row, ask, text)
