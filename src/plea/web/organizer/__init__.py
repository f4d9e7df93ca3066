"""A campaign in six pages: its settings, its signers, the check, the letter, the printing, and what comes after."""

from plea.web.organizer import after, check, letter, printing, settings, signers
from plea.web.organizer.view_context import blueprint

__all__ = ["after", "blueprint", "check", "letter", "printing", "settings", "signers"]
