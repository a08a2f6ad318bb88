import pytest

from hubbub.reference_agent import slots
from hubbub.reference_agent.brain import _READER as READER


def told(text: str, *waiting_for: str, needs: tuple[str, ...] = ()) -> dict[str, str]:
    return slots.told(READER.read(text), waiting_for, needs)


@pytest.mark.parametrize(
    ("text", "slot", "value"),
    [
        ("it's A-48213", "order_id", "A-48213"),
        ("order a-48213 please", "order_id", "A-48213"),
        ("my order #77123", "order_id", "77123"),
        ("its jo.b+x@example.com ok", "email", "jo.b+x@example.com"),
        ("call +1 202-555-0112", "phone", "+1 202-555-0112"),
        ("(202) 555-0112", "phone", "(202) 555-0112"),
        ("text me on (08) 5550 1570", "phone", "(08) 5550 1570"),
        ("my number is 011 1637 5695", "phone", "011 1637 5695"),
        ("phone number 2025550112", "phone", "2025550112"),
        ("07700900123 is my number, please add it to the order", "phone", "07700900123"),
        ("order number 2025550112", "order_id", "2025550112"),
        ("my card ending in 4421", "card_last4", "4421"),
        ("charged $1,250.50 yesterday", "amount", "1250.50"),
        ("350 dollars", "amount", "350"),
        ("my name is Jane Miller", "name", "Jane Miller"),
        ("my air fryer is broken", "item", "air fryer"),
        ("my rice cooker is broken", "item", "rice cooker"),
        ("the unlimited plan", "plan", "unlimited"),
        ("12 Elm Street, Springfield", "address", "12 Elm Street, Springfield"),
        ("account AC-99812", "account_id", "AC-99812"),
        ("I live at SW1A 1AA", "postcode", "SW1A 1AA"),
    ],
)
def test_a_value_is_found_where_it_was_told(text: str, slot: str, value: str):
    assert told(text)[slot] == value


@pytest.mark.parametrize(
    ("text", "slot", "value"),
    [
        ("4421", "card_last4", "4421"),
        ("90210", "postcode", "90210"),
        ("48213377", "order_id", "48213377"),
        ("49.99", "amount", "49.99"),
        ("Jane Miller", "name", "Jane Miller"),
        ("the garden gnome", "item", "garden gnome"),
        ("5550112233", "phone", "5550112233"),
        ("Flat 3, Rosewood House, Leeds", "address", "Flat 3, Rosewood House, Leeds"),
    ],
)
def test_a_bare_value_is_what_was_asked_for(text: str, slot: str, value: str):
    assert told(text, slot)[slot] == value


def test_a_name_beside_an_order_is_no_street():
    assert told("A-67422 and my name is Ann Lee", "order_id") == {"order_id": "A-67422", "name": "Ann Lee"}


def test_of_an_order_or_a_telephone_number_the_shorter_is_the_orders():
    assert told("4218845", "order_id", "email", "phone") == {"order_id": "4218845"}
    assert told("2025550112", "order_id", "email", "phone")["phone"] == "2025550112"


def test_a_way_to_be_reached_is_no_thing_however_it_is_spelt():
    assert told("my mobiel is 2025550112") == {}
    assert told("my emial is jo@example.com") == {"email": "jo@example.com"}


def test_a_reference_is_for_what_the_intent_needs():
    assert told("AC-99812", needs=("account_id", "phone")) == {"account_id": "AC-99812"}


def test_the_digits_of_a_card_are_not_an_amount():
    assert told("it ends in 0169", "card_last4", "amount") == {"card_last4": "0169"}


def test_a_question_is_not_taken_for_a_name():
    assert "name" not in told("why do you need that?", "name")
    assert "name" not in told("dont know", "name")


@pytest.mark.parametrize("text", ["I don't have it", "no idea", "not sure", "cant find it", "I'd rather not say"])
def test_not_having_it_is_a_refusal(text: str):
    assert slots.refuses(READER.read(text))


@pytest.mark.parametrize("text", ["my namme is Ann Lee", "my ordr is late", "my acount is blocked"])
def test_a_word_with_a_typing_error_is_no_thing_that_can_be_bought(text: str):
    assert "item" not in told(text)


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("bread slicer. Sorry for the delay", "bread slicer"),
        ("the bread slicer from last week", "bread slicer"),
        ("I bought the bread slicer the other day", "bread slicer"),
    ],
)
def test_when_a_thing_was_bought_belongs_to_no_name_of_it(text: str, item: str):
    assert told(text, "item")["item"] == item
