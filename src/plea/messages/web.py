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
}

_FETCH_LIST = N_("“Fetch the list now” brings the newest.")
_TYPE_NAME = N_("Below you can type the name.")
_LAST_HOME = N_("People there vote where they last lived in the United States: give that state or district.")
_DISTRICT_OR_LATER = N_("Give the district, or try again later.")
_YOUR_DISTRICT = N_("Say which district is yours, such as %(example)s.")
_YOUR_STATE = N_("Say in which state you live.")
_OTHER_OFFICE = N_("Choose another office, or an envelope without a window.")
_INSTALL_FONT = N_("Install a font for %(script)s (Debian: apt install %(package)s) and try again.")

ON_PAGE: dict[str, Message] = {
    "directory.not_updated": Message(
        N_("the list could not be fetched; most likely this computer is not on the internet just now"),
        N_("Nothing is lost. Try again later, or go on without it: type a name below."),
    ),
    "geocoder.no_answer": Message(
        N_("the Census Bureau could not be asked; most likely this computer is not on the internet just now"),
        N_("If you know the number of your district, or one of these names, your letter needs nothing more."),
    ),
    "geocoder.undocumented": Message("", _DISTRICT_OR_LATER),
    "geocoder.another_congress": Message("", _DISTRICT_OR_LATER),
    "geocoder.congress_unknown": Message("", N_("Install a newer plea, or give the district.")),
    "geocoder.not_found": Message("", N_("Check the street and its number, or give the district.")),
    "person.not_readable": Message("", N_("Fix the line, or delete the file.")),
    "folder.not_made": Message("", N_("Name another folder when you start the page.")),
    "file.no_space": Message("", N_("Free some space and try again; the old file is whole.")),
    "lookup.no_members": Message("", N_("“Fetch the list now” brings them.")),
    "lookup.congress_term_ended": Message("", _FETCH_LIST),
    "lookup.vacant": Message("", _FETCH_LIST),
    "lookup.term_ended": Message("", _TYPE_NAME),
    "lookup.role_not_in_directory": Message("", _TYPE_NAME),
    "lookup.state_legislators": Message("", _TYPE_NAME),
    "lookup.military_zip": Message("", _LAST_HOME),
    "lookup.military_state": Message("", _LAST_HOME),
    "lookup.residence_needed": Message("", N_("Give the ZIP code, the state, or the district.")),
    "official.term_ended": Message(
        "", N_("“Fetch the list now” brings who holds the seat now; or write to somebody else.")
    ),
    "target.no_directory": Message("", N_("“Fetch the list now” brings it; or type the name below.")),
    "target.no_chairs": Message("", N_("“Fetch the list now” brings them.")),
    "target.which_chair": Message("", N_("Check the one you mean.")),
    "target.unknown": Message("", _TYPE_NAME),
    "target.unknown_but_like": Message("", _TYPE_NAME),
    "target.no_address_by_name": Message("", N_("Write to another official.")),
    "seats.several_districts": Message("", _YOUR_DISTRICT),
    "seats.district_unknown": Message("", _YOUR_DISTRICT),
    "seats.several_states": Message("", _YOUR_STATE),
    "seats.state_unknown": Message("", _YOUR_STATE),
    "seats.several_officials": Message("", N_("Check the one you mean.")),
    "seats.nobody_known": Message("", _TYPE_NAME),
    "seats.holder_unknown": Message("", _TYPE_NAME),
    "seats.none_found": Message("", _TYPE_NAME),
    "official.no_address": Message("", N_("Write to another official.")),
    "letter.not_for_role": Message("", N_("It is for %(roles)s.")),
    "letter.story_not_translated": Message("", N_("Give it in English as well, and who translated it.")),
    "letter.name_not_latin": Message("", N_("Give its Latin form as well, under “Another alphabet, another country”.")),
    "recipient.line_too_long": Message("", _OTHER_OFFICE),
    "recipient.too_many_lines": Message("", _OTHER_OFFICE),
    "sender.not_in_window": Message("", N_("Choose an envelope with one window, or one without a window.")),
    "font.missing": Message("", _INSTALL_FONT),
    "font.missing_and_more": Message("", _INSTALL_FONT),
    "font.no_sans": Message("", N_("Install one (Debian: apt install %(package)s).")),
}
"""What a page says of a problem where the words for everybody name a command, an option or a file: by its code.

An empty sentence is said as to everybody.
"""

TRANSLATED_NAMES = (
    N_("U.S. senator"),
    N_("U.S. representative"),
    N_("delegate to Congress"),
    N_("resident commissioner of Puerto Rico"),
    N_("chair of a committee of Congress"),
    N_("chair"),
    N_("President of the United States"),
    N_("Vice President of the United States"),
    N_("Secretary of State"),
    N_("Secretary of Homeland Security"),
    N_("U.S. ambassador to the United Nations"),
    N_("Secretary-General of the United Nations"),
    N_("governor"),
    N_("mayor"),
    N_("state senator"),
    N_("state representative"),
    N_("member of the UK Parliament"),
    N_("member of the Canadian Parliament"),
    N_("Letter paper, #10 envelope with one window"),
    N_("Letter paper, #10 envelope with two windows"),
    N_("A4 paper, DL envelope with one window"),
    N_("Letter paper, no window: a plain #10 envelope"),
    N_("Letter paper, carried by hand: no window, no folds"),
)
"""Names in templates/forms-of-address.toml and templates/envelopes.toml, for the translators' catalog."""
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

_FILL_DISTRICT = N_(
    "Fill in the district, such as IL-11. The signer can find it on a voter card, or by the representative's name."
)
_FILL_STATE = N_("Fill in the state.")
_NAME_OFFICIAL = N_("Add the official under “Others” on the page “The campaign”.")
_APPROVE = N_("Look at the letter and approve it on the page “The letter”.")
_OTHER_ENVELOPE = N_("Choose another envelope on the page “The campaign”.")
_FONT = N_("Install a font for %(script)s (Debian: apt install %(package)s), and make the letters again.")

ON_CAMPAIGN_PAGE: dict[str, Message] = {
    # the campaign and its settings
    "campaign.not_found": Message("", N_("Type the folder that contains campaign.toml.")),
    "campaign.purged": Message("", N_("Start a new campaign for new letters.")),
    "directory.not_updated": Message(
        N_("the list could not be downloaded; most likely this computer is not on the internet just now"),
        N_("Nothing is lost. Try again later."),
    ),
    "settings.consent_incomplete": Message(
        N_("the day they agreed and where the consent is kept belong together"), N_("Give both, or neither.")
    ),
    "table.is_rejects": Message("", N_("Upload it on the page “Check”, as the corrected list.")),
    # rows
    "corrections.not_rejects": Message(
        "", N_("Correct the cells of the list you downloaded, and leave those columns as they are.")
    ),
    "letter.name_not_latin": Message("", N_("Fill in the name in Latin letters.")),
    "letter.story_not_translated": Message("", N_("Fill in the story in English, and who translated it.")),
    "row.story_language": Message("", N_("Fill in the story in English, and who translated it.")),
    "seats.district_unknown_in_row": Message("", _FILL_DISTRICT),
    "seats.holder_unknown_in_row": Message("", _NAME_OFFICIAL),
    "seats.nobody_known_in_row": Message("", _NAME_OFFICIAL),
    "seats.none_found_in_row": Message("", _NAME_OFFICIAL),
    "seats.several_districts_in_row": Message("", _FILL_DISTRICT),
    "seats.several_officials_in_row": Message("", _NAME_OFFICIAL),
    "seats.several_states_in_row": Message("", _FILL_STATE),
    "seats.state_unknown_in_row": Message("", _FILL_STATE),
    "seats.street_not_found_in_row": Message("", _FILL_DISTRICT),
    # letters
    "approval.missing": Message("", _APPROVE),
    "approval.text_changed": Message("", _APPROVE),
    "font.missing": Message("", _FONT),
    "font.missing_and_more": Message("", _FONT),
    "font.no_sans": Message("", N_("Install one (Debian: apt install %(package)s).")),
    "job.cannot_be_made": Message("", N_("Make the letters again; what is finished is kept.")),
    "ledger.nothing_planned": Message("", N_("Make the letters first.")),
    "preview.no_such_name": Message("", N_("Type a part of the name, or the number of a row.")),
    "preview.several_rows": Message("", N_("Type the number of the row.")),
    "recipient.line_too_long": Message("", _OTHER_ENVELOPE),
    "recipient.too_many_lines": Message("", _OTHER_ENVELOPE),
    "run.volumes_missing": Message(
        "", N_("Put the folder back, or choose “Make the volumes again” on the page “Print”.")
    ),
    "sender.not_in_window": Message("", _OTHER_ENVELOPE),
}
"""The same for the pages of a campaign, whose fields and buttons have other names."""
