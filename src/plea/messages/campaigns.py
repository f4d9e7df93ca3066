"""Messages of `plea.campaigns`."""

from plea.messages.message import N_, NN_, Message

_SETTINGS = N_("The campaign.toml that `plea campaign new` writes shows what each setting may be.")
_SELECTION = N_("Change [selection] in campaign.toml to print it.")

MESSAGES: dict[str, Message] = {
    # --- settings: the place is the line of campaign.toml
    "campaign.not_found": Message(N_("there is no campaign"), N_("Start one with `plea campaign new DIR --ask KEY`.")),
    "settings.unknown": Message(N_("there is no setting %(name)s"), _SETTINGS),
    "settings.misspelled": Message(N_("there is no setting %(name)s; did you mean %(near)s?"), _SETTINGS),
    "settings.missing": Message(N_("%(name)s is missing"), _SETTINGS),
    "settings.not_a_table": Message(N_("%(name)s must be a table: [%(name)s]"), _SETTINGS),
    "settings.not_a_choice": Message(N_("%(name)s must be one of %(choices)s"), _SETTINGS),
    "settings.not_a_text": Message(N_("%(name)s must be text in quotes"), _SETTINGS),
    "settings.not_a_filled_text": Message(N_("%(name)s must be text in quotes, and not empty"), _SETTINGS),
    "settings.not_a_list": Message(N_('%(name)s must be a list of texts, as in ["a", "b"]'), _SETTINGS),
    "settings.not_a_filled_list": Message(N_('%(name)s must be a list of at least one text, as in ["a"]'), _SETTINGS),
    "settings.not_a_flag": Message(N_("%(name)s must be true or false"), _SETTINGS),
    "settings.not_a_count": Message(N_("%(name)s must be a whole number, 0 or more"), _SETTINGS),
    "settings.not_a_share": Message(N_("%(name)s must be a number from 0 to 1"), _SETTINGS),
    "settings.not_a_day": Message(N_("%(name)s must be a day without quotes, as in 2026-11-22"), _SETTINGS),
    "settings.not_texts_by_name": Message(N_('%(name)s must be names with texts, as in key = "text"'), _SETTINGS),
    "settings.unknown_envelope": Message(
        N_("there is no envelope %(envelope)s; there are %(envelopes)s"), N_("Choose one of those.")
    ),
    "settings.unknown_format": Message(
        N_("there is no format %(format)s; there are %(formats)s"), N_("Choose from those.")
    ),
    "settings.consent_incomplete": Message(
        N_("consent.%(given)s needs consent.%(other)s: when and where the signers agreed"), N_("Give both.")
    ),
    "settings.output_not_separate": Message(
        N_("output must be a folder of its own, such as out"), N_("Name a folder that holds nothing else.")
    ),
    "settings.ask_twice": Message(N_("asks names an ask twice"), N_("Leave one of them out.")),
    "settings.unknown_ask": Message(N_("there is no ask %(ask)s; there are %(asks)s"), N_("Choose from those.")),
    "settings.language_not_written": Message(
        N_("%(ask)s is not written in %(language)s, but in %(languages)s"),
        N_("Choose another language, or write the ask in this one."),
    ),
    "settings.unknown_param": Message(
        N_("no ask has a parameter %(name)s; there are %(params)s"), N_("Choose from those.")
    ),
    "settings.no_params": Message(N_("no ask has a parameter %(name)s, or any other"), N_("Leave it out.")),
    "settings.no_font_folder": Message(N_("%(folder)s is not a folder"), N_("Name a folder that holds fonts.")),
    "settings.consent_after_letters": Message(
        N_("%(day)s is after the date of the letters, %(letters)s"), N_("Fix the date of the consent.")
    ),
    "settings.unknown_official": Message(
        N_("there is no official %(official)s"), N_("`plea officials find` gives the ids.")
    ),
    "settings.unknown_office": Message(
        N_("%(official)s has no office %(office)s; there are %(offices)s"), N_("Choose one of those.")
    ),
    "settings.no_ask_for_target": Message(
        N_("no ask is for %(target)s; there are asks for %(roles)s"),
        N_("Take the target out, or add an ask that is for it."),
    ),
    # --- preparing
    "campaign.folder_not_empty": Message(
        N_("already exists and is not empty"), N_("Name a folder that does not exist yet.")
    ),
    "sheet.no_language": Message(
        N_("there is no sign-up sheet in %(language)s; there are %(languages)s"), N_("Choose one of those.")
    ),
    "table.is_rejects": Message(
        N_("is a list of rows to correct, not a table of signers"), N_("Bring it back as that list.")
    ),
    "table.no_rows": Message(N_("has a header and no rows"), N_("Fill in a row for each person who signs.")),
    # --- the ledger
    "ledger.nothing_planned": Message(N_("nothing is planned yet"), N_("Plan and print with `plea campaign run DIR`.")),
    "ledger.not_ours": Message(N_("is not a ledger of plea"), N_("Move it away; a run makes a new one.")),
    "ledger.newer": Message(
        N_("was written by a newer plea (format %(format)s; this one reads %(own)s)"),
        N_("Install the newer plea: pip install --upgrade plea."),
    ),
    "ledger.older": Message(
        N_("was made by an earlier version of plea"),
        N_(
            "Finish this campaign with that version, or move the ledger and the output folder away: a run then makes"
            " everything again."
        ),
    ),
    "ledger.busy": Message(N_("another run is writing the ledger"), N_("Wait for it to end.")),
    "ledger.not_usable": Message(
        N_("the ledger cannot be used: %(reason)s"),
        N_("Check the disk, and that you may write there; what was finished is kept."),
    ),
    "ledger.damaged": Message(
        N_("the ledger is damaged (%(reason)s)"),
        N_("Put back a copy, or move it away with the output folder: a run then makes everything again."),
    ),
    "ledger.unknown_volume": Message(N_("is not a volume that is to be made"), N_("Start the run again.")),
    "campaign.purged": Message(
        N_("was purged on %(day)s; its letters are not known any more"),
        N_("Start a new campaign for new letters: plea campaign new DIR --ask KEY."),
    ),
    "campaign.date_changed": Message(
        N_("the date is %(day)s, and this campaign's letters are dated %(frozen)s"),
        N_("Put back date = %(iso)s; letters of another day are another campaign."),
    ),
    # --- planning
    "plan.unknown_volumes": Message(
        N_("holds volumes that no ledger knows, such as %(file)s"),
        N_("Put back the ledger.sqlite that they belong to, or move them away."),
    ),
    "corrections.not_rejects": Message(
        N_("is not a rejects.csv of a campaign: it needs the columns %(columns)s"),
        N_("Correct the cells of out/rejects.csv, and leave those columns as they are."),
    ),
    "corrections.unknown_row": Message(
        N_("row %(row)s is not in %(table)s"), N_("Leave the column plea_row as it was.")
    ),
    "corrections.nothing_changed": Message(N_("nothing in it was changed")),
    "corrections.row_gone": Message(
        NN_(
            "the correction of row %(rows)s is left out: there is no such row now",
            "the corrections of rows %(rows)s are left out: there are no such rows now",
        )
    ),
    "corrections.row_gone_and_more": Message(
        N_("%(count)s corrections are left out, since there are no such rows now, such as rows %(rows)s")
    ),
    "corrections.another_row": Message(
        NN_(
            "the correction of row %(rows)s is left out: another person is in that row now",
            "the corrections of rows %(rows)s are left out: other people are in those rows now",
        )
    ),
    "corrections.another_row_and_more": Message(
        N_("%(count)s corrections are left out, since other people are in those rows now, such as rows %(rows)s")
    ),
    "row.story_language": Message(
        N_("the story is told in %(language)s, and the letter is in %(letters)s"),
        N_("Give it in English as well, and who translated it (translated_by)."),
    ),
    "row.suppressed": Message(N_("is on the list of people not to write for")),
    "row.no_story": Message(N_('has no story, and where = "story"'), _SELECTION),
    "row.same_person": Message(N_("the same person as in row %(row)s, whose letter is planned")),
    "selection.not_in_sample": Message(N_("not in the sample of %(size)s"), _SELECTION),
    "selection.office_full": Message(N_("the office has its %(size)s letters"), _SELECTION),
    # --- running
    "run.volumes_missing": Message(
        NN_(
            "%(count)s volume that was made is not there: %(file)s",
            "%(count)s volumes that were made are not there, such as %(file)s",
        ),
        N_("Put the folder back, or make them again with --remake."),
    ),
    "job.cannot_be_made": Message(
        N_("cannot be made: %(reason)s"),
        N_("Run again with fewer workers (--workers 1); what is finished is kept."),
    ),
    "job.worker_died": Message(N_("the worker died")),
    "job.worker_hung": Message(N_("the worker hung")),
    "job.error": Message("%(error)s"),
    "letter.breaks_worker": Message(
        N_("the letter cannot be made: %(reason)s"), N_("Look at the row for something unusual.")
    ),
    "cluster.font_paths": Message(
        N_("font_paths names folders that the cluster does not have"),
        N_("Install the fonts on every machine and take font_paths out."),
    ),
    "cluster.pack_too_large": Message(N_("is larger than %(limit)s MiB"), N_("Keep nothing but the pack in it.")),
    "cluster.unsafe_path": Message(N_("leads outside the pack")),
    "cluster.not_installed": Message(
        N_("dask.distributed is not installed"), N_("Install it with: pip install 'plea[dask]'.")
    ),
    "cluster.no_scheduler": Message(
        N_("no dask scheduler answers there"), N_("Start one with `dask scheduler` and name its address.")
    ),
    "cluster.no_workers": Message(
        N_("the scheduler has no workers"), N_("Start some with `dask worker` and that address.")
    ),
    "cluster.workers_differ": Message(
        N_("no worker sets letters as this machine does: %(differences)s"),
        N_("Give each worker the same plea, typst and fonts, then start it with `dask worker` and that address."),
    ),
    "cluster.difference": Message(N_("%(worker)s has %(name)s %(theirs)s (here %(ours)s)")),
    # --- purging
    "purge.output_is_link": Message(N_("is a link, and nothing is deleted through a link"), N_("Delete it by hand.")),
    "purge.cannot_delete": Message(N_("cannot be deleted: %(reason)s"), N_("Delete it by hand, and purge again.")),
    # --- approvals, previews, what a check finds
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
