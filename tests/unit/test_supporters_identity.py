import pytest

from plea.model.people import Supporter
from plea.supporters.identity import folded_email, identity_keys, supporter_id


def person(
    name: str = "José Example", street: str = "12 Main St.", email: str = "", zip_code: str = "05401", latin: str = ""
) -> Supporter:
    return Supporter(name=name, street=street, zip=zip_code, email=email, state="VT", name_latin=latin)


def same(one: Supporter, other: Supporter) -> bool:
    return not set(identity_keys(one)).isdisjoint(identity_keys(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (person(), person("JOSE  EXAMPLE")),
        (person(), person("Example, José")),
        (person(), person("José P. Example")),
        (person("Pat O’Brien"), person("Pat OBrien")),
        (person("Mary-Ann Smith"), person("Mary Ann Smith")),
        (person("Øyvind Łukasz"), person("Oyvind Lukasz")),
        (person("محمّد أحمد"), person("محمد احمد")),
        (person(), person(street="12 Main Street, Apt 3")),
        (person(), person(zip_code="05401-1234")),
        (person(email="jose@example.com"), person(email="Jose+letters@Example.com", street="9 Elm", zip_code="60623")),
        (person(email="j.o.se@gmail.com"), person(email="jose+x@googlemail.com", street="", zip_code="")),
        (person("سلمى", latin="Salma Haddad"), person("Salma Haddad")),
        (person(street="P.O. Box 7"), person(street="PO BOX 7")),
    ],
)
def test_the_same_person(one: Supporter, other: Supporter) -> None:
    assert same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (person(email="home@example.com"), person("Ana Example", email="home@example.com")),
        (person(), person("José Example Jr.")),
        (person(), person(street="14 Main St.")),
        (person(), person(zip_code="05402")),
        (person(), person(street="")),
        (person(email="a@example.com", street=""), person(email="b@example.com", street="")),
        (person(street="Rose Cottage"), person(street="Ivy Cottage")),
        (person(email="jo.se@example.com", street=""), person(email="jose@example.com", street="")),
        (person("A B"), person("C D")),
    ],
)
def test_two_people(one: Supporter, other: Supporter) -> None:
    assert not same(one, other)


def test_people_without_street_or_mail_are_known_by_their_town() -> None:
    assert same(person(street=""), person("JOSÉ EXAMPLE", street=""))
    assert not same(person(street=""), person(street="", zip_code="05402"))


def test_an_id_is_stable_under_spelling() -> None:
    one, twin = (
        identity_keys(person(email="a@example.com")),
        identity_keys(person("JOSE EXAMPLE", email="A+b@example.com")),
    )
    assert supporter_id(one) == supporter_id(twin)
    assert supporter_id(one) != supporter_id(identity_keys(person("Ana", email="a@example.com")))


@pytest.mark.parametrize(
    ("email", "folded"),
    [
        ("A.B+c@Example.COM", "a.b@example.com"),
        ("+tag@example.com", "+tag@example.com"),
        ("A.b@GMAIL.com", "ab@gmail.com"),
    ],
)
def test_mail_addresses_fold(email: str, folded: str) -> None:
    assert folded_email(email) == folded
