"""What to do with finished letters, step by step."""

from collections.abc import Collection, Iterator, Mapping
from datetime import timedelta

from plea.language import gettext as _
from plea.messages.message import N_
from plea.model.letters import Printing
from plea.model.officials import Official
from plea.officials.roles import Role
from plea.writing.output import WritingResult

PAPER = {"pdf", "docx", "html"}
ON_SCREEN = {
    "form": N_("Paste the text of the form file into the web form that it names."),
    "eml": N_("Open the draft in your mail program, enter whom it goes to, and send it."),
}
ANSWER_TIME = timedelta(weeks=3)


def steps(
    written: WritingResult, printing: Printing, roles: Mapping[str, Role], formats: Collection[str] = ()
) -> tuple[str, ...]:
    """What to do now, in order; nothing without letters. `formats` are those to use; none: all that were made."""
    letters = [made.letter for made in written.letters]
    if not letters:
        return ()
    used = {name for made in written.letters for name in made.files if not formats or name in formats}
    on_paper = _on_paper(printing, fold_marks="pdf" in used, envelope_page=bool(written.extra_files))
    day = letters[0].date + ANSWER_TIME
    phones = dict.fromkeys(
        f"{addressee(letter.official, roles)} {letter.office.phone}" for letter in letters if letter.office.phone
    )
    return (
        *(on_paper if used & PAPER else ()),
        *(_(step) for name, step in ON_SCREEN.items() if name in used),
        _(
            "No answer after three weeks (%(day)s)? Call the office and ask what became of your letter: %(phones)s.",
            day=day,
            phones="; ".join(phones),
        )
        if phones
        else _("No answer after three weeks (%(day)s)? Call the office and ask what became of your letter.", day=day),
    )


def addressee(official: Official, roles: Mapping[str, Role]) -> str:
    """Who is written to, in a few words: the name, or the post."""
    return official.name or roles[official.role].name


def _on_paper(printing: Printing, *, fold_marks: bool, envelope_page: bool) -> Iterator[str]:
    """The steps from a file to the mailbox."""
    profile = printing.profile
    window = profile.recipient is not None and not envelope_page
    if window:
        yield _('Print at 100 %% (not "fit to page"): the address must meet its window.')
    else:
        yield _('Print at 100 %% (not "fit to page").')
    if printing.signature is None:
        yield _("Sign by hand above your name.")
    if profile.envelope is None:
        yield _("Carry it to the office. Ask for an appointment first.")
        return
    if fold_marks and window:
        yield _("Fold at the small marks on the edge, the address facing out.")
    elif fold_marks:
        yield _("Fold at the small marks on the edge.")
    if envelope_page:
        yield _("Print the envelope page on the outside of a plain envelope.")
    elif not window:
        yield _("Write the address on the envelope, and yours at its top left.")
    elif profile.sender is None:
        yield _("The window does not show your return address: write it at the top left of the envelope.")
    yield _("Put a stamp on it and mail it.")
