"""An ask, a supporter, an official, an office and a day make one letter."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from plea.asks.pack import Pack
from plea.asks.render import RenderRequest, render
from plea.asks.words import day_in_words
from plea.errors import MendableError, UsageError
from plea.letters.identity import letter_id
from plea.letters.sender import is_latin, letter_name, sender_lines
from plea.letters.terms import ending_soon
from plea.letters.wording import labels
from plea.model import Act, Ask, Block, Letter, Office, Official, Problem, Recipient, Supporter
from plea.officials.address import close, recipient, salutation
from plea.officials.roles import Role

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

    Raises UsageError for an ask that is not for this role, MendableError for a story that has no English form and for
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
    """What the letter shares with others to its desk. Raises MendableError for a form of address that is missing."""
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
        raise MendableError(
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
            Problem(
                "name",
                "the name is not in Latin letters, and an office files letters by name",
                "Give its Latin form as well (name_latin).",
            )
        )
    return tuple(warnings)
