"""Posts that can be written to without knowing who holds them; the directory fills in the holder where it knows one."""

from collections.abc import Mapping

from plea.model import Official
from plea.officials.roles import Role, roles


def posts() -> Mapping[str, Official]:
    """The built-in posts by id, which is the key of their role; each has the one office of its role."""
    return {key: _post(role) for key, role in roles().items() if role.scope == "post"}


def post(key: str) -> Official | None:
    """The post of that id without its holder, or None."""
    found = roles().get(key)
    return _post(found) if found is not None and found.scope == "post" else None


def _post(role: Role) -> Official:
    division = "ocd-division/country:us" if role.key.startswith("us-") else ""
    return Official(
        id=role.key,
        role=role.key,
        division=division,
        offices=(role.address,) if role.address else (),
        source="built in",
    )
