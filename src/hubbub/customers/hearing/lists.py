"""Lines that list what the sentence before them asks for or tells: they do nothing of their own but offer people."""

from hubbub.customers.hearing.grammar import BIT, COURTEOUS, GUESSED
from hubbub.customers.hearing.sentences import KEYED, LISTS, Effect
from hubbub.model import Signal

_REQUEST, _INFORM = BIT["request"], BIT["inform"]
_ASKS = _REQUEST | BIT["confirm"] | BIT["offer"] | BIT["req_more"] | BIT["fallback"]
_HANDED, _OFFERED = BIT["handoff"] | BIT["offer_handoff"], BIT["offer_handoff"]


def listed(effects: list[tuple[Effect, bool]]) -> list[Effect]:
    """The effects of sentences, each given with whether it opens a line, those that are items of a list as such."""
    found: list[Effect] = []
    heading = 0
    for effect, opens_line in effects:
        does, _, clauses, _, _, _, item, _ = effect
        if heading and opens_line:
            if item:
                found.append(_asked_for(effect) if heading & _ASKS else _told(effect))
                continue
            if not heading & _ASKS and does & _REQUEST:  # a step to be taken
                found.append((does & ~_REQUEST | _INFORM, *effect[1:4], (), *effect[5:]))
                continue
        if does & (LISTS | _ASKS):
            heading = does
        elif opens_line and clauses:
            heading = 0
        found.append(effect)
    return found


def _asked_for(effect: Effect) -> Effect:
    """An item of what is asked for: it names things that are."""
    does, signs, _, _, _, claims, item, worth = effect
    return _people(does), _offer(does, signs), 0, 0.0, (item,), claims, "", worth


def _told(effect: Effect) -> Effect:
    """An item of what is told."""
    does, signs, clauses, sure, _, claims, _, worth = effect
    return _people(does), _offer(does, signs), clauses, sure, (), claims, "", worth


def _people(does: int) -> int:
    return _OFFERED if does & _HANDED and not does & GUESSED else 0


def _offer(does: int, signs: tuple[Signal, ...]) -> tuple[Signal, ...]:
    """The evidence that people are among what can be chosen."""
    if not _people(does):
        return ()
    return tuple(Signal("offered", sign.provenance, sign.queue, sign.reason) for sign in signs[:1])


def without_act(effect: Effect) -> Effect:
    """What is left of an effect that says nothing of its own: courtesies, claims, and how far it was understood."""
    does, _, clauses, sure, _, claims, item, worth = effect
    return does & (COURTEOUS | KEYED), (), clauses, sure, (), claims, item, worth
