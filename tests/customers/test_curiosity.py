"""Who is served may wonder about something more: how long it takes, what it costs, and never about the same twice."""

import pytest

from hubbub.customers import agenda
from hubbub.customers.curiosity import is_query
from hubbub.model import Claim, Goal, Heard, Leave
from tests.customers.people import after, crowd


def wondered(who, claims=(), mind=None):
    """What a customer wonders about on the way to goodbye, in order, told these claims in every reply."""
    step, about = after(who, Heard(("notify_success", "req_more"), claims=claims), mind=mind), []
    while not isinstance(step.move, Leave):
        about += [step.move.about] if step.move.act == "ask" else []
        heard = Heard(("inform", "req_more"), chars=step.mind.turn, claims=claims)
        step = agenda.next_move(who, step.mind, heard, 1.0)
    return [one for one in about if one.startswith("more")]


def test_nobody_wonders_about_the_same_thing_twice():
    found = [wondered(who) for who in crowd(300, goal=Goal(intent="cancel_order"))]
    assert all(len(set(about)) == len(about) for about in found)
    assert max(map(len, found)) == 2


def test_nobody_wonders_about_what_the_reply_has_just_said():
    told = (Claim("days", "3 to 5 days", 3.0, 5.0), Claim("money", "USD 2.50", 2.5, 2.5))
    people = crowd(100, goal=Goal(intent="cancel_contract"))
    assert {one for who in people for one in wondered(who, told)} == {"more_steps"}
    assert {one for who in people for one in wondered(who, told[:1])} == {"more_cost", "more_steps"}


def test_nobody_wonders_about_what_it_came_to_ask():
    people = crowd(100, goal=Goal(intent="sim_replacement", asks=("sim_eta",)))
    assert {one for who in people for one in wondered(who)} == {"more_cost", "more_steps"}


@pytest.mark.parametrize("intent", ["complaint", "get_refund", "report_fraud", "warranty_claim", "cancel_order"])
def test_nobody_wonders_what_a_complaint_or_a_cancelled_order_costs(intent):
    people = crowd(100, goal=Goal(intent=intent))
    assert {one for who in people for one in wondered(who)} == {"more_time", "more_steps"}


@pytest.mark.parametrize(
    ("intent", "query"),
    [("track_order", True), ("check_balance", True), ("get_test_results", True), ("cancel_order", False), ("x", False)],
)
def test_a_question_is_told_from_a_request_by_its_name(intent, query):
    assert is_query(intent) is query


def test_nobody_wonders_what_was_told_earlier_on():
    told = Heard(("request",), asked=("email",), claims=(Claim("days", "3 to 5 days", 3.0, 5.0),))
    for who in crowd(100, goal=Goal(intent="cancel_order")):
        assert "more_time" not in wondered(who, mind=after(who, told).mind)


def test_nobody_wonders_when_a_question_is_through():
    assert "more_time" not in {one for who in crowd(100, goal=Goal(intent="track_order")) for one in wondered(who)}
