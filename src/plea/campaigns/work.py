"""What a worker does: one volume, from plain values to the bytes of its PDF. It writes nothing and asks no clock.

A worker keeps its pack, the words its templates made and its typst compiler from job to job.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from plea.asks.pack import Pack, load_pack
from plea.campaigns.nouns import LetterJob, LetterMade, VolumeJob, VolumeMade
from plea.errors import PleaError
from plea.letters.bound import Place, bind
from plea.letters.compose import ComposeRequest
from plea.letters.profiles import profile
from plea.letters.series import Series
from plea.model import Letter, Printing, Problem
from plea.officials.roles import role

_NUMBER = re.compile(r"(\d+)\.pdf$")


def make_volume(job: VolumeJob) -> VolumeMade:
    """The volume of a job: the same bytes in every process. A letter that cannot be made right is left out, and said.

    Raises LimitExceeded for a template that runs wild, MachineError for what typst cannot set.
    """
    pack, series = _workshop(job.pack)
    composed = series.compose([_request(job, letter, pack) for letter in job.letters])
    good = [number for number, letter in enumerate(composed) if isinstance(letter, Letter)]
    printing = Printing(profile(job.profile), large_print=job.large_print, font_paths=job.font_paths)
    bound = bind(
        [letter for letter in composed if isinstance(letter, Letter)],
        printing,
        number=_footer(job.file),
        overlong=job.overlong == "print",
    )
    places = dict(zip(good, bound.places, strict=True))
    made = (
        _made(letter.letter_id, places.get(number), composed[number]) for number, letter in enumerate(job.letters)
    )
    return VolumeMade(job.file, bound.content, tuple(made))


@lru_cache(maxsize=2)
def _workshop(folder: Path | None) -> tuple[Pack, Series]:
    """The pack in a folder and the letters made from it so far."""
    pack = load_pack(folder)
    return pack, Series(pack)


def _request(job: VolumeJob, letter: LetterJob, pack: Pack) -> ComposeRequest:
    return ComposeRequest(
        pack=pack,
        ask=pack.ask(letter.ask),
        supporter=letter.supporter,
        official=job.desk.official,
        role=role(job.desk.official.role, pack.folder),
        office=job.desk.office,
        on=job.on,
        language=job.language,
        reasons=letter.supporter.reasons,
        params=job.params,
        campaign=job.campaign,
    )


def _footer(file: str) -> Callable[[int], str]:
    """What stands at the foot of the nth letter of a volume: `3-17` is the 17th of the third."""
    found = _NUMBER.search(file)
    return f"{int(found[1]) if found else 1}-{{}}".format


def _made(letter_id: str, place: Place | None, letter: Letter | PleaError) -> LetterMade:
    if isinstance(letter, PleaError):
        return LetterMade(letter_id, problems=(Problem("letter", letter.message, letter.hint),))
    assert place
    return LetterMade(letter_id, place.page, place.pages, place.problems)
