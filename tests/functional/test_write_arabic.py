"""The signer's copy in Arabic: greeting, day, deadline and close are Arabic, for anybody who holds the post.

Built-in letters are set from right to left, on one page.
"""

import re
from pathlib import Path

import pytest

from conftest import Plea
from own_packs import ASK, make_pack
from paper_fonts import needs_fonts
from paper_reading import lines

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


@needs_fonts
@pytest.mark.parametrize(
    ("ask", "subject"),
    [
        ("refugee-intake", "مشروع قانون GRACE (S. 3535): أرجو أن تنضموا إلى مقدّميه"),
        ("diplomacy", "المحادثات في سوريا والتقارير المستحقة للكونغرس: أرجو أن تسألوا"),
    ],
)
def test_a_built_in_letter_is_set_from_right_to_left_on_one_page(
    plea: Plea, tmp_path: Path, *, ask: str, subject: str
) -> None:
    done = plea(
        *("write", ask, "--name", "سميرة حداد", "--name-latin", "Samira Haddad", "--city", "Burlington"),
        *("--zip", "05401", "--about", "أعلّم الصف الثالث", "--about-en", "I teach third grade"),
        *("--to", "us-senator:Jane Doe", "--date", "2026-11-28", "--language", "ar", "--format", "pdf,txt"),
        *("--out", tmp_path),
    )
    assert done.returncode == 0, done.stderr
    text = re.sub("[ \n]+", " ", (tmp_path / f"{ask}-jane-doe-ar.txt").read_text("utf-8"))
    assert f"الموضوع: {subject} عناية" in text
    assert "أعلّم الصف الثالث، وأعيش في Burlington, Vermont." in text
    printed = lines((tmp_path / f"{ask}-jane-doe-ar.pdf").read_bytes())
    assert {line.page for line in printed} == {1}
    for start in ("28 تشرين الثاني/نوفمبر 2026", "عناية ", "مع فائق الاحترام"):
        [line] = [line for line in printed if line.text.startswith(start)]
        assert line.right == pytest.approx(540, abs=3), start
        assert line.left > 150, start
    [home] = [line for line in printed if "05401" in line.text]
    assert home.left == pytest.approx(72, abs=3)
