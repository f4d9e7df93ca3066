"""What the options of several commands have in common."""

from datetime import date
from pathlib import Path

import click

from plea.language import gettext as _
from plea.system.clock import read_day

HELP = {"help_option_names": ["-h", "--help"]}


class Day(click.ParamType[date]):
    """A day, written as 2026-11-22."""

    name = "day"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day; click.BadParameter where the text is none."""
        day = value if isinstance(value, date) else read_day(value)
        if day is None:
            self.fail(_('"%(typed)s" is not a date; write it as 2026-11-22.', typed=value), param, ctx)
        return day


DAY = Day()
PATH = click.Path(path_type=Path)

json_option = click.option("--json", "as_json", is_flag=True, help=_("For programs: JSON on standard output."))
