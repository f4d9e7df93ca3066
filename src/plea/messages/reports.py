"""Messages of `plea.campaigns.checking`: approvals, previews, what a check finds."""

from plea.messages.message import N_, Message

MESSAGES: dict[str, Message] = {
    "approval.no_name": Message(N_("a name is needed"), N_("Say who approved the text.")),
    "approval.wrong_columns": Message(N_("the columns must be %(columns)s"), N_("Put the file back as it was.")),
    "approval.missing": Message(
        N_("nobody approved the text, and approval is required"),
        N_("Look at it with `plea campaign preview`, then run `plea campaign approve %(folder)s --by NAME`."),
    ),
    "approval.text_changed": Message(
        N_("the text was changed since %(name)s approved it on %(day)s, and approval is required"),
        N_("Look at it with `plea campaign preview`, then run `plea campaign approve %(folder)s --by NAME`."),
    ),
    "preview.no_such_row": Message(N_("there is no row %(row)s"), N_("The last data row is %(last)s; the first is 1.")),
    "preview.no_such_name": Message(
        N_("nobody who signs has a name like %(name)s"), N_("Give a part of the name, or --row.")
    ),
    "preview.several_rows": Message(
        N_("%(count)s rows have a name like %(name)s: %(rows)s"), N_("Say which one with --row.")
    ),
    "check.letter_cannot_be_printed": Message(N_("the letter to %(official)s cannot be printed: %(problems)s")),
}
