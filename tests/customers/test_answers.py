"""What answers a customer's question, and what it says again when it is asked."""

import pytest

from hubbub.customers import agenda
from hubbub.customers.mind import Mind
from hubbub.model import Fact, Goal, Heard, Say
from tests.customers.people import customer


def test_who_comes_back_and_is_asked_says_again_what_it_told():
    later = (Goal(intent="track_order", after_s=5, channel="web-chat"),)
    who = customer(goal=Goal(intent="track_order", tells=("order_id",)), then=later)
    mind = Mind(turn=6, opened=True, goal=1, told=("order_id",), last=Say("ask", (), "resumed"))
    step = agenda.next_move(who, mind, Heard(("request",)), 1.0)
    assert isinstance(step.move, Say)
    assert (step.move.act, step.move.told) == ("rephrase", ("order_id",))


@pytest.mark.parametrize(
    ("facts", "heard", "learned"),
    [
        ({"plan": Fact(enum=("basic", "plus"))}, Heard(("inform", "req_more")), True),
        ({"plan": Fact(truth=True)}, Heard(("inform",)), True),
        ({}, Heard(("inform",)), True),
        ({"plan": Fact(enum=("basic", "plus"))}, Heard(("inform", "request"), asked=("item",)), False),
        ({"plan": Fact(enum=("basic", "plus"))}, Heard(("fallback", "inform")), False),
        ({"plan": Fact(money=5.0)}, Heard(("inform",)), False),
    ],
)
def test_words_answer_a_question_whose_answer_is_no_number(facts, heard, learned):
    who = customer(goal=Goal(intent="track_order", asks=("plan",)), facts=facts)
    put = Mind(turn=4, opened=True, agenda=(("ask", "plan"),), put=(("plan", 1),), last=Say("ask", (), "plan"))
    assert ("plan" in agenda.next_move(who, put, heard, 1.0).mind.learned) == learned
