"""A plan made to be looked at in a throw-away ledger, and letters set to see whether they fit; nothing is kept."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType
from typing import Self

from plea.campaigns.context import CampaignContext
from plea.campaigns.ledger import schema, serialize
from plea.campaigns.ledger.ledger import Ledger
from plea.campaigns.ledger.serialize import supporter_of
from plea.campaigns.model import Destination, LetterJob
from plea.campaigns.planning.draft_plan import DraftPlan
from plea.campaigns.planning.final_plan import FinalPlan
from plea.campaigns.planning.plan import Progress, draft_rows
from plea.campaigns.planning.signers import Signers
from plea.letters.compose import ComposeRequest, LetterBatch, params_for, reasons_for
from plea.letters.paper.typeset import set_volume
from plea.model.letters import Letter
from plea.model.people import Supporter
from plea.problems import Problem


class DryRun:
    """A plan in a throw-away ledger, which lasts until it is closed; several threads may read it in turn.

    Raises InputError for a supporters file that cannot be read on.
    """

    def __init__(self, context: CampaignContext, progress: Progress | None = None) -> None:
        self.context = context
        self._connection = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        try:
            signers = Signers(context, peek=True)
            self.destinations = self._plan(signers, progress)
        except BaseException:
            self.close()
            raise
        self.header = signers.header
        self.ours = signers.ours
        self.notes = signers.notes
        folder = context.settings.folder
        self.ledger = Ledger(self._connection, folder / "check", schema.Lock(folder))
        self.ledger.remember(header=serialize.cells_text(signers.header))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Forget the plan."""
        self._connection.close()

    def _plan(self, signers: Signers, progress: Progress | None) -> Sequence[Destination]:
        schema.make_room(self._connection)
        for statement in schema.statements():
            self._connection.execute(statement)
        self._connection.execute("BEGIN")
        draft = DraftPlan(self._connection)
        destinations = draft_rows(draft, self.context, signers, {}, progress)
        draft.settle_duplicates()
        draft.select(self.context.settings)
        FinalPlan(self._connection, self.context, destinations).write(draft)
        return destinations


def request_of(
    context: CampaignContext, destination: Destination, ask_key: str, supporter: Supporter
) -> ComposeRequest:
    """What one letter of the campaign is made of."""
    ask = context.pack.ask(ask_key)
    return ComposeRequest(
        pack=context.pack,
        ask=ask,
        supporter=supporter,
        official=destination.official,
        role=context.roles[destination.official.role],
        office=destination.office,
        on=context.on,
        language=context.settings.language,
        reasons=reasons_for(ask, supporter.reasons),
        params=params_for(ask, context.settings.params),
        campaign=context.facts_for_templates(),
    )


def trial_print(
    context: CampaignContext, letters: Iterable[tuple[Destination, LetterJob]]
) -> Iterator[tuple[int, str]]:
    """The row of each letter that would not be printed, and why. Raises MachineError when typst cannot set them."""
    jobs = list(letters)
    composed = LetterBatch(context.pack).compose(
        [request_of(context, destination, letter.ask, supporter_of(letter.supporter)) for destination, letter in jobs]
    )
    good: list[tuple[int, Letter]] = []
    for (_, job), letter in zip(jobs, composed, strict=True):
        if isinstance(letter, Letter):
            good.append((job.row, letter))
        else:
            yield job.row, letter.message
    if good:
        bound = set_volume([letter for _, letter in good], context.printing, number=str)
        for (row, letter), place in zip(good, bound.positions, strict=True):
            if place.problems:
                yield row, f"to {letter.official.name or letter.official.role}: {_said(place.problems)}"


def _said(problems: Iterable[Problem]) -> str:
    return "; ".join(problem.what for problem in problems)
