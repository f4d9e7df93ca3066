"""Messages of `plea.web`."""

from plea.messages.message import Message

MESSAGES: dict[str, Message] = {}

ON_PAGE: dict[str, Message] = {}
"""What a page says of a problem where the words for everybody name a command, an option or a file: by its code.

An empty sentence is said as to everybody.
"""
