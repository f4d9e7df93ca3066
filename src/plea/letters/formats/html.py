"""The letter as one HTML file that needs no other file, for the screen and for a browser's printer."""

from base64 import b64encode
from functools import cache
from hashlib import sha256

import jinja2

from plea.letters.paper.profiles import read_signature
from plea.letters.plain_text import closing_lines, recipient_lines
from plea.model.letters import Letter, Printing, Rendered
from plea.system import folders

RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ps", "ur", "yi"})
PAPERS = {"us-letter": "letter", "a4": "A4"}
ORDINARY = (
    '--family: "Libertinus Serif", Charter, Cambria, Georgia, "Liberation Serif", serif; '
    "--screen: 12pt/1.45; --print: 10.5pt/1.34;"
)
# 18 pt sans at 1.15: American Council of the Blind
LARGE = (
    '--family: "Atkinson Hyperlegible", Verdana, "DejaVu Sans", sans-serif; --screen: 18pt/1.15; --print: 18pt/1.15;'
)


def render(letter: Letter, printing: Printing) -> Rendered:
    """UTF-8 HTML 5. A Content-Security-Policy lets it load nothing and run nothing, whatever its text holds."""
    paper, look = PAPERS.get(printing.profile.paper, "auto"), LARGE if printing.large_print else ORDINARY
    css = (folders.templates() / "layout" / "letter.css").read_text(encoding="utf-8").strip()
    style = f":root {{ {look} }}\n@page {{ size: {paper}; margin: 0.9in 1in; }}\n{css}"
    picture = read_signature(printing.signature)
    page = _template().render(
        letter=letter,
        direction="rtl" if letter.language in RIGHT_TO_LEFT else "ltr",
        recipient=recipient_lines(letter.recipient),
        enclosed=closing_lines(letter),
        style=style,
        style_hash=b64encode(sha256(style.encode()).digest()).decode(),
        signature=f"data:{picture.media_type};base64,{b64encode(picture.content).decode()}" if picture else "",
    )
    return Rendered(page.encode())


@cache
def _template() -> jinja2.Template:
    """The program's own template, not a pack's; every value is escaped."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folders.templates() / "layout"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("letter.html.j2")
