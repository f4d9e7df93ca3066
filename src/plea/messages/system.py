"""Messages of `plea.system` and of whatever the operating system says."""

from plea.messages.message import N_, Message

MESSAGES: dict[str, Message] = {
    "old": Message("%(what)s", "%(hint)s"),
    "system.refused": Message(N_("%(reason)s"), N_("Check the disk, and that you may read and write there.")),
}
