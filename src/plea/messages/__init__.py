"""Every message by its code: what is wrong, and what to do about it, in English with named placeholders.

The English sentence is the message's id for gettext; translations stand in `src/plea/locale`. A code is
`thing.what_is_wrong`, is listed in docs/reference/messages.md, and is never given another meaning.
"""

from collections.abc import Mapping
from importlib import import_module

from plea.messages.message import Message

AREAS = ("system", "supporters", "officials", "asks", "letters", "writing", "campaigns", "web")


def messages_of(area: str) -> Mapping[str, Message]:
    """The messages of one area by their codes."""
    messages: Mapping[str, Message] = import_module(f"plea.messages.{area}").MESSAGES
    return messages


MESSAGES: Mapping[str, Message] = {code: message for area in AREAS for code, message in messages_of(area).items()}
