"""`plea write --geocode`: the street is sent to the Census Bureau (here a server of our own) only when asked."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest

from conftest import Plea

WOODSTOCK = (
    "--name", "Alex Example", "--street", "1 Example Street", "--city", "Woodstock", "--zip", "60098",
    "--date", "2026-11-22", "--to", "us-representative", "--json",
)  # fmt: skip


class Census(BaseHTTPRequestHandler):
    """Answers as the geocoder's documentation says, and notes what it was asked."""

    asked: ClassVar[list[dict[str, list[str]]]]
    found: ClassVar[bool]
    address: ClassVar[str]

    def do_GET(self) -> None:
        self.asked.append(parse_qs(urlsplit(self.path).query))
        match = {"geographies": {"119th Congressional Districts": [{"GEOID": "1711"}]}}
        body = json.dumps({"result": {"addressMatches": [match] if self.found else []}}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture
def census() -> Iterator[type[Census]]:
    class Here(Census):
        asked: ClassVar[list[dict[str, list[str]]]] = []
        found = True

    with HTTPServer(("127.0.0.1", 0), Here) as server:
        Here.address = f"http://127.0.0.1:{server.server_port}/"
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield Here
        server.shutdown()
        thread.join()


@pytest.mark.shared_data
def test_the_census_settles_a_shared_zip(
    plea: Plea, census: type[Census], directory_home: Path, tmp_path: Path
) -> None:
    where = {"PLEA_HOME": str(directory_home), "PLEA_GEOCODER": census.address}
    done = plea("write", "refugee-intake", *WOODSTOCK, "--geocode", "--out", tmp_path, **where)
    assert done.returncode == 0, done.stderr
    assert [letter["official"]["id"] for letter in json.loads(done.stdout)["letters"]] == ["us-F000454"]
    assert "your street leaves this machine" in done.stderr
    (query,) = census.asked
    assert query["street"] == ["1 Example Street"]


@pytest.mark.shared_data
def test_without_the_option_nothing_leaves(
    plea: Plea, census: type[Census], directory_home: Path, tmp_path: Path
) -> None:
    where = {"PLEA_HOME": str(directory_home), "PLEA_GEOCODER": census.address}
    done = plea("write", "refugee-intake", *WOODSTOCK, "--out", tmp_path, **where)
    assert done.returncode == 3
    assert census.asked == []


def test_an_address_that_is_not_found_is_the_person_s_to_mend(plea: Plea, census: type[Census], tmp_path: Path) -> None:
    census.found = False
    done = plea(
        "write", "refugee-intake", *WOODSTOCK, "--geocode", "--out", tmp_path / "out", PLEA_GEOCODER=census.address
    )
    assert done.returncode == 1
    assert "does not find the address" in done.stderr
    assert "Example Street" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_census_that_does_not_answer_is_the_machine_s_trouble(plea: Plea, tmp_path: Path) -> None:
    done = plea(
        "write", "refugee-intake", *WOODSTOCK, "--geocode", "--out", tmp_path / "out",
        PLEA_GEOCODER="http://127.0.0.1:9/",
    )  # fmt: skip
    assert done.returncode == 4
    assert "--district" in done.stderr
