"""The sign-up sheet, read back: the whole letter, the reasons, the consent, and boxes in the spreadsheet's order."""

import io
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from plea.asks.pack import load_pack
from plea.campaigns.context import CampaignContext
from plea.campaigns.preparing.sign_up_sheet import COLUMNS, sign_up_sheet
from plea.campaigns.settings import Settings
from plea.errors import UsageError
from plea.letters.paper.profiles import profile
from plea.model.letters import Printing
from plea.model.people import Consent
from plea.officials.roles import roles

ON = date(2026, 11, 22)


def context(*asks: str, consent: Consent | None = None, **settings: object) -> CampaignContext:
    values = {"folder": Path("nowhere"), "name": "Doors of Vermont", "organizer": "the Example Coalition"}
    values |= {"contact": "Juniper Example, 802-555-0100", "asks": asks, "pack": None, "targets": ("us-senator",)}
    pack = load_pack(None)
    return CampaignContext(
        Settings(**{**values, "consent": consent, **settings}),  # type: ignore[arg-type]  # a test's keywords
        ON,
        pack,
        tuple(pack.ask(ask) for ask in asks),
        roles(),
        None,
        Printing(profile("us-10-single")),
    )


def pages(content: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]


def in_order(text: str, *parts: str) -> None:
    place = 0
    for part in parts:
        assert part in text[place:], f"{part!r} is not there, or not after what stands before it: {text}"
        place = text.index(part, place) + len(part)


def test_the_front_holds_all_that_is_signed_and_the_back_the_form() -> None:
    front, back = pages(sign_up_sheet(context("refugee-intake")))
    in_order(
        front,
        "Doors of Vermont",
        "the Example Coalition",
        "To: U.S. senators",
        "Please cosponsor the GRACE Act",
        "I live in ______________; please cosponsor",
        "[Your own story stands here, if you tell one.]",
        "Please reply in writing.",
        "Reasons to choose from",
        "Careful vetting Careful checks and an open door go together.",
        "Returns that are free and safe",
    )
    assert "I agree that the Example Coalition sends it in my name" in back
    assert "Questions, or to take your name back: Juniper Example, 802-555-0100" in back


def test_boxes_stand_in_the_order_of_the_columns() -> None:
    [_, usual] = pages(sign_up_sheet(context("refugee-intake"), COLUMNS))
    in_order(
        usual, "Name", "Street", "City or town", "State", "ZIP", "Email", "Phone", "Reasons", "our-word", "Your story"
    )
    in_order(usual, "Your story", "Date", "Where you sign", "Signature")
    [_, other] = pages(sign_up_sheet(context("refugee-intake"), ("story", "zip", "vanid", "name")))
    in_order(other, "Your story", "ZIP code", "Name", "Signature")
    assert "vanid" not in other
    assert "Email" not in other


def test_the_campaigns_own_words_of_consent_are_printed() -> None:
    own = Consent(ON, "on paper", "Yes, send my letter to both senators.")
    [_, back] = pages(sign_up_sheet(context("refugee-intake", consent=own)))
    assert "Yes, send my letter to both senators." in back
    assert "I agree that the Example Coalition" not in back


def test_each_letter_of_a_campaign_is_shown_once() -> None:
    both = context("refugee-intake", "diplomacy", targets=("us-president", "us-senator"))
    text = " ".join(pages(sign_up_sheet(both)))
    assert text.count("To: President of the United States") == 2
    assert text.count("To: U.S. senators") == 2
    assert "Please admit the refugees our country has already approved" in text


def test_the_form_speaks_spanish() -> None:
    front, back = pages(sign_up_sheet(context("refugee-intake"), language="es"))
    in_order(front, "Le pido que copatrocine", "[Aquí va su propia historia, si la cuenta.]", "Una revisión cuidadosa")
    in_order(back, "Acepto que the Example Coalition la envíe en mi nombre", "Nombre", "Código postal", "Firma")


def test_a_language_without_words_is_named() -> None:
    with pytest.raises(UsageError, match=r"sheet\.no_language"):
        sign_up_sheet(context("refugee-intake"), language="fr")


def test_what_a_campaign_is_called_is_no_markup() -> None:
    front, _ = pages(sign_up_sheet(context("refugee-intake", name="#panic() *Doors* $x$")))
    assert "#panic() *Doors* $x$" in front


def test_the_same_sheet_is_the_same_bytes() -> None:
    assert sign_up_sheet(context("refugee-intake")) == sign_up_sheet(context("refugee-intake"))
