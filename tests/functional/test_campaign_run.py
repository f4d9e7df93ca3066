"""`plea campaign run`: what it leaves on the disk, and what it does when it is stopped, crowded or out of room.

Whatever a run puts out is tested with local processes and with the workers of a cluster.
"""

import csv
import os
import re
import resource
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path

import pytest

import campaign_folders
import paper_reading
from campaign_cluster import Cluster
from conftest import Plea

STORIES = ("", "My neighbours came in 2016.\n\nThey stayed.", "We **wait**, and wait & wait.")
MANIFEST = ["letter_id", "row", "supporter_id", "official_id", "ask", "file", "page", "supersedes"]
REJECTED = ["plea_row", "plea_target", "plea_outcome", "plea_problems"]
Campaign = Callable[..., Path]
Run = Callable[..., subprocess.CompletedProcess[str]]
PROCESSES, CLUSTER = "processes", "cluster"


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scheduler with two workers."""
    pytest.importorskip("distributed")
    with ExitStack() as stack:
        made = Cluster(stack, tmp_path_factory.mktemp("cluster"))
        made.worker()
        made.worker()
        yield made.address


@pytest.fixture(params=[PROCESSES, CLUSTER])
def run(request: pytest.FixtureRequest, plea: Plea) -> Run:
    """`plea campaign run` on each of the two engines."""
    hands = ["--dask", request.getfixturevalue("cluster")] if request.param == CLUSTER else ["--workers", "2"]

    def call(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
        return plea("campaign", "run", folder, *hands, *options)

    return call


@pytest.fixture
def campaign(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Campaign:
    """Makes a campaign of so many people of Vermont, with settings after the usual ones."""
    monkeypatch.setenv("PLEA_HOME", str(home))
    campaign_folders.make_home(home)

    def make(people: int = 12, settings: str = "", **fields: str) -> Path:
        rows = [
            campaign_folders.person(f"Signer No{'abcdefghij'[number % 10]}{number}", number, story=STORIES[number % 3])
            | fields
            for number in range(1, people + 1)
        ]
        return campaign_folders.make_campaign(tmp_path / "trees", rows, campaign_folders.SETTINGS + settings)

    return make


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below the folder, by its path."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def digests(folder: Path) -> dict[str, str]:
    return {name: sha256(content).hexdigest() for name, content in tree(folder).items()}


def text_of(path: Path) -> str:
    return "\n".join(line.text for line in paper_reading.lines(path.read_bytes()))


def test_every_letter_stands_where_the_manifest_says(campaign: Campaign, run: Run) -> None:
    folder = campaign(14)
    done = run(folder)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    manifest = table(folder / "out" / "manifest.csv")
    assert list(manifest[0]) == MANIFEST
    assert len(manifest) == 14 * 3
    assert len({line["letter_id"] for line in manifest}) == len(manifest)
    names = {str(number): row["name"] for number, row in enumerate(table(folder / "supporters.csv"), 1)}
    pages = {
        (file, line.page, line.text)
        for file in {line["file"] for line in manifest}
        for line in paper_reading.lines((folder / "out" / file).read_bytes())
    }
    for line in manifest:
        assert (line["file"], int(line["page"]), names[line["row"]]) in pages
        assert re.fullmatch(r"[a-z0-9-]+/volume-001\.pdf", line["file"])
    assert table(folder / "out" / "rejects.csv") == []


def test_nobody_else_may_read_what_was_made(campaign: Campaign, run: Run) -> None:
    folder = campaign(2)
    run(folder)
    for path in (folder / "out").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_what_is_not_made_is_in_the_rejects_with_its_cells_and_its_reason(campaign: Campaign, run: Run) -> None:
    folder = campaign(2)
    rows = [
        campaign_folders.person("Ann Lee", 1),
        campaign_folders.person("=cmd|' /C calc'!A0", 2, email="@bad"),
        campaign_folders.person("Cy Young", 3, story=" ".join(f"word{number}" for number in range(900))),
        campaign_folders.person("Dee Doe", 4, story="\U00012f90"),
    ]
    campaign_folders.write_rows(folder, rows)
    done = run(folder)
    assert done.returncode == 3, done.stderr
    rejects = table(folder / "out" / "rejects.csv")
    assert list(rejects[0])[-4:] == REJECTED
    told = {(line["plea_row"], line["plea_outcome"]): line for line in rejects}
    assert set(told) == {("2", "rejected"), ("3", "held"), ("4", "rejected")}
    assert told["2", "rejected"]["name"] == "'=cmd|' /C calc'!A0"
    assert told["2", "rejected"]["plea_target"] == ""
    assert "runs over" in told["3", "held"]["plea_problems"]
    assert "U+12F90" in told["4", "rejected"]["plea_problems"]
    assert sorted(line["row"] for line in table(folder / "out" / "manifest.csv")) == ["1", "1", "1"]
    assert len(rejects) == 1 + 3 + 1


def test_the_paper_around_the_letters(campaign: Campaign, run: Run) -> None:
    folder = campaign(5, 'delivery = "hand"\ncontact = "Jo, 802-555-0100"\n')
    assert run(folder).returncode == 0
    out = folder / "out"
    destinations = sorted(path.name for path in out.iterdir() if path.is_dir() and path.name != "report")
    assert len(destinations) == 3
    cover = text_of(out / destinations[0] / "cover.pdf")
    for said in ("5 letters", "from 5 constituents to", "Friends of Trees", "Receipt", "Jo, 802-555-0100"):
        assert said in cover
    assert all(f"Signer No{'abcdefghij'[number]}{number}" in cover for number in range(1, 6))
    carried = text_of(out / "pick-up-list.pdf")
    for said in ("Ann Maple", "Bob Birch", "Cleo Cedar", "3 offices", "3 volumes"):
        assert said in carried
    labels = text_of(out / "box-labels.pdf")
    assert labels.count("5 letters, 5 sheets, volume-001.pdf") == 3


def test_the_cover_names_a_signer_as_the_letter_does(campaign: Campaign, run: Run) -> None:
    folder = campaign(1, name="\u0644\u064a\u0644\u0649 \u0645\u062b\u0627\u0644")
    rows = [row | {"name_latin": "Layla Example"} for row in table(folder / "supporters.csv")]
    campaign_folders.write_rows(folder, rows, [*rows[0]])
    done = run(folder)
    assert done.returncode == 0, done.stderr
    (cover, *_) = (folder / "out").glob("*/cover.pdf")
    assert "Layla Example" in text_of(cover)
    assert "\u0644" not in text_of(cover)


def test_letters_by_post_need_no_receipt(campaign: Campaign, run: Run) -> None:
    folder = campaign(2)
    run(folder)
    covers = [*(folder / "out").glob("*/cover.pdf")]
    assert len(covers) == 3
    assert not any("Receipt" in text_of(cover) for cover in covers)


def test_a_finished_run_touches_no_volume_and_no_paper(campaign: Campaign, run: Run) -> None:
    folder = campaign(3)
    run(folder)
    before = {path: path.stat().st_mtime_ns for path in (folder / "out").rglob("*.pdf")}
    done = run(folder)
    assert "Nothing was left to make." in done.stdout
    assert {path: path.stat().st_mtime_ns for path in (folder / "out").rglob("*.pdf")} == before


def test_an_edited_row_goes_to_a_new_volume_and_the_old_page_is_to_be_taken_out(campaign: Campaign, run: Run) -> None:
    folder = campaign(4)
    run(folder)
    old = digests(folder / "out")
    first = {line["letter_id"]: line for line in table(folder / "out" / "manifest.csv")}
    rows = table(folder / "supporters.csv")
    rows[1]["story"] = "I have thought again."
    campaign_folders.write_rows(folder, rows)
    assert run(folder).returncode == 0
    new = digests(folder / "out")
    sealed = [name for name in old if "volume-001" in name]
    assert all(new[name] == old[name] for name in sealed)
    again = [line for line in table(folder / "out" / "manifest.csv") if line["letter_id"] not in first]
    assert len(again) == 3
    for line in again:
        assert line["file"].endswith("volume-002.pdf")
        assert first[line["supersedes"]]["row"] == line["row"] == "2"
    assert text_of(folder / "out" / "pick-up-list.pdf").count("take out page") == 3
    assert "4 letters" in text_of(next((folder / "out").glob("*/cover.pdf")))


def test_single_letters_on_request(campaign: Campaign, run: Run) -> None:
    folder = campaign(2, 'formats = ["pdf", "single-pdf", "eml"]\n', email="signer@example.com")
    rows = table(folder / "supporters.csv")
    for number, row in enumerate(rows):
        row["email"] = f"signer{number}@example.com"
    campaign_folders.write_rows(folder, rows, [*campaign_folders.COLUMNS])
    assert run(folder).returncode == 0
    for line in table(folder / "out" / "manifest.csv"):
        destination = (folder / "out" / line["file"]).parent
        assert (destination / f"{line['letter_id']}.pdf").read_bytes().startswith(b"%PDF-")
        assert b"X-Unsent: 1" in (destination / f"{line['letter_id']}.eml").read_bytes()


def test_a_volume_that_is_gone_is_made_again_to_the_same_bytes_when_asked(campaign: Campaign, run: Run) -> None:
    folder = campaign(3)
    run(folder)
    before = digests(folder / "out")
    gone = next((folder / "out").glob("*/volume-001.pdf"))
    gone.unlink()
    refused = run(folder)
    assert refused.returncode == 1
    assert "1 volume that was made is not there" in refused.stderr
    assert run(folder, "--remake").returncode == 0
    assert digests(folder / "out") == before


def test_a_folder_of_a_volume_that_is_a_link_is_not_followed(campaign: Campaign, run: Run, tmp_path: Path) -> None:
    folder = campaign(2)
    run(folder)
    destination = next(path for path in (folder / "out").iterdir() if (path / "volume-001.pdf").is_file())
    (tmp_path / "elsewhere").mkdir()
    for path in destination.iterdir():
        path.unlink()
    destination.rmdir()
    destination.symlink_to(tmp_path / "elsewhere")
    done = run(folder, "--remake")
    assert done.returncode == 4
    assert "is a link" in done.stderr
    assert not any((tmp_path / "elsewhere").iterdir())


def start(folder: Path, home: Path, *options: str, **more: object) -> subprocess.Popen[str]:
    """The command as a process of its own, in a group of its own."""
    process: subprocess.Popen[str] = subprocess.Popen(
        [sys.executable, "-m", "plea", "campaign", "run", str(folder), *options],
        env={**os.environ, "PLEA_HOME": str(home), "NO_COLOR": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        **more,  # type: ignore[call-overload]
    )
    return process


def test_of_eight_runs_at_once_one_works_and_seven_say_who_does(campaign: Campaign, plea: Plea, home: Path) -> None:
    folder = campaign(40)
    runs = [start(folder, home, "--workers", "1") for _ in range(8)]
    ended = [(run, *run.communicate(timeout=120)) for run in runs]
    codes = sorted(run.returncode for run, _, _ in ended)
    assert codes[0] == 0
    assert set(codes) <= {0, 1}
    assert codes.count(1) >= 4  # who comes late finds it done
    workers = {str(run.pid) for run, _, _ in ended if run.returncode == 0}
    for run, _, error in ended:
        if run.returncode:
            said = re.search(r"process (\d+) on \S+ has been working here since ", error)
            assert said, error
            assert said[1] in workers
    assert len(table(folder / "out" / "manifest.csv")) == 120
    assert plea("campaign", "run", folder).returncode == 0


def test_a_run_that_is_interrupted_says_how_to_go_on_and_can(campaign: Campaign, plea: Plea, home: Path) -> None:
    folder = campaign(240)
    run = start(folder, home, "--workers", "1")
    ends = time.monotonic() + 60
    while time.monotonic() < ends and not [*folder.glob("out/*/volume-001.pdf")]:
        time.sleep(0.01)
    os.killpg(run.pid, signal.SIGINT)
    output, error = run.communicate(timeout=60)
    assert run.returncode == 130, error
    assert "Letters left: " in output
    assert "Go on with the same command." in output
    assert error == ""
    volumes = {str(path.relative_to(folder / "out")) for path in folder.glob("out/*/volume-*.pdf")}
    assert {line["file"] for line in table(folder / "out" / "manifest.csv")} <= volumes
    assert plea("campaign", "run", folder).returncode == 0
    interrupted = digests(folder / "out")
    assert plea("campaign", "run", undisturbed(folder)).returncode == 0
    assert digests(folder.parent / "undisturbed" / "out") == interrupted


def undisturbed(folder: Path) -> Path:
    """The same campaign as if it had never been run."""
    copy = folder.parent / "undisturbed"
    copy.mkdir()
    for name in ("campaign.toml", "supporters.csv"):
        (copy / name).write_bytes((folder / name).read_bytes())
    return copy


def test_no_room_for_a_volume_is_said_and_the_run_goes_on_later(campaign: Campaign, plea: Plea, home: Path) -> None:
    folder = campaign(200)
    limit = 300_000  # bytes of a file: more than the ledger has, less than a volume

    def hold() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    run = start(folder, home, "--workers", "1", preexec_fn=hold)
    _, error = run.communicate(timeout=60)
    assert run.returncode == 4, error
    assert re.match(r"plea: .*volume-001\.pdf: cannot be written: File too large\n", error)
    assert error.count("\n") == 2
    assert not [*folder.glob("out/**/.plea-*")]
    assert plea("campaign", "run", folder).returncode == 0
    assert len(table(folder / "out" / "manifest.csv")) == 600
