"""By when a letter asks, and as what its reader is asked: from the public data, through `plea write`."""

from pathlib import Path

import pytest

from conftest import Plea
from own_packs import ASK, ASK_FILE, LETTER, make_pack

ME = ("--name", "Alex Example", "--city", "Burlington", "--state", "VT", "--zip", "05401")
# in one line: a line on which nothing is printed would end the paragraph
OPENING = (
    "{% block opening %}\n"
    '{% if official.chairs("SSJU") or official.chairs("HSAP") %}As chair, {% endif %}'
    '{% if official.ranks_on("SSJU") %}As ranking member, {% endif %}'
    '{% if official.sits_on("SSJU") %}on Judiciary, {% endif %}'
    "{% if official.leads %}As {{ official.leads }}, {% endif %}please act by {{ deadline }}.\n"
    "{% endblock %}\n"
)
ROLES = ("us-senator", "us-representative", "committee-chair")
ASK_FOR_THREE = ASK_FILE.replace(
    'us-senator = "legislative"\n\n[acts.us-senator]\nen = "Fund a hundred street trees."',
    "\n".join(
        [*(f'{role} = "legislative"' for role in ROLES), *(f'[acts.{role}]\nen = "Fund trees."' for role in ROLES)]
    ),
)


def opening(plea: Plea, home: Path, folder: Path, *, to: str, day: str) -> str:
    """The first paragraph of a letter that says who its reader is."""
    before, _, rest = LETTER.partition("{% block opening %}")
    letter = before + OPENING + rest.partition("{% endblock %}\n")[2]
    pack = make_pack(folder, letter=letter, ask=ASK_FOR_THREE)
    out = folder / "out"
    done = plea(
        *("write", ASK, "--pack", pack, *ME, "--to", to, "--date", day, "--format", "txt", "--out", out),
        PLEA_HOME=str(home),
    )
    assert done.returncode == 0, done.stderr
    [path] = out.glob("*.txt")
    paragraphs = path.read_text("utf-8").split("\n\n")
    return next(" ".join(text.split()) for text in paragraphs if "please act by" in text)


@pytest.mark.shared_data
@pytest.mark.parametrize(
    "case",
    [
        # Grassley chairs Senate Judiciary, Durbin is its ranking member, Welch sits on it
        ("us-G000386", "2026-11-28", "As chair, on Judiciary, please act by December 18, 2026."),
        ("us-chair-SSJU", "2026-11-28", "As chair, on Judiciary, please act by December 18, 2026."),
        ("us-chair-SSJU", "2026-12-16", "As chair, on Judiciary, please act by December 31, 2026."),
        ("us-chair-HSAP", "2026-11-28", "As chair, please act by December 17, 2026."),
        ("us-D000563", "2026-11-28", "As ranking member, on Judiciary, please act by December 18, 2026."),
        ("us-W000800", "2026-11-28", "on Judiciary, please act by December 18, 2026."),
        ("us-T000250", "2026-11-28", "As Majority Leader, please act by December 18, 2026."),
        ("us-J000299", "2026-11-28", "As Speaker of the House, please act by December 17, 2026."),
        ("us-E000294", "2026-11-28", "please act by December 17, 2026."),  # a whip does not lead the chamber
        # a term that ends with the Congress, and one that does not
        ("us-B001318", "2026-12-16", "please act by December 31, 2026."),
        ("us-B001318", "2026-12-29", "please act by the end of your term."),
        ("us-W000800", "2026-12-29", "on Judiciary, please act by February 12, 2027."),
        # what a Congress gave its members is over with it
        ("us-G000386", "2027-01-04", "please act by February 18, 2027."),
        ("us-T000250", "2027-03-15", "please act by April 29, 2027."),
    ],
)
def test_a_letter_asks_its_reader_as_what_they_are_and_by_when_they_can_act(
    plea: Plea, directory_home: Path, tmp_path: Path, case: tuple[str, str, str]
) -> None:
    to, day, words = case
    assert opening(plea, directory_home, tmp_path, to=to, day=day) == words
