"""Many letters of one pack, one after the other: the words of one serve the next, where its templates allow it."""

from collections.abc import Hashable, Mapping, Sequence

from plea.asks.mold import Mold, Molds, Scene, check_typed, fill
from plea.asks.pack import Pack
from plea.asks.render import check_request, molds_of
from plea.asks.scene import scene_of
from plea.errors import PleaError
from plea.letters.compose import AtDesk, ComposeRequest, at_desk, put_together, words_wanted
from plea.model import Ask, Letter

_Desks = dict[Hashable, AtDesk]
"""What letters to one desk share. Its officials are told apart by being the same object: hashing one takes longer."""


class Series:
    """Composes letters, and keeps the words that its templates made for the letters that come after."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._molds: dict[str, Molds] = {}

    def compose(self, requests: Sequence[ComposeRequest]) -> list[Letter | PleaError]:
        """Each letter as `plea.letters.compose` makes it, or the error it raises for it.

        Raises LimitExceeded for a template that runs wild: that is no letter's fault.
        """
        made: dict[int, Letter | PleaError] = {}
        desks: _Desks = {}
        scenes: dict[str, dict[int, Scene]] = {}
        for number, request in enumerate(requests):
            try:
                scenes.setdefault(request.ask.key, {})[number] = _scene(request)
            except PleaError as error:
                made[number] = error
        for key, its in scenes.items():
            ask = next(request.ask for request in requests if request.ask.key == key)
            for number, mold in self._molds_for(ask, its).items():
                made[number] = _letter(requests[number], its[number], mold, desks)
        return [made[number] for number in range(len(requests))]

    def _molds_for(self, ask: Ask, scenes: Mapping[int, Scene]) -> dict[int, Mold]:
        """The mold of each scene, made where no earlier one serves."""
        molds = self._molds.setdefault(ask.key, Molds())
        found: dict[int, Mold] = {}
        waiting = dict(scenes)
        while waiting:
            for number, scene in scenes.items():
                mold = molds.find(scene) if number in waiting else None
                if mold:
                    found[number] = mold
                    del waiting[number]
            samples = molds.samples(waiting.values())
            for scene, made in zip(samples, molds_of(self._pack, ask, samples), strict=True):
                molds.keep(scene, made)
        return found


def _differing(request: ComposeRequest) -> tuple[str, ...]:
    """In what letters to one desk still differ."""
    return request.ask.key, request.language, request.supporter.country, request.on.isoformat()


def _scene(request: ComposeRequest) -> Scene:
    wanted = words_wanted(request)
    check_request(request.ask, wanted)
    scene = scene_of(request.ask, wanted)
    check_typed(scene)
    return scene


def _letter(request: ComposeRequest, scene: Scene, mold: Mold, desks: _Desks) -> Letter | PleaError:
    try:
        words = fill(mold, scene)
        key = (id(request.official), id(request.office), id(request.role), *_differing(request))
        if key not in desks:
            desks[key] = at_desk(request)
        return put_together(request, words.subject, words.body, desks[key])
    except PleaError as error:
        return error
