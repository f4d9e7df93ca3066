"""Messages of `plea.web`."""

from plea.messages.message import N_, Message

MESSAGES: dict[str, Message] = {}

ON_PAGE: dict[str, Message] = {}
"""What a page says of a problem where the words for everybody name a command, an option or a file: by its code.

An empty sentence is said as to everybody.
"""

# --- a campaign's pages

MESSAGES |= {
    "campaign_form.no_name": Message(N_("the campaign has no name"), N_("Give it a name.")),
    "campaign_form.no_asks": Message(N_("nothing to ask for is chosen"), N_("Choose at least one.")),
    "campaign_form.no_targets": Message(N_("nobody to write to is chosen"), N_("Choose at least one.")),
    "campaign_form.no_folder": Message(N_("no folder is given"), N_("Type the folder that contains campaign.toml.")),
    "campaign_form.folder_not_readable": Message(N_("this is not a folder on this computer")),
    "campaign_form.not_a_date": Message(N_("“%(typed)s” is not a date"), N_("Write it as in 2026-11-22.")),
    "campaign_form.not_a_number": Message(N_("“%(typed)s” is not a whole number"), N_("Write it as in 500.")),
    "campaign_form.no_file": Message(N_("no file is chosen"), N_("Choose a file first.")),
    "campaign_form.column_repeated": Message(N_("another column is this already"), N_("Each can be chosen once.")),
    "campaign_form.no_approver": Message(N_("the name is missing"), N_("Say who approves the text.")),
    "campaign_form.text_changed": Message(
        N_("the text was changed since this page was shown"), N_("Look at it again before you approve it.")
    ),
    "campaign_form.not_confirmed": Message(
        N_("the box is not checked"), N_("Check it if you are sure: this cannot be undone.")
    ),
    "job.failed": Message(
        N_("something went wrong in the program"), N_("The terminal in which it runs shows where it happened.")
    ),
}
