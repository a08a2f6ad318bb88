"""Who is answered another question than its own says again what it came for; who is answered is content."""

import pytest

from hubbub.conversation import ears_of
from hubbub.customers import agenda
from hubbub.customers.hearing.english_matters import another_matter
from hubbub.customers.matters import matters_of
from hubbub.customers.mind import Step
from hubbub.customers.population import Population
from hubbub.model import Goal, Heard, Persona, Say

LEAVING = Persona(persona="leaving", goal=Goal(intent="cancel_contract", tells=()))
REFUND = Persona(persona="refund", goal=Goal(intent="get_refund"))
OUTAGE = "I checked your line: there is an outage in your area, and it is fixed in about 4 hours."
PARCEL = "Good news, order 4711 is on its way. Delivery takes 2 to 4 days."


def after(persona: Persona, reply: str, *, answered: bool = False) -> Step:
    """What a customer does who has said what it came for, and hears this."""
    customer = Population(((persona, 1.0),), 1).draw(0)
    mind = agenda.start(customer).mind
    while not mind.opened:
        mind = agenda.next_move(customer, mind, Heard(("greet", "request")), 1.0).mind
    if answered:
        mind = agenda.next_move(customer, mind, Heard(("notify_success",), chars=30), 1.0).mind
    return agenda.next_move(customer, mind, ears_of([persona])[persona.persona].hear(reply), 1.0)


@pytest.mark.parametrize(("persona", "reply"), [(LEAVING, PARCEL), (REFUND, OUTAGE)])
def test_who_is_told_of_another_matter_says_again_what_it_came_for(persona: Persona, reply: str) -> None:
    step = after(persona, reply)
    assert isinstance(step.move, Say)
    assert (step.move.act, step.move.about) == ("rephrase", persona.goal.intent)
    assert not step.mind.answered
    assert not step.mind.done


@pytest.mark.parametrize(
    ("persona", "reply"),
    [
        (LEAVING, "Your contract is cancelled, and it ends on June 30."),
        (LEAVING, "The router goes back by parcel: your order for the label is on its way."),
        (REFUND, PARCEL),
        (REFUND, "Your refund is on its way, and you will see it in 3 to 5 days."),
    ],
)
def test_who_is_told_of_its_own_takes_it(persona: Persona, reply: str) -> None:
    assert not ears_of([persona])[persona.persona].hear(reply).beside
    assert after(persona, reply).mind.puzzled == 0


def test_who_has_been_served_does_not_mind_other_news() -> None:
    assert after(LEAVING, PARCEL, answered=True).mind.puzzled == 0


@pytest.mark.parametrize("intent", ["complaint", "press_question", "waive_late_fee"])
def test_to_who_comes_with_no_known_matter_anything_may_be_an_answer(intent: str) -> None:
    persona = Persona(persona="other", goal=Goal(intent=intent))
    assert not matters_of(persona)
    assert not ears_of([persona])["other"].hear(PARCEL).beside


def test_one_unknown_goal_of_several_makes_anything_fit() -> None:
    persona = Persona(persona="two", goal=Goal(intent="get_refund"), then=(Goal(intent="complaint"),))
    assert not matters_of(persona)


def test_a_matter_that_is_only_named_is_not_dealt_with() -> None:
    assert not another_matter("Please have your card ready, and your seat number.", frozenset(("shop",)))
