"""Messages of `plea.supporters`."""

from plea.messages.message import Message

MESSAGES: dict[str, Message] = {}
