import pytest

from plea import language
from plea.errors import UsageError
from plea.model.officials import Office, Official
from plea.officials.recipients import choose_office, choose_offices

CAPITOL = Office("w-capitol", "capitol")
NEAR, FAR = Office("w-burlington", "district"), Office("w-rutland", "district")
WELCH = Official("w", "us-senator", "Peter Welch", offices=(FAR, CAPITOL, NEAR))
OTHER = Official(
    "s", "us-senator", "Bernard Sanders", offices=(Office("s-capitol", "capitol"), Office("s-b", "district"))
)
POST = Official("us-president", "us-president", offices=(Office("us-president-capitol", "capitol"),))


def nearest(official: Official) -> Office:
    return next(office for office in reversed(official.offices) if office.kind == "district")


@pytest.mark.parametrize(
    ("choice", "office"), [("nearest", NEAR), ("capitol", CAPITOL), ("w-rutland", FAR), ("w-capitol", CAPITOL)]
)
def test_an_office_is_chosen_by_word_or_by_id(choice: str, office: Office) -> None:
    assert choose_office(WELCH, choice, nearest) is office


def test_a_post_has_one_office_and_nobody_is_asked_where_it_is() -> None:
    assert choose_office(POST, "nearest", nearest).id == "us-president-capitol"


def test_an_id_settles_it_for_its_official_alone() -> None:
    chosen = choose_offices([WELCH, OTHER, POST], "w-rutland", nearest)
    assert {key: office.id for key, office in chosen.items()} == {
        "w": "w-rutland",
        "s": "s-b",
        "us-president": "us-president-capitol",
    }


def test_an_unknown_office_is_wrong_usage_and_the_known_ones_are_named() -> None:
    with pytest.raises(UsageError, match=r"office\.unknown") as caught:
        choose_offices([WELCH, OTHER], "w-montpelier", nearest)
    assert "w-rutland, w-capitol, w-burlington, s-capitol, and s-b" in language.hint(caught.value.problem)
    with pytest.raises(UsageError, match=r"office\.not_of_official"):
        choose_office(WELCH, "s-b", nearest)
