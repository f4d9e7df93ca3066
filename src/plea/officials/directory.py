"""The directory of officials: one SQLite file, read only."""

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from plea.model.officials import LookupAnswer, Membership, Official, Residence
from plea.officials import lookup, roles
from plea.officials.lookup import on_day
from plea.officials.store import OFFICE_COLUMNS, OFFICIAL_COLUMNS, damaged, day_of, office_of, official_of, open_file


def open_directory(path: Path) -> "Directory":
    """The directory at the path. Raises MachineError when it is missing, damaged, or newer than this program."""
    return Directory(open_file(path), path)


class Directory:
    """Who holds which seat, and where one writes to them. Look-ups take well under two milliseconds."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._newest: str | None = None
        self._middle = cache(self._middle_of_offices)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def official(self, official_id: str, on: date | None = None) -> Official | None:
        """The official of that id with offices and memberships, or None.

        A built-in post comes with its holder on that day, a member of Congress with the committee seats of a Congress
        that still sits. Without a day a post stays without a name, and seats are those of the data.
        """
        post = roles.post(official_id)
        if post is not None:
            return self._held(post, on)
        found = next(iter(self._officials("id = ?", (official_id,))), None)
        return on_day(found, on) if found is not None and on is not None else found

    def by_role(self, role: str, state: str = "", on: date | None = None) -> tuple[Official, ...]:
        """Everybody of that role (of that state, where one is given), by id; for a post its one holder."""
        post = roles.post(role)
        if post is not None:
            return (self._held(post, on),)
        if state:
            return self._officials("role = ? AND state = ?", (role, state))
        return self._officials("role = ?", (role,))

    def by_seat(self, role: str, state: str, district: str = "") -> tuple[Official, ...]:
        """Everybody whom the directory knows in that seat, ended terms included."""
        return self._officials("role = ? AND state = ? AND district = ?", (role, state, district))

    def has_role(self, role: str, state: str) -> bool:
        """Whether anybody of that role is known in that state."""
        return bool(self._rows("SELECT 1 FROM officials WHERE role = ? AND state = ? LIMIT 1", (role, state)))

    def find(self, place: Residence, on: date, roles: Iterable[str] | None = None) -> LookupAnswer:
        """The seats that answer for the place on that day: see `plea.officials.lookup.find`."""
        return lookup.find(self, place, on, roles)

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

    def newest_term(self) -> str:
        """The day on which the newest term of Congress in the data began; empty when no members were imported."""
        if self._newest is None:
            rows = self._rows("SELECT max(start) FROM officials WHERE of_kind = 'members'")
            self._newest = rows[0][0] or ""
        return self._newest

    def centre(self, zip5: str) -> tuple[float, float] | None:
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

    def committee(self, committee_id: str) -> str:
        """The name of a committee or subcommittee by its id; empty when there is none."""
        rows = self._rows("SELECT name FROM committees WHERE id = ?", (committee_id,))
        return str(rows[0][0]) if rows else ""

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
            " ORDER BY of_kind LIKE 'csv%' DESC, start DESC LIMIT 1",  # what the user brought goes before the rest
            (post.id, day, day),
        )
        if not rows:
            return post
        name, last_name, style, start, end, source = rows[0]
        return replace(
            post, name=name, last_name=last_name, style=style, start=day_of(start), end=day_of(end), source=source
        )

    def _officials(self, where: str, values: tuple[object, ...]) -> tuple[Official, ...]:
        rows = self._rows(f"SELECT {OFFICIAL_COLUMNS} FROM officials WHERE {where} ORDER BY id", values)  # noqa: S608 (our own table and column names)
        return tuple(self._whole(row) for row in rows)

    def _whole(self, row: tuple[Any, ...]) -> Official:
        offices = self._rows(f"SELECT {OFFICE_COLUMNS} FROM offices WHERE official = ? ORDER BY id", (row[0],))  # noqa: S608 (our own table and column names)
        seats = self._rows(
            "SELECT memberships.committee, coalesce(committees.name, ''), memberships.title FROM memberships"
            " LEFT JOIN committees ON committees.id = memberships.committee WHERE official = ? ORDER BY 1",
            (row[0],),
        )
        return official_of(row, tuple(map(office_of, offices)), tuple(Membership(*seat) for seat in seats))

    def _rows(self, query: str, values: tuple[object, ...] = ()) -> list[Any]:
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise damaged(self._path, error) from error
