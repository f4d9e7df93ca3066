"""Where the program keeps what it must remember, and where the files that come with it are."""

import os
from pathlib import Path

from plea.errors import MachineError

_PACKAGE = Path(__file__).resolve().parent.parent


def home() -> Path:
    """The folder of everything the program keeps: `$PLEA_HOME`, else the user's data folder. Made 0700 when missing.

    Raises MachineError when it cannot be made or is not a folder.
    """
    if named := os.environ.get("PLEA_HOME"):
        folder = Path(named).expanduser()
    else:
        from platformdirs import user_data_path  # noqa: PLC0415 (slow, and not needed where PLEA_HOME is set)

        folder = user_data_path("plea", appauthor=False)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise MachineError("home.not_made", str(folder), reason=error.strerror) from error
    return folder


def directory_file() -> Path:
    """The officials' directory (SQLite)."""
    return home() / "officials.sqlite"


def person_file() -> Path:
    """The remembered person (TOML, 0600)."""
    return home() / "person.toml"


def templates(package: Path = _PACKAGE) -> Path:
    """The folder of built-in texts, forms of address, envelopes and layouts.

    A wheel holds it inside the package; an editable install and a checkout have it at the top of the tree, since
    the build's `force-include` reaches only the wheel. `package` is the folder of `plea` itself.
    """
    in_wheel = package / "templates"
    return in_wheel if in_wheel.is_dir() else package.parent.parent / "templates"
