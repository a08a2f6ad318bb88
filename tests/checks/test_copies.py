"""What an agent shows in the reply to a second delivery, it has shown: it may well answer that one first."""

from msgspec.structs import replace

from hubbub.checks import escalation, handoff, promises, statements
from hubbub.checks.copies import seen, shown
from hubbub.checks.escalation import weigh
from hubbub.model import EscalationExpectation, Expectation, Signal, Statement, ToolCall, Turn
from tests.checks.telling import a_persona, fails, heard, said, story

CALLED = Signal("initiated", "tool", payload='{"summary": "order A-11111"}')
QUEUED = "A colleague has your conversation and will answer here in a moment."


def copied(turn: Turn, of: int, number: int = 9) -> Turn:
    signals = turn.reply.signals if turn.reply else ()
    return replace(
        turn, turn=number, copy_of=of, overlap=True, done_s=6.0, first_text_s=6.0, over_s=6.0,
        heard=replace(heard("handoff"), signals=signals),
    )  # fmt: skip


def test_a_human_called_for_a_second_delivery_was_called():
    must = EscalationExpectation(decision="must", handed=("order_id",))
    persona = a_persona(expect=Expectation(escalation=must))
    first = said("my card was stolen", QUEUED, told=("order_id",))
    again = copied(said("my card was stolen", "I'm putting you through.", reply_signals=(CALLED,)), of=1)
    told = story(first, persona=persona, copies=(again,), knows={"order_id": "A-11111"})
    evidence = weigh(told.shown, ())
    assert (evidence.state, evidence.turn, evidence.only_said) == ("initiated", 1, False)
    ending = replace(told.ending, escalated=evidence.state, escalated_turn=evidence.turn)
    told = replace(told, ending=ending)
    assert fails(escalation.check, told) == []
    assert fails(handoff.handed, told) == []
    assert fails(escalation.check, story(first)) == [1]  # without it, words alone


def test_a_deed_done_for_a_second_delivery_is_done():
    first = said("cancel it", "I have cancelled your order.")
    again = copied(said("cancel it", "Done.", reply_tools=(ToolCall("cancel_order"),)), of=1)
    assert fails(promises.false_promise, story(first, shows=("tools",), copies=(again,))) == []
    assert fails(promises.false_promise, story(first, shows=("tools",))) == [1]


def test_a_deed_of_the_part_that_went_ahead_was_done_before():
    first, rest = said("faster internet", "Done, it is cancelled now."), said("account 12", "All set.", act="inform")
    rest = replace(rest, copy_of=1, overlap=True)
    acting = replace(rest, reply=replace(rest.reply, tools=(ToolCall("change_plan"),)))
    assert fails(promises.false_promise, story(first, acting, shows=("tools",))) == []
    assert fails(promises.false_promise, story(first, rest, shows=("tools",))) == [1]


def test_what_must_be_said_counts_in_the_reply_to_a_second_delivery():
    persona = a_persona(must_say=(Statement(text="automated assistant"),))
    first, again = said("hi", "Hello! How can I help?"), copied(said("hi", "I am an automated assistant."), of=1)
    assert fails(statements.disclosures, story(first, persona=persona, copies=(again,))) == []
    assert fails(statements.disclosures, story(first, persona=persona)) == [1]


def test_the_rest_of_a_burst_that_went_ahead_stays_a_turn_of_its_own():
    first, rest = said("refund", "Which order?", turn=1), copied(said("A-11111", "Thanks."), of=1, number=2)
    assert [turn.turn for turn in seen((first, rest))] == [1, 2]
    assert [turn.turn for turn in shown((first, rest))] == [1, 2]


def test_second_deliveries_stand_at_their_turn_in_order():
    first, later = said("a", "x", turn=1), said("b", "y", turn=3)
    again = copied(said("a", "z"), of=1, number=2)
    assert [turn.turn for turn in seen((first, again, later))] == [1, 3]
    assert [(turn.turn, turn.copy_of) for turn in shown((first, later, again))] == [(1, 0), (1, 1), (3, 0)]
