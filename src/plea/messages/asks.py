"""Messages of `plea.asks`."""

from plea.messages.message import Message

MESSAGES: dict[str, Message] = {}
