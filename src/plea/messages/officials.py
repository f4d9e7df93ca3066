"""Messages of `plea.officials`."""

from plea.messages.message import N_, NN_, Message

_FIND_DISTRICT = N_(
    "Give the district; https://www.house.gov/representatives/find-your-representative names that of a street address."
)
_CHECK_ZIP = N_("Check the ZIP code.")
_UPDATE = N_("`plea officials update` fetches the newest.")
_IMPORT = N_("`plea officials import` reads newer files.")
_REBUILD = N_(
    "Fetch it again with `plea officials update`, or build it from your own copy with `plea officials import PATH`."
)
_TRY_LATER = N_("Try again later.")
_FORMS = N_("Compare with %(built_in)s.")
_FETCH_FILE = N_("Download the file again.")
_KNOWN_FILES = N_(
    "plea reads the JSON files of unitedstates/congress-legislators, openstates people folders, ZIP tables, the Census "
    "gazetteer, and a CSV with the columns role and name."
)
_FIX_CSV = N_("Fix the file and import it again; nothing of it was taken.")

_SEATS = {
    "seat.not_a_district": Message(
        N_("%(district)s is not a House district"), N_("Write it as IL-11, or VT-0 where there is one seat.")
    ),
    "seat.of_other_state": Message(
        N_("%(district)s is in %(its_state)s, and the state given is %(state)s"),
        N_("Give the district and the state of one and the same home."),
    ),
    "seat.only_one": Message(N_("%(state)s has one seat, not %(district)s"), N_("Write it as %(seat)s.")),
    "seat.no_such_number": Message(
        N_("%(state)s has districts 1 to %(last)s, not %(district)s"),
        N_("https://www.house.gov/representatives/find-your-representative names yours."),
    ),
    "residence.not_a_zip_code": Message(N_("%(zip)s is not five digits"), N_("Write it as 05401 or 05401-1234.")),
    "residence.no_such_state": Message(N_("there is no state %(state)s"), N_("Write it as VT, or as its name.")),
    "residence.no_such_zip_code": Message(N_("no state has the ZIP code %(zip)s"), _CHECK_ZIP),
    "residence.zip_in_other_state": Message(
        N_("ZIP code %(zip)s is in %(its_states)s, and the state given is %(state)s"),
        N_("Check the ZIP code and the state."),
    ),
}

_LOOKUP = {
    "lookup.zip_table_disagrees": Message(
        N_("the ZIP table lists %(zip)s in %(listed)s, not in %(seat)s; the district given decides")
    ),
    "lookup.no_zip_table": Message(
        N_("no ZIP table has been imported, and the House seat depends on the district"), _FIND_DISTRICT
    ),
    "lookup.zip_not_in_table": Message(
        N_("ZIP code %(zip)s is not in the ZIP table, and the House seat depends on the district"), _FIND_DISTRICT
    ),
    "lookup.district_needed": Message(N_("the House seat depends on the district"), _FIND_DISTRICT),
    "lookup.zip_in_several_states": Message(
        N_("ZIP code %(zip)s lies in %(states)s"), N_("The state decides whose senators are yours.")
    ),
    "lookup.zip_in_several_districts": Message(
        N_("ZIP code %(zip)s lies in %(count)s House districts, of which one is yours"), _FIND_DISTRICT
    ),
    "lookup.free_association": Message(
        N_(
            "ZIP code %(zip)s belongs to a country in free association with the United States, which has nobody in "
            "Congress"
        )
    ),
    "lookup.military_zip": Message(
        N_("ZIP code %(zip)s is military or diplomatic mail, which lies in no district"),
        N_(
            "People there vote where they last lived in the United States: give that state (--state) or district "
            "(--district)."
        ),
    ),
    "lookup.military_state": Message(
        N_("AA, AE, and AP are military or diplomatic mail, which lies in no district"),
        N_(
            "People there vote where they last lived in the United States: give that state (--state) or district "
            "(--district)."
        ),
    ),
    "lookup.lines_changed": Message(
        N_(
            "%(state)s has had other district lines since %(since)s (by %(source)s), and those of Congress "
            "%(congress)s no longer hold for it"
        ),
        _FIND_DISTRICT,
    ),
    "lookup.earlier_lines_changed": Message(
        N_("%(state)s has had other district lines since %(since)s (by %(source)s), and earlier ones no longer hold"),
        _FIND_DISTRICT,
    ),
    "lookup.older_zip_table": Message(
        N_("the ZIP table is of Congress %(congress)s; no change of lines since is known for %(states)s")
    ),
    "lookup.later_lines_unknown": Message(N_("changes of lines after %(day)s are not known to this version of plea")),
    "lookup.too_many_holders": Message(
        NN_(
            "the directory has more than one official in this seat: %(name)s (%(source)s)",
            "the directory has more than %(count)s officials in these seats: %(name)s (%(source)s)",
        )
    ),
    "lookup.congress_term_ended": Message(
        N_("the term of %(name)s ended on %(day)s; who holds the seat now is not in the directory"), _UPDATE
    ),
    "lookup.term_ended": Message(
        N_("the term of %(name)s ended on %(day)s; who holds the seat now is not in the directory"), _IMPORT
    ),
    "lookup.term_not_begun": Message(
        N_("the term of %(name)s begins on %(day)s; who held the seat before is not known")
    ),
    "lookup.no_members": Message(
        N_("the members of Congress are not in the directory"), N_("`plea officials update` fetches them.")
    ),
    "lookup.vacant": Message(
        N_("the seat is vacant in the directory, whose newest term began on %(day)s; it may have been filled since"),
        _UPDATE,
    ),
    "lookup.residence_needed": Message(
        N_("whose %(role)s it is depends on where one lives"), N_("Give --zip, --state or --district.")
    ),
    "lookup.role_not_in_directory": Message(
        N_("the directory has no %(role)s for this place"),
        N_("`plea officials import` reads openstates and CSV files."),
    ),
    "lookup.only_a_delegate": Message(N_("%(state)s has no senators, and one delegate in the House")),
    "lookup.only_a_delegate_of_dc": Message(
        N_("the District of Columbia has no senators, and one delegate in the House")
    ),
    "lookup.only_a_resident_commissioner": Message(
        N_("Puerto Rico has no senators, and one resident commissioner in the House")
    ),
    "lookup.state_legislators": Message(
        N_("state legislators of %(state)s are in the directory, but a ZIP code does not tell their districts"),
        N_("`plea officials find --state %(code)s --role state-representative` lists them."),
    ),
    "lookup.terms_ending": Message(
        NN_("the term of %(names)s ends on %(day)s", "the terms of %(names)s end on %(day)s"),
        N_("Unless it is renewed, an office may be closing by then."),
    ),
    "official.no_address": Message(
        N_("no address of %(official)s is known"),
        N_("Import a CSV of your own with the address (`plea officials import`), or write to another official."),
    ),
}

_ROLES = {
    "role.unknown": Message(N_("no role is named %(role)s"), N_("There are: %(roles)s.")),
    "role.mistyped": Message(N_("no role is named %(role)s"), N_("Did you mean %(nearest)s?")),
    "role.no_salutation": Message(
        N_("no salutation of %(official)s is known in the language %(language)s"),
        N_("Add salutation.%(language)s to a forms-of-address.toml of your own pack, under [%(role)s]."),
    ),
    "role.no_close": Message(
        N_("no close of a letter to %(official)s is known in the language %(language)s"),
        N_("Add close.%(language)s to a forms-of-address.toml of your own pack, under [%(role)s]."),
    ),
    "forms.not_a_table": Message(N_("%(role)s: a role is a table"), _FORMS),
    "forms.unknown_key": Message(N_("%(role)s: a role has no %(key)s"), _FORMS),
    "forms.missing_key": Message(N_("%(role)s: a role needs %(key)s"), _FORMS),
    "forms.unknown_scope": Message(N_("%(role)s: scope must be one of: %(scopes)s"), _FORMS),
    "forms.key_not_a_table": Message(N_("%(role)s: %(key)s must be a table"), _FORMS),
    "forms.not_lines": Message(N_("%(role)s: %(key)s must be a list of lines"), _FORMS),
    "forms.unknown_field": Message(N_("%(role)s: there is no field {%(field)s}; there are: %(fields)s"), _FORMS),
    "forms.unknown_address_key": Message(N_("%(role)s: an address has no %(key)s"), _FORMS),
}

_DIRECTORY = {
    "directory.missing": Message(
        N_("there is no directory of officials yet"),
        N_("Fetch it with `plea officials update`, or build it with `plea officials import PATH`."),
    ),
    "directory.damaged": Message(N_("the directory of officials is damaged (%(reason)s)"), _REBUILD),
    "directory.another_file": Message(N_("is not a directory of officials"), _REBUILD),
    "directory.newer": Message(
        N_("was written by a newer plea (format %(format)s, this one reads %(ours)s)"),
        N_("Install the newer plea, or set PLEA_HOME to another folder and run `plea officials update`."),
    ),
    "directory.older": Message(N_("was written by an older plea (format %(format)s)"), _REBUILD),
    "directory.rebuilt": Message(N_("%(reason)s; it was built again, without what else was in it")),
    "directory.not_updated": Message(
        N_("the public files could not be fetched (%(file)s: %(reason)s); nothing was changed"),
        N_("Try again later, or use `plea officials import` on files you have."),
    ),
    "download.not_https": Message(
        N_("is not an https address"), N_("Plain http is accepted for 127.0.0.1 and localhost alone.")
    ),
    "download.refused": Message(N_("the server answered %(status)s %(reason)s"), _TRY_LATER),
    "download.redirected": Message(N_("the server redirects to %(url)s, which is not an https address"), _TRY_LATER),
    "download.too_large": Message(N_("is larger than %(mebibytes)s MiB, and was not read further"), _TRY_LATER),
    "download.too_slow": Message(N_("did not arrive in time"), _TRY_LATER),
    "download.cut_short": Message(N_("was cut short after %(received)s of %(expected)s bytes"), _TRY_LATER),
    "download.no_answer": Message(N_("no answer in time"), _TRY_LATER),
    "download.server_not_found": Message(N_("the server's name was not found"), _TRY_LATER),
    "download.failed": Message(N_("%(reason)s"), _TRY_LATER),
    "download.another_file": Message(N_("what came is another file"), _TRY_LATER),
    "download.too_few": Message(N_("holds %(entries)s entries, and a whole one at least %(least)s"), _TRY_LATER),
    "geocoder.congress_unknown": Message(
        N_("which of the geocoder's maps are those of Congress %(congress)s is not known to this version of plea"),
        N_("Install a newer plea, or give the district (--district)."),
    ),
    "geocoder.no_answer": Message(
        N_("the Census geocoder gave no district (%(reason)s)"),
        N_("Give the district (--district), or try again later."),
    ),
    "geocoder.undocumented": Message(
        N_("the Census geocoder did not answer as it is documented"),
        N_("Give the district (--district), or try again later."),
    ),
    "geocoder.another_congress": Message(
        N_("the Census geocoder has the districts of Congress %(others)s, not of %(congress)s"),
        N_("Give the district (--district), or try again later."),
    ),
    "geocoder.several": Message(
        N_("the geocoder finds the address in %(seats)s"), N_("Give the street with its number and the town.")
    ),
    "geocoder.not_found": Message(
        N_("the geocoder does not find the address"),
        N_("Check the street and its number, or give the district (--district)."),
    ),
}

_IMPORTS = {
    "import.nothing_known": Message(N_("holds no file that plea knows"), _KNOWN_FILES),
    "import.unknown_file": Message(N_("is none of the files that plea knows"), _KNOWN_FILES),
    "import.too_large": Message(N_("is larger than %(mebibytes)s MiB"), _KNOWN_FILES),
    "import.unreadable": Message(N_("cannot be read: %(reason)s"), N_("Check the name and that you may read it.")),
    "import.same_name": Message(
        N_("another table has this name: %(other)s"),
        N_("Rename one: a table takes the place of an earlier one of its name."),
    ),
    "import.same_id": Message(
        N_("%(id)s is in %(other)s already"), N_("Give it an id of its own; nothing was changed.")
    ),
    "import.repeated_id": Message(
        N_("two rows have one and the same id"), N_("Give each an id of its own; nothing was changed.")
    ),
    "import.not_utf8": Message(N_("is not UTF-8 text"), N_("Save it as CSV in UTF-8.")),
    "import.broken_archive": Message(N_("the archive is broken: %(reason)s"), _FETCH_FILE),
    "import.broken_json": Message(N_("is not complete JSON: %(reason)s"), _FETCH_FILE),
    "import.another_layout": Message(N_("is not laid out as the public file is: %(reason)s"), _FETCH_FILE),
    "import.unknown_state": Message(N_("%(id)s: there is no state %(state)s"), _FETCH_FILE),
    "import.no_district_column": Message(N_("has no column of districts"), _FETCH_FILE),
    "import.bad_row": Message(N_("is not a row of that table"), N_("Download the file again; nothing was replaced.")),
    "import.broken_yaml": Message(
        N_("is not complete YAML: %(reason)s"), N_("Download the folder again; nothing was imported.")
    ),
    "import.not_a_person": Message(
        N_("is not a person of openstates/people"), N_("Take the file out of the folder, or download it again.")
    ),
    "import.unknown_jurisdiction": Message(
        N_("%(jurisdiction)s is not a state"), N_("Name a state's folder of openstates/people.")
    ),
    "imported.members": Message(
        NN_(
            "%(count)s member of Congress (newest term %(newest)s)",
            "%(count)s members of Congress (newest term %(newest)s)",
        )
    ),
    "imported.without_address": Message(
        NN_(
            "%(count)s without an address at the Capitol: its chamber's is used",
            "%(count)s without an address at the Capitol: their chamber's is used",
        )
    ),
    "imported.district_offices": Message(NN_("%(count)s district office read", "%(count)s district offices read")),
    "imported.repaired": Message(NN_("%(count)s of them repaired", "%(count)s of them repaired")),
    "imported.passed_over": Message(
        NN_(
            "%(count)s passed over, which has no street or ZIP code: %(ids)s",
            "%(count)s passed over, which have no street or ZIP code: %(ids)s",
        )
    ),
    "imported.committees": Message(NN_("%(count)s committee", "%(count)s committees")),
    "imported.subcommittees": Message(NN_("%(count)s subcommittee", "%(count)s subcommittees")),
    "imported.committee_seats": Message(NN_("%(count)s seat on committees", "%(count)s seats on committees")),
    "imported.terms": Message(
        NN_("%(count)s term of presidents and vice presidents", "%(count)s terms of presidents and vice presidents")
    ),
    "imported.zip_codes": Message(
        NN_(
            "%(count)s ZIP code in %(pairs)s pairs with districts of Congress %(congress)s",
            "%(count)s ZIP codes in %(pairs)s pairs with districts of Congress %(congress)s",
        )
    ),
    "imported.zip_centers": Message(NN_("center of %(count)s ZIP code", "centers of %(count)s ZIP codes")),
    "imported.officials": Message(NN_("%(count)s official", "%(count)s officials")),
    "imported.of_role": Message(N_("%(count)s %(role)s")),
    "imported.offices": Message(NN_("%(count)s office", "%(count)s offices")),
    "imported.homes": Message(NN_("%(count)s private home left out", "%(count)s private homes left out")),
    "imported.unreadable": Message(
        NN_(
            "%(count)s address passed over, which has no street or ZIP code",
            "%(count)s addresses passed over, which have no street or ZIP code",
        )
    ),
    "imported.other_posts": Message(N_("other posts passed over: %(posts)s")),
}

_CSV = {
    "officials_csv.unknown_column": Message(N_("there is no column %(column)s"), N_("There are: %(columns)s.")),
    "officials_csv.mistyped_column": Message(
        N_("there is no column %(column)s (did you mean %(nearest)s?)"), N_("There are: %(columns)s.")
    ),
    "officials_csv.broken": Message(N_("%(reason)s"), N_("Save it again as CSV.")),
    "officials_csv.not_printable": Message(N_("%(column)s holds a character that does not print"), _FIX_CSV),
    "officials_csv.no_role": Message(N_("role is empty"), _FIX_CSV),
    "officials_csv.unknown_role": Message(N_("there is no role %(role)s"), _FIX_CSV),
    "officials_csv.mistyped_role": Message(N_("there is no role %(role)s (did you mean %(nearest)s?)"), _FIX_CSV),
    "officials_csv.id_taken": Message(
        N_("id %(id)s: the public data names its officials like that; choose another"), _FIX_CSV
    ),
    "officials_csv.empty": Message(N_("%(column)s is empty"), _FIX_CSV),
    "officials_csv.unknown_state": Message(N_("there is no state %(state)s"), _FIX_CSV),
    "officials_csv.bad_district": Message(N_("%(reason)s"), _FIX_CSV),
    "officials_csv.bad_style": Message(N_("style must be Mr. or Madam, or empty, not %(style)s"), _FIX_CSV),
    "officials_csv.bad_kind": Message(N_("kind must be capitol or district, not %(kind)s"), _FIX_CSV),
    "officials_csv.bad_contact_form": Message(N_("contact_form is not a web address"), _FIX_CSV),
    "officials_csv.bad_country": Message(N_("country must be two letters, not %(country)s"), _FIX_CSV),
    "officials_csv.bad_day": Message(N_("%(column)s must be a day like 2026-11-22, not %(day)s"), _FIX_CSV),
    "officials_csv.no_address": Message(
        N_("the address is empty: street (or building), city and zip are needed"), _FIX_CSV
    ),
    "officials_csv.bad_zip": Message(N_("zip must be five digits, or five and four, not %(zip)s"), _FIX_CSV),
    "officials_csv.id_of_another": Message(N_("%(id)s is somebody else on an earlier line"), _FIX_CSV),
    "officials_csv.more": Message(NN_("and %(count)s more problem", "and %(count)s more problems"), _FIX_CSV),
}

MESSAGES: dict[str, Message] = {**_SEATS, **_LOOKUP, **_ROLES, **_DIRECTORY, **_IMPORTS, **_CSV}
