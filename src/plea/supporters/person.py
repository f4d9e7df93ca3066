"""The person the program remembers, when asked to: one TOML file of their own, readable by no one else.

A story is never remembered: it belongs to one letter. Nor is a district: its lines change while the address stays.
"""

import json
import tomllib
from collections.abc import Mapping

from plea.errors import InputError, MachineError
from plea.model.people import Supporter
from plea.system.files import read_text, write_atomic
from plea.system.folders import person_file

FIELDS = ("name", "name_latin", "street", "city", "state", "zip", "country", "email", "phone")
HEADER = "# Remembered by `plea write --save`; `plea write --forget` deletes this file.\n"


def remembered() -> Mapping[str, str]:
    """The fields kept of the person, empty when there is no file. Raises InputError when the file is damaged."""
    path = person_file()
    if not path.is_file():
        return {}
    try:
        fields = tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise InputError("person.not_readable", str(path), reason=str(error)) from error
    return {key: value for key in FIELDS if isinstance(value := fields.get(key), str) and value}


def remember(supporter: Supporter) -> None:
    """Keep the person for the next time (mode 0600)."""
    # Checked values hold no control characters, so JSON's strings are TOML's.
    lines = [
        f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key in FIELDS if (value := getattr(supporter, key))
    ]
    write_atomic(person_file(), (HEADER + "".join(lines)).encode())


def forget() -> bool:
    """Delete what is remembered; gives whether there was anything."""
    path = person_file()
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise MachineError("person.not_deleted", str(path), reason=error.strerror) from error
    return True
