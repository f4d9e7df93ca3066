"""Messages of `plea.web`."""

from plea.messages.message import N_, Message

MESSAGES: dict[str, Message] = {
    # --- the page as a whole
    "web.not_installed": Message(
        N_("the page needs Flask, Flask-WTF, and waitress, which are not installed"),
        N_("Install them with: pip install 'plea[web]'"),
    ),
    "web.port_taken": Message(
        N_("port %(port)s is not available: %(reason)s"), N_("Leave --port out: any free one is used then.")
    ),
    "web.folder_not_writable": Message(
        N_("cannot be written in: %(reason)s"), N_("Name another folder with --folder.")
    ),
    "web.process_does_not_answer": Message(
        N_("another 'plea web' (process %(process)s) is running and does not answer"), N_("End it, and start again.")
    ),
    "web.other_page_does_not_answer": Message(
        N_("another 'plea web' is running and does not answer"), N_("End it, and start again.")
    ),
    "web.still_working": Message(
        N_("the page was told to stop and still finishes its work"), N_("It will stop when the work is done.")
    ),
    "web.page_does_not_answer": Message(N_("the page on port %(port)s does not answer"), N_("Start it again.")),
    "web.page_refuses": Message(N_("the page on port %(port)s refuses: %(status)s"), N_("End it, and start again.")),
    # --- one person's letters
    "asks.none_checked": Message(N_("please check at least one")),
    "zip.missing_for_officials": Message(N_("your ZIP code is missing: it says who represents you")),
    "city.missing_for_letter": Message(N_("your city or town is missing: the letter begins with it")),
    "state.missing_for_zip": Message(N_("this ZIP code is in more than one state"), N_("Please say which is yours.")),
    "recipients.none_checked": Message(N_("please check at least one of them")),
    "recipients.not_for_ask": Message(
        N_("“%(ask)s” does not go to anyone you have checked"), N_("It can go to: %(roles)s.")
    ),
    "street.missing_for_census": Message(N_("the Census Bureau needs your street and number")),
    "reasons.none_checked": Message(N_("please check at least one reason")),
    "reasons.too_many_checked": Message(N_("please check %(most)s reasons at most; nobody reads more")),
    "story.english_missing": Message(N_("your story is told in another language: the office needs it in English too")),
    "story.seems_spanish": Message(
        N_("your story seems to be in Spanish, and it would be printed that way in an English letter"),
        N_(
            "The office reads English: tell it in English. If you choose “Español” where the page asks for the "
            "language, you can tell it in both."
        ),
    ),
    # --- what step two says once, after a button
    "place.changed": Message(
        N_("you have changed the address, or what you ask for"),
        N_("These are its officials; please look again at who is checked."),
    ),
    "census.says": Message(N_("the Census Bureau says %(district)s")),
    "census.not_reached": Message(
        N_("the Census Bureau could not be asked; most likely this computer is not on the internet just now"),
        N_("If you know the number of your district, or one of these names, your letter needs nothing more."),
    ),
    "officials.not_fetched": Message(
        N_("the list could not be fetched; most likely this computer is not on the internet just now"),
        N_("Nothing is lost. Try again later, or go on without it: type a name below."),
    ),
}

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
    "web.job_failed": Message(
        N_("something went wrong in the program"), N_("The terminal in which it runs shows where it happened.")
    ),
}
