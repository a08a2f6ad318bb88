"""One question, two plain answers, and nothing between that would explain it: a contradiction without any facts."""

import pytest

from hubbub.checks.facts import against_itself
from hubbub.model import ToolCall
from tests.checks.telling import fails, said, story

FIRST = said("what is the gold plan", "The gold plan is $20 a month.")


@pytest.mark.parametrize("reply", ["The gold plan is $30 a month.", "Sure. Gold costs $30."])
def test_another_answer_to_the_same_question_contradicts_the_first(reply: str):
    assert fails(against_itself, story(FIRST, said("so the gold plan is how much", reply))) == [2]


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("so the gold plan is how much", "The gold plan is $20."),
        ("and the silver plan", "The silver plan is $30."),
        ("and gold with a phone", "Gold is $30 a month."),
        ("so gold is 30 dollars", "Gold with roaming is $30."),
        ("so the gold plan is how much", "Sorry, the gold plan is now $30."),
        ("so the gold plan is how much", "The gold plan may be $30."),
        ("so the gold plan is how much", "The gold plan is $20 or $30."),
        ("so the gold plan is how much", "Your last gold bill of $30 is due."),
        ("fine", "The gold plan is $30."),
    ],
)
def test_another_value_that_may_have_a_reason_does_not(text: str, reply: str):
    assert fails(against_itself, story(FIRST, said(text, reply))) == []


def test_what_a_tool_has_shown_since_may_differ():
    looked_up = said("so the gold plan is how much", "Gold is $30.", reply_tools=(ToolCall("get_plan"),))
    assert fails(against_itself, story(FIRST, looked_up)) == []
