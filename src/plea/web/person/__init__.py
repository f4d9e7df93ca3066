"""One person's letters in four steps: what to ask for, where they live, their words, their letters."""

from plea.web.person import finding, pictures, steps
from plea.web.person.showing import blueprint

__all__ = ["blueprint", "finding", "pictures", "steps"]
