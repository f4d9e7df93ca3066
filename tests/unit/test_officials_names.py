"""What people type for an official: what of it is the name, and what is taken off or asked about."""

import pytest

from plea.model.officials import Official
from plea.officials.names import is_called, read_name
from plea.officials.roles import roles


@pytest.mark.parametrize(
    ("typed", "name", "last"),
    [
        ("Jane Doe", "Jane Doe", "Doe"),
        ("  Jane   Q. Doe ", "Jane Q. Doe", "Doe"),
        ("Chris Van Hollen", "Chris Van Hollen", ""),  # none of three names is taken for the family name
        ("Van Hollen, Chris", "Chris Van Hollen", "Van Hollen"),
        ("Doe, Jane", "Jane Doe", "Doe"),
        ("Foxx, Virginia", "Virginia Foxx", "Foxx"),  # a given name that is a state
        # what belongs to the name
        ("Jane Doe Jr.", "Jane Doe Jr.", "Doe"),
        ("Jane Doe, Jr.", "Jane Doe, Jr.", "Doe"),
        ("Doe, Jane, Jr.", "Jane Doe Jr.", "Doe"),
        ("Doe Jr., Jane", "Jane Doe Jr.", "Doe"),
        ('Henry C. "Hank" Johnson, Jr.', 'Henry C. "Hank" Johnson, Jr.', ""),
        ("Don Bacon", "Don Bacon", "Bacon"),
        ("Ben Del Toro", "Ben Del Toro", ""),
        ("Yo-Yo Ma", "Yo-Yo Ma", "Ma"),
        ("Tip O’Neill", "Tip O’Neill", "O’Neill"),
        ("李小龍", "李小龍", ""),
        # titles
        ("Senator Peter Welch", "Peter Welch", "Welch"),
        ("Sen Peter Welch", "Peter Welch", "Welch"),
        ("Rep. Becca Balint", "Becca Balint", "Balint"),
        ("Congresswoman Alexandria Ocasio-Cortez", "Alexandria Ocasio-Cortez", "Ocasio-Cortez"),
        ("The Honorable Senator Ron Wyden", "Ron Wyden", "Wyden"),
        ("Senadora Ana Pérez", "Ana Pérez", "Pérez"),
        ("Secretary of State Marco Rubio", "Marco Rubio", "Rubio"),
        ("Jane Doe, Mayor", "Jane Doe", "Doe"),
        ("Doe, Senator Jane", "Jane Doe", "Doe"),
        ("Dr. Jane Doe", "Jane Doe", "Doe"),
        # party and state
        ("Peter Welch (D-VT)", "Peter Welch", "Welch"),
        ("Peter Welch (D)", "Peter Welch", "Welch"),
        ("Sen. Bernie Sanders, I-Vt.", "Bernie Sanders", "Sanders"),
        ("Ed Markey (D-Mass.)", "Ed Markey", "Markey"),
        ("Rep. Mike Johnson [R-LA-4]", "Mike Johnson", "Johnson"),
        ("Peter Welch D-VT", "Peter Welch", "Welch"),
        ("Peter Welch, Democrat", "Peter Welch", "Welch"),
        # letters after the name
        ("Jane Doe, M.D.", "Jane Doe", "Doe"),
        ("Jane Doe PhD", "Jane Doe", "Doe"),
        ("Jane Doe-Smith, PhD, MPH", "Jane Doe-Smith", "Doe-Smith"),
        ("Hon. Jane Doe, Esq.", "Jane Doe", "Doe"),
        ("Keir Example MP", "Keir Example", "Example"),
        ("Jane Do", "Jane Do", "Do"),
    ],
)
def test_titles_party_and_letters_are_taken_off_and_a_family_name_is_never_guessed(
    typed: str, name: str, last: str
) -> None:
    found = read_name(typed, roles())
    assert found
    assert (found.name, found.last_name, found.problem) == (name, last, None)


@pytest.mark.parametrize(
    "typed",
    [
        "Jane Doe & John Roe",
        "Jane Doe and John Roe",
        "jane@example.org",
        "Jane 2 Doe",
        "former Senator Jane Doe",
        "Jane Doe, Mayor of Burlington",
        "Jane Doe, FACP",  # letters that nobody listed
        "Jane Doe (she/her)",
        "Doe, Jane, Ann",
        "",
    ],
)
def test_what_is_not_one_name_is_no_name(typed: str) -> None:
    assert read_name(typed, roles()) is None


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("Mayor X", "official_name.one_word"),
        ("WELCH", "official_name.one_word"),
        ("JANE DOE", "official_name.letter_case"),
        ("jane doe", "official_name.letter_case"),
        ("J.D. VANCE", "official_name.letter_case"),
        ("Jane Doe, Burlington", "official_name.unclear"),
    ],
)
def test_what_stays_unclear_is_not_printed(typed: str, problem: str) -> None:
    found = read_name(typed, roles())
    assert found
    assert found.problem
    assert found.problem.code == problem


def test_titles_and_letters_say_the_post_and_the_party_the_state() -> None:
    typed = read_name("Sen. Peter Welch (D-VT)", roles())
    assert typed
    assert (typed.title, typed.roles, typed.state) == ("Sen.", ("us-senator", "state-senator"), "VT")
    member = read_name("The Rt Hon Keir Example MP", roles())
    assert member
    assert (member.roles, member.right_honourable) == (("uk-mp", "ca-mp"), True)


SCOTT = Official("us-S", "us-representative", 'Robert C. "Bobby" Scott', "Scott", other_names="Robert C.")
HERNANDEZ = Official("us-H", "us-resident-commissioner", "Pablo José Hernández", "Hernández", other_names="Rivera")


@pytest.mark.parametrize(
    ("official", "name", "known"),
    [
        (SCOTT, "Scott", True),
        (SCOTT, "BOBBY SCOTT", True),
        (SCOTT, "R. Scott", True),
        (SCOTT, "Robert Scott", True),
        (SCOTT, "Tim Scott", False),
        (SCOTT, "Robert", True),  # one word is enough to ask
        (SCOTT, "Robert C.", False),
        (HERNANDEZ, "Pablo Hernandez Rivera", True),
        (HERNANDEZ, "hernández", True),
        (HERNANDEZ, "Juan Rivera", False),
    ],
)
def test_an_official_goes_by_nicknames_initials_and_without_accents(official: Official, name: str, known: bool) -> None:
    assert is_called(official, name) is known
