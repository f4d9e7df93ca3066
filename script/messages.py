"""Writes docs/reference/messages.md: every code of a message with its English words. `script/translations` calls it."""

from pathlib import Path

from plea.messages import AREAS, messages_of

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "messages.md"
HEAD = """\
# Messages

What `plea` says is wrong, by code. `--json` gives the code beside the text; a code keeps its meaning, its words may
change and are translated. `%(name)s` stands for a value. Programs read codes, never text.
"""


def main() -> None:
    """Write the page."""
    PAGE.write_text("\n".join([HEAD, *map(section, AREAS)]), encoding="utf-8")


def section(area: str) -> str:
    """The codes of one area as a table."""
    found = messages_of(area)
    rows = [f"| `{code}` | {cell(message.what)} | {cell(message.hint)} |" for code, message in found.items()]
    head = [f"## {area.capitalize()}", "", "| code | what is wrong | what to do |", "|---|---|---|"]
    return "\n".join([*head, *rows, ""])


def cell(sentence: str | tuple[str, str]) -> str:
    """A sentence as a cell of a Markdown table; of two forms the plural."""
    text = sentence if isinstance(sentence, str) else sentence[1]
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


if __name__ == "__main__":
    main()
