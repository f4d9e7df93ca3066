"""What a person chose goes to the asks that have it; what does not print reprints nothing."""

import csv
from pathlib import Path

from conftest import CHECKOUT, Plea

EXAMPLE = CHECKOUT / "examples" / "campaign"

SETTINGS = """\
name = "Two asks"
organiser = "the Example Coalition"
contact = "Juniper Example"
asks = ["refugee-intake", "diplomacy"]
targets = ["us-senator"]
date = 2026-11-22

[params]
crisis = "Syria"

[consent]
at = 2026-11-01
source = "a form of the example"
"""


def folder(tmp_path: Path, rows: str) -> Path:
    made = tmp_path / "campaign"
    made.mkdir()
    (made / "campaign.toml").write_text(SETTINGS)
    (made / "supporters.csv").write_text(f"name,street,city,state,zip,reasons,district\n{rows}")
    return made


def letters(made: Path) -> list[dict[str, str]]:
    with (made / "out" / "manifest.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def test_a_reason_goes_to_the_asks_that_have_it(plea: Plea, tmp_path: Path) -> None:
    assert plea("officials", "import", EXAMPLE / "officials.csv").returncode == 0
    made = folder(tmp_path, "Alex Example,1 Example Street,Burlington,VT,05401,ready-towns;conscience,\n")
    done = plea("campaign", "run", made)
    assert done.returncode == 0, done.stdout + done.stderr
    assert sorted(letter["ask"] for letter in letters(made)) == ["diplomacy"] * 2 + ["refugee-intake"] * 2


def test_a_district_filled_in_reprints_nothing(plea: Plea, tmp_path: Path) -> None:
    assert plea("officials", "import", EXAMPLE / "officials.csv").returncode == 0
    made = folder(tmp_path, "Alex Example,1 Example Street,Burlington,VT,05401,,\n")
    assert plea("campaign", "run", made).returncode == 0
    before = letters(made)
    (made / "supporters.csv").write_text(
        "name,street,city,state,zip,reasons,district\nAlex Example,1 Example Street,Burlington,VT,05401,,VT-0\n"
    )
    done = plea("campaign", "run", made)
    assert done.returncode == 0, done.stdout + done.stderr
    assert letters(made) == before
    (made / "supporters.csv").write_text(
        "name,street,city,state,zip,reasons,district\nAlex Example,2 Example Street,Burlington,VT,05401,,VT-0\n"
    )
    assert plea("campaign", "run", made).returncode == 0
    assert len(letters(made)) == 8


def test_days_in_figures_are_read_in_the_order_that_the_settings_say(plea: Plea, tmp_path: Path) -> None:
    assert plea("officials", "import", EXAMPLE / "officials.csv").returncode == 0
    made = folder(tmp_path, "")
    consent = "name,city,state,zip,consent_at,consent_source\nAlex Example,Burlington,VT,05401,10/3/2026,a form\n"
    (made / "supporters.csv").write_text(consent)
    settings = SETTINGS[: SETTINGS.index("[consent]")]
    (made / "campaign.toml").write_text(settings)
    unsaid = plea("campaign", "run", made)
    assert unsaid.returncode == 3
    with (made / "out" / "rejects.csv").open(newline="") as file:
        [reject] = csv.DictReader(file)
    assert "date_order" in reject["plea_problems"]
    (made / "campaign.toml").write_text(settings.replace("[params]", 'date_order = "mdy"\n[params]'))
    said = plea("campaign", "run", made)
    assert said.returncode == 0, said.stdout + said.stderr
    assert len(letters(made)) == 4
