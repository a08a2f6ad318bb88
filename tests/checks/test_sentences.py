"""A value is found as a whole, with the words that say what it is of."""

import pytest

from hubbub.checks.sentences import place, sentence_before, sentence_of


@pytest.mark.parametrize(
    ("text", "value", "at"),
    [
        ("in 24 hours, not 4 hours", "4 hours", 17),
        ("in 24 hours", "4 hours", -1),
        ("$1,200", "200", -1),
        ("it is 2.5 days", "5 days", -1),
        ("on march 3, 5 days later", "5 days", 12),
        ("$20", "$20", 0),
    ],
)
def test_the_end_of_a_longer_number_is_no_value(text: str, value: str, at: int) -> None:
    assert place(text, value) == at


def test_a_sentence_ends_where_the_next_begins() -> None:
    text = "hello! it takes 2.5 days. then we write.\nbye"
    assert sentence_of(text, "2.5 days") == "it takes 2.5 days"
    assert sentence_of(text, "7 days") == text
    assert sentence_before(text, "then we write") == "it takes 2.5 days"
    assert sentence_before(text, "hello") == ""


def test_a_value_in_brackets_is_of_the_words_before_them() -> None:
    assert sentence_of("a lamp, or gift wrapping ($4), and bags?", "$4") == "or gift wrapping ($4"
