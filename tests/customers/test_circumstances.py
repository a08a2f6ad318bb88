"""What a customer tells of one matter stays the same in every message."""

import re
from itertools import pairwise

import pytest

from hubbub.customers.circumstances import steadied
from hubbub.customers.customer import Customer
from hubbub.customers.mind import Mind
from hubbub.customers.wording import word
from hubbub.model import Goal, Say
from tests.customers.people import PLAIN, crowd, expecting

DAYS = re.compile(
    r"\bfrom (yesterday|this morning|last (?:night|week|month|weekend|\w+day)|the other day|"
    r"two weeks ago|a few days ago)\b"
)


def told(who: Customer, act: str, turns: int = 12, about: str = "") -> list[str]:
    return [" ".join(word(who, Mind(turn=turn, opened=True), Say(act, about=about))) for turn in range(2, turns)]


@pytest.mark.parametrize("intent", ["get_refund", "track_order", "dispute_charge", "cancel_order"])
def test_when_it_was_stays_the_same_however_often_it_is_put(intent: str):
    for who in crowd(60, goal=Goal(intent=intent), manner=PLAIN):
        said = {day for text in told(who, "rephrase") for day in DAYS.findall(text.lower())}
        assert len(said) <= 1, said


def test_customers_differ_in_when_it_was():
    people = crowd(80, goal=Goal(intent="get_refund"), manner=PLAIN)
    assert len({day for who in people for text in told(who, "rephrase") for day in DAYS.findall(text.lower())}) > 8


def test_a_reason_is_told_in_other_words_and_of_the_same_number():
    for who in crowd(60, expect=expecting("must", "no_progress"), manner=PLAIN):
        texts = [
            " ".join(word(who, Mind(turn=n + 1, opened=True, reasons=n), Say("inform", about="/no_progress")))
            for n in range(1, 7)
        ]
        assert len({n for text in texts for n in re.findall(r"third|fourth|fifth", text)}) <= 1
        assert len({n for text in texts for n in re.findall(r"(two|three|four) weeks", text)}) <= 1
        assert all(one != other for one, other in pairwise(texts))


def test_a_language_without_such_rules_is_left_as_it_is():
    texts = {"rules": {"hi": "hallo"}, "acts": {"bye": {"any": "<hi>"}}}
    assert steadied(texts) == {"rules": {"hi": "hallo"}, "acts": {"bye": {"any": "<hi>"}}}


def test_each_use_of_such_a_rule_becomes_a_place():
    texts = {"rules": {"ago": "a | b"}, "acts": {"bye": {"any": "from <ago>"}}}
    assert steadied(texts)["acts"] == {"bye": {"any": "from {own_ago}"}, "own": {"own_ago": "<ago>"}}
