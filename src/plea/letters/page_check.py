"""Whether every letter that an ask can make fits its page; for that it is composed and typeset."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import product

from plea.asks import trial_letters
from plea.asks.check import Finding, uses_of
from plea.asks.pack import ASK_FILE, Pack, letter_file
from plea.asks.render import drafts_of, render_context
from plea.errors import InputError
from plea.letters.compose import ComposeRequest, put_together, render_request
from plea.letters.paper.profiles import DEFAULT, profile
from plea.letters.paper.typeset import set_volume
from plea.model.asks import Ask
from plea.model.letters import Letter, Printing
from plea.model.officials import Office
from plea.officials.roles import Role, roles
from plea.problems import Problem

# As many lines as a window holds, each as long as real ones get.
OFFICE = Office(
    id="sample-office",
    kind="district",
    building="John H. Chafee Federal Building",
    street="1010 North Saint Francis Street",
    suite="Suite 112",
    city="Colorado Springs",
    state="CO",
    zip="80903",
)


def page_findings(pack: Pack, on: date) -> list[Finding]:
    """A finding for each ask, role and language whose letter runs over its page, or has no form of address.

    The letter is the longest plausible one: a full address, a story of 60 words, the ask's own reasons, and for each
    committee that its template knows one to a member of it. Faults of the templates themselves are left to
    `plea.asks.check`.
    """
    known_roles = roles(pack.folder)
    findings: set[Finding] = set()
    letters: list[tuple[str, Letter]] = []
    for key in pack.asks:
        try:
            ask = pack.asks[key]
            ask_file = f"{ask.folder / ASK_FILE}:1"
            unknown = [role for role in ask.roles if role not in known_roles]
            findings |= {Finding(Problem("letter.no_such_role", ask_file, role=role)) for role in unknown}
            requests = list(_requests(pack, ask, known_roles, on))
            contexts = [render_context(ask, render_request(request)) for request in requests]
            drafts = drafts_of(pack, ask, contexts)  # those of a pack that is not built in from one child process
        except InputError:
            continue  # the check of the texts reports it
        for request, words in zip(requests, drafts, strict=True):
            if isinstance(words, InputError):
                continue  # as above
            where = f"{letter_file(request.ask, request.language)}:1"
            try:
                letters.append((where, put_together(request, words.subject, words.body)))
            except InputError as error:
                findings |= {Finding(problem.at(where)) for problem in error.problems}
    for british in (True, False):
        chosen = [(where, letter) for where, letter in letters if letter.official.role.startswith("uk-") == british]
        printing = Printing(profile("uk-dl" if british else DEFAULT))
        volume = set_volume([letter for _, letter in chosen], printing, overlong=True)
        for (where, letter), position in zip(chosen, volume.positions, strict=True):
            findings |= {Finding(problem.at(where)) for problem in position.problems}
            if position.pages > 1:
                committees = tuple(seat.committee for seat in letter.official.memberships)
                code = "letter.runs_over_in_check_committee" if committees else "letter.runs_over_in_check"
                values = {"role": letter.official.role, "pages": position.pages, "words": trial_letters.STORY_WORDS}
                values |= {"committees": committees} if committees else {}
                findings.add(Finding(Problem(code, where, **values)))
    return sorted(findings)


def _requests(pack: Pack, ask: Ask, known_roles: Mapping[str, Role], on: date) -> Iterator[ComposeRequest]:
    """Every letter of an ask: each language and role, and each committee that its template knows."""
    committees = sorted({use.what for use in uses_of(pack, ask) if use.kind == "sits_on"})
    for role, in_language, committee in product(ask.roles, ask.languages, ("", *committees)):
        if role in known_roles and (not committee or trial_letters.may_sit_on(role, committee)):
            supporter = replace(  # with everything a sender's block can hold
                trial_letters.supporter(role, in_language, story=True),
                street="1200 North Champlain Street\nApartment 14",
                email="sam.rivers@example.org",
                phone="802-555-0123",
            )
            yield ComposeRequest(
                pack=pack,
                ask=ask,
                supporter=supporter,
                official=trial_letters.official(role, committee),
                role=known_roles[role],
                office=known_roles[role].address or OFFICE,
                on=on,
                language=in_language,
            )
