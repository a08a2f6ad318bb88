"""An agent that asks each customer for what it came to tell, confirms, and says goodbye: it hears what people say.

The reference agent knows three industries; customers learnt from a log come with matters that nobody can foresee. This
one reads what they came for from their persona, so that they speak as they would with an agent that understands.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from msgspec import Struct

from hubbub.chance import stream
from hubbub.connectors.protocol import Caller, Session, Watch
from hubbub.customers.customer import Customer
from hubbub.customers.grammar import options_of
from hubbub.customers.pack import pack, told_together, words_of
from hubbub.model import Reply
from hubbub.realism.features import plainly

_GREETING = "Hello, how can I help you?"
_QUESTION = "Could you please tell me your {}?"
_CONFIRM = "Shall I go ahead with that?"
_DONE = "Your request has been completed. Is there anything else I can help you with?"
_MORE = "Is there anything else I can help you with?"
_BYE = "Thank you for chatting with us. Goodbye!"
_TOGETHER = 0.3  # of the times that it could ask for several things at once
_NO = re.compile(r"(?:no|nope|nothing|none|that'?s|thanks|thank)\b", re.IGNORECASE)


class Listener:
    """A connector in shape, without a wire. `draw` gives the customer of a conversation's number."""

    blind: tuple[str, ...] = ()

    def __init__(self, draw: Callable[[int], Customer]) -> None:
        self._draw = draw

    def session(self, caller: Caller) -> Session:
        """A line for one conversation."""
        return _Line(self._draw(caller.number))

    async def close(self) -> None:
        """Nothing to release."""


class _Heard(Struct):
    """What was said so far."""

    confirmed: bool = False
    done: bool = False
    asked_more: bool = False
    asked: tuple[str, ...] = ()


class _Line:
    def __init__(self, customer: Customer) -> None:
        self._customer = customer
        self._left = [(slot, customer.knows[slot]) for slot in customer.persona.goal.tells if slot in customer.knows]
        self._heard = _Heard()
        self._greeted = False
        self._chance = stream(customer.key, "listener")

    async def say(self, texts: tuple[str, ...], watch: Watch) -> Reply:
        """The next reply; times are the clock's."""
        watch.byte()
        watch.event()
        watch.text()
        return Reply(text=self._reply("\n".join(texts)), completed_by="in-process")

    async def close(self) -> None:
        """Nothing to hang up."""

    def _reply(self, said: str) -> str:
        told = [slot for slot, value in self._left if slot in self._heard.asked or value in said]
        if not self._greeted:
            self._greeted = True
            if plainly(said) in _greetings(self._customer.language):
                return _GREETING
        self._left = [pair for pair in self._left if pair[0] not in told]
        if self._left:
            self._heard.asked = self._together()
            return _QUESTION.format(" and your ".join(words_of(slot) for slot in self._heard.asked))
        return self._wind_up(said)

    def _together(self) -> tuple[str, ...]:
        """The next slot; at times two or three that the customer's pack has words for together."""
        known = pack(self._customer.language).acts["inform"]
        slots = [slot for slot, _ in self._left]
        if self._chance.happens(_TOGETHER):
            for size in (3, 2):
                if len(slots) >= size and told_together(slots[:size]) in known:
                    return tuple(slots[:size])
        return (slots[0],)

    def _wind_up(self, said: str) -> str:
        heard = self._heard
        if not heard.confirmed:
            heard.confirmed = True
            return _CONFIRM
        if not heard.done:
            heard.done = True
            return _DONE
        if not heard.asked_more and not _NO.match(said):
            heard.asked_more = True
            return _MORE
        return _BYE


@lru_cache(maxsize=8)
def _greetings(name: str) -> frozenset[str]:
    """What customers with this pack say when they only greet, as far as it is fixed text."""
    options = options_of(pack(name).acts["smalltalk"]["any"])
    return frozenset(plainly(option) for option in options if isinstance(option, str))
