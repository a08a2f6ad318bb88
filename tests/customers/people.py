"""Personas and customers for tests: the shipped ones, and small ones made for one claim."""

from functools import cache
from pathlib import Path

from hubbub.customers import agenda
from hubbub.customers.customer import Customer
from hubbub.customers.mind import Mind, Step
from hubbub.customers.population import Population
from hubbub.model import EscalationExpectation, Expectation, Goal, Heard, Manner, Persona, Signal, Source
from hubbub.specs.named import persona_files
from hubbub.specs.persona import load_persona

SHIPPED = Path(__file__).parents[2] / "personas"
KNOWS = {
    "name": Source(faker="name"),
    "order_id": Source(pattern="A-#####"),
    "item": Source(one_of=("blender", "kettle", "toaster")),
    "email": Source(faker="email"),
}
HANDED_OVER = Heard(("handoff",), signals=(Signal("initiated", "tool"),))


@cache
def shipped() -> dict[str, Persona]:
    """The personas of this repository by name."""
    loaded = (load_persona(path) for path in sorted(persona_files(SHIPPED)))
    return {persona.persona: persona for persona in loaded}


def persona(**changed: object) -> Persona:
    """Somebody who wants a refund."""
    goal = Goal(intent="get_refund", tells=("item", "order_id"), asks=("refund_eta",))
    return Persona(**{"persona": "p", "knows": KNOWS, "goal": goal, **changed})  # type: ignore[arg-type]


def expecting(decision: str, trigger: str | None = None) -> Expectation:
    """An expectation about escalation alone."""
    return Expectation(escalation=EscalationExpectation(decision=decision, trigger=trigger))  # type: ignore[arg-type]


def customer(number: int = 0, seed: int = 7, **changed: object) -> Customer:
    """A customer of such a persona."""
    return Population([(persona(**changed), 1.0)], seed).draw(number)


def opened(who: Customer) -> Step:
    """A step after which the goal has been said."""
    step = agenda.start(who)
    return step if step.mind.opened else agenda.next_move(who, step.mind, Heard(("greet",)), 0.5)


def after(who: Customer, *heard: Heard, mind: Mind | None = None) -> Step:
    """The step after these replies, each a second after the message before."""
    step = Step(mind, None) if mind is not None else opened(who)  # type: ignore[arg-type]
    for reply in heard:
        step = agenda.next_move(who, step.mind, reply, 1.0)
    return step


def crowd(number: int, **changed: object) -> list[Customer]:
    """So many customers of one persona."""
    population = Population([(persona(**changed), 1.0)], 7)
    return [population.draw(k) for k in range(number)]


PLAIN = Manner(typos=0.0, bursts=False)
