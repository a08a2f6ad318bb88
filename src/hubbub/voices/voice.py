"""What a voice is: it may put a message into other words, and accounts for what it did."""

from collections import Counter
from typing import Protocol

from msgspec import Struct

from hubbub.customers.customer import Customer
from hubbub.customers.mind import Mind
from hubbub.model import Say


class Wanted(Struct, frozen=True):
    """A message to be worded: who says what, in which turn, after which reply; and the grammar's words for it."""

    customer: Customer
    mind: Mind
    say: Say
    turn: int
    heard: str
    texts: tuple[str, ...]


class Voice(Protocol):
    """A wording backend. `tally` counts what became of the messages, by name; `close` releases what it holds."""

    tally: Counter[str]

    async def reword(self, wanted: Wanted) -> tuple[str, ...]:
        """The words to send: its own, or those of the grammar. Never raises, and takes as long as it takes: the
        customer thinks that much longer, and nobody is charged.
        """

    async def close(self) -> None:
        """Release everything."""
