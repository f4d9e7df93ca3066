"""A campaign in six pages: what it is, who signs, what stands in the way, the letter, the printing, and after it."""

from plea.web.organizer import about, after, begin, check, letter, printing, signers
from plea.web.organizer.view_context import blueprint

__all__ = ["about", "after", "begin", "blueprint", "check", "letter", "printing", "signers"]
