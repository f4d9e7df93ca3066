"""Messages of `plea.supporters`."""

from plea.messages.message import N_, NN_, Message

_TAKE_OUT = N_("Take that character out; the rest may stay as it is.")
_DATE = N_("Write it as 2026-10-03.")
_ZIP_AND_STATE = N_("Give the ZIP code with all its digits, and the state.")
_EMAIL = N_("One looks like name@example.com.")
_AS_CSV = N_("Open it in a spreadsheet and save the table as 'CSV UTF-8'.")
_AS_TABLE = N_("Save the table as XLSX or as 'CSV UTF-8'.")
_AS_UNICODE = N_(
    "Save it as 'CSV UTF-8' or as XLSX. If it comes from an old Excel on Windows, set encoding to \"windows-1252\" and "
    "look at the names in a preview."
)
_FAR = N_("Delete the cells outside the table, or copy the table to a new workbook.")
_JSON = N_('A row is one line such as {"name": "Alex Example", "zip": "05401"}.')

MESSAGES: dict[str, Message] = {
    # --- characters and lengths ---
    "character.control": Message(N_("a control character, %(character)s")),
    "character.private_use": Message(N_("a private-use character, %(character)s")),
    "character.changes_direction": Message(N_("a character that overrides the direction of text, %(character)s")),
    "character.annotation": Message(N_("an annotation character, %(character)s")),
    "character.is_none": Message(N_("something that is not a character, %(character)s")),
    "text.character_not_allowed": Message(N_("holds %(character)s"), _TAKE_OUT),
    "text.hidden_code": Message(
        N_("holds '=?', which mail programs read as a hidden code"), N_("Write it in plain letters.")
    ),
    "text.too_long": Message(N_("is %(length)s characters long; %(limit)s is the most"), N_("Shorten it.")),
    "story.too_long": Message(
        N_("is %(length)s characters long; %(limit)s is the most"),
        N_("A page holds about 300 words; keep what matters most."),
    ),
    # --- the person ---
    "name.missing": Message(N_("a name is missing"), N_("Give the name the letter is signed with.")),
    "email.no_at_sign": Message(N_("is not an e-mail address: it has no @-sign"), _EMAIL),
    "email.nothing_before_at": Message(N_("is not an e-mail address: nothing stands before the @-sign"), _EMAIL),
    "email.nothing_after_at": Message(N_("is not an e-mail address: nothing stands after the @-sign"), _EMAIL),
    "email.no_period": Message(N_("is not an e-mail address: what stands after the @-sign has no period"), _EMAIL),
    "email.not_valid": Message(N_("is not an e-mail address"), _EMAIL),
    "phone.not_valid": Message(N_("%(phone)s is not a phone number"), N_("One looks like 802-555-0123.")),
    "language.not_a_code": Message(N_("%(language)s is not a language code"), N_("One looks like en, es or ar.")),
    "district.not_a_district": Message(
        N_("%(district)s is not a district"), N_("One looks like IL-11, or VT-0 for all of VT.")
    ),
    "district.not_in_state": Message(N_("%(district)s is not in %(state)s"), N_("Fix the district or the state.")),
    "country.unknown": Message(
        N_("%(country)s is not a country"), N_("Give its two-letter code, such as US, GB or CA.")
    ),
    "state.unknown": Message(
        N_("%(state)s is not a state of this country"),
        N_("Give its code or its name, such as %(example)s or %(example_name)s."),
    ),
    "zip.not_a_zip": Message(N_("%(zip)s is not a ZIP code"), N_("A ZIP code has five digits: 05401, or 05401-1234.")),
    "zip.not_in_state": Message(
        N_("%(zip)s is not a ZIP code of %(name)s (%(state)s)"), N_("Fix the ZIP code or the state.")
    ),
    "zip.in_another_state": Message(
        N_("%(zip)s is not a ZIP code of %(name)s (%(state)s); it is in %(others)s"),
        N_("Fix the ZIP code or the state."),
    ),
    "zip.zero_lost_wrong_state": Message(
        N_("%(zip)s may be %(whole)s that lost its zero in a spreadsheet, but that is in %(others)s, not in %(state)s"),
        _ZIP_AND_STATE,
    ),
    "zip.zero_lost_no_state": Message(
        N_("%(zip)s may be %(whole)s that lost its zero in a spreadsheet, but the state is not known"), _ZIP_AND_STATE
    ),
    "zip.zero_lost_nowhere": Message(
        N_("%(zip)s may be %(whole)s that lost its zero in a spreadsheet, but no state has that ZIP code"),
        _ZIP_AND_STATE,
    ),
    "postal_code.not_valid": Message(
        N_("%(code)s is not a postal code of %(country)s"), N_("One looks like %(example)s.")
    ),
    "postal_code.not_in_state": Message(
        N_("%(code)s is not a postal code of %(name)s (%(state)s)"), N_("Fix the postal code or the state.")
    ),
    "postal_code.in_another_state": Message(
        N_("%(code)s is not a postal code of %(name)s (%(state)s); it is in %(others)s"),
        N_("Fix the postal code or the state."),
    ),
    "story.a_number": Message(
        N_("holds what looks like an A-number (alien registration number)"),
        N_("An office does not need it in a letter. You may wish to take it out."),
    ),
    "story.immigration_status": Message(
        N_("speaks of your own immigration status"),
        N_("The letter may be kept and read by others. Send it only if that is safe for you."),
    ),
    "person.not_deleted": Message(N_("cannot be deleted: %(reason)s"), N_("Delete it by hand.")),
    "person.not_readable": Message(
        N_("is not valid TOML: %(reason)s"), N_("Fix the line, or run 'plea write --forget' and start over.")
    ),
    # --- a row of a table ---
    "district_congress.not_a_number": Message(
        N_("%(congress)s is not the number of a Congress"), N_("Write it as 119.")
    ),
    "reason.unknown": Message(N_("%(reason)s is not a reason"), N_("There are %(reasons)s.")),
    "reason.misspelled": Message(N_("%(reason)s is not a reason"), N_("Did you mean %(nearest)s?")),
    "column.character_not_usable": Message(N_("holds %(character)s, so no letter can use it")),
    "column.too_long_to_use": Message(N_("is longer than %(limit)s characters, so no letter can use it")),
    "consent.missing": Message(N_("no consent is on record"), N_("Say when the person agreed.")),
    "consent.after_letters": Message(N_("%(day)s is after the date of the letters, %(letters)s"), N_("Fix the date.")),
    "consent.no_source": Message(N_("is missing"), N_("Say where the consent is kept, such as 'paper form, box 2'.")),
    "date.not_a_date": Message(N_("%(date)s is not a date"), _DATE),
    "date.ambiguous": Message(
        N_("%(date)s may be %(first)s or %(second)s"),
        N_("Write it as 2026-10-03, or set date_order for the whole table."),
    ),
    "date.too_early": Message(N_("%(date)s is before %(year)s"), _DATE),
    "cell.shortened_number": Message(
        N_("%(cell)s is a number that a spreadsheet has shortened"), N_("Type it again, as text.")
    ),
    "cell.spreadsheet_error": Message(N_("%(cell)s is a spreadsheet's sign for an error"), N_("Type it again.")),
    "cell.wrong_encoding": Message(
        N_(
            "has two characters for one letter, as 'Ã©' for 'é': the file was opened in the wrong encoding before it "
            "was saved"
        ),
        N_("Open it again as Unicode (UTF-8), or take the cell from the original."),
    ),
    "cell.letters_lost": Message(
        N_("holds '?' where letters were lost, Arabic or accented ones perhaps, when the table was saved"),
        N_("Take it from the original, and save the table as XLSX or as 'CSV UTF-8'."),
    ),
    "row.empty": Message(N_("is empty"), N_("Fill it in, or delete the row.")),
    "row.wrong_width": Message(
        N_("has %(cells)s cells where the header has %(width)s (line %(line)s)"),
        N_("A cell that holds the separator or a line break needs quotation marks around it."),
    ),
    "row.too_long": Message(
        N_("is longer than %(limit)s characters (line %(line)s)"),
        N_("Shorten it; if a quotation mark opens in it and never closes, close it."),
    ),
    "row.quotation_marks": Message(
        N_("has quotation marks that do not match (line %(line)s)"),
        N_('Inside quotation marks, write one as two: "Al ""Ace"" Example".'),
    ),
    "row.not_json": Message(N_("is not JSON (line %(line)s)"), _JSON),
    "row.not_a_json_object": Message(N_("is JSON, but not an object (line %(line)s)"), _JSON),
    "row.key_twice": Message(N_("has two keys named %(key)s (line %(line)s)"), N_("Keep one of them.")),
    "row.nested_value": Message(N_("%(key)s holds values within values (line %(line)s)"), _JSON),
    "row.formula_without_value": Message(
        N_("has a formula or an error without a value in column %(column)s (row %(row)s of the sheet)"),
        N_("Open the workbook, fix the cell and save it, so that the value is kept with it."),
    ),
    "row.not_a_row_number": Message(
        N_("row %(row)s of the list does not hold the number of a row here"), N_("Leave that column as it was.")
    ),
    # --- a table ---
    "table.empty": Message(N_("is empty"), N_("It needs a row with the names of the columns, and rows.")),
    "table.header_not_text": Message(
        N_("the row with the names of the columns holds NUL, which is not text"), _AS_TABLE
    ),
    "table.no_known_column": Message(
        NN_(
            "the name of its %(count)s column is not known here",
            "none of the %(count)s columns has a name that is known here",
        ),
        N_(
            "The first row of the first visible sheet must name the columns: take out what stands before it, or say in "
            "[columns] which of yours is name, street, city, state, zip."
        ),
    ),
    "table.same_column_twice": Message(
        N_("two columns are named %(name)s (columns %(first)s and %(second)s)"),
        N_("Rename one of them, or take it out."),
    ),
    "table.no_such_field": Message(N_("there is no field %(field)s"), N_("The fields are %(fields)s.")),
    "table.misspelled_field": Message(
        N_("there is no field %(field)s"), N_("Did you mean %(nearest)s? The fields are %(fields)s.")
    ),
    "table.no_such_column": Message(N_("there is no column %(column)s"), N_("It is named as %(field)s in [columns].")),
    "table.misspelled_column": Message(
        N_("there is no column %(column)s; did you mean %(nearest)s?"), N_("It is named as %(field)s in [columns].")
    ),
    "table.export_of": Message(N_("the columns are read as an export of %(program)s")),
    "table.column_kept_aside": Message(N_("the column %(column)s is kept as %(kept)s; %(field)s is read")),
    "table.empty_rows_left_out": Message(
        NN_("%(count)s empty row at the end was left out", "%(count)s empty rows at the end were left out")
    ),
    "table.sheet_of_several": Message(N_("the sheet %(sheet)s was read; the workbook also has %(others)s")),
    "table.replaced": Message(N_("was replaced while it was read"), N_("Run the command again.")),
    "table.moved": Message(N_("the file was moved away while it was read")),
    "table.replaced_old_read": Message(N_("the file was replaced while it was read; the old one was read")),
    "table.grew": Message(
        N_("the file grew while it was read; what was added is not in"), N_("Run the command again to take it in.")
    ),
    "table.changed": Message(
        N_("the file was changed while it was read"), N_("Run the command again to be sure of every row.")
    ),
    "table.old_workbook": Message(N_("is a workbook of an old kind, or has a password"), _AS_TABLE),
    "table.pdf": Message(N_("is a PDF, not a table"), _AS_TABLE),
    "table.open_quotation": Message(
        N_("a quotation mark opens in this row and is not closed"), N_("Close it, or take it out.")
    ),
    "table.open_quotation_to_line": Message(
        N_("a quotation mark opens in this row and is not closed (the text goes on to line %(line)s)"),
        N_("Close it, or take it out."),
    ),
    "table.too_many_keys": Message(N_("has more than %(limit)s different keys"), _JSON),
    "encoding.unknown": Message(
        N_("no encoding named %(encoding)s is read here"), N_("Say utf-8, utf-16 or windows-1252, or leave it out.")
    ),
    "encoding.utf32": Message(N_("is UTF-32 text"), N_("Save it as UTF-8.")),
    "encoding.is_utf8": Message(
        N_("the encoding is set to %(encoding)s, but the bytes are UTF-8"), N_("Take the encoding setting out.")
    ),
    "encoding.wrong_byte": Message(N_("byte %(place)s (%(byte)s) is not %(encoding)s"), _AS_UNICODE),
    "encoding.not_unicode": Message(
        N_("byte %(place)s (%(byte)s) is not UTF-8, which was tried because no encoding is named"), _AS_UNICODE
    ),
    "encoding.not_text": Message(N_("is not %(encoding)s text"), _AS_UNICODE),
    # --- XLSX ---
    "workbook.not_xlsx": Message(N_("is not an XLSX workbook"), _AS_TABLE),
    "workbook.damaged": Message(N_("is damaged and cannot be read"), _AS_CSV),
    "workbook.no_sheet": Message(N_("has no visible sheet"), _AS_CSV),
    "workbook.password": Message(N_("is protected by a password"), N_("Save it without a password.")),
    "workbook.bomb": Message(N_("its part %(part)s would unpack to %(mebibytes)s MiB; it is not opened"), _AS_CSV),
    "workbook.document_type": Message(
        N_("holds a document type, which no spreadsheet writes; it is not opened"), _AS_CSV
    ),
    "workbook.too_much_in_a_row": Message(N_("holds more in one row than any table has; it is not opened"), _AS_CSV),
    "workbook.cell_outside": Message(N_("the cell %(cell)s is far outside the table"), _FAR),
    "workbook.row_outside": Message(N_("a cell is %(rows)s rows below the table"), _FAR),
    "workbook.too_slow": Message(
        NN_("took more than %(count)s second to read", "took more than %(count)s seconds to read"), _AS_CSV
    ),
    "workbook.too_large": Message(N_("took more than %(mebibytes)s MiB of memory to read"), _AS_CSV),
    # --- people who are left out ---
    "suppression.no_key": Message(
        N_("holds no key"),
        N_("Bring it back from a copy; with a new one, people on the list by a hash are not recognized."),
    ),
    "suppression.names_nobody": Message(
        NN_("row %(rows)s does not say who it is", "rows %(rows)s do not say who they are"),
        N_("Each row needs an email, or a name with a zip or with city and state, or a hash."),
    ),
    "suppression.names_nobody_often": Message(
        N_("rows %(rows)s, and others, do not say who they are"),
        N_("Each row needs an email, or a name with a zip or with city and state, or a hash."),
    ),
}
