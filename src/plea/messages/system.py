"""Messages of `plea.system` and of whatever the operating system says."""

from plea.messages.message import N_, NN_, Message

MESSAGES: dict[str, Message] = {
    "system.refused": Message(N_("%(reason)s"), N_("Check the disk, and that you may read and write there.")),
    "file.not_read": Message(N_("cannot be read: %(reason)s"), N_("Check the name and that you may read it.")),
    "file.too_large": Message(N_("is larger than %(mebibytes)s MiB"), N_("Name a file of text.")),
    "file.not_utf8": Message(N_("is not UTF-8 text"), N_("Save it as UTF-8.")),
    "file.is_a_link": Message(
        N_("is a link, and links are not written through"), N_("Remove the link, or name another file.")
    ),
    "file.not_written": Message(N_("cannot be written: %(reason)s"), N_("Check that you may write there.")),
    "file.no_space": Message(
        N_("cannot be written: %(reason)s"),
        N_("Free some space and run the command again; the old file is whole."),
    ),
    "file.no_folder": Message(
        N_("cannot be written: %(reason)s"), N_("Make the folder first, or name one that exists.")
    ),
    "folder.not_made": Message(
        N_("the folder cannot be made: %(reason)s"), N_("Name another folder, one that you may write to.")
    ),
    "folder.is_a_file": Message(N_("is not a folder"), N_("Name another folder.")),
    "folder.is_a_link": Message(N_("is a link, and links are not followed"), N_("Remove the link.")),
    "home.not_made": Message(
        N_("cannot be made into a folder: %(reason)s"), N_("Set PLEA_HOME to a folder that you may write to.")
    ),
    "toml.not_valid": Message(N_("is not valid TOML: %(reason)s"), N_("Fix the line (see https://toml.io).")),
    "toml.nested_too_deep": Message(N_("is nested too deep"), N_("Keep to tables as in the built-in files.")),
    "setting.not_in_a_table": Message(N_("%(name)s is not a table"), N_("Change it in an editor.")),
    "limit.time": Message(
        NN_("took more than %(count)s second", "took more than %(count)s seconds"),
        N_("Look for a loop, or for a number that is too large."),
    ),
    "limit.memory": Message(
        N_("took more than %(mebibytes)s MiB of memory"), N_("Look for a loop, or for a number that is too large.")
    ),
    "lock.held": Message(
        N_("process %(process)s on %(machine)s has been working here since %(day)s, %(time)s"),
        N_("Wait for it to end, or stop it there."),
    ),
    "lock.held_by_another_process": Message(
        N_("another process has been working here since %(day)s, %(time)s"), N_("Wait for it to end, or stop it.")
    ),
    "lock.not_usable": Message(N_("cannot be used as a lock: %(reason)s"), N_("Check that you may write there.")),
}
