"""Customers before they come: who they are, what they say first, and how long they would wait."""

from collections.abc import Iterator

from msgspec import Struct

from hubbub.customers import agenda, mood
from hubbub.customers.population import Customer, Population
from hubbub.customers.wording import word
from hubbub.model import Heard, Persona, Say

_SOON_S = 1.0  # after which an agent that nobody has to wait for would have answered


class Glimpse(Struct, frozen=True):
    """A customer, its messages up to what it came for, and when it would give up.

    `wait_s` is how long it would wait for the first reply, in seconds; turns and seconds are those of a calm customer.
    """

    customer: Customer
    texts: tuple[str, ...]
    turns: float
    wait_s: float


def glimpses(persona: Persona, seed: int, many: int, first: int = 0) -> Iterator[Glimpse]:
    """The customers `first`, `first` + 1, ... that a run of this persona alone would draw from `seed`."""
    population = Population(((persona, 1.0),), seed)
    for number in range(first, first + many):
        customer = population.draw(number)
        step = agenda.start(customer)
        texts = _first_words(customer, step)
        *_, last = mood.impulses(customer, step.mind)
        yield Glimpse(customer, texts, customer.patience_turns, last.after_s)


def _first_words(customer: Customer, step: agenda.Step) -> tuple[str, ...]:
    """What it says until it has said what it came for: who only greets is greeted back, and asked."""
    texts = word(customer, step.mind, step.move) if isinstance(step.move, Say) else ()
    if step.mind.opened:
        return texts
    after = agenda.next_move(customer, step.mind, Heard(("greet", "request")), _SOON_S)
    return (*texts, *(word(customer, after.mind, after.move) if isinstance(after.move, Say) else ()))
