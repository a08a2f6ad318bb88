"""The listening agent is understood by the customers whose language it speaks."""

import pytest

from hubbub.customers.hearing.ear import Ear
from hubbub.realism.listener import LINES

SLOTS = ("digits_4", "detail", "name", "code_6", "email")


@pytest.mark.parametrize("language", sorted(LINES))
def test_what_the_listening_agent_says_is_heard_as_it_is_meant(language: str):
    ear, lines = Ear(language, {}, SLOTS), LINES[language]
    assert "confirm" in ear.hear(lines.confirm).acts
    assert {"notify_success", "req_more"} <= set(ear.hear(lines.done).acts)
    assert ear.hear(lines.more).acts == ("req_more",)
    assert "goodbye" in ear.hear(lines.bye).acts
    assert "notify_success" not in ear.hear(lines.greeting).acts
    for slot in SLOTS:
        assert ear.hear(lines.question.format(slot.replace("_", " "))).asked == (slot,)
    assert ear.hear(lines.question.format(f"name{lines.link}code 6")).asked == ("name", "code_6")
