"""Messages of `plea.letters`."""

from plea.messages.message import N_, NN_, Message

_ANOTHER_OFFICE = N_("Choose another office with --office, or --profile none with a plain envelope.")
_BREAK_UP = N_("Shorten it, or break it up with spaces.")
_INSTALL_FONT = N_(
    "Install a font for %(script)s (Debian: apt install %(package)s) and try again, or give its folder with "
    "--font-path."
)
_HEADER = N_("Take it out; a mail header must mean what it shows.")

_TARGETS = N_(
    "Give a role (us-senator, us-representative, or another), an id from `plea officials find`, or a role with a name: "
    '"us-senator:Jane Doe".'
)
_REASON = N_("%(reason)s")
_SEVERAL_DISTRICTS = N_("several districts share %(residence)s: %(seats)s")
_SEVERAL_STATES = N_("more than one state shares %(residence)s: %(seats)s")
_SEVERAL_OFFICIALS = N_("%(residence)s does not tell which: %(seats)s")
_NONE_FOUND = N_("no %(role)s was found for %(residence)s")
_GIVE_STATE = N_("Say in which state you live: --state.")
_NAME_OR_IMPORT = N_('Import who holds it with `plea officials import PATH`, or name the person: --to "%(role)s:NAME".')
_NAME_AMONG_TARGETS = N_("Name the official by id among the targets.")
_FILL_STATE = N_("Fill the column state, and read the row again: `plea campaign run DIR --corrected rejects.csv`.")
_FILL_DISTRICT = N_(
    "Fill the column district, such as %(example)s, and read the row again: "
    "`plea campaign run DIR --corrected rejects.csv`."
)
_FILL_DISTRICT_ALONE = N_(
    "Fill the column district, and read the row again: `plea campaign run DIR --corrected rejects.csv`."
)

MESSAGES: dict[str, Message] = {
    # What one letter is made of
    "letter.not_for_role": Message(
        N_("the ask %(ask)s is not for %(role)s"),
        N_("It is for %(roles)s. `plea asks list` shows whom each ask is for."),
    ),
    "letter.story_not_translated": Message(
        N_("the story is told in another language (%(story)s) than the letter (%(letter)s)"),
        N_("Give it in English as well (story_en), and who translated it (translated_by)."),
    ),
    "letter.name_not_latin": Message(
        N_("the name is not in Latin letters, and an office files letters by name"),
        N_("Give its Latin form as well (name_latin)."),
    ),
    "letter.runs_over": Message(
        N_("runs over: %(pages)s pages"),
        N_("Shorten the story or choose fewer reasons; one page is what gets read."),
    ),
    "letter.runs_over_in_check": Message(
        N_("to %(role)s: %(pages)s pages with a story of %(words)s words; one is the rule")
    ),
    "letter.runs_over_in_check_committee": Message(
        N_("to %(role)s on %(committees)s: %(pages)s pages with a story of %(words)s words; one is the rule")
    ),
    "letter.no_such_page": Message(N_("the letter has no page %(page)s"), N_("It has %(pages)s.")),
    "letter.no_such_role": Message(N_("there is no role %(role)s")),
    # Addresses and words that have no room
    "recipient.line_too_long": Message(
        N_("the address of %(recipient)s does not fit the window of %(profile)s: “%(line)s” is too long"),
        _ANOTHER_OFFICE,
    ),
    "recipient.too_many_lines": Message(
        N_(
            "the address of %(recipient)s does not fit the window of %(profile)s: it has %(lines)s lines, and there is "
            "room for %(most)s"
        ),
        _ANOTHER_OFFICE,
    ),
    "sender.not_in_window": Message(
        N_("your own address does not fit the window of %(profile)s: %(lines)s"),
        N_("Use --profile us-10-single, or --profile none with a plain envelope."),
    ),
    "sender.too_many_lines": Message(
        N_("your own address takes %(lines)s lines above the window, and there is room for %(most)s"),
        N_("Shorten it, or leave lines out."),
    ),
    "contact.too_wide": Message(
        N_("your e-mail address or phone number is wider than the space beside the window"), N_("Leave it out.")
    ),
    "sender.word_too_long": Message(
        N_("your own address holds a word of %(letters)s letters, wider than the page"), _BREAK_UP
    ),
    "recipient.word_too_long": Message(
        N_("the address holds a word of %(letters)s letters, wider than the page"), _BREAK_UP
    ),
    "subject.word_too_long": Message(
        N_("the subject holds a word of %(letters)s letters, wider than the page"), _BREAK_UP
    ),
    "salutation.word_too_long": Message(
        N_("the salutation holds a word of %(letters)s letters, wider than the page"), _BREAK_UP
    ),
    "body.word_too_long": Message(N_("the text holds a word of %(letters)s letters, wider than the page"), _BREAK_UP),
    "name.word_too_long": Message(N_("the name holds a word of %(letters)s letters, wider than the page"), _BREAK_UP),
    "enclosures.word_too_long": Message(
        N_("the list of enclosures holds a word of %(letters)s letters, wider than the page"), _BREAK_UP
    ),
    # Whom to write to
    "target.no_directory": Message(
        N_("who %(target)s is stands in the directory of officials, and there is none yet"),
        N_(
            "Fetch it with `plea officials update`, read it with `plea officials import PATH`, or give the name "
            'yourself: --to "%(role)s:NAME".'
        ),
    ),
    "target.unknown": Message(N_("there is no role or official of that name"), _TARGETS),
    "target.unknown_but_like": Message(
        N_("there is no role or official of that name (did you mean %(nearest)s?)"), _TARGETS
    ),
    "target.which_chair": Message(
        N_("there are many committee chairs, such as %(examples)s"),
        N_("Say which by id. `plea officials find --role committee-chair` lists them."),
    ),
    "target.no_chairs": Message(
        N_("no committee chairs are in the directory"), N_("Fetch them with `plea officials update`.")
    ),
    "target.several_chairs": Message(N_("%(chairs)s chair it together"), N_("Say which by id.")),
    "target.no_name": Message(N_("the name is missing"), N_('Write it after the colon: "%(role)s:Jane Doe".')),
    "target.no_address_by_name": Message(
        N_("no postal address is known for a %(role)s by name alone"),
        N_("Import the address with `plea officials import PATH` (a CSV of your own will do)."),
    ),
    "official.term_ended": Message(
        N_("the term of %(official)s ended on %(day)s"),
        N_("Fetch who holds the seat now with `plea officials update`, or write to somebody else."),
    ),
    "official.term_ends_soon": Message(
        N_("the term of %(official)s ends on %(day)s; unless it is renewed, the office may be closing"),
        N_("Mail it soon."),
    ),
    "office.not_of_official": Message(
        N_("%(official)s has no such office"), N_("There are: %(offices)s; or nearest, capitol.")
    ),
    "office.unknown": Message(N_("there is no such office"), N_("There are: %(offices)s.")),
    # Seats that stay open; `_in_row` is what a campaign says of them
    "seat.vacant": Message(N_("the seat is vacant"), N_("Leave it out until it is filled.")),
    "seats.several_districts": Message(
        _SEVERAL_DISTRICTS, N_("Say which is yours with --district, such as --district %(example)s.")
    ),
    "seats.several_districts_in_row": Message(_SEVERAL_DISTRICTS, _FILL_DISTRICT),
    "seats.several_states": Message(_SEVERAL_STATES, _GIVE_STATE),
    "seats.several_states_in_row": Message(_SEVERAL_STATES, _FILL_STATE),
    "seats.several_officials": Message(
        _SEVERAL_OFFICIALS,
        N_("Name the one by id: --to %(example)s. `plea officials find --role %(role)s` lists them."),
    ),
    "seats.several_officials_in_row": Message(_SEVERAL_OFFICIALS, _NAME_AMONG_TARGETS),
    "seats.nobody_known": Message(_SEVERAL_OFFICIALS, _NAME_OR_IMPORT),
    "seats.nobody_known_in_row": Message(_SEVERAL_OFFICIALS, _NAME_AMONG_TARGETS),
    "seats.district_unknown": Message(
        _REASON, N_("Say which is yours with --district, such as --district %(example)s.")
    ),
    "seats.district_unknown_in_row": Message(_REASON, _FILL_DISTRICT),
    "seats.state_unknown": Message(_REASON, _GIVE_STATE),
    "seats.state_unknown_in_row": Message(_REASON, _FILL_STATE),
    "seats.holder_unknown": Message(_REASON, _NAME_OR_IMPORT),
    "seats.holder_unknown_in_row": Message(_REASON, _NAME_AMONG_TARGETS),
    "seats.none_found": Message(
        _NONE_FOUND, N_('Give --state, --zip or --district, or the name: --to "%(role)s:NAME".')
    ),
    "seats.none_found_in_row": Message(_NONE_FOUND, _NAME_AMONG_TARGETS),
    "seats.street_not_found_in_row": Message(_REASON, _FILL_DISTRICT_ALONE),
    "seats.one_vacant": Message(N_("%(seat)s (vacant)")),
    "seats.one_unknown": Message(N_("%(seat)s (nobody is known to hold it)")),
    "seats.more": Message(NN_("%(count)s more", "%(count)s more")),
    "seats.residence_zip": Message(N_("ZIP code %(zip)s")),
    "seats.residence_zip_in_state": Message(N_("ZIP code %(zip)s, %(state)s")),
    "seats.residence_unknown": Message(N_("an unknown place")),
    "row.no_recipient": Message(
        N_("none of the targets answers for %(place)s"), N_("Add a target that does, or take the row out.")
    ),
    "geocoder.streets_sent": Message(
        N_(
            "signers' streets leave this machine where a ZIP code is shared: the U.S. Census Bureau is asked for the "
            "district"
        )
    ),
    # Fonts
    "font.missing": Message(N_("no font at hand shows %(characters)s"), _INSTALL_FONT),
    "font.missing_and_more": Message(
        NN_(
            "no font at hand shows %(characters)s, nor %(count)s more character",
            "no font at hand shows %(characters)s, nor %(count)s more characters",
        ),
        _INSTALL_FONT,
    ),
    "font.no_sans": Message(
        N_("no sans serif font is at hand, such as %(families)s"),
        N_("Install one (Debian: apt install %(package)s) or give its folder with --font-path."),
    ),
    "script.latin": Message(N_("rarer Latin, Greek, and Cyrillic letters")),
    "script.arabic": Message(N_("Arabic")),
    "script.hebrew": Message(N_("Hebrew")),
    "script.korean": Message(N_("Korean")),
    "script.cjk": Message(N_("Chinese and Japanese")),
    "script.emoji": Message(N_("emoji")),
    "script.symbols": Message(N_("symbols")),
    "script.other": Message(N_("%(name)s")),
    "script.unassigned": Message(N_("these characters")),
    # Formats
    "format.unknown": Message(N_("there is no format %(format)s"), N_("There are %(formats)s.")),
    "format.unknown_but_like": Message(
        N_("there is no format %(format)s"), N_("Did you mean %(nearest)s? There are %(formats)s.")
    ),
    "profile.unknown": Message(N_("there is no profile %(profile)s"), N_("There are %(profiles)s.")),
    "profile.unknown_but_like": Message(
        N_("there is no profile %(profile)s"), N_("Did you mean %(nearest)s? There are %(profiles)s.")
    ),
    "signature.not_readable": Message(N_("cannot be read: %(reason)s"), N_("Name a PNG or JPEG file.")),
    "signature.not_a_picture": Message(
        N_("is not a picture of a signature"), N_("Name a PNG or JPEG file of at most 10 MiB.")
    ),
    "signature.damaged": Message(N_("the picture is damaged"), N_("Name a PNG or JPEG file that other programs show.")),
    "signature.not_for_word": Message(N_("is a kind of JPEG that Word documents do not take"), N_("Save it as PNG.")),
    "eml.control_character": Message(
        N_("the mail header %(header)s would hold a line break or a control character"), _HEADER
    ),
    "eml.encoded_word": Message(
        N_("the mail header %(header)s would hold '=?', which mail programs read as a hidden code"), _HEADER
    ),
    "eml.not_an_address": Message(
        N_("the mail header From would hold %(address)s, which is not an e-mail address"), _HEADER
    ),
    "eml.reads_differently": Message(
        N_("the mail draft would be read as something else than this letter"),
        N_("Look for unusual characters in the name and the subject, and take them out."),
    ),
    "typesetting.failed": Message(N_("could not be typeset: %(reason)s"), N_("Please report this.")),
}
