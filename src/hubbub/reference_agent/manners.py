"""Honest variation: how an agent without faults dresses what it says. It thanks, apologises, and offers a human."""

from msgspec.structs import replace

from hubbub.chance import Stream, substream
from hubbub.reference_agent.memory import Decision
from hubbub.reference_agent.phrases import phrasing

_PURPOSE = 60  # of the chance of a session's turn; phrases take the numbers below
_OPENS = 0.35  # share of replies that begin with a courtesy
_APOLOGISES = 0.5  # of those to an upset customer, with an apology instead
_OFFERS_HUMAN = 0.06  # share of answers after which a human is offered
_DRESSED = frozenset({"asked", "answered", "informed", "confirmed"})


def dressed(decision: Decision) -> Decision:
    """The decision in this session's manner of speaking. What is decided stays; the plain manner changes nothing."""
    phrases = phrasing(decision.memory)
    if not phrases.courtesies or decision.kind not in _DRESSED:
        return decision
    memory = decision.memory
    chance = substream(memory.tone, memory.turns * 64 + _PURPOSE)
    words = decision.reply
    if chance.happens(_OPENS):
        words = f"{_courtesy(decision, chance)} {words}"
    if decision.kind in ("answered", "informed") and chance.happens(_OFFERS_HUMAN):
        words = f"{words} {chance.choice(phrases.offers)}"
        memory = replace(memory, offered_human=True)
    return replace(decision, reply=words, memory=replace(memory, last_reply=words))


def _courtesy(decision: Decision, chance: Stream) -> str:
    phrases = phrasing(decision.memory)
    if decision.memory.upset and chance.happens(_APOLOGISES):
        return chance.choice(phrases.apologies)
    return chance.choice(phrases.courtesies)
