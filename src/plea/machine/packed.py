"""Where the files that come with the program lie."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def templates(package: Path = _PACKAGE) -> Path:
    """The folder of built-in texts, forms of address, envelopes and layouts.

    A wheel holds it inside the package; an editable install and a checkout have it at the top of the tree, since
    the build's `force-include` reaches only the wheel. `package` is the folder of `plea` itself.
    """
    in_wheel = package / "templates"
    return in_wheel if in_wheel.is_dir() else package.parent.parent / "templates"
