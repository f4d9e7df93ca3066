"""Sentences for people: how counts and problems read on a terminal and on a page."""

from plea.problems import Problem

STORIES = ("story", "story_en")
OFFICIAL_IDS = ("us-", "ocd-", "un-", "uk-", "ca-", "state-", "governor", "mayor", "committee-")


def sentences(*parts: str) -> str:
    """The parts as sentences one after the other, each with a full stop unless it ends with a mark of its own."""
    return " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in parts if part)


def counted(count: int, noun: str) -> str:
    """A count with its noun: `1 letter`, `3 letters`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def of_answer(problem: Problem) -> str:
    """A problem as a sentence about the answer just given, whose field is in sight."""
    what = f"it {problem.what}" if problem.what.startswith(("holds ", "is ")) else problem.what
    return sentences(f"{what[0].upper()}{what[1:]}", problem.hint)


def titled(problem: Problem, title: str) -> str:
    """A problem in one paragraph; an official's id says nothing to a person and is left out."""
    where = f"{problem.where}: "
    if problem.where in STORIES:
        where = "your story "
    elif problem.where.startswith(OFFICIAL_IDS):
        where = ""
    return sentences(f"{title}: {where}{problem.what}", problem.hint)
