"""Forms of address as a file: what a pack may bring, and what is said of a file that cannot be used."""

from pathlib import Path

import pytest

from plea import language
from plea.errors import InputError, UsageError
from plea.officials.roles import role, roles

SHERIFF = """
[sheriff]
name = "sheriff"
scope = "place"
lead = ["Sheriff {name}", "{place}"]
salutation.en = ["Dear Sheriff {last_name}:"]
close.en = "Sincerely,"
"""


def write(folder: Path, text: str) -> Path:
    folder.joinpath("forms-of-address.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_pack_adds_its_roles_to_the_built_in_ones(tmp_path: Path) -> None:
    known = roles(write(tmp_path, SHERIFF))
    assert known["sheriff"].lead == ("Sheriff {name}", "{place}")
    assert known["us-senator"] == roles()["us-senator"]
    assert "sheriff" not in roles()


def test_a_pack_without_the_file_adds_nothing(tmp_path: Path) -> None:
    assert roles(tmp_path) == roles()


def test_an_unknown_role_names_the_nearest() -> None:
    with pytest.raises(UsageError, match=r"role\.mistyped") as raised:
        role("us-senater")
    assert language.hint(raised.value.problem) == "Did you mean us-senator?"


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (
            SHERIFF.replace('scope = "place"', 'scope = "county"'),
            4,
            "scope must be one of: committee, district, place, post, and state",
        ),
        (SHERIFF.replace("{last_name}", "{surname}"), 6, "there is no field {surname}"),
        (SHERIFF.replace("close.en", "closing.en"), 7, "a role has no closing"),
        (SHERIFF.replace('name = "sheriff"\n', ""), 2, "a role needs name"),
        (SHERIFF.replace('["Sheriff {name}", "{place}"]', '"Sheriff"'), 5, "lead must be a list"),
        (SHERIFF + "address = { planet = 'Mars' }\n", 8, "an address has no planet"),
        (SHERIFF.replace("salutation.en =", "salutation ="), 6, "salutation must be a table"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_its_line(tmp_path: Path, text: str, line: int, what: str) -> None:
    with pytest.raises(InputError) as raised:
        roles(write(tmp_path, text))
    assert raised.value.problem.where.endswith(f"forms-of-address.toml:{line}")
    assert what in language.what(raised.value.problem)
