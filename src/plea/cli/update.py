"""`plea update`: fetch what is public about officials and bills."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from plea import language
from plea.cli.terminal import HELP, PATH, json_option, print_json
from plea.failures import INCOMPLETE, print_problems
from plea.language import gettext as _
from plea.language import ngettext
from plea.problems import Problem
from plea.system import folders

if TYPE_CHECKING:
    from plea.officials.bills import BillStatus
    from plea.officials.imports.batch import Batch


@click.command(
    "update",
    context_settings=HELP,
    help=_(
        "Fetch the public files over HTTPS: members of Congress, their offices, committees, ZIP codes, and the status "
        "of the bills that letters speak of.\n\n"
        "Only what has changed is fetched. What you have stays as it is unless everything that came is complete. "
        "Nothing about you is sent. (The live servers were not reached from where this program was built: please "
        "report what differs.)"
    ),
)
@click.option(
    "--timeout", type=click.FloatRange(min=0.1), default=120, show_default=True, help=_("Seconds for all of it.")
)
@click.option("--source", default="", metavar="URL", help=_("A mirror: another place with the same files."))
@click.option("--pack", type=PATH, metavar="DIR", help=_("A folder of asks of your own: its bills are fetched too."))
@json_option
@click.pass_context
def command(ctx: click.Context, timeout: float, source: str, pack: Path | None, as_json: bool) -> None:
    """Fetch the public files."""
    from plea.asks.pack import load_pack
    from plea.officials.network import update

    def progress(file: str) -> None:
        if sys.stderr.isatty():
            click.echo(_("fetching %(file)s", file=file), err=True)

    numbers = load_pack(pack).bill_numbers
    fetched = update(folders.directory_file(), numbers, source=source, seconds=timeout, progress=progress)
    show_read(fetched.batches, [], fetched.lost, as_json, fetched.bills)
    print_problems(fetched.unpublished)
    ctx.exit(INCOMPLETE if fetched.unpublished else 0)


def show_read(
    batches: "Sequence[Batch]",
    ignored: Sequence[Path],
    lost: Problem | None,
    as_json: bool,
    bills: "Sequence[BillStatus]" = (),
) -> None:
    """What was read of each kind, and where it is now."""
    from plea.model.bills import number_in_words

    if lost:
        print_problems([lost])
    read = {batch.kind: [*map(language.what, batch.counts)] for batch in batches}
    if bills:
        numbers = language.listed(number_in_words(status.number) for status in bills)
        text = ngettext(
            "status of %(count)s bill (%(numbers)s)",
            "status of %(count)s bills (%(numbers)s)",
            len(bills),
            numbers=numbers,
        )
        read["bills"] = [text]
    directory = str(folders.directory_file())
    if as_json:
        print_json({"read": read, "ignored": [str(path) for path in ignored], "directory": directory})
        return
    for kind, lines in read.items():
        click.echo(f"{kind}: {'; '.join(lines)}")
    for path in ignored:
        click.echo(_("not used: %(path)s", path=str(path)))
    if not read:
        click.echo(_("Nothing has changed at the publishers; the directory is up to date."))
    click.echo(_("The directory is %(path)s.", path=directory))
