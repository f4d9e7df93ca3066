"""What a spreadsheet does to cells by itself is no correction; everything else is."""

import pytest

from plea.supporters.spreadsheets import same_to_a_spreadsheet


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("05401", "5401"),
        ("00501", "501.0"),
        ("2026-10-03", "10/3/2026"),
        ("2026-10-03", "03.10.2026"),
        ("2026-10-03", "10/3/26"),
        ("2026-10-03", "2026/10/3"),
        ("2026-10-03", "46298"),
        ("6175550100", "6.17555E+09"),
        ("6175550100", "6,1755501E+09"),
        ("José", "JosÃ©"),
        ("Ωmega", "Î©mega"),
        ("a\r\nb", "a\nb"),
        (" Ann ", "Ann"),
    ],
)
def test_a_spreadsheets_own_doing_is_no_change(was: str, now: str) -> None:
    assert same_to_a_spreadsheet(was, now)


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("", "05401"),
        ("05401", "5402"),
        ("05401", ""),
        ("2026-10-03", "10/4/2026"),
        ("2026-10-03", "10/3/2025"),
        ("2026-10-03", "46299"),
        ("6175550100", "6.17555E+10"),
        ("6175550100", "6.2755E+09"),
        ("Jose", "José"),
        ("Ann", "Anne"),
        ("a b", "a  b"),
    ],
)
def test_what_a_person_changed_is_one(was: str, now: str) -> None:
    assert not same_to_a_spreadsheet(was, now)
