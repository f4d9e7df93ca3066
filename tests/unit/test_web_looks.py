"""What can be computed of the looks: contrast in both schemes (WCAG 2.2, 1.4.3 and 1.4.11), weight, no other sites."""

import re

import pytest

from plea.system.folders import templates

STATIC = templates() / "web" / "static"
CSS = (STATIC / "plea.css").read_text()
TEXT = [(ink, ground) for ink in ("ink", "quiet", "accent") for ground in ("paper", "background", "tint")]
TEXT += [("on-accent", "accent")]
PARTS = [("edge", "paper"), ("accent", "paper"), ("accent", "background"), ("accent", "tint"), ("edge", "background")]
"""Edges of fields, and the ring around what has the focus."""


def colors(scheme: str) -> dict[str, str]:
    """The colors of a scheme; dark ones stand in the first block that asks for dark."""
    light, _, dark = CSS.partition("@media (prefers-color-scheme: dark)")
    block = light if scheme == "light" else dark[: dark.index("}")]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))


def luminance(color: str) -> float:
    """Relative luminance, as WCAG defines it."""
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


def test_the_arithmetic() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_and_the_edges_of_fields_stand_out(scheme: str) -> None:
    own = colors(scheme)
    for ink, ground in TEXT:
        assert contrast(own[ink], own[ground]) >= 4.5, f"{scheme}: {ink} on {ground}"
    for part, ground in PARTS:
        assert contrast(own[part], own[ground]) >= 3, f"{scheme}: {part} beside {ground}"


def test_it_is_small_and_asks_nobody_else() -> None:
    assert len(CSS.encode()) < 20_000
    for file in STATIC.iterdir():
        text = file.read_text().replace('"http://www.w3.org/2000/svg"', "")
        assert not re.search(r"""[:"'(]//""", text), file.name
        assert "@import" not in text
        assert "url(" not in text


def test_what_moves_moves_only_for_those_who_like_it() -> None:
    still = re.sub(r"@media \(prefers-reduced-motion: no-preference\) \{.*?\n\}", "", CSS, flags=re.DOTALL)
    assert still != CSS
    assert "transition" not in still
    assert "animation" not in still
