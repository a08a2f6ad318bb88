"""What shipped personas take for true is what the reference agent says, so that a clean run contradicts nothing."""

from pathlib import Path

import pytest

from hubbub.checks.claims import weigh
from hubbub.customers.hearing import Ear
from hubbub.model import Persona, Reply, Turn
from hubbub.reference_agent.knowledge import FACTS
from hubbub.reference_agent.tongue import LANGUAGES, tongue
from hubbub.specs.expectations import load_people

PEOPLE = load_people([Path(__file__).parents[2] / "personas"])
SPOKEN = (*LANGUAGES, "en")
STATED = [
    (name, fact)
    for name, persona in sorted(PEOPLE.items())
    for fact in persona.facts
    if fact in FACTS and persona.locale.partition("-")[0] in SPOKEN
]


def verdicts(persona: Persona, fact: str, reply: str) -> set[str]:
    heard = Ear(persona.locale, persona.expects, tuple(persona.knows)).hear(reply)
    turn = Turn(0, 1, "ask", (), ("?",), 0.0, 0.0, reply=Reply(text=reply), heard=heard, about=fact)
    return {one.verdict for one in weigh(persona, (turn,)) if one.fact == fact}


@pytest.mark.parametrize(("name", "fact"), STATED)
def test_the_agents_answer_is_the_personas_truth(name: str, fact: str):
    language = PEOPLE[name].locale.partition("-")[0]
    for saying in tongue(language if language in LANGUAGES else "").facts[fact]:
        assert verdicts(PEOPLE[name], fact, saying) == {"supported"}, saying


def test_the_shipped_personas_state_most_of_what_it_knows():
    assert {fact for _, fact in STATED} >= {"refund_eta", "delivery_eta", "card_eta", "fee", "outage_eta"}
