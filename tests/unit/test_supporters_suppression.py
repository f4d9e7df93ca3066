import re
import stat
from pathlib import Path

import pytest

from plea import language
from plea.errors import InputError
from plea.model.people import Signer, Supporter
from plea.supporters.suppression import Suppression, load_key, load_suppression, write_hashes

KEY = b"k" * 32


def signer(**fields: str) -> Signer:
    alex = {"name": "Alex Example", "street": "12 Main St.", "city": "Burlington", "state": "VT", "zip": "05401"}
    return Signer(1, "id", Supporter(**{**alex, **fields}), None, ())  # type: ignore[arg-type]


def suppression(tmp_path: Path, text: str, key: bytes = KEY) -> Suppression:
    path = tmp_path / "suppress.csv"
    path.write_text(text)
    return load_suppression(path, key)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("email\nALEX+x@example.com\n", {"email": "alex@example.com", "name": "Somebody Else"}),
        ("E-mail\na.lex@gmail.com\n", {"email": "alex@gmail.com"}),
        ('name,zip\n"EXAMPLE, Alex",05401\n', {}),
        ("name,zip\nAlex Example,5401\n", {"street": "9 Elm", "zip": "05401-1234"}),
        ("first name,last name,city,state\nAlex,Example,BURLINGTON,Vermont\n", {"zip": ""}),
        ("name,street,zip\nAlex Example,12 Main Street,05401\n", {}),
        ("name,zip\nSalma Haddad,05401\n", {"name": "سلمى حداد", "name_latin": "Salma Haddad"}),
    ],
)
def test_who_is_named(tmp_path: Path, text: str, fields: dict[str, str]) -> None:
    assert suppression(tmp_path, text).names(signer(**fields))


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("email\nalex@example.com\n", {}),
        ("email\nalex@example.com\n", {"email": "alex@example.org"}),
        ("name,zip\nAlex Example,05402\n", {}),
        ("name,street,zip\nAlex Example,14 Main Street,05401\n", {}),
        ("name,city,state\nAlex Example,Burlington,NY\n", {}),
        ("name,zip\n", {}),
    ],
)
def test_who_is_not(tmp_path: Path, text: str, fields: dict[str, str]) -> None:
    assert not suppression(tmp_path, text).names(signer(**fields))


def test_no_list_names_nobody(tmp_path: Path) -> None:
    assert not load_suppression(tmp_path / "none.csv", KEY).names(signer())


def test_a_row_that_names_nobody_is_not_passed_over(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        suppression(tmp_path, "email,name,zip\na@example.com,,\n,Alex,\nalex,,\n")
    assert language.line(caught.value.problem).endswith("suppress.csv: rows 2 and 3 do not say who they are")
    with pytest.raises(InputError, match=r"suppression\.names_nobody_often"):
        suppression(tmp_path, "email,name,zip\n" + ",Alex,\n" * 9)


def test_an_erased_person_stays_suppressed_and_nothing_tells_who(tmp_path: Path) -> None:
    path = tmp_path / "suppress.csv"
    listed = suppression(tmp_path, "email,name,zip\nalex@example.com,,\n,Sam Sample,60623\n")
    write_hashes(path, listed, [signer(name="Ana Ejemplo", email="ana@example.com").supporter])
    assert re.fullmatch(r"hash\n([0-9a-f]{64}\n){6}", path.read_text())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    again = load_suppression(path, KEY)
    assert again.names(signer(email="Alex@example.com"))
    assert again.names(signer(name="Sam Sample", zip="60623", state="IL"))
    assert again.names(signer(name="ANA EJEMPLO", street="12 Main"))
    assert not again.names(signer())
    assert not load_suppression(path, b"o" * 32).names(signer(email="alex@example.com"))


def test_hashes_and_names_may_stand_in_one_list(tmp_path: Path) -> None:
    write_hashes(tmp_path / "suppress.csv", Suppression(KEY, frozenset()), [signer(email="a@example.com").supporter])
    one = (tmp_path / "suppress.csv").read_text().splitlines()[1]
    mixed = suppression(tmp_path, f"email,hash\nb@example.com,\n,{one}\n")
    assert mixed.names(signer(email="b@example.com"))
    assert len(mixed.hashes) == 2


def test_the_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "suppression.key"
    key = load_key(path)
    assert len(key) == 32
    assert load_key(path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load_key(tmp_path / "other.key") != key


@pytest.mark.parametrize("content", ["", "zz", "ab" * 31])
def test_a_damaged_key_is_not_replaced(tmp_path: Path, content: str) -> None:
    (tmp_path / "key").write_text(content)
    with pytest.raises(InputError, match=r"suppression\.no_key"):
        load_key(tmp_path / "key")
