"""What kind of value answers a question, and what a customer who is served may still wonder about."""

from functools import lru_cache

from hubbub.chance import Stream
from hubbub.customers.customer import Customer
from hubbub.customers.mind import Mind, count, goal_of
from hubbub.model import Fact, Heard, Persona

_FACT_KINDS = ("money", "percent", "days", "hours", "minutes", "date", "time", "id", "phone", "url", "enum", "truth")
_DURATIONS = ("days", "hours", "minutes", "date", "time")
_DURATIONS_SET = frozenset(_DURATIONS)
_MONEY = ("money", "percent")
_ANY_KIND = ("money", "percent", *_DURATIONS, "phone", "url", "enum", "bool")
_KINDS_BY_WORD = {
    **dict.fromkeys(("eta", "window", "notice", "deadline", "date", "time", "duration", "period"), _DURATIONS),
    **dict.fromkeys(("price", "fee", "cost", "amount", "rate", "charge"), _MONEY),
}
WONDERS = {  # what it may be, and the kinds of value that answer it
    "more_time": _DURATIONS_SET,
    "more_cost": frozenset(_MONEY),
    "more_steps": frozenset[str](),
}


def kinds_of(persona: Persona, ask: str) -> tuple[str, ...]:
    """The kinds of value that answer a question: those of the persona's fact, or by the words of its name."""
    fact = persona.facts.get(ask)
    if fact is not None:
        return _kinds_of(fact)
    return _KINDS_BY_WORD.get(ask.rpartition("_")[2], _ANY_KIND)


@lru_cache(maxsize=4096)
def _kinds_of(fact: Fact) -> tuple[str, ...]:
    kinds = tuple("bool" if kind == "truth" else kind for kind in _FACT_KINDS if getattr(fact, kind) is not None)
    return _DURATIONS if not _DURATIONS_SET.isdisjoint(kinds) else kinds


def wonder(customer: Customer, mind: Mind, heard: Heard, chance: Stream) -> str:
    """How long it takes, what it costs or how it goes on, as a name under `ask`; empty when all was asked or just told.

    Nobody asks twice, nor for what the goal asked already, nor for what the reply has just said.
    """
    asked = [frozenset(kinds_of(customer.persona, ask)) for ask in goal_of(customer, mind).asks]
    told = frozenset(claim.kind for claim in heard.claims)
    left = [
        topic
        for topic, kinds in WONDERS.items()
        if not count(mind.put, topic) and kinds.isdisjoint(told) and not any(one <= kinds for one in asked)
    ]
    return chance.choice(left) if left else ""
