"""What an author will have meant, where it can be said."""

from hubbub.specs.meant import a_number


def test_a_number_with_a_unit_is_told_without_it():
    assert a_number("2 min", "wait_s", share=False) == ": write 120"


def test_of_a_number_beyond_all_bounds_nothing_is_told():
    assert a_number("9" * 400, "turns", share=False) == ""
