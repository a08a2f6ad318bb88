"""What a customer says of itself unasked: only what it owns, each once, and nothing for who tells what it is asked."""

from hubbub.customers import agenda
from hubbub.customers.mind import Mind
from hubbub.customers.wording import word
from hubbub.model import Goal, Heard, Leave, Manner, Say
from tests.customers.people import after, crowd

GOAL = Goal(intent="get_refund")
ASKED = Heard(("request",), ("order_id",))


def added(who):
    """The ways to be reached that a customer adds once it is served, in order."""
    step, told = after(who, Heard(("notify_success", "req_more"))), []
    while not isinstance(step.move, Leave):
        told += step.move.told if step.move.about == "contact" else ()
        step = agenda.next_move(who, step.mind, Heard(("inform", "req_more"), chars=step.mind.turn), 1.0)
    return told


def test_ways_to_be_reached_are_told_once_each_and_only_those_it_has():
    people = crowd(200, goal=GOAL)
    found = [(who, added(who)) for who in people]
    assert all(len(set(told)) == len(told) and set(told) <= set(who.knows) for who, told in found)
    assert 0.5 < sum(bool(told) for _, told in found) / len(found) < 0.99


def test_who_tells_only_what_it_is_asked_for_adds_nothing():
    reticent = crowd(100, goal=GOAL, manner=Manner(disclosure="when_asked"))
    assert not any(added(who) for who in reticent)
    assert all(after(who, ASKED).move.told == ("order_id",) for who in reticent)


def test_many_add_who_they_are_to_the_first_answer():
    named = [after(who, ASKED).move.told == ("order_id", "name") for who in crowd(300)]
    assert 0.7 < sum(named) / len(named) < 0.9


def test_who_keeps_back_what_was_asked_for_adds_no_name_instead():
    for who in crowd(100):
        step = after(who, Heard(("request",), ("order_id", "item")))
        assert "name" not in step.move.told or {"order_id", "item"} <= set(step.mind.told)


def test_a_way_to_be_reached_comes_with_what_it_is_for():
    for who in crowd(100):
        text = " ".join(word(who, Mind(turn=5, opened=True, done=True), Say("inform", ("email",), "contact")))
        assert who.knows["email"] in text
        assert text.rstrip(".") != who.knows["email"]
