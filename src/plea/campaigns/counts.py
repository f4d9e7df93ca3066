"""The figures of a campaign's report. Nothing of a supporter is among them."""

from dataclasses import dataclass
from datetime import date

from plea.campaigns.ledger import Counts
from plea.campaigns.likeness import Likeness


@dataclass(frozen=True, slots=True)
class OfficeFigures:
    """Letters to one official at one office, made or still to make, by the kind of act they ask."""

    official: str
    office: str
    legislative: int = 0
    executive: int = 0
    likeness: Likeness | None = None

    @property
    def letters(self) -> int:
        """All letters to the office."""
        return self.legislative + self.executive


@dataclass(frozen=True, slots=True)
class StateFigures:
    """Letters by people of one state, made or still to make, by the kind of act they ask."""

    state: str
    legislative: int = 0
    executive: int = 0

    @property
    def letters(self) -> int:
        """All letters from the state."""
        return self.legislative + self.executive


@dataclass(frozen=True, slots=True)
class ProblemFigures:
    """How often something was wrong with one thing, and what became of the row or letter."""

    outcome: str
    subject: str
    count: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything a report says.

    `signers` have a letter of their own, made or not; `consents` counts them by the day of their consent, in order.
    """

    campaign: str
    organiser: str
    on: date | None
    counts: Counts
    signers: int = 0
    offices: tuple[OfficeFigures, ...] = ()
    states: tuple[StateFigures, ...] = ()
    problems: tuple[ProblemFigures, ...] = ()
    consents: tuple[tuple[date, int], ...] = ()
    threshold: float = 0.8

    @property
    def legislative(self) -> int:
        """Letters that ask for legislation."""
        return sum(office.legislative for office in self.offices)

    @property
    def executive(self) -> int:
        """Letters that ask for anything else."""
        return sum(office.executive for office in self.offices)
