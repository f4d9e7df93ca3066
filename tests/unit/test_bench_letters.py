"""The letters that are measured are what the benchmarks say they are."""

import sys
from itertools import islice

import pytest

from conftest import CHECKOUT
from plea.letters.paper.profiles import profile
from plea.letters.paper.typeset import set_volume
from plea.model.letters import Letter, Paragraph, Printing


@pytest.fixture
def batches(monkeypatch: pytest.MonkeyPatch) -> list[list[Letter]]:
    monkeypatch.syspath_prepend(str(CHECKOUT / "bench"))
    monkeypatch.delitem(sys.modules, "letters", raising=False)
    import letters  # noqa: PLC0415 (bench is no package)

    first, again = list(islice(letters.batches(20, 1), 2)), list(islice(letters.batches(20, 1), 2))
    assert first == again
    return first


def _story(letter: Letter) -> str:
    block = letter.body[1]
    assert isinstance(block, Paragraph)
    return block.runs[0].text


def test_no_two_stories_are_alike_and_each_has_60_words(batches: list[list[Letter]]) -> None:
    stories = [_story(letter) for batch in batches for letter in batch]
    assert len(set(stories)) == 40
    assert {len(story.split()) for story in stories} == {60}


def test_a_batch_is_a_volume_to_one_office_of_one_page_each(batches: list[list[Letter]]) -> None:
    for batch in batches:
        assert len({letter.recipient for letter in batch}) == 1
        positions = set_volume(batch, Printing(profile("us-10-single"))).positions
        assert {position.pages for position in positions} == {1}
