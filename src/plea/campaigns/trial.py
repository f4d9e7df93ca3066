"""A plan made to be looked at, in a throw-away ledger: a file that SQLite removes as soon as it is open."""

import sqlite3
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from plea.campaigns import ledger_schema, stored
from plea.campaigns.draft_plan import DraftPlan
from plea.campaigns.final_plan import FinalPlan
from plea.campaigns.ledger import Ledger
from plea.campaigns.nouns import Desk
from plea.campaigns.plan import Progress, draft_rows
from plea.campaigns.rooms import Rooms
from plea.campaigns.signers import Signers


class Trial:
    """A plan in a throw-away ledger, which lasts until it is closed; several threads may read it in turn.

    Raises MendableError for a supporters file that cannot be read on.
    """

    def __init__(self, rooms: Rooms, progress: Progress | None = None) -> None:
        self.rooms = rooms
        self._connection = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        try:
            signers = Signers(rooms, peek=True)
            self.desks = self._plan(signers, progress)
        except BaseException:
            self.close()
            raise
        self.header = signers.header
        self.ours = signers.ours
        self.notes = signers.notes
        folder = rooms.settings.folder
        self.ledger = Ledger(self._connection, folder / "check", ledger_schema.Lock(folder))
        self.ledger.remember(header=stored.cells_text(signers.header))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Forget the plan."""
        self._connection.close()

    def _plan(self, signers: Signers, progress: Progress | None) -> Sequence[Desk]:
        ledger_schema.make_room(self._connection)
        for statement in ledger_schema.statements():
            self._connection.execute(statement)
        self._connection.execute("BEGIN")
        draft = DraftPlan(self._connection)
        desks = draft_rows(draft, self.rooms, signers, {}, progress)
        draft.settle_duplicates()
        draft.select(self.rooms.settings)
        FinalPlan(self._connection, self.rooms, desks).write(draft)
        return desks
