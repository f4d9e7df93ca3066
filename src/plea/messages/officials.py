"""Messages of `plea.officials`."""

from plea.messages.message import Message

MESSAGES: dict[str, Message] = {}
