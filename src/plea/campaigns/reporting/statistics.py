"""A campaign in numbers, read from its ledger. Nothing of a supporter is among them."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from plea.campaigns.context import CampaignContext
from plea.campaigns.ledger import serialize
from plea.campaigns.ledger.ledger import Counts, Ledger
from plea.campaigns.model import Destination
from plea.campaigns.reporting.likeness import Likeness, Texts, likeness
from plea.letters.compose import asked_role
from plea.model.asks import Act


@dataclass(frozen=True, slots=True)
class OfficeStatistics:
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
class StateStatistics:
    """Letters by people of one state, made or still to make, by the kind of act they ask."""

    state: str
    legislative: int = 0
    executive: int = 0

    @property
    def letters(self) -> int:
        """All letters from the state."""
        return self.legislative + self.executive


@dataclass(frozen=True, slots=True)
class ProblemStatistics:
    """How often something was wrong with one thing, and what became of the row or letter."""

    outcome: str
    subject: str
    count: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """Everything a report says.

    `signers` have a letter of their own, made or not; `consents` counts them by the day of their consent, in order.
    """

    campaign: str
    organiser: str
    on: date | None
    counts: Counts
    signers: int = 0
    offices: tuple[OfficeStatistics, ...] = ()
    states: tuple[StateStatistics, ...] = ()
    problems: tuple[ProblemStatistics, ...] = ()
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


Acts = Callable[[str, str], Act]
"""What kind of act an ask asks of a role."""

SUBJECT = re.compile(r"[A-Za-z][A-Za-z_ -]*")  # of a problem; anything else might hold what a person typed
TARGET = re.compile(r"--to ([a-z-]+)")
SUBJECTS: Mapping[str, str] = {
    "zip": "ZIP code",
    "email": "e-mail address",
    "phone": "telephone number",
    "consent_at": "consent: when",
    "consent_source": "consent: where",
    "consent_text": "consent: to what",
    "story_en": "story in English",
    "name_latin": "name in Latin letters",
    "fonts": "characters that no font shows",
}


def statistics_of(context: CampaignContext, ledger: Ledger, texts: Texts | None = None) -> Statistics:
    """The figures of a campaign as its ledger stands; without `texts`, nothing is said of likeness."""
    settings, acts = context.settings, _acts(context)
    return Statistics(
        campaign=settings.name,
        organiser=settings.organizer,
        on=ledger.date,
        counts=ledger.counts(),
        signers=_signers(ledger),
        offices=_offices(context, ledger, acts, texts),
        states=_states(ledger, acts),
        problems=_problems(ledger),
        consents=_consents(ledger),
        threshold=settings.likeness_threshold,
    )


def _acts(context: CampaignContext) -> Acts:
    """What kind of act an ask asks of a role."""
    known: dict[tuple[str, str], Act] = {}

    def act(ask: str, role: str) -> Act:
        if (ask, role) not in known:
            found = context.pack.ask(ask)
            known[ask, role] = found.roles[asked_role(found, role)]
        return known[ask, role]

    return act


def _offices(context: CampaignContext, ledger: Ledger, acts: Acts, texts: Texts | None) -> tuple[OfficeStatistics, ...]:
    """Every destination that has letters, the most letters first."""
    by_destination: dict[str, Counter[Act]] = {}
    for key, ask, role, count in ledger.query(
        "SELECT key, ask, role, count(*) FROM letters JOIN destinations ON destinations.id = destination"
        " WHERE letters.state = 'current' AND outcome IN ('made', 'planned') GROUP BY key, ask, role"
    ):
        by_destination.setdefault(key, Counter())[acts(ask, role)] += count
    found = []
    for key, letters in by_destination.items():
        official, office = destination_in_words(ledger.destination(key), context)
        measured = likeness(texts(key), context.settings.likeness_threshold) if texts else None
        found.append(OfficeStatistics(official, office, letters[Act.LEGISLATIVE], letters[Act.EXECUTIVE], measured))
    return tuple(sorted(found, key=lambda office: (-office.letters, office.official, office.office)))


def destination_in_words(destination: Destination, context: CampaignContext) -> tuple[str, str]:
    """Who is written to, and where: a name or a role, a town and a state."""
    official, office = destination.official, destination.office
    role = context.roles[official.role].name if official.role in context.roles else official.role
    name = official.name or role[:1].upper() + role[1:]
    return name, ", ".join(part for part in (office.city, office.state) if part) or office.country


def _states(ledger: Ledger, acts: Acts) -> tuple[StateStatistics, ...]:
    """Every state that letters come from, the most letters first."""
    by_state: dict[str, Counter[Act]] = {}
    for state, ask, role, count in ledger.query(
        "SELECT people.state, ask, role, count(*) FROM letters JOIN people USING (row) JOIN destinations ON destinations.id = destination"
        " WHERE letters.state = 'current' AND letters.outcome IN ('made', 'planned') GROUP BY 1, 2, 3"
    ):
        by_state.setdefault(state, Counter())[acts(ask, role)] += count
    found = [
        StateStatistics(state, letters[Act.LEGISLATIVE], letters[Act.EXECUTIVE]) for state, letters in by_state.items()
    ]
    return tuple(sorted(found, key=lambda state: (-state.letters, state.state)))


def _problems(ledger: Ledger) -> tuple[ProblemStatistics, ...]:
    """What was wrong, by outcome and by the thing that was wrong; the words of a problem may hold what was typed."""
    counted: Counter[tuple[str, str]] = Counter()
    for outcome, text, count in ledger.query(
        "SELECT outcome, problems, count(*) FROM people WHERE outcome = 'rejected' GROUP BY 1, 2"
        " UNION ALL SELECT outcome, problems, count(*) FROM letters"
        " WHERE state = 'current' AND outcome = 'held' AND problems != '' GROUP BY 1, 2"
        " UNION ALL SELECT 'warning', warnings, count(*) FROM people WHERE outcome = '' AND warnings != '' GROUP BY 2"
    ):
        for subject in {subject_of(problem.where) for problem in serialize.problems_of(text)}:
            counted[outcome, subject] += count
    found = [ProblemStatistics(outcome, subject, count) for (outcome, subject), count in counted.items()]
    return tuple(sorted(found, key=lambda one: (-one.count, one.outcome, one.subject)))


def subject_of(where: str) -> str:
    """What a problem is about, in words that hold nothing a person typed."""
    role = TARGET.match(where)
    if role:
        return f"seat: {role[1]}"
    return SUBJECTS.get(where) or (where.replace("_", " ") if SUBJECT.fullmatch(where) else "something else")


_SIGN = "row IN (SELECT row FROM letters WHERE state = 'current' AND outcome IN ('made', 'planned', 'held'))"


def _signers(ledger: Ledger) -> int:
    """People with a letter of their own, whatever keeps it waiting."""
    ((count,),) = ledger.query(f"SELECT count(*) FROM people WHERE {_SIGN}")  # noqa: S608 (our own words)
    return int(count)


def _consents(ledger: Ledger) -> tuple[tuple[date, int], ...]:
    """Signers by the day on which they agreed."""
    found = ledger.query(
        f"SELECT consent, count(*) FROM people WHERE consent != '' AND {_SIGN} GROUP BY 1 ORDER BY 1"  # noqa: S608
    )
    return tuple((date.fromisoformat(day), count) for day, count in found)
