"""An official whom the person names: `us-senator:Jane Doe`. No directory is asked."""

import re

from plea.machine.files import slug
from plea.model import Office, Official, Place, Problem
from plea.officials.roles import Role

SUFFIX = re.compile(r",?\s+(Jr\.?|Sr\.?|II|III|IV|MP|M\.P\.)$", re.IGNORECASE)
INITIAL = re.compile(r"\w\.?")
TWO_WORDS = 2


def named_official(role: Role, name: str, place: Place, where: str) -> Official | Problem:
    """The holder of a role by name, at the role's own address; a problem when the role has none or the name is empty."""
