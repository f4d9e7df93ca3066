"""How the page opens and how it ends: one at a time, found by a second start, closed when told or left alone."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPException
from pathlib import Path

import pytest

from conftest import Plea
from web_page import Browser, Page, open_page

pytest.importorskip("flask", reason="the extra plea[web] is not installed")


def ended(page: Page, within: float = 10.0) -> int:
    """The exit code, once it has ended."""
    return page.process.wait(timeout=within)


def answers(port: int) -> bool:
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# --- opening -----------------------------------------------------------------------------------------------


def test_one_line_says_where_it_is_and_no_one_else_can_read_where(page: Page, home: Path) -> None:
    assert page.address == f"http://127.0.0.1:{page.port}/?token={page.token}"
    assert len(page.token) >= 43  # 256 bits
    assert json.loads((home / "web.json").read_text())["token"] == page.token
    assert mode(home / "web.json") == mode(home / "web.lock") == 0o600
    assert mode(page.folder) == 0o700


def test_the_line_for_people(plea: Plea, home: Path, tmp_path: Path) -> None:
    with open_page(home, tmp_path / "papers") as page:
        done = plea("web", "--no-browser")
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout == f"The page is open already: {page.address}\n"


def test_a_second_start_finds_the_first_and_opens_it(plea: Plea, page: Page, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" >{seen}\n')
    browser.chmod(0o755)
    done = plea("web", "--json", BROWSER=str(browser))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "address": page.address,
        "port": page.port,
        "process": page.process.pid,
        "folder": str(page.folder),
        "new": False,
    }
    # What a browser is started with can be read by others on the machine: it is good once, and is not the token.
    address = seen.read_text()
    assert address.startswith(f"http://127.0.0.1:{page.port}/?token=")
    assert page.token not in address
    path = address.partition(str(page.port))[2]
    assert Browser(page.port).get(path).status == 200
    assert Browser(page.port).get(path).status == 403


def test_the_first_start_s_browser_gets_an_address_of_its_own(home: Path, tmp_path: Path) -> None:
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" >{tmp_path}/seen.new && mv {tmp_path}/seen.new {tmp_path}/seen\n')
    browser.chmod(0o755)
    with open_page(home, tmp_path / "papers", browser=True, BROWSER=str(browser)) as page:
        until = time.monotonic() + 10
        while not (tmp_path / "seen").exists() and time.monotonic() < until:
            time.sleep(0.05)
        address = (tmp_path / "seen").read_text()
        assert page.token not in address
        assert Browser(page.port).get(address.partition(str(page.port))[2]).status == 200


def test_where_no_browser_is_the_printed_address_is_enough(plea: Plea, page: Page) -> None:
    done = plea("web", BROWSER="/bin/false")
    assert done.returncode == 0
    assert page.address in done.stdout
    assert "No browser could be opened here; copy the address above into one." in done.stderr


@pytest.mark.parametrize(
    "left",
    [
        "{",
        "[]",
        "{}",
        '{"port": "x", "token": "t", "pid": 1, "folder": ""}',
        '{"port": 70000, "token": "t", "pid": 1, "folder": ""}',
    ],
)
def test_a_file_that_says_nothing_useful_is_written_anew(home: Path, tmp_path: Path, left: str) -> None:
    (home / "web.json").write_text(left)
    with open_page(home, tmp_path / "papers") as page:
        assert page.browser().get("/").status == 200


@contextmanager
def another_program() -> Iterator[tuple[int, list[bytes]]]:
    """A program that listens, answers anything with 200, and remembers what it was sent."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def listen() -> None:
            while True:
                try:
                    line, _ = listening.accept()
                except OSError:
                    return
                with line:
                    heard.append(line.recv(65536))
                    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")

        threading.Thread(target=listen, daemon=True).start()
        yield listening.getsockname()[1], heard
        listening.shutdown(socket.SHUT_RDWR)


def test_another_program_on_the_port_is_not_taken_for_the_page_nor_told_the_token(
    plea: Plea, home: Path, tmp_path: Path
) -> None:
    with another_program() as (port, heard):
        left = {"port": port, "token": "the-old-token", "pid": os.getpid(), "folder": ""}
        (home / "web.json").write_text(json.dumps(left))
        done = plea("web", "--stop")
        assert (done.returncode, done.stdout) == (0, "No page is open.\n")
        with open_page(home, tmp_path / "papers") as page:
            assert page.port != port
        assert heard
        assert not any(b"the-old-token" in sent for sent in heard)


def test_a_page_that_was_killed_is_not_found(plea: Plea, home: Path, tmp_path: Path) -> None:
    with open_page(home, tmp_path / "papers") as page:
        page.process.kill()
        page.process.wait()
        assert (home / "web.json").exists()
        assert plea("web", "--stop").stdout == "No page is open.\n"
        with open_page(home, tmp_path / "papers") as second:
            assert second.browser().get("/").status == 200


def test_two_at_the_same_moment_are_one_page(home: Path, tmp_path: Path) -> None:
    with open_page(home, tmp_path / "papers") as first, open_page(home, tmp_path / "papers") as second:
        assert first.address == second.address
        assert ended(second) == 0
        assert first.process.poll() is None


def test_a_page_that_hangs_is_named(plea: Plea, page: Page) -> None:
    page.process.send_signal(signal.SIGSTOP)
    try:
        done = plea("web", "--no-browser")
    finally:
        page.process.send_signal(signal.SIGCONT)
    assert done.returncode == 4
    assert done.stderr.splitlines() == [
        f"plea: another 'plea web' (process {page.process.pid}) is running and does not answer",
        "      End it, and start again.",
    ]


# --- what keeps it from opening --------------------------------------------------------------------------------


def test_a_taken_port(plea: Plea) -> None:
    with another_program() as (port, _):
        done = plea("web", "--no-browser", "--port", str(port))
    assert done.returncode == 4
    assert done.stderr.splitlines() == [
        f"plea: port {port} is not available: Address already in use",
        "      Leave --port out: any free one is used then.",
    ]


def test_a_port_of_one_s_choice(home: Path, tmp_path: Path) -> None:
    with another_program() as (port, _):
        pass
    with open_page(home, tmp_path / "papers", "--port", str(port)) as page:
        assert page.port == port


def test_a_folder_that_cannot_be_written_in(plea: Plea, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = plea("web", "--no-browser", "--folder", tmp_path / "file" / "papers")
    assert done.returncode == 4
    assert f"{tmp_path}/file/papers: cannot be written in: Not a directory" in done.stderr
    assert "Name another folder with --folder." in done.stderr


def test_a_missing_extra_names_the_command(home: Path, tmp_path: Path) -> None:
    (tmp_path / "flask.py").write_text("raise ModuleNotFoundError('No module named flask', name='flask')\n")
    path = os.pathsep.join(filter(None, [str(tmp_path), os.environ.get("PYTHONPATH")]))
    done = subprocess.run(
        [sys.executable, "-m", "plea", "web", "--no-browser"],
        env={**os.environ, "PLEA_HOME": str(home), "PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 4
    assert done.stderr.splitlines() == [
        "plea: the page needs Flask, Flask-WTF, and waitress, which are not installed",
        "      Install them with: pip install 'plea[web]'",
    ]


@pytest.mark.parametrize(
    "given", [("--date", "22.11.2026"), ("--date", "9999-12-31"), ("--port", "80"), ("--idle", "0"), ("--idle", "nan")]
)
def test_what_makes_no_sense_is_a_wrong_command(plea: Plea, given: tuple[str, str]) -> None:
    assert plea("web", "--no-browser", *given).returncode == 2


# --- ending ------------------------------------------------------------------------------------------------------


def test_a_button_closes_it_and_says_so(page: Page, home: Path) -> None:
    browser = page.browser()
    answer = browser.submit(browser.get("/").form("/stop"))
    assert answer.status == 200
    assert "The page is closed" in answer.words
    assert ended(page) == 0
    assert not answers(page.port)
    assert not (home / "web.json").exists()
    assert page.said() == ""


def test_a_second_command_closes_it(plea: Plea, page: Page) -> None:
    done = plea("web", "--stop")
    assert (done.returncode, done.stdout, done.stderr) == (0, "The page is closed.\n", "")
    assert ended(page, 1) == 0
    assert json.loads(plea("web", "--stop", "--json").stdout) == {"stopped": False}


def test_control_c_closes_it(page: Page, home: Path) -> None:
    page.process.send_signal(signal.SIGINT)
    assert ended(page) == 130
    assert not (home / "web.json").exists()
    assert "Traceback" not in page.said()


def test_the_end_of_the_day_closes_it(page: Page, home: Path) -> None:
    page.process.terminate()
    assert ended(page) == 0
    assert not (home / "web.json").exists()


def test_it_closes_when_nobody_comes_and_a_stranger_is_nobody(home: Path, tmp_path: Path) -> None:
    with open_page(home, tmp_path / "papers", "--idle", "0.05") as page:  # 3 seconds
        browser, stranger = page.browser(), Browser(page.port)
        begin = last = time.monotonic()
        while last - begin < 4:
            assert browser.get("/").status == 200
            time.sleep(0.2)
            last = time.monotonic()
        with suppress(OSError, HTTPException):  # until it hangs up
            while time.monotonic() - last < 15:
                assert stranger.once("GET", "/").status == 403
                time.sleep(0.2)
        assert ended(page) == 0
        assert 2 < time.monotonic() - last < 12
