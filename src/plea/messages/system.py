"""Messages of `plea.system` and of whatever the operating system says."""

from plea.messages.message import N_, Message

MESSAGES: dict[str, Message] = {
    "old": Message("%(what)s", "%(hint)s"),
    "system.refused": Message(N_("%(reason)s"), N_("Check the disk, and that you may read and write there.")),
    "folder.not_made": Message(
        N_("the folder cannot be made: %(reason)s"), N_("Name another folder, one that you may write to.")
    ),
    "folder.is_a_file": Message(N_("is not a folder"), N_("Name another folder.")),
    "lock.held": Message(
        N_("process %(process)s on %(machine)s has been working here since %(day)s, %(time)s"),
        N_("Wait for it to end, or stop it there."),
    ),
    "lock.held_by_another_process": Message(
        N_("another process has been working here since %(day)s, %(time)s"), N_("Wait for it to end, or stop it.")
    ),
    "lock.not_usable": Message(N_("cannot be used as a lock: %(reason)s"), N_("Check that you may write there.")),
}
