"""A campaign in six pages: what it is, who signs, what stands in the way, the letter, the printing, and after it."""

from plea.web.organiser import about, after, begin, check, letter, printing, signers
from plea.web.organiser.desk import blueprint

__all__ = ["about", "after", "begin", "blueprint", "check", "letter", "printing", "signers"]
