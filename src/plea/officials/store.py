"""The directory's SQLite file: its tables, reading it whole, swapping in a new one."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from plea.errors import MachineError
from plea.model.officials import Membership, Office, Official
from plea.system.files import write_atomic

SCHEMA_VERSION = 1
_APPLICATION = 0x706C6561  # "plea", so that another program's file is not taken for a directory

_SCHEMA = f"""
PRAGMA application_id = {_APPLICATION};
PRAGMA user_version = {SCHEMA_VERSION};
CREATE TABLE sources (
    of_kind TEXT NOT NULL, name TEXT NOT NULL, location TEXT NOT NULL, date TEXT NOT NULL, sha256 TEXT NOT NULL,
    size INTEGER NOT NULL, read_on TEXT NOT NULL, etag TEXT NOT NULL, last_modified TEXT NOT NULL
);
CREATE TABLE officials (
    of_kind TEXT NOT NULL, id TEXT PRIMARY KEY, role TEXT NOT NULL, name TEXT NOT NULL, last_name TEXT NOT NULL,
    division TEXT NOT NULL, state TEXT NOT NULL, district TEXT NOT NULL, place TEXT NOT NULL, body TEXT NOT NULL,
    style TEXT NOT NULL, privy_counsellor INTEGER NOT NULL, start TEXT, "end" TEXT, congress INTEGER,
    contact_form TEXT NOT NULL, as_of TEXT, source TEXT NOT NULL
);
CREATE INDEX officials_by_seat ON officials (role, state, district);
CREATE TABLE offices (
    of_kind TEXT NOT NULL, official TEXT NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, street TEXT NOT NULL,
    suite TEXT NOT NULL, building TEXT NOT NULL, city TEXT NOT NULL, state TEXT NOT NULL, zip TEXT NOT NULL,
    country TEXT NOT NULL, phone TEXT NOT NULL, latitude REAL, longitude REAL
);
CREATE INDEX offices_by_official ON offices (official);
CREATE INDEX offices_by_zip ON offices (zip);
CREATE TABLE committees (of_kind TEXT NOT NULL, id TEXT PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE memberships (
    of_kind TEXT NOT NULL, official TEXT NOT NULL, committee TEXT NOT NULL, title TEXT NOT NULL
);
CREATE INDEX memberships_by_official ON memberships (official);
CREATE TABLE holders (
    of_kind TEXT NOT NULL, post TEXT NOT NULL, name TEXT NOT NULL, last_name TEXT NOT NULL, style TEXT NOT NULL,
    start TEXT, "end" TEXT
);
CREATE TABLE zips (
    of_kind TEXT NOT NULL, zip TEXT NOT NULL, state TEXT NOT NULL, district INTEGER NOT NULL, congress INTEGER NOT NULL
);
CREATE INDEX zips_by_zip ON zips (zip);
CREATE TABLE centres (
    of_kind TEXT NOT NULL, zip TEXT PRIMARY KEY, latitude REAL NOT NULL, longitude REAL NOT NULL
);
"""

TABLES = ("sources", "officials", "offices", "committees", "memberships", "holders", "zips", "centres")
"""Tables whose rows carry the kind of the source they came from in `of_kind`."""

_ANEW = "Fetch it anew with `plea officials update`, or build it from your own copy with `plea officials import PATH`."


class DamagedDirectoryError(MachineError):
    """The file is no directory that this program can read, and nothing but building it anew helps."""


def open_file(path: Path) -> sqlite3.Connection:
    """The directory, read only. Raises MachineError when it is missing, damaged, no directory, or newer than this."""
    if not path.is_file():
        raise MachineError(
            f"{path}: there is no directory of officials yet",
            "Fetch it with `plea officials update`, or build it with `plea officials import PATH`.",
        )
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    except sqlite3.Error as error:
        raise damaged(path, error) from error
    try:
        _check(connection, path)
    except sqlite3.Error as error:
        connection.close()
        raise damaged(path, error) from error
    except MachineError:
        connection.close()
        raise
    return connection


def damaged(path: Path, error: sqlite3.Error) -> MachineError:
    """The error to raise for what SQLite says of the file."""
    return DamagedDirectoryError(f"{path}: the directory of officials is damaged ({error})", _ANEW)


def empty_copy() -> sqlite3.Connection:
    """An empty directory in memory."""
    memory = sqlite3.connect(":memory:")
    memory.executescript(_SCHEMA)
    return memory


def working_copy(path: Path) -> sqlite3.Connection:
    """A copy in memory of the directory, to change; an empty one when there is none. Raises as `open_file` does."""
    if not path.exists():
        return empty_copy()
    with closing(open_file(path)) as old:
        memory = sqlite3.connect(":memory:")
        try:
            (said,) = old.execute("PRAGMA quick_check").fetchone()
            if said != "ok":
                raise sqlite3.DatabaseError(said)
            old.backup(memory)
        except sqlite3.Error as error:
            memory.close()
            raise damaged(path, error) from error
    return memory


def swap_in(path: Path, memory: sqlite3.Connection) -> None:
    """Put the changed copy in the place of the file, whole or not at all."""
    memory.commit()
    memory.execute("VACUUM")
    memory.execute("ANALYZE")
    memory.commit()
    write_atomic(path, memory.serialize())


def _check(connection: sqlite3.Connection, path: Path) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != _APPLICATION:
        raise DamagedDirectoryError(f"{path}: is not a directory of officials", _ANEW)
    if version > SCHEMA_VERSION:
        raise MachineError(
            f"{path}: was written by a newer plea (format {version}, this one reads {SCHEMA_VERSION})",
            "Install the newer plea, or set PLEA_HOME to another folder and run `plea officials update`.",
        )
    if version < SCHEMA_VERSION:
        raise DamagedDirectoryError(f"{path}: was written by an older plea (format {version})", _ANEW)
    for table in TABLES:
        connection.execute(f"SELECT of_kind FROM {table} LIMIT 1").fetchone()  # noqa: S608 (our own table and column names)


OFFICIAL_COLUMNS = (
    'id, role, name, last_name, division, state, district, place, body, style, privy_counsellor, start, "end", '
    "congress, contact_form, as_of, source"
)
OFFICE_COLUMNS = "id, kind, street, suite, building, city, state, zip, country, phone, latitude, longitude"


def official_row(one: Official) -> tuple[object, ...]:
    """The official as OFFICIAL_COLUMNS; offices and memberships have tables of their own."""
    return (
        one.id,
        one.role,
        one.name,
        one.last_name,
        one.division,
        one.state,
        one.district,
        one.place,
        one.body,
        one.style,
        one.privy_counsellor,
        day_text(one.start),
        day_text(one.end),
        one.congress,
        one.contact_form,
        day_text(one.as_of),
        one.source,
    )


def office_row(one: Office) -> tuple[object, ...]:
    """The office as OFFICE_COLUMNS."""
    return (
        one.id,
        one.kind,
        one.street,
        one.suite,
        one.building,
        one.city,
        one.state,
        one.zip,
        one.country,
        one.phone,
        one.latitude,
        one.longitude,
    )


def official_of(row: Sequence[Any], offices: tuple[Office, ...], memberships: tuple[Membership, ...]) -> Official:
    """The official of a row of OFFICIAL_COLUMNS."""
    (
        key,
        role,
        name,
        last_name,
        division,
        state,
        district,
        place,
        body,
        style,
        privy,
        start,
        end,
        congress,
        form,
        as_of,
        source,
    ) = row
    return Official(
        id=key,
        role=role,
        name=name,
        last_name=last_name,
        division=division,
        state=state,
        district=district,
        place=place,
        body=body,
        style=style,
        privy_counsellor=bool(privy),
        start=day_of(start),
        end=day_of(end),
        congress=congress,
        memberships=memberships,
        offices=offices,
        contact_form=form,
        as_of=day_of(as_of),
        source=source,
    )


def office_of(row: Sequence[Any]) -> Office:
    """The office of a row of OFFICE_COLUMNS."""
    return Office(*row)


def day_text(day: date | None) -> str | None:
    """The day as the directory keeps it."""
    return day.isoformat() if day else None


def day_of(text: str | None) -> date | None:
    """The day of what the directory keeps."""
    return date.fromisoformat(text) if text else None
