"""What a run would do, without doing it: everything is read, and nothing is left behind."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from plea.asks.check import facts_used
from plea.campaigns.checking.page_fit import PageFit, page_fit
from plea.campaigns.context import CampaignContext
from plea.campaigns.ledger import serialize
from plea.campaigns.ledger.ledger import Ledger, campaign_lock, temporary_ledger
from plea.campaigns.planning.plan import Progress, plan_rows
from plea.campaigns.planning.signers import Signers
from plea.campaigns.reporting.likeness import OfficeLikeness
from plea.campaigns.reporting.statistics import Statistics, statistics_of
from plea.model.asks import Fact
from plea.model.officials import Official
from plea.problems import Problem

SOON = timedelta(days=45)
REAM, CASE = 500, 5_000  # sheets, as paper is sold in the United States
OFFICES_COMPARED, LETTERS_COMPARED = 10, 200


@dataclass(frozen=True, slots=True)
class PaperNeeded:
    """What would be printed. One sheet a page, printed on one side; a volume has a cover besides."""

    letters: int
    volumes: int
    pages: int
    sheets: int
    envelopes: int
    reams: int
    cases: int


@dataclass(frozen=True, slots=True)
class Checked:
    """Everything that a check finds; `expiring` facts and `ending` terms end by the day `by`."""

    figures: Statistics
    paper: PaperNeeded
    fit: PageFit
    by: date
    expiring: tuple[Fact, ...]
    ending: tuple[Official, ...]
    notes: tuple[Problem, ...]


class DryRun(AbstractContextManager["DryRun"]):
    """A plan in a temporary ledger, which lasts until it is closed; several threads may read it in turn.

    Raises InputError for a supporters file that cannot be read on.
    """

    def __init__(self, context: CampaignContext, progress: Progress | None = None) -> None:
        self.context = context
        self._connection = temporary_ledger()
        try:
            signers = Signers(context)
            self._connection.execute("BEGIN")
            self.destinations = plan_rows(self._connection, context, signers, {}, progress=progress)
        except BaseException:
            self.close()
            raise
        self.header = signers.header
        self.ours = signers.ours
        self.notes = signers.notes
        folder = context.settings.folder
        self.ledger = Ledger(self._connection, folder / "check", campaign_lock(folder))
        self.ledger.remember(header=serialize.cells_text(signers.header))

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Forget the plan."""
        self._connection.close()


def check(context: CampaignContext, by: date | None = None, progress: Progress | None = None) -> Checked:
    """What a run would plan and print, and which facts and terms end by a day (45 days after the letters' date).

    Raises InputError for a supporters file that cannot be read on, or a template that fails.
    """
    with DryRun(context, progress) as dry_run:
        return checked(dry_run, by)


def checked(dry_run: DryRun, by: date | None = None) -> Checked:
    """What a dry run finds. Raises InputError for a template that fails."""
    context, ledger = dry_run.context, dry_run.ledger
    largest_offices = ledger.query(
        "SELECT key FROM letters JOIN destinations ON destinations.id = destination WHERE outcome = 'planned'"
        " GROUP BY key ORDER BY count(*) DESC, key LIMIT ?",
        (OFFICES_COMPARED,),
    )
    compared = {key for (key,) in largest_offices}
    likeness = OfficeLikeness(context, ledger, LETTERS_COMPARED)
    until = by or context.on + SOON
    facts = {fact.key: fact for ask in context.asks for fact in facts_used(context.pack, ask)}
    expiring = [(fact.review_by, fact) for fact in facts.values() if fact.review_by and fact.review_by < until]
    officials = {destination.official.id: destination.official for destination in dry_run.destinations}
    ending = [(official.end, official) for official in officials.values() if official.end and official.end <= until]
    ((volumes, letters),) = ledger.query("SELECT count(*), coalesce(sum(count), 0) FROM volumes")
    pages = letters + volumes
    return Checked(
        figures=statistics_of(context, ledger, lambda key: likeness.of(key) if key in compared else None),
        paper=PaperNeeded(
            letters=letters,
            volumes=volumes,
            pages=pages,
            sheets=pages,
            envelopes=0 if context.settings.delivery == "hand" else letters,
            reams=ceil(pages / REAM),
            cases=ceil(pages / CASE),
        ),
        fit=page_fit(context, ledger, dry_run.destinations),
        by=until,
        expiring=tuple(fact for _, fact in sorted(expiring, key=lambda pair: (pair[0], pair[1].key))),
        ending=tuple(official for _, official in sorted(ending, key=lambda pair: (pair[0], pair[1].id))),
        notes=dry_run.notes,
    )
