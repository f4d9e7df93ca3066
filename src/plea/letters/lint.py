"""Whether every letter that an ask can make fits its page; for that it is composed and typeset."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import product

from plea.asks import samples
from plea.asks.askfile import letter_file
from plea.asks.check import Finding, uses_of
from plea.asks.pack import Pack
from plea.errors import MendableError
from plea.letters.compose import ComposeRequest, compose
from plea.letters.print_run import print_letters
from plea.letters.profiles import DEFAULT, profile
from plea.model import Letter, Office, Printing, Supporter
from plea.officials.roles import Role, roles

BRITISH = "uk-"
_PLACED = re.compile(r".+?:\d+: ")  # the faults of a template say where they are
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
    found: list[Finding] = []
    letters: list[tuple[str, Letter]] = []
    for key in pack.asks:
        for made in _letters(pack, key, known, on):
            if isinstance(made, Finding):
                found.append(made)
            else:
                letters.append(made)
    for british in (True, False):
        some = [(file, one) for file, one in letters if one.official.role.startswith(BRITISH) == british]
        found += _run_over(some, BRITISH_PROFILE if british else DEFAULT)
    return sorted(set(found))


def _letters(pack: Pack, key: str, known: Mapping[str, Role], on: date) -> Iterator[tuple[str, Letter] | Finding]:
    """Each letter of an ask with the file it comes from, or why it cannot be addressed."""
    try:
        ask = pack.asks[key]
        committees = sorted({use.what for use in uses_of(pack, ask) if use.kind == "sits_on"})
    except MendableError:
        return
    for role in ask.roles:
        if role not in known:
            yield Finding(str(ask.folder / "ask.toml"), 1, f"there is no role {role}")
            continue
        for language, committee in product(ask.languages, ("", *committees)):
            if committee and not samples.may_sit_on(role, committee):
                continue
            file = str(letter_file(ask, language))
            request = ComposeRequest(
                pack=pack,
                ask=ask,
                supporter=_supporter(role, language),
                official=samples.official(role, committee),
                role=known[role],
                office=known[role].address or OFFICE,
                on=on,
                language=language,
            )
            try:
                yield file, compose(request)
            except MendableError as error:
                if not _PLACED.match(error.message):
                    yield Finding(file, 1, error.message)


def _supporter(role: str, language: str) -> Supporter:
    """A person with everything a sender's block can hold."""
    return replace(
        samples.supporter(role, language, story=True),
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
            yield Finding(
                file, 1, f"to {whom}: {pages} pages with a story of {samples.STORY_WORDS} words; one is the rule"
            )
