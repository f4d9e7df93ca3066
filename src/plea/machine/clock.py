"""The one place that asks what day it is."""

from datetime import date


def today() -> date:
    """The day on this machine's own calendar; rooms take `on: date` and only the command line calls this."""
    return date.today()  # noqa: DTZ011 (a letter is dated by the calendar on the writer's wall)
