from collections import Counter

import pytest

from hubbub.customers.hearing import Ear
from hubbub.reference_agent.brain import answer, begin
from hubbub.reference_agent.manners import dressed
from hubbub.reference_agent.phrasings import PHRASINGS

LINES = ("i want a refund for my kettle", "order A-12345", "how long does it take?")


def spoken(phrasing: str, sessions: int) -> list[str]:
    replies = []
    for session in range(sessions):
        memory = begin(1, f"s{session}", phrasing)
        for line in LINES:
            decision = dressed(answer(memory, line))
            memory = decision.memory
            replies.append(decision.reply)
    return replies


@pytest.mark.parametrize("name", PHRASINGS)
def test_every_set_says_the_same_things(name: str):
    plain, other = PHRASINGS["plain"], PHRASINGS[name]
    assert other.sayings.keys() == plain.sayings.keys()
    assert other.questions.keys() == plain.questions.keys()
    assert all("{queue}" in way for way in (*other.sayings["transfer"], *other.sayings["transfer_care"]))


def test_no_phrase_of_the_unseen_set_is_in_another():
    ways = {
        name: {way for group in (p.sayings, p.questions) for some in group.values() for way in some}
        | {*p.courtesies, *p.apologies, *p.offers}
        for name, p in PHRASINGS.items()
    }
    assert not ways["unseen"] & (ways["plain"] | ways["varied"])


def test_a_wordier_agent_says_more_different_things():
    assert len(Counter(spoken("varied", 60))) > 1.5 * len(Counter(spoken("plain", 60)))


def test_it_offers_a_human_now_and_then_and_means_it():
    offers = PHRASINGS["varied"].offers
    for session in range(400):
        memory = begin(1, f"s{session}", "varied")
        for line in LINES[:2]:
            decision = dressed(answer(memory, line))
            memory = decision.memory
        if decision.reply.endswith(offers):
            assert answer(memory, "yes please").escalation is not None
            assert answer(memory, "no thanks, that's all").escalation is None
            break
    else:
        pytest.fail("never offered")


@pytest.mark.parametrize("name", PHRASINGS)
def test_customers_understand_what_it_asks_for(name: str):
    slots = tuple(PHRASINGS["plain"].questions)
    ear = Ear("en", {}, slots)
    unheard = [
        way for slot, ways in PHRASINGS[name].questions.items() for way in ways if slot not in ear.hear(way).asked
    ]
    assert not unheard if name != "unseen" else len(unheard) <= 3, unheard
