"""What the limited child does for a pack that is not trusted: JSON in, JSON out (`plea.machine.limited`)."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from plea.asks.draft import mold, reason_text
from plea.asks.pack import load_pack
from plea.asks.survey import survey
from plea.errors import MendableError
from plea.machine.limited import LimitExceeded


def molds(order: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The words of several letters of one ask, without what people typed in them.

    Raises LimitExceeded for the first template that runs wild: the rest would fare no better.
    """
    pack = load_pack(Path(order["folder"]))
    ask = pack.ask(order["ask"])
    return [asdict(mold(pack, ask, scene)) for scene in order["scenes"]]


def reason_texts(order: Mapping[str, Any]) -> list[dict[str, str]]:
    """Each reason of one ask as it reads, or its error instead."""
    pack = load_pack(Path(order["folder"]))
    ask = pack.ask(order["ask"])
    answers = []
    for reason in ask.reasons:
        try:
            answers.append({"text": reason_text(pack, ask, reason.key, order["scene"])})
        except LimitExceeded:
            raise
        except MendableError as error:
            answers.append({"message": error.message, "hint": error.hint})
    return answers


def uses(order: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What the templates of one ask use."""
    pack = load_pack(Path(order["folder"]))
    return [asdict(use) for use in survey(pack, pack.ask(order["ask"]))]
