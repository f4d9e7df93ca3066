"""Runs of words that stand in the letters of too many asks."""

import pytest

from plea.asks.stock_phrases import StockPhrase, stock_phrases


def phrases(*texts: str) -> list[str]:
    """The stock phrases of letters that each have the same text in three asks, and nothing else in common."""
    return [phrase.words for phrase in stock_phrases(dict.fromkeys(("a", "b", "c"), texts))]


def test_a_phrase_may_stand_in_two_asks_and_not_in_three() -> None:
    said = ["We will be glad when this is done."]
    assert stock_phrases({"a": said, "b": said, "c": ["No."]}) == []
    assert stock_phrases({"a": said, "b": said, "c": said}) == [
        StockPhrase("we will be glad when this is done", ("a", "b", "c"))
    ]


def test_only_what_is_shared_of_a_longer_sentence_is_the_phrase() -> None:
    letters = {
        "a": ["Today we ask you to say so, sir."],
        "b": ["Here we ask you to say so."],
        "c": ["And we ask you to say more."],
    }
    assert stock_phrases(letters) == [StockPhrase("we ask you to say", ("a", "b", "c"))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I write to you from home", ["i write to you from home"]),
        ("Please act by January 6, 2027, for us all.", ["please act by for us all"]),  # days are set aside
        ("Please, Senator Welch, hear us in Vermont.", []),  # names and titles are no words of the five
        ("We ask you to. Act on this now.", []),  # no run goes from one sentence into the next
        ("أرجو أن تسألوا أولًا ماذا يُفعل؟ ثم اكتبوا", ["أرجو أن تسألوا أولًا ماذا يُفعل"]),
        ("¿Lo diría a más tardar el 6 de enero de 2027?", ["lo diría a más tardar el"]),
        ("A más tardar el 6 de enero de 2027.", []),  # a day is no words of the five, nor those within it
        ("Le pido que antes del 6 de enero actúe.", ["le pido que antes del actúe"]),
        ("Refugees' flights don't wait for us.", ["refugees flights don't wait for us"]),
    ],
)
def test_names_days_and_titles_are_set_aside(text: str, found: list[str]) -> None:
    assert phrases(text) == found


def test_a_phrase_that_one_ask_repeats_is_its_own_affair() -> None:
    assert stock_phrases({"a": ["We will be glad of it. We will be glad of it."] * 3}) == []
