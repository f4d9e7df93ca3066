"""A pack made by hand: one ask, four reasons, one fact. It passes `plea asks check`; each test spoils its own part."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from plea.asks.pack import load_pack
from plea.asks.render import RenderedAsk, RenderRequest, render
from plea.model.letters import Items, Paragraph
from plea.model.officials import Membership, Official
from plea.model.people import Supporter

DAY = date(2026, 11, 22)
ASK = "street-trees"
LETTER = """\
{% extends "plea/frame.md.j2" %}
{% block subject %}Please plant street trees{% endblock %}
{% block opening %}
I live in {{ town }}; please fund one hundred new street trees by {{ deadline }}. Thank you for the shade we have now.
Those who planted it years ago were thinking of us. I ask you to think of those who come next. A young tree costs less
than the bench that is put under it. It cools the block, drinks the rain and draws people out of their homes. Few things
that a city buys get better every year. A tree does.
{% endblock %}
{% block detail %}
{% if is_current("canopy") %}{{ fact("canopy") }}{% else %}Much of the city has no shade at all.{% endif %}
{% endblock %}
{% block closing %}
I will be glad when the money is in the budget and the first hole is dug. Please write to me and say what you have done.
I will come and help with the digging if you tell me the day, and I will bring my own spade.
{% endblock %}
"""
ASK_FILE = """\
default_reasons = ["shade", "rain"]
title.en = "More street trees"
summary.en = "Asks the city to plant trees along its streets."

[roles]
us-senator = "legislative"

[acts.us-senator]
en = "Fund a hundred street trees."

[params]
crisis = "drought"

[[reasons]]
key = "shade"
name.en = "Shade in summer"
text.en = \"\"\"
Shade keeps the old and the very young safe in a hot week. My own aunt could not leave her room last July. One good \\
oak by her door would have let her sit outside.
\"\"\"

[[reasons]]
key = "rain"
name.en = "Rain that stays"
text.en = \"\"\"
Trees hold the rain where it falls, so our cellars stay dry when a storm comes through.
\"\"\"

[[reasons]]
key = "birds"
name.en = "Birds"
text.en = "Birds come back to a street that has trees, and children learn their names."

[[reasons]]
key = "price"
name.en = "What it costs"
text.en = "A street with trees is worth more, and so the city gets its money back in time."
"""
FACTS = """\
[canopy]
text.en = "In 2024, trees shaded nine percent of the city."
parts.share.en = "nine percent"
source = "City forester, 2024"
as_of = 2024-05-01
review_by = 2027-12-31
"""


def make_pack(folder: Path, *, letter: str = LETTER, ask: str = ASK_FILE, facts: str = FACTS) -> Path:
    """The pack in a folder of that name, with the parts that are given in place of the good ones."""
    pack = folder / "pack"
    (pack / "asks" / ASK).mkdir(parents=True)
    (pack / "asks" / ASK / "letter.md.j2").write_text(letter, "utf-8")
    (pack / "asks" / ASK / "ask.toml").write_text(ask, "utf-8")
    (pack / "facts.toml").write_text(facts, "utf-8")
    return pack


def with_detail(detail: str) -> str:
    """The letter with something else as its detail, which starts on line 10."""
    before, _, rest = LETTER.partition("{% block detail %}\n")
    _, _, after = rest.partition("{% endblock %}\n")
    return before + "{% block detail %}\n" + detail + "\n{% endblock %}\n" + after


def write_with(  # what differs from letter to letter
    folder: Path,
    *,
    story: str = "",
    name: str = "Sam Rivers",
    on: date = DAY,
    params: dict[str, str] | None = None,
    in_process: bool = False,
) -> RenderedAsk:
    """The letter of the pack from a person in Burlington to a senator.

    `in_process` renders it as a built-in pack is: the fence alone, without the child process around it.
    """
    request = RenderRequest(
        Supporter(name, city="Burlington", state="VT", zip="05401", story=story),
        Official(
            "us-X", "us-senator", "Alex Morgan", "Morgan", state="VT", memberships=(Membership("SSFR", "Foreign"),)
        ),
        on=on,
        params=params or {},
    )
    pack = load_pack(folder)
    return render(replace(pack, built_in=in_process), pack.ask(ASK), request)


def paragraphs(made: RenderedAsk) -> list[str]:
    """The text of each paragraph and of each item of a list."""
    found: list[str] = []
    for block in made.body:
        runs = [block.runs] if isinstance(block, Paragraph) else list(block.items)
        assert isinstance(block, Paragraph | Items)
        found += ["".join(run.text for run in line) for line in runs]
    return found
