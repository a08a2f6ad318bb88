"""Claims about people in replies: who only delivers, visits, works or is consulted hands nobody over."""

import pytest

from hubbub.customers.hearing import Ear

EAR = Ear("en", {}, ())


@pytest.mark.parametrize(
    "text",
    [
        "Your courier will ring you a quarter of an hour before the drop.",
        "You'll get a text from the driver on the morning.",
        "I checked with my supervisor and the fee stays.",
        "Asked the manager, and she approved it.",
        "A technician will knock at your door between two and four.",
        "The nurse takes you back to the ward afterwards.",
        "Hello there, this is Farida from the gas desk.",
        "Hiya, Tomasz here from Bookings.",
        "I'll let you get on with your evening.",
        "We can do all of that without putting you through to anybody.",
        "I'm closing this chat now.",
        "The fitter will ring you twenty minutes before he gets to you.",
        "You'll receive a call from the ward before your operation.",
        "I'll check with our depot and get back to you within the hour.",
        "I'll book an engineer for you on Monday.",
        "The hotel will contact you about the deposit itself.",
        "I'll take care of this for you.",
        "Your engineer will call before arriving.",
        "Your claim has been passed to the assessor.",
        "I've forwarded your photos to our quality department.",
        "Your documents have been sent to the lab for testing.",
        "Our specialists are working on it.",
        "The claims team will write to you with their decision.",
        "A technician will be with you between eight and ten.",
        "Your driver will text you if he's running late.",
        "Please have your policy number ready.",
        "Nobody from our bank will ever call you to ask for a code, so hang up on anyone who does.",
    ],
)
def test_bystanders_hand_nobody_over(text: str) -> None:
    assert not {"handoff", "offer_handoff"} & set(EAR.hear(text).acts)


@pytest.mark.parametrize(
    "text",
    [
        "Say the word and my colleague takes over.",
        "Reply HELP and an adviser will ring you.",
        "One nod from you and I transfer this chat.",
        "At your request, a specialist will call you.",
        "You can join the queue for an agent by typing AGENT.",
        "To be connected to an adviser, press two.",
        "Someone from our lending team could talk it over with you.",
    ],
)
def test_what_awaits_the_customers_word_is_an_offer(text: str) -> None:
    heard = EAR.hear(text)
    assert "handoff" not in heard.acts
    assert {s.state for s in heard.signals} == {"offered"}


@pytest.mark.parametrize(
    "text",
    [
        "I've passed you on to our night desk, who will see to it if you like their offer.",
        "You're being transferred to an adviser as you asked.",
    ],
)
def test_what_is_under_way_awaits_no_word(text: str) -> None:
    assert {s.state for s in EAR.hear(text).signals} == {"initiated"}


@pytest.mark.parametrize(
    "text",
    [
        "One of the ward sisters will give you a ring tonight.",
        "Our Benedetta from claims will phone you before lunch.",
        "The chat has been accepted by your new agent.",
        "You are number four in the queue.",
        "Your call will be taken by the next free adviser.",
        "An adviser will call you at the scheduled time.",
        "I'll take care of this and pass you over to our night desk.",
        "We'll be in touch as soon as somebody is free.",
        "I've asked our pharmacist to call you back this morning.",
        "Your claim is with our team now, and a colleague will ring you about it.",
        "Your callback is booked for Tuesday at ten.",
        "I've spoken to the ward manager, and she's promised to ring you by six.",
        "You asked for a person, so we're matching you with one now.",
    ],
)
def test_who_will_ring_or_has_the_chat_is_a_human_on_the_way(text: str) -> None:
    assert "handoff" in EAR.hear(text).acts


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("Please choose:\n1. Orders\n2. Returns\n3. Talk to an agent", {"request", "offer_handoff"}),
        ("What is it about?\n- My order\n- A refund", {"request"}),
        ("Is that right?\n1. Yes\n2. No", {"confirm"}),
        ("Your booking is confirmed:\n- Flight BA12\n- Seat 4A", {"notify_success"}),
        ("You can do it like this:\n1. Open the app.\n2. Go to Profile.", {"inform"}),
    ],
)
def test_lines_of_a_list_do_nothing_of_their_own_but_offer_people(text: str, acts: set[str]) -> None:
    assert set(EAR.hear(text).acts) == acts
