"""Messages of `plea.web`."""

from plea.messages.message import Message

MESSAGES: dict[str, Message] = {}
