"""The directory of officials: one SQLite file, read only, and replaced as a whole."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import fields, replace
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Self

from plea.errors import MachineError
from plea.model.officials import LookupAnswer, Membership, Office, Official, Residence
from plea.officials import lookup, roles
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

_COLUMNS = tuple(field.name for field in fields(Official) if field.name not in {"memberships", "offices"})
OFFICIAL_COLUMNS = tuple(f'officials."{name}"' for name in _COLUMNS)
_OFFICE_COLUMNS = ", ".join(field.name for field in fields(Office))


class DamagedDirectoryError(MachineError):
    """The file is no directory that this program can read, and nothing but building it again helps."""


def official_row(official: Official) -> tuple[object, ...]:
    """The official as OFFICIAL_COLUMNS; offices and memberships have tables of their own."""
    return tuple(stored(getattr(official, name)) for name in _COLUMNS)


def stored(value: object) -> object:
    """A value as the directory keeps it: a day as text."""
    return value.isoformat() if isinstance(value, date) else value


def official_of(row: Sequence[Any], offices: tuple[Office, ...] = (), seats: tuple[Membership, ...] = ()) -> Official:
    """The official of a row of OFFICIAL_COLUMNS."""
    values = dict(zip(_COLUMNS, row, strict=True))
    days = {name: _day(values[name]) for name in ("start", "end", "as_of")}
    values |= days | {"privy_counsellor": bool(values["privy_counsellor"])}
    return Official(**values, offices=offices, memberships=seats)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


# --- the file ---------------------------------------------------------------------------------------------


def open_directory(path: Path) -> "Directory":
    """The directory at the path. Raises MachineError when it is missing, damaged, or newer than this program."""
    return Directory(_open_file(path), path)


def _open_file(path: Path) -> sqlite3.Connection:
    if not path.is_file():
        raise MachineError("directory.missing", str(path))
    with ExitStack() as on_error:
        try:
            connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
            on_error.callback(connection.close)
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if application != _APPLICATION:
                raise DamagedDirectoryError("directory.another_file", str(path))
            if version > SCHEMA_VERSION:
                raise MachineError("directory.newer", str(path), format=version, ours=SCHEMA_VERSION)
            if version < SCHEMA_VERSION:
                raise DamagedDirectoryError("directory.older", str(path), format=version)
            for table in TABLES:
                connection.execute(f"SELECT of_kind FROM {table} LIMIT 1").fetchone()  # noqa: S608 (our own table names)
        except sqlite3.Error as error:
            raise _damaged(path, error) from error
        on_error.pop_all()
    return connection


def _damaged(path: Path, error: sqlite3.Error) -> DamagedDirectoryError:
    return DamagedDirectoryError("directory.damaged", str(path), reason=str(error))


def empty_copy() -> sqlite3.Connection:
    """An empty directory in memory."""
    memory = sqlite3.connect(":memory:")
    memory.executescript(_SCHEMA)
    return memory


def working_copy(path: Path) -> sqlite3.Connection:
    """A copy in memory of the directory, to change; an empty one if there is none. Raises as `open_directory` does."""
    if not path.exists():
        return empty_copy()
    with closing(_open_file(path)) as old:
        memory = sqlite3.connect(":memory:")
        try:
            (verdict,) = old.execute("PRAGMA quick_check").fetchone()
            if verdict != "ok":
                raise sqlite3.DatabaseError(verdict)
            old.backup(memory)
        except sqlite3.Error as error:
            memory.close()
            raise _damaged(path, error) from error
    return memory


def swap_in(path: Path, memory: sqlite3.Connection) -> None:
    """Put the changed copy in the place of the file, whole or not at all."""
    memory.commit()
    memory.execute("VACUUM")
    memory.execute("ANALYZE")
    memory.commit()
    write_atomic(path, memory.serialize())


# --- reading ----------------------------------------------------------------------------------------------


class Directory:
    """Who holds which seat, and where one writes to them. Look-ups take well under two milliseconds."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._middle = cache(self._middle_of_offices)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def official(self, official_id: str, on: date | None = None) -> Official | None:
        """The official of that id with offices and memberships, or None.

        A built-in post comes with its holder on that day, a member of Congress with the committee seats of a Congress
        that still sits. Without a day a post stays without a name, and seats are those of the data.
        """
        post = roles.post(official_id)
        if post:
            return self._held(post, on)
        official = next(iter(self._officials("id = ?", (official_id,))), None)
        return lookup.on_day(official, on) if official and on else official

    def by_role(self, role: str, state: str = "", on: date | None = None) -> tuple[Official, ...]:
        """Everybody of that role (of that state, where one is given), by id; for a post its one holder."""
        post = roles.post(role)
        if post:
            return (self._held(post, on),)
        return self._officials("role = ? AND ? IN (state, '')", (role, state))

    def by_seat(self, role: str, state: str, district: str = "") -> tuple[Official, ...]:
        """Everybody in that seat, with ended terms."""
        return self._officials("role = ? AND state = ? AND district = ?", (role, state, district))

    def has_role(self, role: str, state: str) -> bool:
        """Whether anybody of that role is known in that state."""
        return bool(self._rows("SELECT 1 FROM officials WHERE role = ? AND state = ? LIMIT 1", (role, state)))

    def find(self, residence: Residence, on: date, roles: Iterable[str] | None = None) -> LookupAnswer:
        """The seats that answer for the residence on that day: see `plea.officials.lookup.find`."""
        return lookup.find(self, residence, on, roles)

    def known_pair(self, zip5: str, state: str) -> bool:
        """Whether the ZIP table lists the ZIP code in that state."""
        return state in self.states_of(zip5)

    def states_of(self, zip5: str) -> tuple[str, ...]:
        """The states in which the ZIP table lists the ZIP code."""
        return tuple(sorted({state for state, _, _ in self.districts_of(zip5)}))

    def districts_of(self, zip5: str) -> tuple[tuple[str, int, int], ...]:
        """State, district number and Congress of each district in which the ZIP table lists the ZIP code."""
        return tuple(self._rows("SELECT state, district, congress FROM zips WHERE zip = ? ORDER BY 1, 2", (zip5[:5],)))

    def has_zip_table(self) -> bool:
        """Whether a ZIP table was imported at all."""
        return bool(self._rows("SELECT 1 FROM zips LIMIT 1"))

    @cached_property
    def newest_term(self) -> date | None:
        """The day on which the newest term of Congress in the data began; None when no members were imported."""
        return _day(self._rows("SELECT max(start) FROM officials WHERE of_kind = 'members'")[0][0])

    def center(self, zip5: str) -> tuple[float, float] | None:
        """Latitude and longitude of the ZIP code's middle; None when nothing is known near it.

        The Census Bureau's where it was imported, else the middle of the district offices whose ZIP codes share the
        first three digits (the first two where there are none).
        """
        own = self._rows("SELECT latitude, longitude FROM centres WHERE zip = ?", (zip5[:5],))
        if own:
            latitude, longitude = own[0]
            return latitude, longitude
        return self._middle(zip5[:3]) or self._middle(zip5[:2])

    def _middle_of_offices(self, prefix: str) -> tuple[float, float] | None:
        """Latitude and longitude of the middle of the district offices whose ZIP codes begin so."""
        latitude, longitude = self._rows(
            "SELECT avg(latitude), avg(longitude) FROM offices WHERE zip >= ? AND zip < ? AND kind = 'district'",
            (prefix, prefix + "~"),
        )[0]
        return None if latitude is None or longitude is None else (latitude, longitude)

    def status(self) -> Mapping[str, Any]:
        """The sources with their dates and checksums, and how many officials there are by role."""
        columns = ("kind", "name", "location", "date", "sha256", "size", "read_on", "etag", "last_modified")
        rows = self._rows("SELECT * FROM sources ORDER BY of_kind, name")
        roles = self._rows("SELECT role, count(*) FROM officials GROUP BY role ORDER BY role")
        (zips,) = self._rows("SELECT count(DISTINCT zip) FROM zips")[0]
        return {
            "path": str(self._path),
            "sources": [dict(zip(columns, row, strict=True)) for row in rows],
            "officials": dict(roles),
            "offices": self._rows("SELECT count(*) FROM offices")[0][0],
            "zips": zips,
        }

    def _held(self, post: Official, on: date | None) -> Official:
        """The post with its holder's name and term; as it is when nobody is known to hold it on that day."""
        if on is None:
            return post
        day = on.isoformat()
        rows = self._rows(
            'SELECT name, last_name, style, start, "end", of_kind FROM holders WHERE post = ?'
            " AND coalesce(start, '') <= ? AND coalesce(\"end\", '9') > ?"
            " ORDER BY of_kind LIKE 'csv%' DESC, start DESC LIMIT 1",  # the user's own data goes first
            (post.id, day, day),
        )
        if not rows:
            return post
        name, last_name, style, start, end, source = rows[0]
        return replace(
            post, name=name, last_name=last_name, style=style, start=_day(start), end=_day(end), source=source
        )

    def _officials(self, where: str, values: tuple[object, ...]) -> tuple[Official, ...]:
        columns = ", ".join(OFFICIAL_COLUMNS)
        rows = self._rows(f"SELECT {columns} FROM officials WHERE {where} ORDER BY id", values)  # noqa: S608 (our own names)
        query = f"SELECT {_OFFICE_COLUMNS} FROM offices WHERE official = ? ORDER BY id"  # noqa: S608 (our own names)
        return tuple(
            official_of(row, tuple(Office(*office) for office in self._rows(query, row[:1])), self._seats(row[0]))
            for row in rows
        )

    def _seats(self, official_id: str) -> tuple[Membership, ...]:
        rows = self._rows(
            "SELECT memberships.committee, coalesce(committees.name, ''), memberships.title FROM memberships"
            " LEFT JOIN committees ON committees.id = memberships.committee WHERE official = ? ORDER BY 1",
            (official_id,),
        )
        return tuple(Membership(*row) for row in rows)

    def _rows(self, query: str, values: tuple[object, ...] = ()) -> list[Any]:
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise _damaged(self._path, error) from error
