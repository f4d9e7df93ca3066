"""One person's letters in four steps: what to ask for, where they live, their words, their letters."""

from plea.web.person import steps
from plea.web.person.view_context import blueprint

__all__ = ["blueprint", "steps"]
