"""Progress on stderr, on a terminal only."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plea.campaigns.run import Progress


@contextmanager
def counting(what: str) -> Iterator[Callable[[int], None] | None]:
    """A count that grows, of things whose number nobody knows before; None off a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn

    with Progress(
        SpinnerColumn(), TextColumn("{task.completed:,.0f} {task.description}"), console=Console(stderr=True),
        transient=True,
    ) as bar:  # fmt: skip
        task = bar.add_task(what, total=None)
        yield lambda count: bar.update(task, completed=count)


@contextmanager
def making() -> Iterator["Callable[[Progress], None]"]:
    """Letters made, with rate and time left; silent off a terminal."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.completed:,.0f} of {task.total:,.0f} letters"), BarColumn(),
        TextColumn("{task.fields[rate]:,.0f} a second"), TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("letters", total=0, rate=0.0)
        yield lambda now: bar.update(task, completed=now.done, total=now.total, rate=now.rate)
