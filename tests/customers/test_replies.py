"""What a customer says to replies that help it on only in part, or not at all."""

from hubbub.customers import agenda
from hubbub.model import Claim, Fact, Goal, Heard, Leave, Manner, Patience, Say, Source
from tests.customers.people import after, crowd, customer, expecting, opened

PATIENT = Patience(turns=60)


def asks(*slots):
    return Heard(("request",), asked=slots)


def moves(people, *heard):
    return [after(who, *heard).move for who in people]


def test_who_has_another_number_to_be_found_by_gives_that_one():
    knows = {"name": Source(faker="name"), "account_id": Source(pattern="H#######")}
    who = customer(knows=knows, goal=Goal(intent="complaint"))
    first, second = after(who, asks("order_id")), after(who, asks("order_id"), asks("order_id"))
    assert (first.move.act, first.move.told, first.move.about) == ("inform", ("account_id",), "order_id")
    assert (second.move.act, second.move.about) == ("deny", "order_id")


def test_a_booking_is_an_order_by_another_name():
    knows = {"booking_id": Source(pattern="TR####")}
    who = customer(knows=knows, goal=Goal(intent="change_booking"))
    move = after(who, asks("order_id")).move
    assert (move.act, move.told, move.about) == ("inform", ("booking_id",), "")


def test_something_wanted_by_no_name_is_answered_by_a_number_not_told_yet():
    who = customer(goal=Goal(intent="get_refund"), manner=Manner(disclosure="when_asked"))
    assert after(who, Heard(("request",))).move.told == ("order_id",)


def test_what_nobody_asked_for_is_told_as_such():
    for move in moves(
        crowd(40, goal=Goal(intent="get_refund", tells=("item", "order_id"))), Heard(("inform",), chars=9)
    ):
        assert move.act != "inform" or (move.about, len(move.told)) == ("unasked", 1)


def test_nobody_puts_the_same_goal_for_ever_when_nothing_comes_of_it():
    for who in crowd(60, patience=PATIENT, manner=Manner(bursts=False)):
        step = opened(who)
        acts = []
        while not isinstance(step.move, Leave) and len(acts) < 40:
            step = agenda.next_move(who, step.mind, Heard(("greet",), chars=len(acts)), 0.5)
            acts.append(step.move.act if isinstance(step.move, Say) else "")
        assert acts.count("rephrase") <= 3
        assert len(acts) < 20


def test_being_asked_what_else_there_is_means_that_it_was_dealt_with():
    who = customer(goal=Goal(intent="get_refund"))
    step = after(who, Heard(("req_more",)))
    assert step.mind.informed == 1
    assert after(who, Heard(("req_more", "fallback"))).mind.informed == 0


def test_when_a_card_comes_is_told_by_its_delivery():
    facts = {"card_eta": Fact(days=(5, 7))}
    who = customer(goal=Goal(intent="card_lost", asks=("card_eta",)), facts=facts)
    sent = Heard(("notify_success",), claims=(Claim("days", "5 to 7 days", 5.0, 7.0, "delivery"),))
    assert after(who, sent).mind.learned == ("card_eta",)


def test_who_is_asked_for_a_yes_gives_it_and_not_its_reason_again():
    asked = 0
    for who in crowd(60, expect=expecting("must", "identity_fraud"), patience=PATIENT):
        step = after(who, Heard(("inform",)), Heard(("inform",), chars=4))
        if step.mind.reasons and not step.mind.done:
            asked += 1
            assert agenda.next_move(who, step.mind, Heard(("confirm",)), 1.0).move == Say("confirm", about="confirm")
    assert asked > 20
