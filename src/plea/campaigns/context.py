"""What a campaign needs from the other context: its pack, its asks, the roles, the directory, the sheet."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from plea.asks.pack import Pack, load_pack
from plea.campaigns.model import Settings
from plea.campaigns.settings.settings import FILE, Fault, profile_key, refuse
from plea.errors import UsageError
from plea.letters.compose import is_for
from plea.letters.paper.profiles import profile
from plea.letters.recipients import CAPITOL, needs_directory, resolve
from plea.model.asks import Ask
from plea.model.letters import Printing
from plea.model.officials import Residence
from plea.officials.directory import Directory, open_directory
from plea.officials.roles import Role, roles
from plea.system.files import read_text
from plea.system.folders import directory_file


@dataclass(frozen=True, slots=True)
class CampaignContext:
    """What is on the shelves for the letters of one day."""

    settings: Settings
    on: date
    pack: Pack
    asks: tuple[Ask, ...]
    roles: Mapping[str, Role]
    directory: Directory | None
    printing: Printing

    def known_pair(self, zip5: str, state: str) -> bool:
        """Whether the ZIP table lists the ZIP code in that state."""
        return self.directory is not None and self.directory.known_pair(zip5, state)

    def facts_for_templates(self) -> Mapping[str, str]:
        """What a template may read of the campaign."""
        return {"name": self.settings.name, "organiser": self.settings.organiser}


def open_context(settings: Settings, on: date) -> CampaignContext:
    """The context of a campaign for letters of that day.

    Raises InputError with every setting that names what does not exist, at its line; MachineError when the
    directory is needed and missing or damaged.
    """
    pack = load_pack(settings.pack)
    known = roles(settings.pack)
    needed = any(needs_directory(target, known) for target in settings.targets)
    directory = open_directory(directory_file()) if needed or directory_file().is_file() else None
    printing = Printing(profile(profile_key(settings)), settings.large_print, font_paths=settings.font_paths)
    asks = tuple(pack.ask(key) for key in settings.asks if key in pack.asks)
    context = CampaignContext(settings, on, pack, asks, known, directory, printing)
    path = settings.folder / FILE
    refuse(path, read_text(path), [*_faults(context)])
    return context


def _faults(context: CampaignContext) -> Iterator[Fault]:
    """Settings that name what the pack or the directory has not."""
    settings = context.settings
    for key in settings.asks:
        if key not in context.pack.asks:
            yield ("asks",), f"there is no ask {key}; there are {', '.join(context.pack.asks)}"
    for ask in context.asks:
        if settings.language not in ask.languages:
            yield ("language",), f"{ask.key} is not written in {settings.language}, but in {', '.join(ask.languages)}"
    params = [name for ask in context.asks for name in ask.params]
    for name in settings.params:
        if name not in params:
            yield ("params", name), f"no ask has a parameter {name}; there are {', '.join(dict.fromkeys(params))}"
    for folder in settings.font_paths:
        if not folder.is_dir():
            yield ("font_paths",), f"{folder} is no folder"
    if settings.consent and settings.consent.at > context.on:
        yield ("consent", "at"), f"{settings.consent.at} is after the letters' date, {context.on}"
    yield from _target_faults(context)
    yield from _office_faults(context)


def _target_faults(context: CampaignContext) -> Iterator[Fault]:
    """Targets that mean nothing, or that no ask is for."""
    if not context.asks:
        return
    for target in context.settings.targets:
        role = target.partition(":")[0]
        if role not in context.roles:
            try:
                found = resolve((target,), Residence(), context.directory, context.on, context.roles)
            except UsageError as error:
                yield ("targets",), f"{error.message.removeprefix('--to ')}. {error.hint}"
                continue
            role = found.chosen[0].role if found.chosen else ""
        if role and not any(is_for(ask, role) for ask in context.asks):
            known = dict.fromkeys(role for ask in context.asks for role in ask.roles)
            yield ("targets",), f"no ask is for {target}; there are {', '.join(known)}"


def _office_faults(context: CampaignContext) -> Iterator[Fault]:
    """Offices that are named for officials who have no such office."""
    for key, office in context.settings.offices.items():
        official = context.directory.official(key, context.on) if context.directory else None
        if official is None:
            yield ("offices", key), f"there is no official {key} (`plea officials find` gives the ids)"
        elif office != CAPITOL and official.office(office) is None:
            there = ", ".join(one.id for one in official.offices)
            yield ("offices", key), f"{key} has no office {office}; there are {there} and capitol"
