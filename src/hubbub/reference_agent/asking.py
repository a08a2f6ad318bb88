"""What a question is after: a fact, or that what was done is confirmed, and not another matter."""

from hubbub.reference_agent.cues import IS_DONE, PRICE, PROOF, TIME
from hubbub.reference_agent.knowledge import INDUSTRY, INTENTS, TOPICS, facts
from hubbub.reference_agent.matching import SETTLED, Pointed
from hubbub.reference_agent.memory import Memory
from hubbub.reference_agent.reading import Reading

_FEW_WORDS = 10  # a longer message asks more than how it stands


def wants_proof(memory: Memory, reading: Reading, seen: Pointed, intent: str) -> bool:
    """Whether it wants what was done confirmed or in hand, and names the matter only to say what it speaks of."""
    said = " , ".join(reading.clauses)
    if len(reading.words) > _FEW_WORDS or not (PROOF.search(said) or IS_DONE.search(said)):
        return False
    at_home = INDUSTRY.get(intent) == INDUSTRY.get(memory.intent)
    return at_home and seen.scores.get(intent, 0) < 2 * SETTLED


def asks_of_it(memory: Memory, reading: Reading) -> bool:
    """Whether a message asks when it happens or what it costs, in so few words that it is about what was done."""
    price = reading.question and PRICE.search(" , ".join(reading.clauses)) and len(reading.words) <= _FEW_WORDS
    return bool(price) or bool(asked_fact(memory, reading))


def asked_fact(memory: Memory, reading: Reading) -> str:
    """The fact that a question is after: by its own topic, else by what the conversation is about."""
    said = " , ".join(reading.clauses)
    for kind, asks in (("price", PRICE), ("time", TIME)):
        if not asks.search(said):
            continue
        default = getattr(INTENTS[memory.intent], "eta" if kind == "time" else "price") if memory.intent else ""
        known = facts(memory.intent, memory.industry)
        found = {name: 2 * len(topics & reading.grams) for name, topics in TOPICS[kind].items() if name in known}
        if default:
            found[default] = found.get(default, 0) + 1
        best = max(found, key=lambda name: (found[name], name == default), default="")
        if best and found[best] and (reading.question or memory.answered):
            return best
    return ""
