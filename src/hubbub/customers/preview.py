"""Customers before they come: who they are, what they say first, and how long they would wait."""

from collections.abc import Iterator

from msgspec import Struct

from hubbub.customers import agenda, mood
from hubbub.customers.population import Customer, Population
from hubbub.customers.wording import word
from hubbub.model import Persona, Say


class Glimpse(Struct, frozen=True):
    """A customer, its first messages, and when it would give up.

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
        texts = word(customer, step.mind, step.move) if isinstance(step.move, Say) else ()
        *_, last = mood.impulses(customer, step.mind)
        yield Glimpse(customer, texts, customer.patience_turns, last.after_s)
