"""Messages of `plea.writing`, `plea.cli` and the command line itself."""

from plea.messages.message import N_, NN_, Message

_DATE = N_("Write it as 2026-11-22.")
_UTF8 = N_("Save it as UTF-8.")

MESSAGES: dict[str, Message] = {
    # --- what is asked for ------------------------------------------------------------------------------------------
    "option.unknown_reason": Message(
        N_('there is no reason "%(key)s"'), N_("Try: %(known)s. `plea asks show` gives each reason in full.")
    ),
    "param.unknown": Message(N_('there is no parameter "%(key)s"'), N_("Try: %(known)s.")),
    "language.unknown": Message(N_('the ask is not written in "%(key)s"'), N_("Its languages: %(known)s.")),
    "to.not_for_role": Message(
        NN_("the ask %(asks)s is not for %(roles)s", "the asks %(asks)s are not for %(roles)s"),
        N_("Write to one of these: %(known)s."),
    ),
    "district.not_in_zip": Message(
        N_("the ZIP table lists %(zip)s in %(districts)s, not in %(district)s"), N_("Check the district.")
    ),
    "seat.nobody_known": Message(N_("nobody can be named for this seat")),
    # --- the options of `plea write` --------------------------------------------------------------------------------
    "write.missing": Message(N_("missing: %(options)s"), N_("On a terminal 'plea write' asks for what is missing.")),
    "write.missing_recipient": Message(
        N_("missing: %(options)s"),
        N_(
            "--to takes a role (%(roles)s), an id, or a role with a name. "
            "On a terminal 'plea write' asks for what is missing."
        ),
    ),
    "option.not_a_date": Message(N_('"%(typed)s" is not a date'), _DATE),
    "param.not_key_value": Message(N_('"%(typed)s" is not KEY=VALUE'), N_("Write it as crisis=Sudan.")),
    "param.empty": Message(N_("%(key)s is empty"), N_("Leave it out, or write it as crisis=Sudan.")),
    "signature.no_file": Message(N_("there is no file %(path)s"), N_("Name a PNG or JPEG picture.")),
    "fonts.no_folder": Message(N_("there is no folder %(path)s"), N_("Name a folder that holds font files.")),
    "piped.nothing": Message(N_("nothing is piped in"), N_("Name a file: @story.txt.")),
    "piped.not_utf8": Message(N_("what is piped in is not UTF-8 text"), _UTF8),
    "geocode.no_street": Message(
        N_("the Census Bureau needs your street"), N_("Add --street, or give the district: --district.")
    ),
    "print.only_pdf": Message(N_("only PDFs are printed"), N_("Add pdf to --format.")),
    "print.no_lp": Message(
        N_("there is no lp command on this machine"),
        N_("Print the PDFs from a viewer, at 100 %%, or install CUPS (Debian: apt-get install cups-client)."),
    ),
    "print.lp_failed": Message(
        N_("lp would not print: %(reason)s"), N_("The letters are written; print them from a viewer, at 100 %%.")
    ),
    "print.lp_exit_code": Message(
        N_("lp would not print and ended with %(exit_code)s"),
        N_("The letters are written; print them from a viewer, at 100 %%."),
    ),
    # --- other commands ---------------------------------------------------------------------------------------------
    "find.no_place": Message(N_("find needs a place"), N_("Give --zip, --state or --district, or a --role.")),
    "geocode.no_address": Message(
        N_("needs the street and the ZIP code"), N_("Give --street and --zip, or --city and --state.")
    ),
    "official.unknown_id": Message(
        N_("no official has the id %(id)s"), N_("`plea officials find --json` shows the ids.")
    ),
    "preview.whose": Message(N_("say whose letters, with --row or with --name"), N_("For example: --row 17")),
    "purge.not_confirmed": Message(N_("this deletes files for good, and --yes was not given"), N_("Add --yes.")),
    "lang.unknown": Message(N_('plea does not speak "%(language)s"'), N_("It speaks: %(known)s.")),
    "zip.five_digits": Message(N_("a ZIP code has five digits"), N_("For example: 05401")),
}
