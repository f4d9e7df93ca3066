"""Which House districts a ZIP code lies in, and where its centre is: Census tables.

ZIP code tabulation areas (ZCTA) are the Census Bureau's picture of ZIP codes; the tables give no shares.
"""

import csv
import io
import re
from collections.abc import Iterator

from plea.errors import InputError
from plea.model.states import FIPS, STATE_NAMES
from plea.officials.imports.batch import ZIP_CENTRES, ZIP_TABLE, Batch, Source

_RELATION = re.compile(r"GEOID_CD(?P<congress>\d{3})_20")
_ZIP = re.compile(r"\d{5}")
_NO_DISTRICT = "ZZ"  # water, or area in no district
_AT_LARGE = ("00", "98")  # 98: a delegate or resident commissioner


def zip_table(text: str, source: Source, congress: int) -> Batch:
    """A CSV `state_fips,state_abbr,zcta,cd`, one row a pair (OpenSourceActivismTech/us-zipcodes-congress).

    The file does not say of which Congress its lines are: `congress` does.
    """
    batch = Batch(ZIP_TABLE, [source], congress=congress)
    for line, row in _rows(text, ","):
        state, zcta, district = row["state_abbr"].upper(), row["zcta"].zfill(5), row["cd"]
        if state not in STATE_NAMES or not _ZIP.fullmatch(zcta) or not district.isdigit():
            raise _bad_row(source, line)
        batch.zips.append((zcta, state, 0 if district in _AT_LARGE else int(district)))
    return _counted(batch)


def relationship(text: str, source: Source) -> Batch:
    """The Census Bureau's file of districts and ZCTAs (`tab20_cd11920_zcta520_natl.txt`), fields parted by `|`.

    Layout: census.gov, "2020 Congressional District and State Legislative District Relationship File Layouts". Rows
    without a ZCTA, of no district (`ZZ`) and of water alone are left out; a column's name says of which Congress it is.
    """
    named = _RELATION.search(text.partition("\n")[0])
    if not named:
        raise InputError(f"{source.name}:1: has no column of districts", "Fetch the file anew.")
    batch = Batch(ZIP_TABLE, [source], congress=int(named["congress"]))
    for line, row in _rows(text, "|"):
        district, zcta = row[named[0]], row["GEOID_ZCTA5_20"]
        if not zcta or district.endswith(_NO_DISTRICT) or row.get("AREALAND_PART") == "0":
            continue
        state, number = FIPS.get(district[:2]), district[2:]
        if state is None or not number.isdigit() or not _ZIP.fullmatch(zcta):
            raise _bad_row(source, line)
        batch.zips.append((zcta, state, 0 if number in _AT_LARGE else int(number)))
    return _counted(batch)


def gazetteer(text: str, source: Source) -> Batch:
    """The Census Bureau's gazetteer of ZCTAs: an inner point of each. Fields parted by tabs, since 2025 by `|`."""
    batch = Batch(ZIP_CENTRES, [source])
    header = text.partition("\n")[0]
    for line, row in _rows(text, "|" if "|" in header else "\t"):
        try:
            batch.centres.append((row["GEOID"].zfill(5), float(row["INTPTLAT"]), float(row["INTPTLONG"])))
        except (KeyError, ValueError):
            raise _bad_row(source, line) from None
    batch.says.append(f"centres of {len(batch.centres)} ZIP codes")
    return batch


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row with its line and its fields by name, blanks cut off (the gazetteer's last column name has many)."""
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=delimiter, quoting=csv.QUOTE_NONE)
    header = [name.strip() for name in next(reader, [])]
    for row in reader:
        if row:
            fields = [field.strip() for field in row] + [""] * (len(header) - len(row))
            yield reader.line_num, dict(zip(header, fields, strict=False))


def _counted(batch: Batch) -> Batch:
    batch.zips = sorted(set(batch.zips))
    zips = {zcta for zcta, _, _ in batch.zips}
    batch.says.append(f"{len(zips)} ZIP codes in {len(batch.zips)} pairs with districts of Congress {batch.congress}")
    return batch


def _bad_row(source: Source, line: int) -> InputError:
    return InputError(f"{source.name}:{line}: is no row of that table", "Fetch the file anew; nothing was replaced.")
