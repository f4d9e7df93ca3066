"""Messages of `plea.letters`."""

from plea.messages.message import Message

MESSAGES: dict[str, Message] = {}
