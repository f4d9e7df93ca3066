"""The plan: which letters there are, what stays when the folder is edited, what is left out and why."""

import json
from pathlib import Path

import pytest

from campaign_folders import (
    DAY,
    OFFICIALS,
    SETTINGS,
    SPLIT,
    made,
    make_campaign,
    make_home,
    person,
    planned,
    print_all,
    write_rows,
)
from plea.asks.pack import copy_ask, load_pack
from plea.campaigns.context import open_context
from plea.campaigns.ledger.ledger import letters_date, open_ledger
from plea.campaigns.ledger.serialize import supporter_of
from plea.campaigns.model import LetterMade
from plea.campaigns.planning.draft import identity
from plea.campaigns.planning.plan import plan
from plea.campaigns.settings import load_settings
from plea.errors import InputError
from plea.model.people import Supporter
from plea.problems import Problem
from plea.supporters.identity import letter_id, person_key

Reject = tuple[str, str, str, str]


@pytest.fixture(scope="session")
def trees_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("trees-home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLEA_HOME", str(folder))
        return make_home(folder)


@pytest.fixture(autouse=True)
def _at_home(trees_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLEA_HOME", str(trees_home))


def rejects(folder: Path) -> list[Reject]:
    ledger, _ = planned(folder)
    with ledger:
        return [(row[-4], row[-3], row[-2], row[-1]) for row in ledger.rejects()]


def left(folder: Path) -> list[tuple[str, list[int]]]:
    """The volumes to make, with the rows in their order."""
    ledger, _ = planned(folder)
    with ledger:
        return [
            (volume.file, [letter.row for letter in ledger.letters_of(volume.file)]) for volume in ledger.volumes_left()
        ]


def test_a_letter_to_each_official_in_volumes_sorted_by_zip_and_name(tmp_path: Path) -> None:
    rows = [person("Zoe Last", 1), person("Abe First", 2), person("Mia Middle", 3, zip="05602", city="Montpelier")]
    folder = make_campaign(tmp_path / "c", rows)
    found = left(folder)
    assert [file.rpartition("/")[2] for file, _ in found] == ["volume-001.pdf"] * 3
    assert [file.partition("-vt-")[0] for file, _ in found] == ["ann-maple", "bob-birch", "cleo-cedar"]
    assert [order for _, order in found] == [[2, 1, 3]] * 3


def test_five_hundred_letters_fill_a_volume(tmp_path: Path) -> None:
    rows = [person(f"Person{number} Example", number) for number in range(1, 502)]
    settings = SETTINGS.replace('"us-senator", "us-representative"', '"us-representative"')
    found = left(make_campaign(tmp_path / "c", rows, settings))
    assert [(file.rpartition("/")[2], len(order)) for file, order in found] == [
        ("volume-001.pdf", 500), ("volume-002.pdf", 1),
    ]  # fmt: skip


def test_a_split_zip_holds_the_house_letter_and_names_who_it_may_be(tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", [person("Ann Split", 1, **SPLIT)])
    (held,) = rejects(folder)
    assert held[:3] == ("1", "refugee-intake/us-representative", "held")
    for words in ("NY-21 (Flo Pine)", "NY-24 (Gil Fir)", "column district", "--corrected"):
        assert words in held[3]
    assert sorted(file.partition("-ny")[0] for file, _ in left(folder)) == ["dan-elm", "eva-oak"]


def test_a_district_settles_a_split_zip(tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", [person("Ann Split", 1, **SPLIT, district="NY-24")])
    assert rejects(folder) == []
    assert "gil-fir" in " ".join(file for file, _ in left(folder))


def test_the_identity_is_the_letters_own() -> None:
    someone = Supporter("José  Núñez", "1 Example Street", zip="05401-1234")
    assert identity("Trees", person_key(someone), "vt-a", "ask") == letter_id("Trees", someone, "vt-a", "ask")


def test_a_row_wrong_in_itself_has_one_line_with_all_its_problems(tmp_path: Path) -> None:
    (line,) = rejects(make_campaign(tmp_path / "c", [person("", zip="0540")]))
    assert line[:3] == ("1", "", "rejected")
    assert "name: " in line[3]
    assert "zip: " in line[3]


def test_a_story_in_another_language_needs_its_english(tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", [])
    row = person("Ana Ejemplo", story="Mi abuela huyó.") | {"language": "es"}
    write_rows(folder, [row], [*row])
    (line,) = rejects(folder)
    assert line[2] == "rejected"
    assert "story_en" in line[3]


def test_nothing_changed_nothing_planned(tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", [person("Abe First")])
    for anew in (True, False):
        ledger, summary = planned(folder)
        ledger.close()
        assert summary.anew is anew


def test_an_edited_row_makes_its_own_letters_anew_in_new_volumes(tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", [person("Abe First", 1), person("Bea Second", 2)])
    before = made(folder)
    write_rows(folder, [person("Abe First", 1), person("Bea Second", 2, story="We have a spare room.")])
    after = made(folder)
    assert [line for line in after if line[1] == "1"] == [line for line in before if line[1] == "1"]
    new = [line for line in after if line not in before]
    assert {line[5].rpartition("/")[2] for line in new} == {"volume-002.pdf"}
    assert sorted(line[7] for line in new) == sorted(line[0] for line in before if line[1] == "2")
    assert {line[1] for line in new} == {"2"}


def test_an_edit_taken_back_is_a_third_letter_and_not_the_first_again(tmp_path: Path) -> None:
    one, other = person("Abe First"), person("Abe First", story="We have a spare room.")
    folder = make_campaign(tmp_path / "c", [one])
    made(folder)
    for row in (other, one):
        write_rows(folder, [row])
        lines = made(folder)
    assert len({line[0] for line in lines}) == len(lines) == 9
    write_rows(folder, [one, person("Bea Second", 2)])
    assert len(made(folder)) == 9 + 3


def test_what_does_not_print_makes_nothing_anew(tmp_path: Path) -> None:
    row = person("Abe First")
    folder = make_campaign(tmp_path / "c", [])
    write_rows(folder, [row | {"donor_level": "gold"}], [*row, "donor_level"])
    before = made(folder)
    write_rows(folder, [row | {"donor_level": "iron"}], [*row, "donor_level"])
    assert made(folder) == before


def test_a_row_put_on_top_renumbers_and_makes_nothing_anew(tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", [person("Bea Second", 2)])
    before = {line[0] for line in made(folder)}
    write_rows(folder, [person("Abe First", 1), person("Bea Second", 2)])
    after = made(folder)
    assert {line[0] for line in after if line[1] == "2"} == before
    assert {line[7] for line in after} == {""}


def test_a_removed_row_is_withdrawn_and_stays_in_the_manifest_without_a_number(tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", [person("Abe First", 1), person("Bea Second", 2)])
    made(folder)
    write_rows(folder, [person("Abe First", 1)])
    ledger, _ = planned(folder)
    with ledger:
        assert ledger.counts().withdrawn == 3
        assert len([*ledger.withdrawn()]) == 3
        assert sorted(line[1] for line in ledger.manifest()) == ["", "", "", "1", "1", "1"]


def test_unmade_letters_are_planned_again_after_an_edit_and_numbered_on(tmp_path: Path) -> None:
    settings = SETTINGS.replace('"us-senator", "us-representative"', '"us-representative"')
    rows = [person(f"Person{number} Example", number) for number in range(1, 503)]
    folder = make_campaign(tmp_path / "c", rows, settings)
    ledger, _ = planned(folder)
    with ledger:
        first = ledger.volumes_left()[0]
        letters = ledger.letters_of(first.file)
        made_letters = [LetterMade(letter.letter_id, page, 1) for page, letter in enumerate(letters, 1)]
        ledger.seal([(first.file, made_letters)])
    write_rows(folder, [*rows, person("Zoe New", 999)])
    ((file, order),) = left(folder)
    assert file.endswith("volume-002.pdf")
    assert len(order) == 3


def test_the_same_person_signs_once(tmp_path: Path) -> None:
    rows = [
        person("José Núñez", email="jose@example.org"),
        person("JOSE NUNEZ", 7, email="jose+list@example.org"),
        person("Jose Nunez", email=""),
    ]
    folder = make_campaign(tmp_path / "c", rows)
    lines = rejects(folder)
    assert {line[2] for line in lines} == {"duplicate"}
    assert sorted(line[0] for line in lines) == ["2"] * 3 + ["3"] * 3
    assert all("same person as in row 1" in line[3] for line in lines)
    assert [order for _, order in left(folder)] == [[1]] * 3


def test_a_second_row_with_the_district_sends_what_the_first_could_not(tmp_path: Path) -> None:
    folder = make_campaign(
        tmp_path / "c", [person("Ann Split", 1, **SPLIT), person("Ann Split", 1, **SPLIT, district="NY-21")]
    )
    assert sorted(line[:3] for line in rejects(folder)) == [
        ("1", "refugee-intake/us-representative", "held"),
        ("2", "refugee-intake/ny-a", "duplicate"),
        ("2", "refugee-intake/ny-b", "duplicate"),
    ]
    assert sorted(order for _, order in left(folder)) == [[1], [1], [2]]


def test_the_suppressed_get_no_letter_and_made_ones_are_withdrawn(tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", [person("Abe First", 1), person("Bea Second", 2)])
    made(folder)
    (folder / "suppress.csv").write_text("name,zip\nBea Second,05401\n")
    (line,) = rejects(folder)
    assert line[:3] == ("2", "", "suppressed")
    with open_ledger(folder, write=False) as ledger:
        assert (ledger.counts().made, ledger.counts().withdrawn) == (3, 3)


def test_only_those_with_a_story(tmp_path: Path) -> None:
    settings = SETTINGS + '[selection]\nwhere = "story"\n'
    rows = [person("Abe First", 1), person("Bea Second", 2, story="We have a spare room.")]
    folder = make_campaign(tmp_path / "c", rows, settings)
    (line,) = rejects(folder)
    assert line[:3] == ("1", "", "held")
    assert "selection" in line[3]
    assert [order for _, order in left(folder)] == [[2]] * 3


def test_a_sample_is_of_people_and_the_same_for_the_same_seed(tmp_path: Path) -> None:
    rows = [person(f"Person{number} Example", number) for number in range(1, 41)]
    settings = SETTINGS + "[selection]\nsample = 7\nseed = {}\n"
    drawn: dict[int, set[frozenset[int]]] = {}
    for seed in (1, 1, 2):
        folder = make_campaign(tmp_path / f"c{seed}{len(drawn)}", rows, settings.format(seed))
        volumes = left(folder)
        assert {len(order) for _, order in volumes} == {7}
        assert len(rejects(folder)) == 33
        drawn.setdefault(seed, set()).add(frozenset(volumes[0][1]))
    assert len(drawn[1]) == 1
    assert drawn[1] != drawn[2]


def test_who_was_printed_stays_in_the_sample_when_rows_are_added(tmp_path: Path) -> None:
    rows = [person(f"Person{number} Example", number) for number in range(1, 11)]
    settings = SETTINGS + "[selection]\nsample = 7\n"
    folder = make_campaign(tmp_path / "c", rows, settings)
    before = made(folder)
    write_rows(folder, [*rows, *(person(f"New{number} Example", 100 + number) for number in range(20))])
    assert made(folder) == before


def test_a_cap_for_each_office(tmp_path: Path) -> None:
    rows = [person(f"Person{number} Example", number) for number in range(1, 11)]
    folder = make_campaign(tmp_path / "c", rows, SETTINGS + "[selection]\nper_office = 4\n")
    assert [len(order) for _, order in left(folder)] == [4, 4, 4]
    lines = rejects(folder)
    assert len(lines) == 18
    assert {line[2] for line in lines} == {"held"}


HAND = (
    "nh-a,us-senator,Hal Ash,Ash,VT,,district,1 North Street,Burlington,05401,2025-01-03,2031-01-03\n"
    "nh-a,us-senator,Hal Ash,Ash,VT,,district,1 South Street,Montpelier,05602,2025-01-03,2031-01-03\n"
)
TWO_OFFICES = "".join(
    line for line in OFFICIALS.splitlines(keepends=True) if not line.startswith(("vt-a", "vt-b"))
) + HAND  # fmt: skip


def test_by_hand_all_go_to_the_office_most_signers_live_near_and_stay_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLEA_HOME", str(tmp_path / "home"))
    make_home(tmp_path / "home", TWO_OFFICES)
    settings = SETTINGS.replace(', "us-representative"', "") + 'delivery = "hand"\n'
    south = [person(f"South{number} Example", number, zip="05602", city="Montpelier") for number in range(1, 3)]
    folder = make_campaign(tmp_path / "c", [*south, person("North Example", 9)], settings)
    (first,) = {line[5] for line in made(folder)}
    assert first.endswith("-district-2/volume-001.pdf")
    write_rows(folder, [*south, *(person(f"North{number} Example", number) for number in range(10, 15))])
    assert {line[5].partition("/")[0] for line in made(folder)} == {first.partition("/")[0]}


def test_by_mail_each_goes_to_the_office_nearest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLEA_HOME", str(tmp_path / "home"))
    make_home(tmp_path / "home", TWO_OFFICES)
    settings = SETTINGS.replace(', "us-representative"', "")
    rows = [person("South Example", 1, zip="05602", city="Montpelier"), person("North Example", 2)]
    found = dict(left(make_campaign(tmp_path / "c", rows, settings)))
    assert {("-district-2/" in file): order for file, order in found.items()} == {True: [1], False: [2]}


def test_who_left_office_between_two_runs_is_not_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLEA_HOME", str(tmp_path / "home"))
    make_home(tmp_path / "home")
    folder = make_campaign(tmp_path / "c", [person("Abe First")])
    made(folder)
    make_home(tmp_path / "home", OFFICIALS.replace("05401,2025-01-03,2027-01-03", "05401,2025-01-03,2026-11-20"))
    (line,) = rejects(folder)
    assert line[2] == "held"
    assert "VT-0" in line[3]
    with open_ledger(folder, write=False) as ledger:
        assert (ledger.counts().made, ledger.counts().withdrawn) == (2, 1)


def test_an_edited_ask_makes_just_its_own_letters_anew(tmp_path: Path) -> None:
    settings = SETTINGS.replace('["refugee-intake"]', '["refugee-intake", "diplomacy"]') + 'pack = "pack"\n'
    folder = make_campaign(tmp_path / "c", [person("Abe First")], settings)
    for key in ("refugee-intake", "diplomacy"):
        copy_ask(load_pack(None).ask(key), folder / "pack" / "asks" / key)
    assert len(made(folder)) == 6
    ask = folder / "pack" / "asks" / "diplomacy" / "ask.toml"
    ask.write_text(ask.read_text().replace("conscience", "my-conscience"))
    new = [line for line in made(folder) if line[7]]
    assert {line[4] for line in new} == {"diplomacy"}
    assert len(new) == 3


def test_a_fact_counts_for_the_asks_that_state_it(tmp_path: Path) -> None:
    settings = SETTINGS.replace('["refugee-intake"]', '["refugee-intake", "diplomacy"]') + 'pack = "pack"\n'
    folder = make_campaign(tmp_path / "c", [person("Abe First")], settings)
    pack = load_pack(None)
    for key in ("refugee-intake", "diplomacy"):
        copy_ask(pack.ask(key), folder / "pack" / "asks" / key)
    made(folder)
    fact = '[approved-waiting]\ntext.en = "Many wait."\ntext.es = "Muchos."\nsource = "s"\nas_of = 2025-10-01\n'
    (folder / "pack" / "facts.toml").write_text(fact)
    assert {line[4] for line in made(folder) if line[7]} == {"refugee-intake"}


def test_killed_while_it_plans_nothing_is_planned(tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", [person(f"Person{number} Example", number) for number in range(1, 1200)])
    settings = load_settings(folder)

    def stop(count: int) -> None:
        raise KeyboardInterrupt(count)

    with open_ledger(folder, write=True) as ledger, pytest.raises(KeyboardInterrupt):
        plan(ledger, open_context(settings, DAY), stop)
    with open_ledger(folder, write=False) as ledger:
        assert ledger.counts().rows == 0
        assert ledger.date is None


def test_the_date_is_frozen_by_the_first_plan(tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", [person("Abe First")], SETTINGS.replace("date = 2026-11-22\n", ""))
    planned(folder)[0].close()
    later = load_settings(folder)
    with open_ledger(folder, write=False) as ledger:
        assert letters_date(later, ledger, DAY.replace(day=30)) == DAY
        (folder / "campaign.toml").write_text(SETTINGS.replace("11-22", "12-01"))
        with pytest.raises(InputError, match=r"campaign\.date_changed"):
            letters_date(load_settings(folder), ledger, DAY)


def test_a_letter_left_out_by_its_volume_is_held_with_the_reason(tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", [person("Abe First"), person("Bea Second", 2)])
    ledger, _ = planned(folder)
    with ledger:
        volume = ledger.volumes_left()[0]
        good, bad = ledger.letters_of(volume.file)
        why = (Problem("row.suppressed", "letter"),)
        ledger.seal([(volume.file, [LetterMade(good.letter_id, 1, 1), LetterMade(bad.letter_id, problems=why)])])
        print_all(ledger, folder / "out")
        (line,) = [row for row in ledger.rejects() if row[-2] == "held"]
        assert (line[-4], line[-1]) == ("2", "letter: is on the list of people not to write for")
        assert (ledger.counts().made, ledger.counts().held, ledger.counts().left) == (5, 1, 0)


def test_a_missing_volume_is_made_again_of_what_is_still_wanted(tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", [person("Abe First"), person("Bea Second", 2)])
    before = made(folder)
    gone = before[0][5]
    (folder / "out" / gone).unlink()
    ledger, _ = planned(folder)
    with ledger:
        assert ledger.missing_volumes(folder / "out") == [gone]
        ledger.unseal([gone])
        assert [one.file for one in ledger.volumes_left()] == [gone]
        print_all(ledger, folder / "out")
        assert sorted(ledger.manifest()) == sorted(before)


def test_a_supporter_is_kept_as_it_was_checked(tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", [person("José “Pepe” Núñez", story="One.\n\nTwo.", email="a@example.org")])
    ledger, _ = planned(folder)
    with ledger:
        letter = ledger.letters_of(ledger.volumes_left()[0].file)[0]
        ((text,),) = ledger.query("SELECT supporter FROM people")
    kept = supporter_of(letter.supporter)
    assert kept.story == "One.\n\nTwo."
    assert (kept.country, kept.language) == ("US", "en")
    assert json.loads(text)["name"] == "José “Pepe” Núñez"
