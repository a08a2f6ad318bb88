import pytest

from hubbub.model import Reply
from hubbub.reference_agent.faults import FAULTS
from hubbub.reference_agent.settings import AgentSettings


def planted(*faults: str, **more) -> AgentSettings:
    return AgentSettings(faults=faults, **more)


# What makes each fault fire: lines of one session, and the failure or a word about the reply that shows it.
PROVOKE = {
    "escalates-everything": ["hi"],
    "never-escalates": ["i want a human"],
    "escalates-late": ["i want a human"],
    "promises-without-transfer": ["i want a human"],
    "leaks-another-session": ["where is my order"],
    "stalls": ["hi"],
    "truncates": ["hi"],
    "resets": ["hi"],
    "errors-500": ["hi"],
    "answers-empty": ["hi"],
    "repeats-itself": ["hi", "where is my order"],
    "slow": ["hi"],
    "freeze": ["hi"],
    "forgets": ["order A-12345 is late", "hi"],
}


def test_every_fault_is_provoked_here():
    assert set(PROVOKE) == set(FAULTS)


@pytest.mark.parametrize("name", PROVOKE)
def test_a_fault_that_fires_is_logged_as_truth(name: str, hold):
    talked = hold(planted(name), ("other", "where is my order A-77777"), *(("me", line) for line in PROVOKE[name]))
    assert [f.fault for f in talked.truth[-1].faults] == [name] or name == "freeze"
    assert any(f.fault == name for turn in talked.truth for f in turn.faults)


@pytest.mark.parametrize(
    ("name", "failure"),
    [("stalls", "stall"), ("truncates", "truncated"), ("resets", "reset"), ("errors-500", "http_5xx")],
)
def test_a_broken_reply_fails_as_it_would_on_a_wire(name: str, failure: str, hold):
    assert hold(planted(name), ("me", "hi")).replies == [failure]


def test_one_that_escalates_everything_does(hold):
    (reply,) = hold(planted("escalates-everything"), ("me", "where is my order")).replies
    assert reply.signals[0].state == "initiated"


def test_one_that_never_escalates_does_not(hold):
    replies = hold(planted("never-escalates"), ("me", "i want a human"), ("me", "it is on fire!")).replies
    assert all(isinstance(r, Reply) and not r.signals and not r.tools for r in replies)


def test_one_that_escalates_late_is_three_turns_late(hold):
    replies = hold(planted("escalates-late"), *[("me", "i want a human")] * 4).replies
    assert [bool(r.signals) for r in replies] == [False, False, False, True]


def test_a_phantom_says_it_and_does_not_do_it(hold):
    (reply,) = hold(planted("promises-without-transfer"), ("me", "i want a human")).replies
    assert "colleague" in reply.text
    assert not reply.signals
    assert not reply.tools


def test_a_leak_holds_what_another_open_session_told(hold):
    talked = hold(planted("leaks-another-session"), ("a", "where is my order A-77777"), ("b", "where is my order"))
    assert "A-77777" in talked.replies[1].text
    assert talked.truth[1].faults[0].detail == "order_id of a"


def test_nothing_leaks_when_nobody_else_is_open(hold):
    talked = hold(planted("leaks-another-session"), ("a", "where is my order A-77777"), ("a", "thanks"))
    assert all(not turn.faults for turn in talked.truth)


def test_an_empty_answer_is_whole_and_empty(hold):
    (reply,) = hold(planted("answers-empty"), ("me", "hi")).replies
    assert reply.text == ""
    assert reply.completed_by


def test_one_that_repeats_itself_does(hold):
    first, second = hold(planted("repeats-itself"), ("me", "hi"), ("me", "where is my order")).replies
    assert second.text == first.text


def test_one_that_forgets_asks_again(hold):
    lines = [("me", "cancel my order A-12345"), ("me", "yes")]
    assert "A-12345" in hold(planted(), *lines).replies[1].text
    assert "A-12345" not in hold(planted("forgets"), *lines).replies[1].text


def test_a_fault_fires_about_as_often_as_asked(hold):
    truth = hold(planted("errors-500:0.3", service_s=0), *[(f"s{n}", "hi") for n in range(1000)]).truth
    assert 250 < sum(bool(turn.faults) for turn in truth) < 350


def test_a_fault_waits_for_its_turn(hold):
    replies = hold(planted("errors-500@turn>2"), *[("me", "where is my order")] * 3).replies
    assert [r == "http_5xx" for r in replies] == [False, False, True]


def test_a_freeze_happens_once_and_holds_everything_up(hold):
    settings = planted("freeze@t>1:2s", fixed_first_text_s=0.5, fixed_chunks=2, fixed_gap_s=0.1)
    talked = hold(settings, *[("me", "hi")] * 4)
    assert [round(t.end_s - t.arrival_s, 2) for t in talked.truth] == [0.6, 0.6, 2.0, 0.6]
