"""Messages of `plea.writing`."""

from plea.messages.message import Message

MESSAGES: dict[str, Message] = {}
