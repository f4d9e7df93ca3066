"""A campaign in six pages: its settings, its signers, the check, the letter, the printing, and what comes after."""

from plea.web.organizer import check, printing, settings, signers
from plea.web.organizer.view_context import blueprint

__all__ = ["blueprint", "check", "printing", "settings", "signers"]
