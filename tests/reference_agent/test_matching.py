"""The matter of a message, and the industry that a conversation is in: each is spoken to as its own."""

import pytest

from hubbub.reference_agent.settings import AgentSettings
from hubbub.tongues import LITTLE_WORDS
from tests.reference_agent.conftest import Hold, talk


@pytest.mark.parametrize(
    ("opening", "asks"),
    [
        ("I want to complain about my treatment at the clinic", "account_id"),
        ("I want to complain about my loan", "account_id"),
        ("I want to complain about the courier, my parcel was wet", "order_id"),
        ("I want to complain about my flight", "order_id"),
        ("I want to file a complaint", "email"),
    ],
)
def test_a_complaint_is_asked_for_what_its_industry_goes_by(opening: str, asks: str):
    assert talk(opening)[0].asked[0] == asks


def test_a_traveller_is_asked_for_a_booking():
    assert "booking number" in talk("I want to complain about my flight")[0].reply


def test_a_complaint_is_on_file_under_what_was_told():
    last = talk("I want to complain about my treatment at the clinic", "H4532691")[-1]
    assert "account H4532691" in last.reply
    assert "order" not in last.reply


@pytest.mark.parametrize(
    ("opening", "intent"),
    [
        ("i wanna call off my check-up", "cancel_appointment"),
        ("I am writing about the appointment I can't make", "cancel_appointment"),
        ("can I move my appointment to another day", "change_appointment"),
        ("I need an appointment next week", "book_appointment"),
        ("my flight was delayed overnight and I want compensation", "request_compensation"),
        ("I would like my expenses back for my delayed flight", "request_compensation"),
        ("It's about cancelling our trip", "cancel_booking"),
        ("I need to query card payment from two weeks ago", "dispute_charge"),
        ("i want to pay my bill by direct debit every month", "set_up_direct_debit"),
        ("i wish to return something. paid with my card", "get_refund"),
        ("How do I fix a problem with my wifi", "internet_outage"),
    ],
)
def test_the_matter_is_that_of_the_industry_which_the_words_show(opening: str, intent: str):
    assert talk(opening)[0].memory.intent == intent


def test_to_cancel_it_is_no_matter_until_it_shows_what():
    unclear, clear = talk("I want to cancel my pkan", "I want to cancel my plan")
    assert (unclear.kind, clear.memory.intent) == ("not_understood", "cancel_contract")


def test_a_word_of_another_industry_changes_no_matter():
    talked = talk("I want to report my move", "U8056463", "12 Elm Street, Leeds", "ok", "yes - need move date")
    assert {decision.memory.intent for decision in talked} == {"report_move"}


def test_a_matter_of_another_industry_is_still_taken_up():
    assert talk("where is my order A-11111", "and I want to cancel my contract")[-1].memory.intent == "cancel_contract"


@pytest.mark.parametrize(
    ("lines", "says", "never"),
    [
        (("cancel my contract, account 70325698", "yes", "how much does the contract cost?"), "39.00", "2.50"),
        (("cancel my contract, account 70325698", "yes", "any hidden charges?"), "", "2.50"),
        (("I want to change my flight TR414483, I am Ann Lee", "how much does the change cost?"), "", "2.50"),
        (("I need a new SIM, my number is 07700900123, name Ann Lee", "what does it cost?"), "2.50", "39.00"),
    ],
)
def test_only_facts_of_the_industry_are_stated(lines: tuple[str, ...], says: str, never: str):
    last = talk(*lines)[-1]
    assert last.kind == "informed"
    assert says in last.reply
    assert never not in last.reply


@pytest.mark.parametrize(
    "line",
    ["I want appointment details", "can you send me the appointment confirmation", "is my appointment cancelled now"],
)
def test_who_wants_it_in_writing_is_not_booked_anew(line: str):
    talked = talk("cancel my appointment, account H4532691", line)
    assert talked[-1].actions == ()
    assert talked[-1].memory.intent == "cancel_appointment"


@pytest.mark.parametrize("line", ["the traffic there is horrible", "my wife is away that day", "the rain was bad"])
def test_what_is_said_of_anything_else_is_no_thing_that_was_bought(line: str):
    assert "item" not in talk("I need to cancel my appointment", line)[-1].memory.slots


def test_an_unknown_thing_is_one_where_things_are_bought():
    assert talk("I want my money back, my frobnicator is broken")[0].memory.slots["item"] == "frobnicator"


def test_who_cannot_find_the_number_changes_no_matter():
    talked = talk("I want to cancel my order", "i cant find the order number")
    assert talked[-1].memory.intent == "cancel_order"


@pytest.mark.parametrize(
    ("industry", "intent"),
    [("healthcare", "cancel_appointment"), ("telecom", "cancel_contract"), ("travel", "cancel_booking")],
)
def test_who_works_for_one_industry_knows_what_is_to_be_cancelled(industry: str, intent: str):
    assert talk("I want to cancel it", rooms=(industry,))[0].memory.intent == intent


def test_who_works_for_one_industry_knows_no_other():
    assert talk("where is my order", rooms=("healthcare",))[0].kind == "not_understood"
    assert talk("I want to file a complaint", rooms=("healthcare",))[0].asked[0] == "account_id"


def test_a_lost_session_is_still_one_of_its_industry_and_language(hold: Hold):
    settings = AgentSettings(languages=("de",), industries=("telecom",), faults=("loses-the-session@turn>2",))
    lines = ("Mein Internet geht nicht", "Kundennummer T1234567", "Wie lange dauert das?", "Und wie lange?")
    replies = [reply.text for reply in hold(settings, *(("me", line) for line in lines)).replies]
    assert all(LITTLE_WORDS["de"] & set(reply.lower().split()) for reply in replies)


def test_words_of_two_industries_show_neither_and_a_later_word_settles_it():
    first, second = talk("is my flight leaving as planned", "A traveller's flight, TR009095")
    assert first.memory.intent == "check_flight_status"
    assert second.memory.slots == {"order_id": "TR009095"}


@pytest.mark.parametrize("line", ["I am leaving", "the package", "an order", "back in my account"])
def test_one_common_word_names_no_matter(line: str):
    assert talk(line)[0].memory.intent == ""
