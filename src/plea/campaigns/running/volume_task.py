"""What a worker does: one volume, from plain values to the bytes of its PDF. It writes nothing and asks no clock.

A worker keeps its pack, the words its templates made and its typst compiler from job to job.
"""

import re
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from threading import Lock

from plea.asks.pack import Pack, load_pack
from plea.campaigns.ledger.serialize import supporter_of
from plea.campaigns.model import LetterJob, LetterMade, VolumeJob, VolumeMade
from plea.campaigns.running.engine import TaskType
from plea.errors import InputError, MachineError, PleaError
from plea.letters.compose import ComposeRequest, LetterBatch, params_for, reasons_for
from plea.letters.formats import render
from plea.letters.paper.profiles import profile
from plea.letters.paper.typeset import PagePosition, set_volume
from plea.model.letters import Letter, Printing
from plea.officials.roles import role
from plea.problems import old_problem
from plea.system.limited import LimitExceeded

SECONDS = 20.0
SECONDS_A_LETTER = 0.1
"""A hundred times what a volume takes: who needs longer hangs."""
SINGLES = {"single-pdf": ("pdf", ".pdf"), "eml": ("eml", ".eml")}
"""Letters by themselves, as a campaign names them: the format and how the file ends."""

_NUMBER = re.compile(r"(\d+)\.pdf$")
_LOCK = Lock()  # a process has one typst compiler and one alarm, whatever threads a cluster gives it


class UnmakeableError(RuntimeError):
    """Something in a volume that cannot be set; which letter it is must be found by trying."""


def make_volume(job: VolumeJob) -> VolumeMade:
    """The volume of a job: the same bytes in every process. A letter that cannot be made right is left out, and said.

    The process ends if it hangs. Raises InputError for a template that runs wild, UnmakeableError for what typst
    cannot set.
    """
    with _LOCK, _limited(SECONDS + SECONDS_A_LETTER * len(job.letters)):
        try:
            return _volume(job)
        except LimitExceeded as error:  # it cannot travel between processes as it is
            raise InputError(error.message, error.hint) from None
        except MachineError as error:
            raise UnmakeableError(error.message) from None


def halves(job: VolumeJob) -> tuple[VolumeJob, ...]:
    """A job in two, none when it has a single letter that is not known to break."""
    letters = [letter for letter in job.letters if letter.letter_id not in job.broken]
    if len(letters) <= 1:
        return ()
    middle = len(letters) // 2
    return tuple(replace(job, letters=tuple(some), broken={}) for some in (letters[:middle], letters[middle:]))


def without(job: VolumeJob, broken: Sequence[tuple[VolumeJob, str]]) -> VolumeJob:
    """The job less the letters of jobs that broke their workers."""
    more = {letter.letter_id: what for one, what in broken for letter in one.letters}
    return replace(job, broken={**job.broken, **more})


VOLUMES: TaskType[VolumeJob, VolumeMade] = TaskType(make_volume, halves, without, lambda job: job.file)


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """The system ends this process when it takes longer: typst cannot be interrupted from within."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _volume(job: VolumeJob) -> VolumeMade:
    printing = Printing(profile(job.profile), large_print=job.large_print, font_paths=job.font_paths)
    wanted = [letter for letter in job.letters if letter.letter_id not in job.broken]
    composed: dict[str, Letter | PleaError] = {
        letter_id: InputError(f"the letter cannot be made: {what}", "Look at the row for something unusual.")
        for letter_id, what in job.broken.items()
    }
    composed |= zip((letter.letter_id for letter in wanted), compose_letters(job, wanted), strict=True)
    singles = _singles(composed, job.singles, printing)
    good = {letter_id: letter for letter_id, letter in composed.items() if isinstance(letter, Letter)}
    bound = set_volume([*good.values()], printing, number=_footer(job.file), overlong=job.overlong == "print")
    places = dict(zip(good, bound.positions, strict=True))
    made = tuple(
        _made(letter.letter_id, places.get(letter.letter_id), composed[letter.letter_id]) for letter in job.letters
    )
    printed = {letter.letter_id for letter in made if letter.page}
    files = ((name, content) for letter_id, name, content in singles if letter_id in printed)
    return VolumeMade(job.file, bound.content, made, tuple(files))


@lru_cache(maxsize=2)
def _workshop(folder: Path | None) -> tuple[Pack, LetterBatch]:
    """The pack in a folder and the letters made from it so far."""
    pack = load_pack(folder)
    return pack, LetterBatch(pack)


def compose_letters(job: VolumeJob, letters: Sequence[LetterJob]) -> list[Letter | PleaError]:
    """The letters of a job, or why each cannot be made, with the pack that this process keeps."""
    pack, series = _workshop(job.pack)
    official = job.destination.official
    its_role = role(official.role, pack.folder)

    def request(letter: LetterJob) -> ComposeRequest:
        ask, supporter = pack.ask(letter.ask), supporter_of(letter.supporter)
        return ComposeRequest(
            pack=pack,
            ask=ask,
            supporter=supporter,
            official=official,
            role=its_role,
            office=job.destination.office,
            on=job.on,
            language=job.language,
            reasons=reasons_for(ask, supporter.reasons),
            params=params_for(ask, job.params),
            campaign=job.campaign,
        )

    return series.compose(list(map(request, letters)))


def _singles(
    composed: dict[str, Letter | PleaError], formats: Sequence[str], printing: Printing
) -> list[tuple[str, str, bytes]]:
    """The letters by themselves: id, name of the file, bytes. One that cannot be made so is a problem from then on."""
    made = []
    for letter_id, letter in composed.items():
        try:
            for key in formats if isinstance(letter, Letter) else ():
                assert isinstance(letter, Letter)
                name, suffix = SINGLES[key]
                made.append((letter_id, f"{letter_id}{suffix}", render(letter, name, printing).content))
        except InputError as error:
            composed[letter_id] = error
    return made


def _footer(file: str) -> Callable[[int], str]:
    """What stands at the foot of the nth letter of a volume: `3-17` is the 17th of the third."""
    found = _NUMBER.search(file)
    return f"{int(found[1]) if found else 1}-{{}}".format


def _made(letter_id: str, place: PagePosition | None, letter: Letter | PleaError) -> LetterMade:
    if isinstance(letter, PleaError):
        return LetterMade(letter_id, problems=(old_problem("letter", letter.message, letter.hint),))
    assert place
    return LetterMade(letter_id, place.page, place.pages, place.problems)
