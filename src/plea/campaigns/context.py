"""What a campaign's letters are made with: its settings, its pack and asks, the roles, the directory, the paper."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from plea.asks.pack import Pack, load_pack
from plea.campaigns.settings import FILE, Fault, Settings, SettingsError, profile_key
from plea.errors import UsageError
from plea.letters.compose import is_for
from plea.letters.paper.profiles import profile
from plea.model.asks import Ask
from plea.model.letters import Printing
from plea.model.officials import Residence
from plea.officials.directory import Directory, open_directory
from plea.officials.recipients import CAPITOL, needs_directory, resolve
from plea.officials.roles import Role, roles
from plea.problems import Problem
from plea.system.files import read_text
from plea.system.folders import directory_file


@dataclass(frozen=True, slots=True)
class CampaignContext:
    """Everything that is needed for the letters of one day."""

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


def open_context(settings: Settings, on: date) -> CampaignContext:
    """The context of a campaign for letters of that day.

    Raises SettingsError with every setting that names what does not exist, at its line; MachineError when the
    directory is needed and missing or damaged.
    """
    pack = load_pack(settings.pack)
    known_roles = roles(settings.pack)
    needed = any(needs_directory(target, known_roles) for target in settings.targets)
    directory = open_directory(directory_file()) if needed or directory_file().is_file() else None
    printing = Printing(profile(profile_key(settings)), settings.large_print, font_paths=settings.font_paths)
    asks = tuple(pack.ask(key) for key in settings.asks if key in pack.asks)
    context = CampaignContext(settings, on, pack, asks, known_roles, directory, printing)
    faults = [*_faults(context)]
    if faults:
        path = settings.folder / FILE
        raise SettingsError(path, read_text(path), faults)
    return context


def _faults(context: CampaignContext) -> Iterator[Fault]:  # noqa: C901, PLR0912 (one setting after the other)
    """Settings that name what the pack, the directory or the disk does not have."""
    settings = context.settings
    for key in settings.asks:
        if key not in context.pack.asks:
            yield ("asks",), Problem("settings.unknown_ask", ask=key, asks=tuple(context.pack.asks))
    for ask in context.asks:
        if settings.language not in ask.languages:
            values = {"ask": ask.key, "language": settings.language, "languages": tuple(ask.languages)}
            yield ("language",), Problem("settings.language_not_written", **values)
    params = tuple(dict.fromkeys(name for ask in context.asks for name in ask.params))
    for name in settings.params:
        if name not in params:
            code = "settings.unknown_param" if params else "settings.no_params"
            yield ("params", name), Problem(code, name=name, params=params)
    for folder in settings.font_paths:
        if not folder.is_dir():
            yield ("font_paths",), Problem("settings.no_font_folder", folder=str(folder))
    if settings.consent and settings.consent.at > context.on:
        yield ("consent", "at"), Problem("settings.consent_after_letters", day=settings.consent.at, letters=context.on)
    for target in settings.targets if context.asks else ():
        yield from _target_faults(context, target)
    for key, office in settings.offices.items():
        official = context.directory.official(key, context.on) if context.directory else None
        if official is None:
            yield ("offices", key), Problem("settings.unknown_official", official=key)
        elif office != CAPITOL and official.office(office) is None:
            offices = (*(known.id for known in official.offices), CAPITOL)
            yield ("offices", key), Problem("settings.unknown_office", official=key, office=office, offices=offices)


def _target_faults(context: CampaignContext, target: str) -> Iterator[Fault]:
    """A target that means nothing, or that no ask is for."""
    role = target.partition(":")[0]
    if role not in context.roles:
        try:
            resolved = resolve((target,), Residence(), context.directory, context.on, context.roles)
        except UsageError as error:
            yield from ((("targets",), problem) for problem in error.problems)
            return
        role = resolved.chosen[0].role if resolved.chosen else ""
    if role and not any(is_for(ask, role) for ask in context.asks):
        written_to = tuple(dict.fromkeys(role for ask in context.asks for role in ask.roles))
        yield ("targets",), Problem("settings.no_ask_for_target", target=target, roles=written_to)
