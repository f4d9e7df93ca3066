"""One volume, from plain values to bytes: the same in every process, and without the letters that would print wrong."""

import hashlib
import re
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import paper_reading
from plea import language
from plea.campaigns.ledger.serialize import supporter_text
from plea.campaigns.model import Destination, LetterJob, VolumeJob, VolumeMade
from plea.campaigns.running.engine import LocalWorkers, RestartingPool, run_jobs
from plea.campaigns.running.volume_task import VOLUMES, halves, make_volume, without
from plea.errors import InputError
from plea.letters.paper import typeset
from plea.model.officials import Office, Official
from plea.model.people import Supporter
from plea.problems import Problem

STORY = " ".join(["We baked bread together every Saturday for a year and never once spoke of the war."] * 4)
UNSEEN = "\u0378"  # not a character yet, so in no font
DESK = Destination(
    Official("us-x", "us-senator", "Ann Maple", "Maple", state="VT"),
    Office("x-burlington", "district", street="1 Main Street", city="Burlington", state="VT", zip="05401"),
)


def person(number: int, **changes: Any) -> Supporter:
    fields = {
        "name": f"Signer Number{number}",
        "street": f"{number} Elm Street",
        "city": "Barre",
        "state": "VT",
        "zip": "05641",
        "story": STORY if number % 2 else "",
    }
    return Supporter(**{**fields, **changes})


def job(*people: Supporter, **changes: Any) -> VolumeJob:
    whole = VolumeJob(
        file="maple/volume-003.pdf",
        destination=DESK,
        letters=tuple(
            LetterJob(f"id{index}", index, "refugee-intake", supporter_text(one)) for index, one in enumerate(people)
        ),
        pack=None,
        on=date(2026, 11, 22),
        language="en",
        params={},
        campaign={"name": "Trees", "organiser": "Friends"},
        profile="us-10-single",
        large_print=False,
        font_paths=(),
        overlong="hold",
    )
    return replace(whole, **changes)


def found(made: VolumeMade) -> dict[str, int]:
    """Each letter's page as the paper has it: the page on which the name stands under the close."""
    pages = {}
    for line in paper_reading.lines(made.content):
        name = re.fullmatch(r"Signer Number\d+", line.text)
        if name and line.top > 300:
            pages[line.text] = line.page
    return pages


def feet(made: VolumeMade) -> list[str]:
    return [line.text for line in paper_reading.lines(made.content) if line.top > 740]


def what(made: VolumeMade) -> list[str]:
    return [" ".join(language.what(problem) for problem in letter.problems) for letter in made.letters]


def test_each_letter_stands_on_the_page_that_is_given_with_its_number_at_the_foot() -> None:
    made = make_volume(job(*map(person, range(7))))
    assert [(letter.letter_id, letter.page, letter.pages) for letter in made.letters] == [
        (f"id{index}", index + 1, 1) for index in range(7)
    ]
    assert found(made) == {f"Signer Number{index}": index + 1 for index in range(7)}
    assert feet(made) == [f"3-{number}" for number in range(1, 8)]


def test_several_batches_become_one_volume(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typeset, "BATCH", 4)
    made = make_volume(job(*map(person, range(11))))
    assert [letter.page for letter in made.letters] == list(range(1, 12))
    assert found(made) == {f"Signer Number{index}": index + 1 for index in range(11)}
    assert feet(made) == [f"3-{number}" for number in range(1, 12)]


def test_the_same_job_gives_the_same_bytes_in_every_process() -> None:
    jobs = [job(*map(person, range(start, start + 130)), file=f"d/volume-{start:03}.pdf") for start in (1, 200, 400)]
    here = {made.file: hashlib.sha256(made.content).digest() for made in map(make_volume, jobs)}
    with RestartingPool(partial(LocalWorkers, 2)) as pool:
        there = [*run_jobs(jobs[::-1], VOLUMES, pool, in_flight=3)]
    assert {made.file: hashlib.sha256(made.content).digest() for made in there} == here


def test_letters_that_would_print_wrong_are_left_out_and_the_rest_is_as_if_they_had_never_been() -> None:
    good = [person(number) for number in range(4)]
    long = person(9, story=" ".join(f"word{number}" for number in range(900)))
    unseen = person(9, name=f"Signer {UNSEEN}")
    spanish = person(9, language="es", story="Sin inglés.")
    private = person(9, street="1 \ue000 Street")
    people = [good[0], long, good[1], unseen, good[2], spanish, private, good[3]]
    made = make_volume(job(*people))
    assert [letter.page for letter in made.letters] == [1, 0, 2, 0, 3, 0, 0, 4]
    said = what(made)
    for index, words in {
        1: "runs over: 3 pages",
        3: "U+0378",
        5: "story is told in another language",
        6: "private-use character",
    }.items():
        assert words in said[index]
    assert made.content == make_volume(job(*good)).content


def test_reasons_that_another_ask_has_are_left_to_it() -> None:
    chosen = ("no-such-reason", "ready-towns")
    made = make_volume(job(person(0, reasons=chosen)))
    assert made.content == make_volume(job(person(0, reasons=("ready-towns",)))).content


def test_a_letter_a_little_too_long_is_set_closer() -> None:
    a_little = person(1, story=" ".join(["word"] * 165))
    made = make_volume(job(person(0), a_little, person(2)))
    assert [letter.page for letter in made.letters] == [1, 2, 3]
    assert [letter.pages for letter in made.letters] == [1, 1, 1]
    plain, closer, again = (_size_of_type(made, page) for page in (1, 2, 3))
    assert plain == again > closer


def _size_of_type(made: VolumeMade, page: int) -> float:
    """How high the salutation's ink is on a page."""
    return next(
        line.bottom - line.top
        for line in paper_reading.lines(made.content)
        if line.page == page and line.text.startswith("Dear ")
    )


def test_a_letter_that_is_too_long_may_be_printed_where_the_campaign_says_so() -> None:
    long = person(1, story=" ".join(f"word{number}" for number in range(900)))
    made = make_volume(job(person(0), long, person(2), overlong="print"))
    assert [(letter.page, letter.pages) for letter in made.letters] == [(1, 1), (2, 3), (5, 1)]
    assert found(made)["Signer Number2"] == 5
    assert feet(made) == ["3-1", "3-2", "3-3"]


def test_that_long_letters_came_before_changes_nothing() -> None:
    people = [person(number, story=" ".join(["word"] * (150 + 20 * number))) for number in range(8)]
    first = make_volume(job(*people))
    typeset._shortest_over.clear()
    assert make_volume(job(*people)) == first


def test_a_volume_without_a_good_letter_has_no_bytes() -> None:
    made = make_volume(job(person(1, name=UNSEEN)))
    assert made.content == b""
    assert not made.letters[0].page


def test_letters_by_themselves_are_made_only_for_those_that_are_printed() -> None:
    made = make_volume(job(person(0), person(1, name=UNSEEN), singles=("single-pdf", "eml")))
    assert [name for name, _ in made.singles] == ["id0.pdf", "id0.eml"]
    (_, pdf), (_, eml) = made.singles
    assert pdf.startswith(b"%PDF-")
    assert b"Signer Number0" in eml


def test_a_letter_that_broke_its_workers_is_named_and_left_out() -> None:
    whole = job(person(0), person(1), person(2))
    first, second = halves(whole)
    assert [letter.letter_id for half in (first, second) for letter in half.letters] == ["id0", "id1", "id2"]
    assert halves(first) == ()
    made = make_volume(without(whole, [(first, Problem("job.worker_died"))]))
    assert [letter.page for letter in made.letters] == [0, 1, 2]
    assert "the worker died" in what(made)[0]


def test_a_template_that_runs_wild_ends_the_run_by_name(tmp_path: Path) -> None:
    (tmp_path / "letter.md.j2").write_text(
        '{% extends "plea/frame.md.j2" %}{% block subject %}A{% endblock %}'
        "{% block opening %}{{ 'a' * 10**10 }}{% endblock %}{% block closing %}B{% endblock %}"
    )
    (tmp_path / "ask.toml").write_text(
        'default_reasons = ["a"]\n[title]\nen = "Wild"\n[summary]\nen = "Wild."\n[roles]\nus-senator = "legislative"\n'
        '[acts.us-senator]\nen = "Look."\n[params]\ncrisis = "Syria"\n'
        '[[reasons]]\nkey = "a"\nname.en = "A"\ntext.en = "A."\n'
    )
    wild = job(person(1), pack=tmp_path)
    wild = replace(wild, letters=(wild.letters[0]._replace(ask=tmp_path.name),))
    with (
        RestartingPool(partial(LocalWorkers, 1)) as pool,
        pytest.raises(InputError, match=r"letter\.md\.j2:1"),
    ):
        list(run_jobs([wild], VOLUMES, pool, in_flight=1))
