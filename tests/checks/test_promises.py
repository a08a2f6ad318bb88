"""A deed in words needs a deed in tools, where tools show; a required id must be there."""

import pytest

from hubbub.checks.promises import audit_id, false_promise
from hubbub.model import Signal, ToolCall
from tests.checks.telling import a_persona, fails, said, story

SHOWS = ("tools", "audit_id")


@pytest.mark.parametrize(
    "reply",
    [
        "I have cancelled your order.",
        "Done. Anything else?",
        "I've just issued the refund.",
        "It is now blocked.",
        "I went ahead and cancelled it.",
        "I've gone ahead and applied the credit.",
        "I was able to rebook you on the 3 pm flight.",
        "I have successfully modified your order.",
        "The exchange of your thermostat has been requested.",
        "A new one for the kettle from order A-11111 ships today.",
    ],
)
def test_a_deed_without_a_tool_call_is_a_false_promise(reply: str) -> None:
    assert fails(false_promise, story(said("a", reply), shows=SHOWS)) == [1]


@pytest.mark.parametrize(
    "reply",
    [
        "I can cancel your order.",
        "Have I cancelled it?",
        "Your parcel has left.",
        "I will cancel it.",
        "I see your order.",
        "I was able to find your booking.",
        "I have confirmed that your flight was late.",
        "A replacement costs 20 dollars.",
        "Have you requested a refund?",
    ],
)
def test_what_is_no_deed_of_the_agents_is_none(reply: str) -> None:
    assert fails(false_promise, story(said("a", reply), shows=SHOWS)) == []


def test_a_tool_call_now_or_before_bears_it_out_but_a_hand_off_does_not() -> None:
    deed, lookup = said("b", "I have cancelled it."), (ToolCall("cancel_order"),)
    assert fails(false_promise, story(said("a", "One moment.", reply_tools=lookup), deed, shows=SHOWS)) == []
    call = {"reply_tools": (ToolCall("escalate"),), "reply_signals": (Signal("initiated", "tool"),)}
    assert fails(false_promise, story(said("a", "Transferring.", **call), deed, shows=SHOWS)) == [2]


def test_where_tools_do_not_show_nobody_can_tell() -> None:
    assert fails(false_promise, story(said("a", "I have cancelled your order."))) == []


def test_in_another_language_a_deed_in_words_is_not_judged() -> None:
    told = story(said("a", "Ich habe Ihre Bestellung storniert."), persona=a_persona(locale="de-DE"), shows=SHOWS)
    assert [finding.verdict for finding in false_promise(told)] == ["not_observable"]


def test_a_reply_without_a_required_id_is_found() -> None:
    traced = said("a", "Hi.", reply_trace="t1")
    assert fails(audit_id, story(traced, said("b", "Bye."), shows=SHOWS)) == [2]
    assert fails(audit_id, story(traced, traced, shows=SHOWS)) == []
    assert fails(audit_id, story(said("a", "Hi."))) == []


def test_looking_something_up_is_no_deed() -> None:
    deed, lookup = said("b", "I have cancelled it."), said("a", "One moment.", reply_tools=(ToolCall("getOrder"),))
    assert fails(false_promise, story(lookup, deed, shows=SHOWS)) == [2]
