"""What is read from files of each kind, with dirty rows written by hand."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from plea import language
from plea.errors import InputError
from plea.officials.imports.batch import Batch, Source
from plea.officials.imports.openstates import office_of_text
from plea.officials.imports.read import read_paths, recognize
from plea.problems import Problem

SOURCE = Source("file.csv", "/file.csv", "2026-06-15", "0" * 64, 0)


def read(content: Any, congress: int = 119) -> Batch:
    raw = (
        content
        if isinstance(content, bytes)
        else content.encode()
        if isinstance(content, str)
        else json.dumps(content).encode()
    )
    batch = recognize(raw, SOURCE, congress)
    assert batch is not None
    return batch


def member(key: str = "X000001", **term: Any) -> dict[str, Any]:
    base = {"type": "rep", "start": "2025-01-03", "end": "2027-01-03", "state": "VT", "district": 0}
    return {"id": {"bioguide": key}, "name": {"first": "Jane", "last": "Doe"}, "terms": [{**base, **term}]}


def test_a_member_without_an_address_gets_the_chambers() -> None:
    batch = read([member(), member("S000001", type="sen", district=None)])
    offices = dict(batch.offices)
    assert (offices["us-X000001"].street, offices["us-X000001"].zip) == ("", "20515")
    assert (offices["us-S000001"].street, offices["us-S000001"].zip) == ("", "20510")
    assert Problem("imported.without_address", count=2) in batch.counts


def test_a_members_address_in_washington_is_taken_apart() -> None:
    address = "2136 Rayburn House Office Building Washington DC 20515-5101"
    office = read([member(address=address)]).offices[0][1]
    assert (office.street, office.city, office.state, office.zip) == (
        "2136 Rayburn House Office Building",
        "Washington",
        "DC",
        "20515-5101",
    )


def test_members_get_roles_seats_divisions_and_their_congress() -> None:
    batch = read(
        [
            member("A000001", state="IL", district=11),
            member("B000001", state="DC"),
            member("C000001", state="PR"),
            member("D000001", state="VT", type="sen", start="2021-01-03", end="2031-01-03"),
        ]
    )
    got = [(one.id, one.role, one.district, one.division, one.congress) for one in batch.officials]
    us = "ocd-division/country:us"
    assert got == [
        ("us-A000001", "us-representative", "IL-11", f"{us}/state:il/cd:11", 119),
        ("us-B000001", "us-delegate", "DC-0", f"{us}/district:dc/cd:at-large", 119),
        ("us-C000001", "us-resident-commissioner", "PR-0", f"{us}/territory:pr/cd:at-large", 119),
        ("us-D000001", "us-senator", "", f"{us}/state:vt", 119),
    ]
    assert {one.style for one in batch.officials} == {""}


def test_names_are_the_official_ones_or_put_together() -> None:
    one, two = member("A000001"), member("B000001")
    one["name"] = {
        "first": "Henry",
        "last": "Johnson",
        "suffix": "Jr.",
        "official_full": 'Henry C. "Hank" Johnson, Jr.',
    }
    two["name"] = {"first": "James", "nickname": "Jim", "last": "Roe", "suffix": "III"}
    assert [(o.name, o.last_name) for o in read([one, two]).officials] == [
        ('Henry C. "Hank" Johnson, Jr.', "Johnson"),
        ("Jim Roe III", "Roe"),
    ]


def district_office(**raw: Any) -> list[dict[str, Any]]:
    whole = {"id": "X-barre", "address": "1 Main St.", "city": "Barre", "state": "VT", "zip": "05641"}
    return [{"id": {"bioguide": "X000001"}, "offices": [{**whole, **raw}]}]


@pytest.mark.parametrize(
    "raw",
    [
        {"address": "Barre, VT 05641"},
        {"address": "Barre"},
        {"address": ""},
        {"address": None},
        {"zip": ""},
        {"zip": None},
        {"zip": "0564"},
        {"city": ""},
    ],
)
def test_an_office_no_letter_could_reach_is_passed_over_and_named(raw: dict[str, Any]) -> None:
    batch = read(district_office(**raw))
    assert batch.offices == []
    assert [(count.code, dict(count.values)["count"]) for count in batch.counts] == [
        ("imported.district_offices", 1),
        ("imported.repaired", 0),
        ("imported.passed_over", 1),
    ]
    assert "X-barre" in language.what(batch.counts[2])


def test_an_office_whose_address_repeats_the_town_is_repaired() -> None:
    batch = read(district_office(address="1 Main St., Barre, VT 05641", suite=350))
    assert (batch.offices[0][1].street, batch.offices[0][1].suite) == ("1 Main St.", "350")
    assert Problem("imported.repaired", count=1) in batch.counts


def test_a_quadrant_is_no_state() -> None:
    assert read(district_office(address="120 Luck Avenue, SW")).offices[0][1].street == "120 Luck Avenue, SW"


def test_an_executive_is_a_holder_with_a_term() -> None:
    term = {"type": "prez", "start": "2025-01-20", "end": "2029-01-20"}
    batch = read([{"id": {}, "name": {"first": "Jane", "last": "Doe"}, "bio": {"gender": "F"}, "terms": [term]}])
    holder = batch.holders[0]
    assert (holder.post, holder.name, holder.last_name, holder.style) == ("us-president", "Jane Doe", "Doe", "")


RELATIONSHIP = """\ufeffOID_CD119_20|GEOID_CD119_20|NAMELSAD_CD119_20|GEOID_ZCTA5_20|AREALAND_PART|AREAWATER_PART
1|5000|Congressional District (at Large)|05401|10|1
2|1711|Congressional District 11|60098|10|0
3|1798|never|60098|0|5
4|1198|Delegate District|20001|9|0
5|09ZZ|Congressional Districts not defined|06437|0|5
6|1711|Congressional District 11||99|0
"""


def test_the_census_relationship_file_is_read_by_its_columns() -> None:
    batch = read(RELATIONSHIP)
    assert batch.kind == "zip-table"
    assert batch.congress == 119
    assert batch.zips == [("05401", "VT", 0), ("20001", "DC", 0), ("60098", "IL", 11)]
    assert read(RELATIONSHIP.replace("CD119", "CD120")).congress == 120


def test_the_zip_table_as_csv_is_read_and_its_congress_is_what_the_user_says() -> None:
    batch = read("state_fips,state_abbr,zcta,cd\n50,VT,05401,0\n72,PR,601,98\n", congress=120)
    assert batch.zips == [("00601", "PR", 0), ("05401", "VT", 0)]
    assert batch.congress == 120


def test_a_broken_row_is_named_with_its_line() -> None:
    with pytest.raises(InputError, match=r"import\.bad_row file\.csv:3"):
        read("state_fips,state_abbr,zcta,cd\n50,VT,05401,0\n50,VT,05401,none\n")


GAZETTEER = (
    "USPS\tGEOID\tALAND\tINTPTLAT\tINTPTLONG                  \n"
    "\t05401\t1\t44.48\t-73.22  \n\t00601\t1\t18.18\t-66.75\n"
)


def test_the_gazetteer_is_read_with_tabs_with_bars_and_zipped() -> None:
    expected = [("05401", 44.48, -73.22), ("00601", 18.18, -66.75)]
    assert read(GAZETTEER).centers == expected
    assert read(GAZETTEER.replace("\t", "|")).centers == expected
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("2024_Gaz_zcta_national.txt", GAZETTEER)
    assert read(packed.getvalue()).centers == expected
    with pytest.raises(InputError, match=r"import\.broken_archive"):
        read(packed.getvalue()[:-40])


@pytest.mark.parametrize("content", ['[{"id"', '{"a": [', "[" * 100_000])
def test_half_a_json_file_is_an_error(content: str) -> None:
    with pytest.raises(InputError, match=r"import\.broken_json"):
        read(content)


def test_a_file_of_another_shape_is_an_error_or_nothing() -> None:
    with pytest.raises(InputError, match=r"import\.another_layout"):
        read([{"id": {"bioguide": "X"}, "name": {}, "terms": [{"type": "rep"}]}])
    for nothing in (b"[]", b'{"type": "FeatureCollection"}', b"\xff\xfe\x00", b"a,b\n1,2\n", b""):
        assert recognize(nothing, Source("x.json", "/x", "", "", 0), 119) is None


HEADER = (
    "role,name,last_name,state,place,street,city,zip,country,style,district,id,privy_counsellor,end,building,kind\n"
)


def test_a_csv_of_ones_own_gives_officials_of_any_role() -> None:
    batch = read(
        HEADER
        + "mayor,Jane Doe,Doe,Vermont,Burlington,149 Church Street,Burlington,05401,,,,,,2028-04-01,,\n"
        + 'uk-mp,"Doe, Jane",Doe,,Leeds Central,,,,,,,,yes,,,\n'
        + "us-representative,Ann Roe,Roe,IL,,,,,,,11,,,,,\n"
    )
    assert batch.kind == "csv-file"
    mayor, mp, representative = batch.officials
    assert (mayor.id, mayor.state, mayor.division) == (
        "mayor-vt-burlington-jane-doe",
        "VT",
        "ocd-division/country:us/state:vt",
    )
    assert mayor.end is not None
    assert (mp.name, mp.privy_counsellor, mp.place) == ("Doe, Jane", True, "Leeds Central")
    assert (representative.district, representative.division) == ("IL-11", "ocd-division/country:us/state:il/cd:11")
    offices = dict(batch.offices)
    assert offices[mayor.id].street == "149 Church Street"
    assert (offices[mp.id].city, offices[mp.id].zip, offices[mp.id].country) == ("London", "SW1A 0AA", "GB")
    assert offices[representative.id].zip == "20515"


def test_a_further_row_with_the_same_id_is_another_office() -> None:
    row = "mayor,Jane Doe,Doe,VT,Barre,{},Barre,05641,,,,m,,,,{}\n"
    batch = read(HEADER + row.format("1 Main St.", "") + row.format("2 Elm St.", "district"))
    assert len(batch.officials) == 1
    assert [(office.id, office.kind, office.street) for _, office in batch.offices] == [
        ("m-capitol", "capitol", "1 Main St."),
        ("m-district-2", "district", "2 Elm St."),
    ]


def test_a_row_for_a_post_names_its_holder() -> None:
    batch = read(HEADER + "us-secretary-of-state,Jane Doe,Doe,,,,,,,madam,,,,,,\n")
    assert (batch.officials, batch.holders[0].post, batch.holders[0].style) == ([], "us-secretary-of-state", "Madam")


def test_every_bad_row_is_named_at_once() -> None:
    with pytest.raises(InputError) as raised:
        read(
            HEADER
            + "mayer,Jane Doe,Doe,VT,Barre,1 Main St.,Barre,05641,,,,,,,,\n"
            + "mayor,,Doe,VT,,1 Main St.,Barre,5641,,,,,,,,\n"
            + "us-senator,Jane Doe,Doe,,,,,,,Mx.,,us-S000033,,2031,,\n"
            + "us-representative,Jane Doe,Doe,IL,,,,,,,99,,,,,\n"
            + "mayor,Jane \u202eDoe,Doe,VT,Barre,,,,,,,,,,,\n"
        )
    message = "\n".join(map(language.line, raised.value.problems))
    for expected in (
        "file.csv:2: there is no role mayer (did you mean mayor?)",
        "file.csv:3: zip must be five digits, or five and four, not 5641",
        "file.csv:4: state is empty",
        "file.csv:4: style must be Mr. or Madam, or empty, not Mx.",
        "file.csv:4: id us-S000033: the public data names",
        "file.csv:4: end must be a day like 2026-11-22, not 2031",
        "file.csv:5: Illinois has districts 1 to 17, not 99",
        "file.csv:6: name holds a character that does not print",
        "file.csv:6: the address is empty",
    ):
        assert expected in message


def test_an_unknown_column_is_named_with_the_nearest() -> None:
    with pytest.raises(
        InputError, match=r"officials_csv\.mistyped_column file\.csv:1 .*\'sreet\', \'nearest\': \'street\'"
    ):
        read("role,name,sreet\nmayor,Jane Doe,1 Main St.\n")


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_semicolons_and_tabs_are_read_too(delimiter: str) -> None:
    text = "Role,Name,State,Last Name\nus-senator,Jane Doe,OH,Doe\n".replace(",", delimiter)
    assert read("\ufeff" + text).officials[0].last_name == "Doe"


def test_a_csv_that_is_not_utf8_is_named() -> None:
    with pytest.raises(InputError, match=r"import\.not_utf8"):
        read("role,name\nmayor,José\n".encode("cp1252"))


ADDRESSES = [
    # as written, street, suite, building, city, zip
    (
        "109 State Street; Pavilion Office Building; Montpelier, VT 05609",
        ("109 State Street", "", "Pavilion Office Building", "Montpelier", "05609"),
    ),
    ("109 State St.; Montpelier, VT 05609-1001", ("109 State St.", "", "", "Montpelier", "05609-1001")),
    ("128 State Street; ; Montpelier, VT 05633-", ("128 State Street", "", "", "Montpelier", "05633")),
    (
        "Office of the Governor; 207 State House; Springfield, IL 62706",
        ("207 State House", "", "Office of the Governor", "Springfield", "62706"),
    ),
    (
        "Vermont State House 115 State St., Montpelier, VT 05633",
        ("115 State St.", "", "Vermont State House", "Montpelier", "05633"),
    ),
    (
        "Room 288-S, Stratton Office Building, Springfield, IL 62706",
        ("", "Room 288-S", "Stratton Office Building", "Springfield", "62706"),
    ),
    ("4374 S. Archer Ave., Chicago, IL 60632", ("4374 S. Archer Ave.", "", "", "Chicago", "60632")),
    (
        "5415 N. University St. Suite 105, Peoria, IL 61614",
        ("5415 N. University St.", "Suite 105", "", "Peoria", "61614"),
    ),
    ("1 E. Benton St., Suite 101, Aurora, IL 60505", ("1 E. Benton St.", "Suite 101", "", "Aurora", "60505")),
    (
        "Clock Tower Building 187 S. Schuyler Ave., Suite 110, Kankakee, IL 60901",
        ("187 S. Schuyler Ave.", "Suite 110", "Clock Tower Building", "Kankakee", "60901"),
    ),
    ("P.O. Box 3359, Burlington, VT 05408", ("P.O. Box 3359", "", "", "Burlington", "05408")),
    (
        "304 E. Jefferson Ave. Suite A, Effingham, IL 62401",
        ("304 E. Jefferson Ave.", "Suite A", "", "Effingham", "62401"),
    ),
]


@pytest.mark.parametrize(("text", "parts"), ADDRESSES)
def test_an_address_on_one_line_is_taken_apart(text: str, parts: tuple[str, str, str, str, str]) -> None:
    office = office_of_text(text, "x", "capitol")
    assert office is not None
    assert (office.street, office.suite, office.building, office.city, office.zip) == parts


@pytest.mark.parametrize("text", ["VT", "208 State St., Montpelier, VT", "", "Montpelier, VT 05609"])
def test_an_address_without_a_street_or_a_zip_is_none(text: str) -> None:
    assert office_of_text(text, "x", "capitol") is None


PERSON = """
id: ocd-person/{key}
name: Jane Doe
given_name: Jane
family_name: Doe
gender: Female
roles:
- end_date: '2020-12-31'
  type: lower
  jurisdiction: ocd-jurisdiction/country:us/state:{state}/government
  district: '5'
- start_date: {start}
  type: {kind}
  jurisdiction: ocd-jurisdiction/country:us/state:{state}/government
  district: {district}
offices:
- classification: capitol
  address: 1 State St.; Capitol City, VT 05633
- classification: home
  address: 9 Private Lane, Capitol City, VT 05633
- classification: district
  address: VT
"""


def state(folder: Path, name: str, **person: str) -> Path:
    (folder / name / "legislature").mkdir(parents=True)
    values = {
        "key": "1",
        "state": name,
        "start": "2023-01-04",
        "kind": "upper",
        "district": "Grand Isle-Chittenden",
        **person,
    }
    (folder / name / "legislature" / "Jane-Doe.yml").write_text(PERSON.format(**values), encoding="utf-8")
    return folder


def test_an_openstates_folder_gives_the_role_that_lasts(tmp_path: Path) -> None:
    (batch,) = read_paths([state(tmp_path, "vt")], 119).batches
    (official,) = batch.officials
    assert batch.kind == "openstates-vt"
    assert (official.role, official.district, official.body, official.last_name, official.style) == (
        "state-senator",
        "Grand Isle-Chittenden",
        "Vermont Senate",
        "Doe",
        "",
    )
    assert official.division == "ocd-division/country:us/state:vt/sldu:grand_isle-chittenden"
    assert [office.street for _, office in batch.offices] == ["1 State St."]
    assert {Problem("imported.homes", count=1), Problem("imported.unreadable", count=1)} <= set(batch.counts)


def test_the_lower_chamber_has_the_name_it_has(tmp_path: Path) -> None:
    state(tmp_path, "va", kind="lower")
    state(tmp_path, "il", kind="lower")
    il, va = read_paths([tmp_path], 119).batches
    assert il.officials[0].body == "Illinois House of Representatives"
    assert va.officials[0].body == "Virginia House of Delegates"


def test_a_broken_person_stops_the_import(tmp_path: Path) -> None:
    state(tmp_path, "vt")
    (tmp_path / "vt" / "legislature" / "Half.yml").write_text("id: ocd-person/2\nname: [", encoding="utf-8")
    with pytest.raises(InputError, match=r"import\.broken_yaml .*Half\.yml"):
        read_paths([tmp_path], 119)
    (tmp_path / "vt" / "legislature" / "Half.yml").write_text("id: ocd-person/2\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"import\.not_a_person .*Half\.yml"):
        read_paths([tmp_path], 119)


def test_a_missing_or_unknown_path_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"import\.unreadable .*gone\.json"):
        read_paths([tmp_path / "gone.json"], 119)
    (tmp_path / "map.geojson").write_text("{}", encoding="utf-8")
    with pytest.raises(InputError, match=r"import\.unknown_file .*map\.geojson"):
        read_paths([tmp_path / "map.geojson"], 119)
    with pytest.raises(InputError, match=r"import\.nothing_known"):
        read_paths([tmp_path], 119)
