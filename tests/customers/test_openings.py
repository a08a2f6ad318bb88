"""Whatever a customer came for can be said, and only a trigger is a reason for a human."""

import pytest

from hubbub.customers import agenda
from hubbub.customers.openings import reason_in
from hubbub.customers.population import Population
from hubbub.customers.wording import word
from hubbub.model import Goal, Heard, Persona, Say


@pytest.mark.parametrize("intent", ["a/b", "</script>", "get_refund/", "and/or", "x/safety/y", "{x} [y] | z"])
def test_an_intent_may_hold_any_sign(intent: str) -> None:
    population = Population([(Persona(persona="x", goal=Goal(intent=intent)), 1.0)], 1)
    for number in range(20):
        customer = population.draw(number)
        step = agenda.start(customer)
        assert isinstance(step.move, Say)
        assert all(text.strip() for text in word(customer, step.mind, step.move))
        step = agenda.next_move(customer, step.mind, Heard(acts=("unknown",), chars=5), 1.0)
        assert isinstance(step.move, Say)
        assert all(text.strip() for text in word(customer, step.mind, step.move))


def test_a_trigger_behind_the_last_slash_is_a_reason_and_nothing_else_is() -> None:
    assert reason_in("report_fraud/identity_fraud") == ("report_fraud", "identity_fraud")
    assert reason_in("and/or/safety") == ("and/or", "safety")
    assert reason_in("/safety") == ("", "safety")
    assert reason_in("and/or") == ("and/or", "")
