"""What the rooms of a campaign say to an organiser is said in the other languages of the page too."""

import pytest

pytest.importorskip("flask", reason="the extra plea[web] is not installed")

from test_web_problems import SOURCE, sentences_of

from plea.web.language import LANGUAGES, in_words

ROOMS = [
    *(f"supporters/{name}.py" for name in ("rows", "excel", "consent", "tables", "tables_csv", "tables_jsonl")),
    *(f"supporters/{name}.py" for name in ("sheet", "sheet_xml", "headers", "decode", "snapshot", "record")),
    *(f"campaigns/{name}.py" for name in ("approval", "conduct", "intake", "mended", "plan", "preview", "purge")),
    *(f"campaigns/{name}.py" for name in ("drafter", "draft_plan", "leftovers", "ledger_schema", "work")),
]
PARTS = (
    *("X1Ours", "; did you", "X1, or say", ", ..."),
    *("X1: X1", "X1:X1: X1", "X1: the header X1", "X1: is not X1 textX1"),
)
"""What is said only as a part of what ASSEMBLED has whole."""
ASSEMBLED = [
    "Ours are name, zip.",
    "Did you mean name? Ours are name, zip.",
    "Write it as 2026-10-03, or say date_order in campaign.toml.",
    "forms.csv:1: the header has quotation marks that do not match (line 1)",
    "forms.csv: is not UTF-16-LE text",
    "forms.csv:3: byte 17 (0xE9) is not UTF-8; it has no mark of UTF-8 or UTF-16, so UTF-8 was tried",
    "campaign: nobody approved the text, and approval is required",
    "campaign: the text was changed since Lee approved it on 2026-11-22, and approval is required",
    "out: 1 volume that was made is not there, such as a/volume-001.pdf",
    "out: 12 volumes that were made are not there, such as a/volume-001.pdf",
    "What was mended for row 3, 4 is left out: there is no such row now.",
    "What was mended for row 3 is left out: another row stands there now.",
    "campaign: process 17 on desk has this campaign since 2026-11-22 10:00",
    "several districts share the ZIP: NY-21 (Flo Pine), NY-24 (Gil Fir)",
    "bomb.xlsx: took more than 5 seconds",
    "bomb.xlsx: took more than 300 MiB of memory",
]


def said_to_organisers() -> set[str]:
    """The sentences as they are made; those of a workbook begin with the colon after its name."""
    met = {sentence for room in ROOMS for sentence in sentences_of(SOURCE / room)}
    sql = ("DELETE ", "UPDATE ", "SELECT ", "INSERT ", "CREATE ")
    met = {one for one in met if not one.startswith(sql) and one not in PARTS and not one.startswith(PARTS[:4])}
    return {f"forms.xlsx{one}" if one.startswith(":") else one for one in met}


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_everything_said_to_an_organiser_is_said_in_every_language(language: str) -> None:
    sentences = said_to_organisers()
    assert len(sentences) > 100
    assert "no consent is on record" in sentences
    templated = ("X1: X1, and approval", "X1: X1 volumeX1", "What was mended for row X1 is left out: X1", "X1X1")
    wanted = {one for one in sentences if not one.startswith(templated)} | set(ASSEMBLED)
    missing = sorted(one for one in wanted if in_words(one, language).language != language)
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Say both: the day they agreed, and where that is kept"),
        ("es", "Diga las dos cosas: el día en que aceptaron y dónde se conserva"),
    ],
)
def test_half_a_consent_is_asked_for_without_the_names_of_settings(language: str, said: str) -> None:
    for given, other in (("at", "source"), ("source", "at")):
        found = in_words(f"consent.{given} needs consent.{other}: when and where the signers agreed", language)
        assert (found.text, found.language) == (said, language)
