"""What a message is made of."""

from typing import NamedTuple


class Message(NamedTuple):
    """What is wrong, and what to do (empty where nothing can be done).

    A sentence that counts something is a pair, singular and plural; `counted` names the value that decides.
    """

    what: str | tuple[str, str]
    hint: str | tuple[str, str] = ""
    counted: str = "count"


def N_(text: str) -> str:  # noqa: N802 (the usual name of this marker)
    """The text itself, marked for the translators' catalog."""
    return text


def NN_(singular: str, plural: str) -> tuple[str, str]:  # noqa: N802 (as above)
    """Singular and plural, marked for the translators' catalog."""
    return singular, plural
