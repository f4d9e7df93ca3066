"""Which of an official's offices a letter goes to."""

from collections.abc import Callable, Mapping, Sequence

from plea.errors import UsageError
from plea.model import Office, Official

CAPITOL = "capitol"
NEAREST = "nearest"

Nearest = Callable[[Official], Office]
"""The office nearest to the person, as the directory knows it."""


def choose_office(official: Official, choice: str, nearest: Nearest | None = None) -> Office:
    """The office that `choice` names: `nearest`, `capitol` or an office's id.

    Without `nearest` (no directory, no ZIP) an official's only office is meant, then the capitol. UsageError when the
    official has no such office.
    """
    if not official.offices:
        raise UsageError(
            f"{official.id} has no postal address",
            "Import one with `plea officials import PATH`, or write to another official.",
        )
    if choice == NEAREST and len(official.offices) > 1 and nearest:
        return nearest(official)
    if choice == NEAREST:
        return _capitol(official) or official.offices[0]
    office = _capitol(official) if choice == CAPITOL else official.office(choice)
    if office is None:
        raise UsageError(
            f"--office {choice}: {official.name or official.id} has no such office",
            f"There are: {', '.join(office.id for office in official.offices)}; or nearest, capitol.",
        )
    return office


def choose_offices(officials: Sequence[Official], choice: str, nearest: Nearest | None = None) -> Mapping[str, Office]:
    """The office of each official, by the official's id.

    An office's id settles it for the one official whose it is; the others get the nearest. UsageError for an id that
    is none of theirs.
    """
    if choice in {CAPITOL, NEAREST}:
        return {official.id: choose_office(official, choice, nearest) for official in officials}
    owners = [official for official in officials if official.office(choice)]
    if officials and not owners:
        known = [office.id for official in officials for office in official.offices]
        raise UsageError(f"--office {choice}: there is no such office", f"There are: {', '.join(known)}.")
    return {
        official.id: choose_office(official, choice if official in owners else NEAREST, nearest)
        for official in officials
    }


def _capitol(official: Official) -> Office | None:
    """The office at the seat of the body the official sits in."""
    return next((office for office in official.offices if office.kind == CAPITOL), None)
