"""What an author will have meant, where it can be said."""

import pytest

from hubbub.specs.meant import a_number


def test_a_number_with_a_unit_is_told_without_it():
    assert a_number("2 min", "wait_s", share=False) == ": write 120"


@pytest.mark.parametrize(
    ("text", "key", "hint"),
    [
        ("5 to 10", "days", ": write [5, 10]"),
        ("3-5 days", "days", ": write [3, 5]"),
        ("1.5–2 %", "percent", ": write [1.5, 2]"),
        ("5 to 10 weeks", "days", ""),
        ("5 to 10", "turns", ""),
    ],
)
def test_a_range_is_told_as_the_list_of_its_ends(text, key, hint):
    assert a_number(text, key, share=False) == hint


def test_of_a_number_beyond_all_bounds_nothing_is_told():
    assert a_number("9" * 400, "turns", share=False) == ""
