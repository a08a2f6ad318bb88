"""What a customer's message is for, by its words."""

import pytest

from hubbub.learning.purposes import purpose_of


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        ("hi there", "greet"),
        ("good morning sir", "greet"),
        ("ok sure", "affirm"),
        ("yes please", "affirm"),
        ("no thanks", "negate"),
        ("nothing else thank you", "negate"),
        ("that's all", "negate"),
        ("thank you so much for your help", "thank"),
        ("ok thanks", "thank"),
        ("bye", "bye"),
        ("have a nice day", "bye"),
        ("are you there", "nudge"),
        ("can i talk to a human", "ask_human"),
        ("where is my order", "detail"),
        ("no i ordered the blue one last week", "detail"),
    ],
)
def test_a_purpose_is_seen(text: str, purpose: str):
    assert purpose_of(text, (), opened=True) == purpose


def test_what_holds_a_value_tells_it():
    assert purpose_of("ok {code_6}", ("code_6",), opened=True) == "told"
    assert purpose_of("my name is {name}", ("name",), opened=True) == "told"
