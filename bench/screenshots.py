"""The pictures of the page in docs/tutorial-web.md: every step at three widths, with nobody's own data in them.

    script/screenshots

Small on purpose: cut off where a long page goes on, and of no colours but the page's own.
"""

import re
import sys
import tempfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from PIL import Image, ImageColor

from web_page import open_page
from web_screen import know_officials, open_chromium, organizer_steps, overflows, person_steps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page as Screen

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
WIDTHS = (320, 768, 1280)
HEIGHT, TALLEST = 900, 2000
LARGEST = 150_000
CSS = (Path(__file__).resolve().parent.parent / "templates" / "web" / "static" / "plea.css").read_text()
SHOWN_AS = "/home/alex/Documents/plea"
SAY = """([found, shown]) => {
    for (const path of document.querySelectorAll('.path')) path.textContent = path.textContent.replace(found, shown);
}"""


def palette() -> Image.Image:
    """The page's own colours and what lies between them at the edges of letters, so that no colour is off."""
    own = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", CSS.partition("@media")[0]))

    def between() -> "Iterator[tuple[int, ...]]":
        for ground in ("#ffffff", own["paper"], own["destination"], own["tint"]):
            for ink in ("#000000", own["ink"], own["quiet"], own["accent"], own["edge"], own["rule"]):
                for share in range(5):
                    pairs = zip(ImageColor.getrgb(ground), ImageColor.getrgb(ink), strict=True)
                    yield tuple(round(a + (b - a) * share / 4) for a, b in pairs)

    colours = list(dict.fromkeys(between()))
    assert len(colours) <= 256
    image = Image.new("P", (1, 1))
    image.putpalette([part for colour in colours for part in colour])
    return image


def main() -> None:
    """Walk both ways through the page and take the pictures."""
    with tempfile.TemporaryDirectory() as folder, open_chromium() as browser:
        home = Path(folder)
        know_officials(home)
        with open_page(home, home / "papers", "--date", "2026-11-22") as page:
            context = browser.new_context(viewport={"width": 1280, "height": HEIGHT}, reduced_motion="reduce")
            screen = context.new_page()
            screen.goto(page.address)
            for walk in (person_steps, organizer_steps):
                for step in walk(screen):
                    take(screen, step, str(home / "papers"))
            context.close()


def take(screen: "Screen", step: str, folder: str) -> None:
    """The pictures of the step at every width; the folder's name is that of a person who does not exist."""
    screen.evaluate(SAY, [folder, SHOWN_AS])
    for width in WIDTHS:
        screen.set_viewport_size({"width": width, "height": HEIGHT})
        assert not overflows(screen), f"{step} at {width}"
        screen.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
        whole = Image.open(BytesIO(screen.screenshot(full_page=True)))
        picture = whole.crop((0, 0, width, min(whole.height, TALLEST))).convert("RGB")
        file = IMAGES / f"web-{step}-{width}.png"
        picture.quantize(palette=palette(), dither=Image.Dither.NONE).save(file, optimize=True)
        size = file.stat().st_size
        assert size < LARGEST, f"{file}: {size} bytes"
        print(f"{file.name}: {size / 1000:.0f} kB")
    screen.set_viewport_size({"width": 1280, "height": HEIGHT})


if __name__ == "__main__":
    main()
