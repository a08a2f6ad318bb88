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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "8 Taylor Corso, St. Olivia, VIC, 2595, is that enough?",
            {"address": "8 Taylor Corso, St. Olivia, VIC, 2595"},
        ),
        ("12 Elm Street, Leeds, I am Ann Lee", {"address": "12 Elm Street, Leeds", "name": "Ann Lee"}),
        ("12 Elm Street, Leeds, name Ann Lee", {"address": "12 Elm Street, Leeds", "name": "Ann Lee"}),
        ("12 Elm Street, Leeds. My e-mail is a@b.example", {"address": "12 Elm Street, Leeds", "email": "a@b.example"}),
        ("12 Elm Street, Leeds, nae Ann Lee", {"address": "12 Elm Street, Leeds"}),
        ("Apt. 336 49 Smith Underpass, Lake Hill", {"address": "Apt. 336 49 Smith Underpass, Lake Hill"}),
    ],
)
def test_what_is_said_after_an_address_is_no_part_of_it(text: str, found: dict[str, str]):
    assert told(text, "address") == found


def test_a_telephone_number_is_no_street():
    assert told("you can call 713 555 0120 for any questions") == {"phone": "713 555 0120"}


@pytest.mark.parametrize(
    ("text", "slot"),
    [
        ("account H4532691. no idea about the order number", "account_id"),
        ("order A-11111, I have no account", "order_id"),
        ("my account is open, the order is A-11111", "order_id"),
        ("H4532691 is my account", "account_id"),
    ],
)
def test_a_number_is_what_it_is_called_next_to_it(text: str, slot: str):
    assert set(told(text)) == {slot}


def test_a_number_that_is_called_nothing_is_what_the_industry_goes_by():
    read = READER.read("here you are: H4532691")
    assert slots.told(read, (), (), "account_id") == {"account_id": "H4532691"}
    assert slots.told(read, (), ()) == {"order_id": "H4532691"}


@pytest.mark.parametrize(
    "text",
    ["Ann Lee order no A-11111", "order number A-11111, naame Ann Lee", "A-11111 Ann Lee", "Ann Lee, A-11111"],
)
def test_a_name_beside_a_number_is_heard_whether_or_not_it_is_asked_for(text: str):
    assert told(text, "order_id") == {"order_id": "A-11111", "name": "Ann Lee"}


@pytest.mark.parametrize("text", ["A-11111. Kind Regards", "Good Morning, A-11111", "A-11111 Thank You"])
def test_a_greeting_beside_a_number_is_no_name(text: str):
    assert told(text, "order_id") == {"order_id": "A-11111"}


def test_the_digits_of_a_card_are_no_amount_when_both_are_asked_for():
    assert told("9911", "card_last4", "amount") == {"card_last4": "9911"}
    assert told("99.11", "card_last4", "amount") == {"amount": "99.11"}
    assert told("9911", "amount") == {"amount": "9911"}


def test_no_value_is_longer_than_one_would_say():
    assert len(told("12 " + "Elm " * 4 + "Street, " + "Leeds " * 500, "address")["address"]) == 120


@pytest.mark.parametrize("text", ["Name Ann Lee, lasst 4 digits 0895", "4 digits 0895", "there are 2 lights out"])
def test_so_many_of_anything_is_no_street(text: str):
    assert "address" not in told(text)


def test_the_part_of_a_house_is_kept():
    assert told("1/57 Ferrell Way, Leeds", "address") == {"address": "1/57 Ferrell Way, Leeds"}


def test_a_name_and_whether_that_is_enough_is_a_name():
    assert told("sure. Juan Howe, is that enough?", "name") == {"name": "Juan Howe"}


@pytest.mark.parametrize("text", ["acconut number U7619159", "accounnt U7619159"])
def test_a_mistyped_account_is_one(text: str):
    assert told(text) == {"account_id": "U7619159"}


def test_an_account_before_an_address_is_no_part_of_it():
    found = told("U1303983, address 90/167 Steven Rotary, Lopezfort", "account_id", "address")
    assert found == {"address": "90/167 Steven Rotary, Lopezfort", "account_id": "U1303983"}
