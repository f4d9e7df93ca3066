"""A campaign in numbers, without anything of a supporter, and one by one the rows that somebody must look at.

Both are read from a ledger, that of a run or the temporary one of a check.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from plea.campaigns.context import CampaignContext
from plea.campaigns.ledger import serialize
from plea.campaigns.ledger.ledger import Counts, Ledger
from plea.campaigns.model import Destination, Outcome
from plea.campaigns.reporting.likeness import Likeness
from plea.language import cause, gettext, in_general
from plea.letters.compose import asked_role
from plea.messages.message import N_
from plea.model.asks import Act
from plea.problems import Problem

ABOUT: Mapping[str, str] = {
    "name": N_("name"),
    "name_latin": N_("name in Latin letters"),
    "street": N_("street"),
    "city": N_("city"),
    "state": N_("state"),
    "zip": N_("ZIP code"),
    "country": N_("country"),
    "email": N_("e-mail address"),
    "phone": N_("phone number"),
    "story": N_("story"),
    "story_en": N_("story in English"),
    "translated_by": N_("translator"),
    "language": N_("language"),
    "reasons": N_("reasons"),
    "district": N_("district"),
    "district_congress": N_("Congress of the district"),
    "consent_at": N_("consent: when"),
    "consent_source": N_("consent: where it is kept"),
    "consent_text": N_("consent: to what"),
    "fonts": N_("fonts"),
    "letter": N_("letter"),
    "place": N_("place"),
    "row": N_("row"),
    "selection": N_("selection"),
}
"""What a problem may be about, besides roles. Any other place that a problem names might hold what a person typed."""
ROWS_KEPT = 1_000
"""Row numbers that are kept of each kind of problem; the rest are counted."""


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
    """How often something was wrong with one thing, and what became of the rows or letters (or `warning`).

    `where` is a key of ABOUT, a role, or empty. `rows` are the first ROWS_KEPT rows with it, of `row_count`.
    """

    outcome: str
    code: str
    where: str
    count: int
    rows: tuple[int, ...] = ()
    row_count: int = 0

    @property
    def about(self) -> str:
        """The thing that was wrong, in the language in use."""
        return gettext(ABOUT[self.where]) if self.where in ABOUT else self.where or gettext("something else")

    @property
    def what(self) -> str:
        """What was wrong, in the language in use, without what differs from row to row: a person may have typed it."""
        return in_general(self.code)


@dataclass(frozen=True, slots=True)
class Statistics:
    """Everything a report says.

    `signers` have a letter of their own, made or not; `consents` counts them by the day of their consent, in order.
    """

    campaign: str
    organizer: str
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


MeasureLikeness = Callable[[str], Likeness | None]
"""How alike the letters to a destination are, by its key."""


def statistics_of(
    context: CampaignContext, ledger: Ledger, measure_likeness: MeasureLikeness = lambda _: None
) -> Statistics:
    """The figures of a campaign as its ledger stands."""
    settings = context.settings
    signs = "row IN (SELECT row FROM letters WHERE state = 'current' AND outcome IN ('made', 'planned', 'held'))"
    ((signers,),) = ledger.query(f"SELECT count(*) FROM people WHERE {signs}")  # noqa: S608 (our own words)
    consents = ledger.query(
        f"SELECT consent, count(*) FROM people WHERE consent != '' AND {signs} GROUP BY 1 ORDER BY 1"  # noqa: S608
    )
    offices, states = _letters(context, ledger, measure_likeness)
    return Statistics(
        campaign=settings.name,
        organizer=settings.organizer,
        on=ledger.date,
        counts=ledger.counts(),
        signers=signers,
        offices=offices,
        states=states,
        problems=_problems(ledger, context.roles),
        consents=tuple((date.fromisoformat(day), count) for day, count in consents),
        threshold=settings.likeness_threshold,
    )


def destination_in_words(destination: Destination, context: CampaignContext) -> tuple[str, str]:
    """Who is written to, and where: a name or a role, a city and a state."""
    official, office = destination.official, destination.office
    role = context.roles[official.role].name if official.role in context.roles else official.role
    name = official.name or role[:1].upper() + role[1:]
    return name, ", ".join(part for part in (office.city, office.state) if part) or office.country


def _letters(
    context: CampaignContext, ledger: Ledger, measure_likeness: MeasureLikeness
) -> tuple[tuple[OfficeStatistics, ...], tuple[StateStatistics, ...]]:
    """Letters made or still to make, by destination and by the signers' state, the most letters first."""

    @cache
    def act_of(ask_key: str, role: str) -> Act:
        ask = context.pack.ask(ask_key)
        return ask.roles[asked_role(ask, role)]

    by_destination: dict[str, Counter[Act]] = {}
    by_state: dict[str, Counter[Act]] = {}
    for key, state, ask, role, count in ledger.query(
        "SELECT key, people.state, ask, role, count(*) FROM letters JOIN people USING (row)"
        " JOIN destinations ON destinations.id = destination"
        " WHERE letters.state = 'current' AND letters.outcome IN ('made', 'planned') GROUP BY 1, 2, 3, 4"
    ):
        by_destination.setdefault(key, Counter())[act_of(ask, role)] += count
        by_state.setdefault(state, Counter())[act_of(ask, role)] += count
    offices = [
        OfficeStatistics(
            *destination_in_words(ledger.destination(key), context),
            acts[Act.LEGISLATIVE],
            acts[Act.EXECUTIVE],
            measure_likeness(key),
        )
        for key, acts in by_destination.items()
    ]
    states = [StateStatistics(state, acts[Act.LEGISLATIVE], acts[Act.EXECUTIVE]) for state, acts in by_state.items()]
    return (
        tuple(sorted(offices, key=lambda office: (-office.letters, office.official, office.office))),
        tuple(sorted(states, key=lambda state: (-state.letters, state.state))),
    )


def _problems(ledger: Ledger, roles: Collection[str]) -> tuple[ProblemStatistics, ...]:
    """What was wrong, by outcome, code and place, the most frequent first."""

    @lru_cache(maxsize=1_000)
    def kinds_of(text: str) -> Collection[tuple[str, str]]:
        problems = serialize.problems_of(text)
        places = ((cause(problem).code, problem.where.removeprefix("--to ")) for problem in problems)
        return {(code, where if where in ABOUT or where in roles else ""): None for code, where in places}

    counts: Counter[tuple[str, str, str]] = Counter()
    rows: dict[tuple[str, str, str], list[int]] = {}
    row_counts: Counter[tuple[str, str, str]] = Counter()
    last_row: dict[tuple[str, str, str], int] = {}
    for row, outcome, text in ledger.query(
        "SELECT row, outcome, problems FROM people WHERE outcome = 'rejected'"
        " UNION ALL SELECT row, outcome, problems FROM letters"
        " WHERE state = 'current' AND outcome = 'held' AND problems != ''"
        " UNION ALL SELECT row, 'warning', warnings FROM people WHERE outcome = '' AND warnings != '' ORDER BY 1"
    ):
        for kind in kinds_of(text):
            key = (outcome, *kind)
            counts[key] += 1
            if last_row.get(key) != row:
                last_row[key] = row
                row_counts[key] += 1
                if row_counts[key] <= ROWS_KEPT:
                    rows.setdefault(key, []).append(row)
    problems = [ProblemStatistics(*key, count, tuple(rows[key]), row_counts[key]) for key, count in counts.items()]
    return tuple(sorted(problems, key=lambda problem: (-problem.count, problem.outcome, problem.code, problem.where)))


# --- rows one by one --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """What became of one letter of a row (`target` is ask and official) or, with an empty target, of the row itself."""

    target: str
    outcome: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """A row of the supporters file, with its corrections, and every outcome of it that is not a letter as planned."""

    row: int
    cells: tuple[str, ...]
    outcomes: tuple[RowOutcome, ...]


def problem_rows(ledger: Ledger, *, after: int = 0, limit: int = -1, warnings: bool = False) -> Iterator[ProblemRow]:
    """The rows to correct and (with `warnings`) those with a warning, in order, from the first one after a row."""
    for (row,) in ledger.query(
        "SELECT row FROM people WHERE row > ?1 AND outcome = 'rejected'"
        " UNION SELECT row FROM letters WHERE row > ?1 AND outcome = 'held' AND state = 'current'"
        " UNION SELECT row FROM people WHERE row > ?1 AND outcome = '' AND warnings != '' AND ?3 ORDER BY 1 LIMIT ?2",
        (after, limit, warnings),
    ):
        yield from problem_row(ledger, row)


def rows_not_printed(ledger: Ledger, limit: int = -1) -> Iterator[ProblemRow]:
    """The rows with a letter that was planned and could not be printed: it is too long, or a font is missing."""
    for (row,) in ledger.query(
        "SELECT DISTINCT row FROM letters WHERE outcome = 'held' AND letter != '' AND state = 'current'"
        " ORDER BY 1 LIMIT ?",
        (limit,),
    ):
        yield from problem_row(ledger, row)


def problem_row(ledger: Ledger, row: int) -> Iterator[ProblemRow]:
    """One row by its number, whether anything is wrong with it or not; nothing where there is no such row."""
    letters = ledger.query(
        "SELECT ask || '/' || target, outcome, problems FROM letters"
        " WHERE row = ? AND outcome IN (?, ?) AND state = 'current' ORDER BY id",
        (row, Outcome.HELD, Outcome.DUPLICATE),
    )
    for cells, outcome, problems, warnings in ledger.query(
        "SELECT cells, outcome, problems, warnings FROM people WHERE row = ?", (row,)
    ):
        outcomes = [("", outcome, problems)] if outcome else []
        outcomes += letters
        outcomes += [("", "warning", warnings)] if warnings and not outcome else []
        yield ProblemRow(
            row,
            serialize.cells_of(cells),
            tuple(RowOutcome(target, name, serialize.problems_of(text)) for target, name, text in outcomes),
        )
