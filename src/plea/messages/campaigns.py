"""Messages of `plea.campaigns`."""

from plea.messages.message import Message

MESSAGES: dict[str, Message] = {}
