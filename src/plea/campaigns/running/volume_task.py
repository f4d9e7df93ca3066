"""What a worker does: one volume, from plain values to the bytes of its PDF. It writes nothing and asks no clock.

A worker keeps its pack, the words its templates made and its typst compiler from job to job.
"""

import re
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from threading import Lock

from plea.asks.pack import Pack, load_pack
from plea.campaigns.ledger.serialize import supporter_of
from plea.campaigns.model import LetterJob, LetterMade, VolumeJob, VolumeMade
from plea.campaigns.running.engine import TaskType, UnmakeableError
from plea.campaigns.settings import SINGLE_FORMATS
from plea.errors import InputError, MachineError, PleaError
from plea.letters.compose import ComposeRequest, LetterBatch, params_for, reasons_for
from plea.letters.files import render
from plea.letters.paper.profiles import profile
from plea.letters.paper.typeset import set_volume
from plea.model.letters import Letter, Printing
from plea.officials.roles import role
from plea.problems import Problem
from plea.system.limited import LimitExceeded

SECONDS = 20.0
SECONDS_A_LETTER = 0.1
"""A hundred times what a volume takes: a process that needs longer hangs."""
_NUMBER = re.compile(r"(\d+)\.pdf$")
_LOCK = Lock()  # a process has one typst compiler and one alarm, whatever threads a cluster gives it


def make_volume(job: VolumeJob) -> VolumeMade:
    """The volume of a job: the same bytes in every process. A letter that cannot be made right is left out, and why.

    The process ends if it hangs. Raises InputError for a template that exceeds its limits, UnmakeableError for what
    typst cannot set.
    """
    with _LOCK, _limited(SECONDS + SECONDS_A_LETTER * len(job.letters)):
        try:
            return _volume(job)
        except LimitExceeded as error:  # it cannot travel between processes as it is
            raise InputError(error.problems) from None
        except MachineError as error:
            raise UnmakeableError(error.problem) from None


def halves(job: VolumeJob) -> tuple[VolumeJob, ...]:
    """A job in two, none when it has a single letter that is not known to break."""
    letters = [letter for letter in job.letters if letter.letter_id not in job.broken]
    if len(letters) <= 1:
        return ()
    middle = len(letters) // 2
    return tuple(replace(job, letters=tuple(half), broken={}) for half in (letters[:middle], letters[middle:]))


def without(job: VolumeJob, broken: Sequence[tuple[VolumeJob, Problem]]) -> VolumeJob:
    """The job less the letters of jobs that broke their workers."""
    more = {letter.letter_id: reason for single, reason in broken for letter in single.letters}
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
    unbroken = [letter for letter in job.letters if letter.letter_id not in job.broken]
    composed: dict[str, Letter | PleaError] = {
        letter_id: InputError("letter.breaks_worker", reason=reason) for letter_id, reason in job.broken.items()
    }
    composed |= zip((letter.letter_id for letter in unbroken), compose_letters(job, unbroken), strict=True)
    singles: dict[str, list[tuple[str, bytes]]] = {}
    for letter_id, letter in composed.items():
        try:
            for key in job.singles if isinstance(letter, Letter) else ():
                assert isinstance(letter, Letter)
                name, suffix = SINGLE_FORMATS[key]
                content = render(letter, name, printing).content
                singles.setdefault(letter_id, []).append((f"{letter_id}{suffix}", content))
        except InputError as error:
            composed[letter_id] = error
    good = {letter_id: letter for letter_id, letter in composed.items() if isinstance(letter, Letter)}
    number = _NUMBER.search(job.file)
    # At the foot of the nth letter: `3-17` is the 17th of the third volume.
    footer = f"{int(number[1]) if number else 1}-{{}}".format
    volume = set_volume([*good.values()], printing, number=footer, overlong=job.overlong == "print")
    places = dict(zip(good, volume.positions, strict=True))
    made: list[LetterMade] = []
    for letter_id in (letter.letter_id for letter in job.letters):
        letter = composed[letter_id]
        if isinstance(letter, PleaError):
            problems = tuple(problem if problem.where else problem.at("letter") for problem in letter.problems)
            made.append(LetterMade(letter_id, problems=problems))
        else:
            place = places[letter_id]
            made.append(LetterMade(letter_id, place.page, place.pages, place.problems))
    files = (file for letter in made if letter.page for file in singles.get(letter.letter_id, ()))
    return VolumeMade(job.file, volume.content, tuple(made), tuple(files))


def compose_letters(job: VolumeJob, letters: Sequence[LetterJob]) -> list[Letter | PleaError]:
    """The letters of a job, or why each cannot be made, with the pack that this process keeps."""
    pack, batch = _pack_and_letters(job.pack)
    official = job.destination.official
    official_role = role(official.role, pack.folder)

    def request(letter: LetterJob) -> ComposeRequest:
        ask, supporter = pack.ask(letter.ask), supporter_of(letter.supporter)
        return ComposeRequest(
            pack=pack,
            ask=ask,
            supporter=supporter,
            official=official,
            role=official_role,
            office=job.destination.office,
            on=job.on,
            language=job.language,
            reasons=reasons_for(ask, supporter.reasons),
            params=params_for(ask, job.params),
            campaign=job.campaign,
        )

    return batch.compose(list(map(request, letters)))


@lru_cache(maxsize=2)
def _pack_and_letters(folder: Path | None) -> tuple[Pack, LetterBatch]:
    """The pack in a folder and the letters made from it so far."""
    pack = load_pack(folder)
    return pack, LetterBatch(pack)
