"""The signer's copy in Arabic: greeting, day, deadline and close are Arabic, for anybody who holds the post."""

from pathlib import Path

import pytest

from conftest import Plea
from own_packs import ASK, make_pack

ASK_FILE = """\
default_reasons = ["shade"]
title = { en = "More street trees", ar = "مزيد من الأشجار" }
summary = { en = "Asks for trees.", ar = "تطلب أشجارًا." }

[roles]
us-senator = "legislative"
us-representative = "legislative"

[acts.us-senator]
en = "Fund trees."
ar = "تمويل الأشجار."

[acts.us-representative]
en = "Fund trees."
ar = "تمويل الأشجار."

[params]
crisis = "drought"

[[reasons]]
key = "shade"
name = { en = "Shade", ar = "الظل" }
text = { en = "Shade keeps people safe.", ar = "الظل يحمي الناس." }
"""
LETTER = """\
{% extends "plea/frame.md.j2" %}
{% block subject %}أشجار{% endblock %}
{% block opening %}أرجو غرس الأشجار في موعد أقصاه {{ deadline }}.{% endblock %}
{% block closing %}شكرًا لكم.{% endblock %}
"""


@pytest.mark.parametrize(
    ("to", "day", "greeting", "deadline"),
    [
        ("us-senator:Jane Doe", "2026-11-28", "عناية Jane Doe، مجلس الشيوخ الأمريكي:", "18 كانون الأول/ديسمبر 2026"),
        ("us-representative:Jane Doe", "2026-12-31", "عناية Jane Doe، مجلس النواب الأمريكي:", "نهاية ولايتكم"),
    ],
)
def test_the_copy_in_arabic_is_addressed_dated_and_closed_in_arabic(
    plea: Plea, tmp_path: Path, *, to: str, day: str, greeting: str, deadline: str
) -> None:
    pack = make_pack(tmp_path, ask=ASK_FILE)
    (pack / "asks" / ASK / "letter.ar.md.j2").write_text(LETTER, "utf-8")
    out = tmp_path / "out"
    done = plea(
        *("write", ASK, "--pack", pack, "--name", "Alex Example", "--city", "Burlington", "--zip", "05401"),
        *("--to", to, "--date", day, "--language", "ar", "--format", "txt", "--out", out),
    )
    assert done.returncode == 0, done.stderr
    [copy] = out.glob("*ar.txt")
    text = " ".join(copy.read_text("utf-8").split())
    for words in (greeting, f"في موعد أقصاه {deadline}.", "مع فائق الاحترام،", "نسخة لصاحب التوقيع", "الموضوع: أشجار"):
        assert words in text
