"""`plea officials update` against a server on this machine: what comes, what stays when anything fails."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import public_files
import pytest
from public_files import Handler, Publisher, publishing

from conftest import Plea
from plea.officials.network import FILES


@pytest.fixture(scope="module")
def content() -> dict[str, bytes]:
    return public_files.files()


@pytest.fixture
def publisher(content: dict[str, bytes]) -> Iterator[Publisher]:
    with publishing(dict(content)) as publisher:
        yield publisher


def update(plea: Plea, publisher: Publisher, *more: str) -> "tuple[int, str, str]":
    done = plea("officials", "update", "--source", publisher.url, *more)
    return done.returncode, done.stdout, done.stderr


def test_everything_is_fetched_and_can_be_looked_up(plea: Plea, publisher: Publisher) -> None:
    code, out, err = update(plea, publisher)
    assert (code, err) == (0, "")
    assert "522 members of Congress" in out
    assert "37,004 pairs with districts of Congress 119" in out
    assert "centers of 31,001 ZIP codes" in out
    assert sorted(publisher.names()) == sorted(publisher.content)
    found = plea("officials", "find", "--zip", "60098", "--date", "2026-11-22")
    assert [line.split()[0] for line in found.stdout.splitlines()[1:6]] == ["IL", "IL", "IL-10", "IL-11", "IL-16"]
    assert "Last-Modified" not in found.stdout
    status = plea("officials", "status").stdout
    assert f"{publisher.url}/legislators-current.json" in status
    assert "legislators-current.json of 2026-06-15" in status


def test_a_second_time_only_what_changed_is_fetched(plea: Plea, publisher: Publisher, home: Path) -> None:
    update(plea, publisher)
    before = (home / "officials.sqlite").read_bytes()
    publisher.asked.clear()
    code, out, _ = update(plea, publisher)
    assert code == 0
    assert "up to date" in out
    assert (home / "officials.sqlite").read_bytes() == before
    assert all(headers.get("If-None-Match") for _, headers in publisher.asked)
    assert all(headers.get("If-Modified-Since") for _, headers in publisher.asked)
    assert {headers["User-Agent"].partition("/")[0] for _, headers in publisher.asked} == {"plea"}

    publisher.content["executive.json"] = publisher.content["executive.json"].replace(b'"Doe"', b'"Roe"')
    code, out, _ = update(plea, publisher)
    assert [line.partition(":")[0] for line in out.splitlines()[:-1]] == ["executive"]
    assert "Jane Roe" in plea("officials", "show", "us-president", "--date", "2026-11-22").stdout
    assert "IL-16" in plea("officials", "find", "--zip", "60098", "--date", "2026-11-22").stdout


FAULTS: list[tuple[str, Callable[[Handler, bytes], None], str]] = [
    ("executive.json", public_files.status(500), "executive.json: the server answered 500"),
    ("executive.json", public_files.status(404), "executive.json: the server answered 404"),
    ("legislators-current.json", public_files.cut_short, "legislators-current.json: was cut short"),
    ("legislators-current.json", public_files.instead(b'[{"id": {"bioguide"'), "is not complete JSON"),
    (
        "legislators-current.json",
        public_files.instead(b"<html>Sign in to the hotel's network</html>"),
        "what came is another file",
    ),
    ("legislators-current.json", public_files.instead(b"[]"), "what came is another file"),
    (
        "legislators-current.json",
        public_files.instead(b"state_fips,state_abbr,zcta,cd\n50,VT,05401,0\n"),
        "legislators-current.json: what came is another file",
    ),
    (
        "executive.json",
        public_files.instead(b'[{"name": {}, "terms": [{"type": "prez"}]}]'),
        "is not laid out as the public file is",
    ),
    ("2024_Gaz_zcta_national.zip", public_files.cut_short, "was cut short"),
    ("2024_Gaz_zcta_national.zip", public_files.instead(b"PK\x03\x04 and then nothing"), "the archive is broken"),
    (
        "tab20_cd11920_zcta520_natl.txt",
        public_files.instead(b"GEOID_CD119_20|GEOID_ZCTA5_20\n5000|05401\n"),
        "holds 1 entries, and a whole one at least",
    ),
    (
        "executive.json",
        public_files.redirect("http://example.org/executive.json"),
        "executive.json: the server redirects to http://example.org/executive.json",
    ),
    ("executive.json", public_files.redirect("file:///etc/passwd"), "the public files could not be fetched"),
]


@pytest.mark.parametrize("case", FAULTS, ids=[why[:40] for _, _, why in FAULTS])
def test_when_one_file_fails_the_old_directory_stays(
    plea: Plea, publisher: Publisher, home: Path, case: tuple[str, Callable[[Handler, bytes], None], str]
) -> None:
    name, fault, why = case
    directory = home / "officials.sqlite"
    directory.write_bytes(b"whatever was there")
    publisher.faults[name] = fault
    code, out, err = update(plea, publisher)
    assert code == 4
    assert why in err
    assert out == ""
    assert "Traceback" not in err
    assert directory.read_bytes() == b"whatever was there"
    assert [path.name for path in home.iterdir()] == ["officials.sqlite"]


def test_a_slow_server_is_given_up_in_time(plea: Plea, publisher: Publisher, home: Path) -> None:
    publisher.faults["committees-current.json"] = public_files.slow
    began = time.monotonic()
    code, _, err = update(plea, publisher, "--timeout", "1.5")
    assert time.monotonic() - began < 6
    assert code == 4
    assert "committees-current.json: did not arrive in time" in err
    assert not (home / "officials.sqlite").exists()


def test_offline_is_said_calmly(plea: Plea, home: Path) -> None:
    done = plea("officials", "update", "--source", "http://127.0.0.1:9", "--timeout", "5")
    assert done.returncode == 4
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 2
    assert "connection refused" in done.stderr
    assert "nothing was changed" in done.stderr
    assert list(home.iterdir()) == []


@pytest.mark.parametrize("source", ["http://example.org", "ftp://127.0.0.1/", "file:///tmp"])
def test_only_https_leaves_this_machine(plea: Plea, source: str) -> None:
    done = plea("officials", "update", "--source", source)
    assert done.returncode == 2
    assert "is not an https address" in done.stderr


def test_the_addresses_built_in_are_all_https() -> None:
    assert all(file.url.startswith("https://") for file in FILES)
    assert len({file.kind for file in FILES}) == len(FILES) == 7


def test_what_was_imported_from_elsewhere_is_kept(plea: Plea, publisher: Publisher, tmp_path: Path) -> None:
    own = tmp_path / "mayors.csv"
    own.write_text(
        "role,name,last_name,state,place,street,city,zip\nmayor,Jane Doe,Doe,VT,Barre,1 Main St.,Barre,05641\n",
        encoding="utf-8",
    )
    assert plea("officials", "import", own).returncode == 0
    assert update(plea, publisher)[0] == 0
    assert "Jane Doe" in plea("officials", "find", "--role", "mayor", "--state", "VT").stdout
