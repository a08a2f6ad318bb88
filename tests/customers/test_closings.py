"""The way to goodbye: what wants an answer is answered, and what was said is not said again."""

import pytest

from hubbub.customers import agenda
from hubbub.model import Claim, Goal, Heard, Leave, Say
from tests.customers.people import after, crowd, customer


@pytest.mark.parametrize("question", ["req_more", "request", "confirm", "offer"])
def test_nobody_nods_to_a_question(question):
    for who in crowd(100, goal=Goal(intent="cancel_order")):
        step = after(who, Heard(("notify_success", "req_more")))
        for chars in range(8):
            step = agenda.next_move(who, step.mind, Heard((question,), chars=chars), 1.0)
            if isinstance(step.move, Leave):
                break
            assert step.move.about != "noted"


def test_who_has_parted_already_answers_a_goodbye_with_a_word():
    for who in crowd(60, goal=Goal(intent="cancel_order")):
        step = after(who, Heard(("notify_success", "req_more")))
        while not isinstance(step.move, Leave) and step.move.act not in ("thank", "deny"):
            step = agenda.next_move(who, step.mind, Heard(("inform", "req_more"), chars=step.mind.turn), 1.0)
        if isinstance(step.move, Say):
            end = agenda.next_move(who, step.mind, Heard(("goodbye",)), 1.0).move
            assert isinstance(end, Leave)
            assert end.parting in (None, Say("thank", about="last"), Say("bye"))


def test_a_question_that_was_answered_is_not_asked_to_be_done():
    answer = Heard(("inform", "req_more"), claims=(Claim("days", "3 days", 3, 3),))
    for who in crowd(60, goal=Goal(intent="track_order")):
        step = after(who, answer)
        assert isinstance(step.move, Leave) or step.move.about != "track_order"
        assert step.mind.done
    for who in crowd(20, goal=Goal(intent="cancel_order")):
        assert after(who, answer).move == Say("ask", about="cancel_order")


def test_whether_it_is_done_is_asked_again_when_it_is_not_understood():
    who = customer(goal=Goal(intent="cancel_order"))
    step = after(who, Heard(("inform",)), Heard(("fallback",)))
    assert step.move == Say("ask", about="cancel_order")


def test_nobody_nods_to_who_has_not_understood_nor_gives_an_address_instead():
    for who in crowd(100, goal=Goal(intent="cancel_order")):
        step = after(who, Heard(("notify_success", "req_more")), Heard(("apologise", "fallback"), chars=3))
        assert isinstance(step.move, Leave) or step.move.about not in ("noted", "contact")


def test_nobody_thanks_for_a_refusal_nor_parts_while_what_it_told_was_not_understood():
    for who in crowd(100, goal=Goal(intent="cancel_order")):
        served = after(who, Heard(("notify_success", "req_more")))
        if isinstance(served.move, Leave):
            continue
        refused = agenda.next_move(who, served.mind, Heard(("refuse",)), 1.0).move
        assert isinstance(refused, Leave) or refused.act not in ("thank", "bye", "confirm")
        told = agenda.next_move(who, served.mind, Heard(("request",), asked=("name",)), 1.0)
        if isinstance(told.move, Say) and told.move.act == "inform":
            lost = agenda.next_move(who, told.mind, Heard(("fallback",)), 1.0).move
            assert lost == Say("rephrase", told.move.told, "cancel_order")
