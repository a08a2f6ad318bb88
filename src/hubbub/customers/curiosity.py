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
PRICES = frozenset(("price", "fee", "cost", "charge"))  # words for what one pays, which an agent may change about
_ANY_KIND = ("money", "percent", *_DURATIONS, "phone", "url", "enum", "bool")
_KINDS_BY_WORD = {
    **dict.fromkeys(("eta", "window", "notice", "deadline", "date", "time", "duration", "period"), _DURATIONS),
    **dict.fromkeys((*PRICES, "amount", "rate"), _MONEY),
}
WONDERS = {  # what it may be, and the kinds of value that answer it
    "more_time": _DURATIONS_SET,
    "more_cost": frozenset(_MONEY),
    "more_steps": frozenset[str](),
}

_QUERIES = frozenset(
    (
        "check",
        "track",
        "find",
        "status",
        "question",
        "arrival",
        "balance",
        "results",
        "outage",
        "hours",
        "policy",
        "contact",
        "ask",
        "info",
        "information",
    )
)  # words in the names of intents that ask for an answer alone
_COSTS = frozenset(
    (
        "replacement",
        "lost",
        "upgrade",
        "downgrade",
        "change",
        "contract",
        "buy",
        "delivery",
        "shipping",
        "move",
        "transfer",
        "reschedule",
        "renew",
    )
)  # ... and of those for which there may be something to pay
_AT_ONCE = frozenset(
    ("booking", "appointment", "flight", "balance", "meter", "debit", "address", "plan")
)  # done, or answered
_REFUSED = frozenset(("refuse", "notify_failure"))  # beside these, what is told is no answer unless it holds a value
_SENTENCE = 40  # characters of a reply that is more than "ok" (A)
_REPORTS = frozenset(("complaint", "report", "refund", "fraud", "damaged"))  # nobody expects to pay for these


def is_query(intent: str) -> bool:
    """Whether the name of an intent says that an answer is all that is wanted: nothing has to be done for it."""
    return not _QUERIES.isdisjoint(intent.lower().split("_"))


def may_cost(intent: str) -> bool:
    """Whether somebody who wants this may wonder what it costs."""
    words = frozenset(intent.lower().split("_"))
    return not words.isdisjoint(_COSTS) and words.isdisjoint(_REPORTS | _QUERIES)


def may_take_time(intent: str) -> bool:
    """Whether somebody who was served may wonder when it happens: not of what is done at once, nor of an answer."""
    return _AT_ONCE.isdisjoint(intent.lower().split("_")) and not is_query(intent)


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


def is_answer(heard: Heard) -> bool:
    """Whether a reply says enough to be the answer to a question: a value, or a sentence."""
    if "inform" not in heard.acts:
        return False
    return bool(heard.claims) or (heard.chars >= _SENTENCE and _REFUSED.isdisjoint(heard.acts))


def answered_unasked(heard: Heard) -> tuple[str, ...]:
    """What nobody need wonder about any more, as a reply has just said it."""
    return _topics_of(tuple([claim.kind for claim in heard.claims]))


@lru_cache(maxsize=1024)
def _topics_of(told: tuple[str, ...]) -> tuple[str, ...]:
    """What values of these kinds answer."""
    return tuple([topic for topic, kinds in WONDERS.items() if not kinds.isdisjoint(told)])


def wonder(customer: Customer, mind: Mind, heard: Heard, chance: Stream) -> str:
    """How long it takes, what it costs or how it goes on, as a name under `ask`; empty when all was asked or just told.

    Nobody asks twice, nor for what the goal asked already, nor for what the reply has just said, nor what a complaint
    costs.
    """
    goal = goal_of(customer, mind)
    asked = [frozenset(kinds_of(customer.persona, ask)) for ask in goal.asks]
    told = frozenset(claim.kind for claim in heard.claims)
    left = [
        topic
        for topic, kinds in WONDERS.items()
        if not count(mind.put, topic)
        and (topic != "more_cost" or may_cost(goal.intent))
        and (topic != "more_time" or may_take_time(goal.intent))
        and kinds.isdisjoint(told)
        and not any(one <= kinds for one in asked)
    ]
    return chance.choice(left) if left else ""
