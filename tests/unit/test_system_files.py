"""Files are written whole or not at all, and read as UTF-8."""

import os
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from plea.errors import InputError, MachineError
from plea.system import clock, folders
from plea.system.files import MAX_TEXT, make_folder, read_text, refuse_link, slug, write_atomic


def test_a_file_is_written_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    write_atomic(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    write_atomic(path, b"newer", mode=0o644)
    assert path.read_bytes() == b"newer"
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert os.listdir(tmp_path) == ["letter.pdf"]  # noqa: PTH208 (hidden files too)


def test_a_link_is_not_written_through(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text("old", "utf-8")
    link = tmp_path / "link"
    link.symlink_to(target)
    with pytest.raises(MachineError, match=r"file\.is_a_link"):
        write_atomic(link, b"new")
    assert target.read_text("utf-8") == "old"


@pytest.mark.parametrize(
    ("where", "code"),
    [
        ("missing/letter.pdf", "file.no_folder"),
        ("file/letter.pdf", "file.no_folder"),
        ("folder", "file.not_written"),
    ],
)
def test_what_cannot_be_written_is_named_and_nothing_is_left(tmp_path: Path, where: str, code: str) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    (tmp_path / "folder").mkdir()
    with pytest.raises(MachineError) as caught:
        write_atomic(tmp_path / where, b"new")
    assert caught.value.problem.code == code
    assert caught.value.problem.where == str(tmp_path / where)
    assert sorted(os.listdir(tmp_path)) == ["file", "folder"]  # noqa: PTH208
    assert os.listdir(tmp_path / "folder") == []  # noqa: PTH208


@pytest.mark.skipif(sys.platform != "linux", reason="the file size limit is Linux's way to a full disk")
def test_a_full_disk_leaves_the_old_file_whole(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(b"old")
    program = (
        "import resource, signal, sys; from pathlib import Path; from plea.system.files import write_atomic\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "write_atomic(Path(sys.argv[1]), b'x' * 5000)"
    )
    done = subprocess.run([sys.executable, "-c", program, path], capture_output=True, text=True, check=False)
    assert "MachineError: file.no_space" in done.stderr
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["letter.pdf"]  # noqa: PTH208


def test_text_is_read_with_and_without_a_mark_and_with_any_line_end(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_bytes(b"\xef\xbb\xbfa\r\nb\rc\n")
    assert read_text(path) == "a\nb\nc\n"
    path.write_bytes("ñ".encode())
    assert read_text(path) == "ñ"


def test_what_is_no_text_is_said_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_bytes(b"one\ntwo \xff\n")
    with pytest.raises(InputError, match=r"file\.not_utf8 .*story\.txt:2"):
        read_text(path)
    with pytest.raises(InputError, match=r"file\.not_read .*gone"):
        read_text(tmp_path / "gone")
    path.write_bytes(b"x" * (MAX_TEXT + 1))
    with pytest.raises(InputError, match=r"file\.too_large"):
        read_text(path)


def test_folders_are_made_private_and_links_are_not_followed(tmp_path: Path) -> None:
    make_folder(tmp_path / "a" / "b")
    assert [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("a", "a/b")] == [0o700, 0o700]
    (tmp_path / "file").write_text("", "utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    refuse_link(tmp_path / "a")
    for call, name in ((refuse_link, "link"), (make_folder, "file"), (make_folder, "file/below")):
        with pytest.raises(MachineError) as caught:
            call(tmp_path / name)
        assert caught.value.problem.where == str(tmp_path / name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("José Ñandú", "jose-nandu"),
        ("../../x", "x"),
        ("a\0b", "a-b"),
        ("CON. ", "con"),
        ("سمير", ""),
        ("x" * 300, "x" * 120),
        ("a" * 119 + " b", "a" * 119),
    ],
)
def test_slugs(text: str, name: str) -> None:
    assert slug(text) == name


def test_the_home_is_named_by_the_environment_and_kept_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLEA_HOME", str(tmp_path / "a" / "b"))
    assert folders.home() == tmp_path / "a" / "b"
    assert stat.S_IMODE(folders.home().stat().st_mode) == 0o700
    assert folders.directory_file() == tmp_path / "a" / "b" / "officials.sqlite"
    assert folders.person_file() == tmp_path / "a" / "b" / "person.toml"


def test_a_home_that_cannot_be_is_the_machines_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    monkeypatch.setenv("PLEA_HOME", str(tmp_path / "file"))
    with pytest.raises(MachineError, match=r"home\.not_made"):
        folders.home()


def test_without_the_environment_the_home_is_the_users_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PLEA_HOME", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert folders.home().name == "plea"
    assert folders.home().is_relative_to(tmp_path)


def test_templates_are_the_wheels_or_the_checkouts(tmp_path: Path) -> None:
    package = tmp_path / "src" / "plea"
    package.mkdir(parents=True)
    assert folders.templates(package) == tmp_path / "templates"
    (package / "templates").mkdir()
    assert folders.templates(package) == package / "templates"
    assert (folders.templates() / "frame.md.j2").is_file()


def test_the_clock_gives_the_day_on_the_wall() -> None:
    before = date.today()  # noqa: DTZ011
    assert before <= clock.today() <= date.today()  # noqa: DTZ011
