"""Letters set at the same time in several threads, as a web server does: each has its own compiler."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from paper_letters import made_letter, paragraphs
from plea.letters.paper.profiles import DEFAULT, profile
from plea.letters.paper.typeset import print_letter
from plea.model.letters import Printing

LENGTHS = (1, 90)  # paragraphs; the second letter runs over many pages


def test_letters_set_at_the_same_time_count_their_own_pages() -> None:
    letters = [replace(made_letter(), body=paragraphs(*["A paragraph of a letter."] * long)) for long in LENGTHS]

    def pages(place: int) -> int:
        return print_letter(letters[place], Printing(profile(DEFAULT))).pages

    expected = [pages(0), pages(1)]
    assert expected[0] == 1
    assert expected[1] > 1
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(pages, [0, 1] * 20)) == expected * 20
