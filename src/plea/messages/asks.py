"""Messages of `plea.asks`."""

from plea.messages.message import N_, NN_, Message

_ASK_HELP = N_("See 'How to write an ask' for what an ask.toml holds.")
_FACT_HELP = N_("See 'How to write an ask' for what a fact needs.")
_IT_HAS = N_("It has: %(known)s.")
_MEANT = N_("Did you mean %(nearest)s? It has: %(known)s.")
_FIX = N_("Fix the template there.")
_GUARD = N_('Guard it with {%% if is_current("...") %%}, or bring the facts up to date.')
_GIVEN_ONLY = N_("Templates may read what they are given and nothing else.")
_BLOCKS = N_("Letters hold paragraphs, emphasis, lists and links.")
_REMOVE = N_("Remove it: it has no meaning outside the program or font it came from.")

_PACKS = {
    "pack.no_asks": Message(
        N_("holds no ask: neither ask.toml nor asks/KEY/ask.toml"), N_("Make one with `plea asks new DIR`.")
    ),
    "pack.link_outside": Message(N_("is a link that leads outside the pack"), N_("Copy the ask into the pack.")),
    "ask.unknown": Message(N_("there is no ask %(ask)s"), N_("There are: %(known)s.")),
    "ask.mistyped": Message(N_("there is no ask %(ask)s"), N_("Did you mean %(nearest)s?")),
    "ask.no_such_role": Message(N_("the ask %(ask)s is not for the role %(given)s"), _IT_HAS),
    "ask.mistyped_role": Message(N_("the ask %(ask)s is not for the role %(given)s"), _MEANT),
    "ask.no_such_reason": Message(N_("the ask %(ask)s has no reason %(given)s"), _IT_HAS),
    "ask.mistyped_reason": Message(N_("the ask %(ask)s has no reason %(given)s"), _MEANT),
    "ask.no_such_parameter": Message(N_("the ask %(ask)s has no parameter %(given)s"), _IT_HAS),
    "ask.mistyped_parameter": Message(N_("the ask %(ask)s has no parameter %(given)s"), _MEANT),
    "ask.no_such_language": Message(N_("the ask %(ask)s has no letter in the language %(given)s"), _IT_HAS),
    "ask.mistyped_language": Message(N_("the ask %(ask)s has no letter in the language %(given)s"), _MEANT),
    "ask_copy.not_empty": Message(N_("exists already and is not empty"), N_("Name a folder that does not exist yet.")),
    "ask_copy.not_written": Message(N_("cannot be written: %(reason)s"), N_("Name another folder.")),
}

_ASK_FILES = {
    "ask_file.unknown_key": Message(N_("an ask has no %(key)s; it has: %(known)s"), _ASK_HELP),
    "ask_file.no_english_letter": Message(N_("there is no letter.md.j2 beside it"), _ASK_HELP),
    "ask_file.not_by_language": Message(N_('%(key)s must be text by language, as in: en = "..."'), _ASK_HELP),
    "ask_file.control_character": Message(N_("%(key)s holds a control character"), _ASK_HELP),
    "ask_file.no_language": Message(N_("%(key)s has no text in the language %(language)s"), _ASK_HELP),
    "ask_file.no_roles": Message(
        N_('roles must say whom the letter is for, as in: us-senator = "legislative"'), _ASK_HELP
    ),
    "ask_file.unknown_act": Message(N_("the act of %(role)s must be legislative or executive"), _ASK_HELP),
    "ask_file.no_acts": Message(N_("acts must say in one line what is asked of each role"), _ASK_HELP),
    "ask_file.act_without_role": Message(N_("acts has a line for %(role)s, which is not among the roles"), _ASK_HELP),
    "ask_file.role_without_act": Message(N_("acts does not say what is asked of %(role)s"), _ASK_HELP),
    "ask_file.params_not_a_table": Message(N_("params must be a table of names and texts"), _ASK_HELP),
    "ask_file.param_not_text": Message(N_("the parameter %(name)s must be text"), _ASK_HELP),
    "ask_file.param_not_a_word": Message(N_("the parameter %(name)s must be a word: letters, digits and _"), _ASK_HELP),
    "ask_file.reasons_not_tables": Message(N_("reasons must be tables: [[reasons]]"), _ASK_HELP),
    "ask_file.reason_without_key": Message(N_("a reason has no key"), _ASK_HELP),
    "ask_file.repeated_reason": Message(N_("there are two reasons %(reason)s"), _ASK_HELP),
    "ask_file.no_default_reasons": Message(
        N_("default_reasons must name the reasons of a letter whose signer chose none"), _ASK_HELP
    ),
    "ask_file.unknown_default_reason": Message(
        N_("default_reasons names %(reason)s, which is not a reason of this ask"), _ASK_HELP
    ),
}

_FACTS = {
    "fact.not_a_table": Message(N_("%(fact)s must be a table: [%(fact)s]"), _FACT_HELP),
    "fact.unknown_key": Message(N_("the fact %(fact)s has an unknown key: %(key)s"), _FACT_HELP),
    "fact.no_text": Message(N_("the fact %(fact)s has no text by language (text.en)"), _FACT_HELP),
    "fact.bad_parts": Message(
        N_("the parts of the fact %(fact)s must be by name and language (parts.bill.en)"), _FACT_HELP
    ),
    "fact.no_source": Message(N_("the fact %(fact)s has no source"), _FACT_HELP),
    "fact.no_date": Message(N_("the fact %(fact)s has no date (as_of = 2026-01-31)"), _FACT_HELP),
    "fact.bad_review_by": Message(N_("the review_by of the fact %(fact)s must be a date (2026-01-31)"), _FACT_HELP),
    "fact.bad_crisis": Message(N_("the crisis of the fact %(fact)s must be text"), _FACT_HELP),
    "fact.unknown": Message(N_("there is no fact %(fact)s; there are: %(known)s"), _GUARD),
    "fact.past_review": Message(N_("the fact %(fact)s is past its review_by (%(review_by)s) on %(on)s"), _GUARD),
    "fact.not_yet_known": Message(N_("the fact %(fact)s was not yet known on %(on)s (as_of %(as_of)s)"), _GUARD),
    "fact.other_crisis": Message(
        N_("the fact %(fact)s is about %(crisis)s, and the letter about %(letter_crisis)s"), _GUARD
    ),
    "fact.no_part": Message(N_("the fact %(fact)s has no part %(part)s; it has: %(known)s"), _GUARD),
    "fact.no_language": Message(N_("the fact %(fact)s has no text in the language %(language)s"), _GUARD),
    "fact.expired": Message(
        N_("the fact %(fact)s expired on %(review_by)s"), N_("Review it, and set a new review_by.")
    ),
    "fact.expires_soon": Message(
        N_("the fact %(fact)s expires on %(review_by)s"), N_("Review it before then, and set a new review_by.")
    ),
}

_TEMPLATES = {
    "template.unknown_name": Message(N_("%(name)s is unknown"), _FIX),
    "template.unknown_name_among": Message(N_("%(name)s is unknown; there is: %(known)s"), _FIX),
    "template.unknown_name_of": Message(N_("%(owner)s has no %(name)s; it has: %(known)s"), _FIX),
    "template.unknown_name_of_text": Message(N_("text has no %(name)s"), _FIX),
    "template.unknown_name_of_value": Message(N_("there is no %(name)s in what is before it"), _FIX),
    "template.not_found": Message(N_("there is no template %(name)s in the pack"), _FIX),
    "template.outside_pack": Message(N_("%(name)s leads outside the pack"), _FIX),
    "template.link_outside_pack": Message(N_("%(name)s is a link that leads outside the pack"), _FIX),
    "template.not_allowed": Message(N_("%(reason)s"), _GIVEN_ONLY),
    "template.failed": Message(N_("%(reason)s"), _FIX),
    "template.nested_too_deep": Message(N_("is nested too deep, or a template, block or macro uses itself"), _FIX),
    "template.divides_by_zero": Message(N_("divides by zero"), _FIX),
    "template.private_use": Message(N_("the letter holds a private-use character (%(character)s)"), _FIX),
    "template.too_long": Message(N_("the letter is over %(limit)s characters long"), _BLOCKS),
    "template.control_character": Message(N_("the letter holds a control character (%(character)s)"), _BLOCKS),
    "template.no_frame": Message(N_('the letter does not begin with {%% extends "plea/frame.md.j2" %%}'), _FIX),
    "template.no_subject": Message(N_("the block subject is empty"), _FIX),
    "template.no_text": Message(N_("the letter has no text"), _FIX),
    "typed.private_use": Message(N_("holds a private-use character (%(character)s)"), _REMOVE),
    "markdown.heading": Message(N_("a heading has no place in a letter (%(excerpt)s)"), _BLOCKS),
    "markdown.code_block": Message(N_("a code block has no place in a letter (%(excerpt)s)"), _BLOCKS),
    "markdown.code": Message(N_("code (between backquotes) has no place in a letter (%(excerpt)s)"), _BLOCKS),
    "markdown.html": Message(N_("HTML has no place in a letter (%(excerpt)s)"), _BLOCKS),
    "markdown.image": Message(N_("an image has no place in a letter (%(excerpt)s)"), _BLOCKS),
    "markdown.quotation": Message(N_("a quotation block has no place in a letter (%(excerpt)s)"), _BLOCKS),
    "markdown.rule": Message(N_("a rule (---) has no place in a letter (%(excerpt)s)"), _BLOCKS),
    "markdown.nested_list": Message(N_("a list within a list has no place in a letter (%(excerpt)s)"), _BLOCKS),
    "markdown.typed_link": Message(N_("the address of a link may not hold what a person typed (%(excerpt)s)"), _BLOCKS),
    "markdown.link_scheme": Message(N_("a link must begin with http://, https:// or mailto: (%(excerpt)s)"), _BLOCKS),
}

_CHECKS = {
    "ask_check.few_reasons": Message(
        NN_(
            "offers %(count)s reason; at least %(least)s are wanted",
            "offers %(count)s reasons; at least %(least)s are wanted",
        )
    ),
    "ask_check.unknown_role": Message(
        N_("there is no role %(role)s"), N_("Name a role of `plea officials find`, or add it to forms-of-address.toml.")
    ),
    "ask_check.letters": Message(N_("a letter to %(roles)s %(problem)s")),
    "ask_check.letters_in_case": Message(N_("a letter to %(roles)s (%(case)s) %(problem)s")),
    "ask_check.word_count": Message(
        NN_(
            "has %(count)s word with a story of %(story)s; %(least)s to %(most)s are wanted",
            "has %(count)s words with a story of %(story)s; %(least)s to %(most)s are wanted",
        )
    ),
    "ask_check.grade": Message(N_("reads at grade %(grade)s; %(wanted)s or below is wanted")),
    "ask_check.reason_not_printed": Message(N_("does not print the reason %(reason)s")),
    "ask_check.names_own_crisis": Message(N_("mentions %(crisis)s")),
    "ask_check.fact_of_other_crisis": Message(N_("states the fact %(fact)s, which is about %(crisis)s")),
    "case.committee": Message(N_("on %(committee)s")),
    "case.unnamed": Message(N_("without a name")),
    "case.no_story": Message(N_("without a story")),
    "case.reasons": Message(N_("with the reasons %(reasons)s")),
    "case.crisis": Message(N_("about %(crisis)s")),
}

MESSAGES: dict[str, Message] = {**_PACKS, **_ASK_FILES, **_FACTS, **_TEMPLATES, **_CHECKS}
