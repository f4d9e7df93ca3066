"""Settings changed in place: the comments of `campaign.toml` stay, and what would not hold is never written."""

from collections.abc import Mapping
from pathlib import Path

from plea.campaigns.nouns import Settings
from plea.campaigns.settings import FILE, load_settings, read_settings
from plea.machine.files import read_text, write_atomic
from plea.machine.toml_edit import Value, with_value

Changes = Mapping[tuple[str, ...], Value]
"""By the names that lead to a setting, as in `("consent", "at")`, what it is to be; None takes it out."""


def change_settings(folder: Path, changes: Changes) -> Settings:
    """Write the changes, all of them or none; gives the settings as they are then.

    Raises SettingsError when they would not hold, and MendableError for a file that must be edited by hand; the file
    is as it was in both cases.
    """
    path = folder.absolute() / FILE
    before = load_settings(folder)
    text = old = read_text(path)
    for steps, value in changes.items():
        text = with_value(text, steps, value)
    if text == old:
        return before
    after = read_settings(text, path)
    write_atomic(path, text.encode(), mode=path.stat().st_mode & 0o777)
    return after


def match_columns(folder: Path, columns: Mapping[str, str]) -> Settings:
    """Make `[columns]` say ours = theirs for just these columns. Raises as `change_settings` does."""
    settings = load_settings(folder)
    gone: dict[tuple[str, ...], Value] = {("columns", ours): None for ours in settings.columns if ours not in columns}
    return change_settings(folder, gone | {("columns", ours): theirs for ours, theirs in columns.items()})
