"""Whether every letter that an ask can make fits its page; for that it is composed and typeset."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import product

from plea.asks import letter_matrix
from plea.asks.check import Finding, uses_of
from plea.asks.context import render_context
from plea.asks.letter_template import Draft
from plea.asks.pack import ASK_FILE, Pack, letter_file
from plea.asks.render import drafts_of
from plea.errors import InputError
from plea.letters.compose import ComposeRequest, put_together, words_wanted
from plea.letters.paper.profiles import DEFAULT, profile
from plea.letters.paper.typeset import print_letters
from plea.model.asks import Ask
from plea.model.letters import Letter, Printing
from plea.model.officials import Office
from plea.model.people import Supporter
from plea.officials.roles import Role, roles
from plea.problems import Problem, old_problem

BRITISH = "uk-"
BRITISH_PROFILE = "uk-dl"
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
    known = roles(pack.folder)
    found: set[Finding] = set()
    letters: list[tuple[str, Letter]] = []
    for key in pack.asks:
        try:
            ask = pack.asks[key]
            found |= {_unknown_role(ask, role) for role in ask.roles if role not in known}
            requests = list(_requests(pack, ask, known, on))
            drafts = _drafts(pack, ask, requests)
        except InputError:
            continue  # the check of the texts has found it
        for request, words in zip(requests, drafts, strict=True):
            made = _letter(request, words)
            if isinstance(made, Finding):
                found.add(made)
            elif made:
                letters.append((_file(request), made))
    for british in (True, False):
        some = [(file, one) for file, one in letters if one.official.role.startswith(BRITISH) == british]
        found |= set(_run_over(some, BRITISH_PROFILE if british else DEFAULT))
    return sorted(found)


def _unknown_role(ask: Ask, role: str) -> Finding:
    return Finding(Problem("ask_check.unknown_role", f"{ask.folder / ASK_FILE}:1", role=role))


def _requests(pack: Pack, ask: Ask, known: Mapping[str, Role], on: date) -> Iterator[ComposeRequest]:
    """Every letter of an ask: each language and role, and each committee that its template knows."""
    committees = sorted({use.what for use in uses_of(pack, ask) if use.kind == "sits_on"})
    for role, language, committee in product(ask.roles, ask.languages, ("", *committees)):
        if role in known and (not committee or letter_matrix.may_sit_on(role, committee)):
            yield ComposeRequest(
                pack=pack,
                ask=ask,
                supporter=_supporter(role, language),
                official=letter_matrix.official(role, committee),
                role=known[role],
                office=known[role].address or OFFICE,
                on=on,
                language=language,
            )


def _drafts(pack: Pack, ask: Ask, requests: Sequence[ComposeRequest]) -> list[Draft | InputError]:
    """The words of each letter, those of a pack that is not built in from one child process."""
    return drafts_of(pack, ask, [render_context(ask, words_wanted(request)) for request in requests])


def _letter(request: ComposeRequest, words: Draft | InputError) -> Letter | Finding | None:
    """The letter; a finding where it cannot be addressed; nothing where its template is at fault."""
    if isinstance(words, InputError):
        return None
    try:
        return put_together(request, words.subject, words.body)
    except InputError as error:
        return Finding(error.problem.at(f"{_file(request)}:1"))


def _file(request: ComposeRequest) -> str:
    return str(letter_file(request.ask, request.language))


def _supporter(role: str, language: str) -> Supporter:
    """A person with everything a sender's block can hold."""
    return replace(
        letter_matrix.supporter(role, language, story=True),
        street="1200 North Champlain Street\nApartment 14",
        email="sam.rivers@example.org",
        phone="802-555-0123",
    )


def _run_over(letters: list[tuple[str, Letter]], key: str) -> Iterator[Finding]:
    """A finding for each letter of more than a page, all of them typeset in one go."""
    if not letters:
        return
    run = print_letters([letter for _, letter in letters], Printing(profile(key)), tagged=False)
    for (file, letter), pages in zip(letters, run.pages, strict=True):
        if pages > 1:
            seats = ", ".join(seat.committee for seat in letter.official.memberships)
            whom = letter.official.role + (f" on {seats}" if seats else "")
            what = f"to {whom}: {pages} pages with a story of {letter_matrix.STORY_WORDS} words; one is the rule"
            yield Finding(old_problem(f"{file}:1", what))
