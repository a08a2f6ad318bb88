"""Everything the agent knows, over all industries, and the index by which it is recognised."""

from collections.abc import Mapping
from functools import cache

from hubbub.reference_agent.knowledge import banking, healthcare, retail, telecom, travel, utilities
from hubbub.reference_agent.knowledge.shape import Intent as Intent
from hubbub.reference_agent.knowledge.shape import Known as Known
from hubbub.reference_agent.knowledge.shape import Room
from hubbub.reference_agent.reading import gram

_SETTLES, _POINTS = 3, 1

_ROOMS: Mapping[str, Room] = {
    room.name: room for room in (retail.ROOM, banking.ROOM, telecom.ROOM, healthcare.ROOM, travel.ROOM, utilities.ROOM)
}
INDUSTRIES = tuple(_ROOMS)
INTENTS: Mapping[str, Intent] = {i.name: i for room in _ROOMS.values() for i in room.intents}
FACTS: Mapping[str, Known] = {f.name: f for room in _ROOMS.values() for f in room.facts}
INDUSTRY: Mapping[str, str] = {
    i.name: "" if i.anywhere else room.name for room in _ROOMS.values() for i in room.intents
}  # of an intent; none for those that every industry has
SIGNS: dict[str, list[str]] = {}  # grams that show an industry, to the industries they show
for _room in _ROOMS.values():
    for _sign in map(gram, _room.signs.split()):
        SIGNS.setdefault(_sign, []).append(_room.name)
_REFERENCE = "reference"
_ANY_REFERENCE = "email|phone|order_id|account_id"  # to a customer of no industry that shows


def reference(industry: str) -> str:
    """The slot by which an industry knows what a customer writes about; the order where nothing shows it."""
    return _ROOMS[industry].reference if industry else "order_id"


@cache
def needs(intent: str, industry: str) -> tuple[str, ...]:
    """What an intent needs to be told, in the industry of the conversation."""
    own = _ROOMS[industry].reference if industry else _ANY_REFERENCE
    return tuple(need.replace(_REFERENCE, own) for need in INTENTS[intent].needs)


@cache
def slots_of(intent: str, industry: str) -> tuple[str, ...]:
    """Every slot that would help with an intent."""
    return tuple(slot for need in needs(intent, industry) for slot in need.split("|")) if intent else ()


@cache
def facts(intent: str, industry: str) -> frozenset[str]:
    """The names of the facts that can be asked for: those of the industry, and of the matter at hand."""
    known = FACTS if not industry else [fact.name for fact in _ROOMS[industry].facts]
    of_it = {INTENTS[intent].eta, INTENTS[intent].price} - {""} if intent else set()
    return frozenset(known) | of_it


def _index() -> dict[str, list[tuple[str, int]]]:
    """Gram to the intents it speaks for, with how strongly; longer phrases count for more."""
    index: dict[str, dict[str, int]] = {}
    for intent in INTENTS.values():
        for phrases, weight in ((intent.hints, _POINTS), (intent.names, _SETTLES)):
            for phrase in phrases.split(", "):
                found = gram(phrase)
                strength = weight + found.count(" ")
                cell = index.setdefault(found, {})
                cell[intent.name] = max(strength, cell.get(intent.name, 0))
    return {found: sorted(cell.items()) for found, cell in index.items()}


INDEX = _index()
TOPICS: Mapping[str, Mapping[str, frozenset[str]]] = {
    kind: {f.name: frozenset(map(gram, f.topics)) for f in FACTS.values() if f.kind == kind}
    for kind in ("time", "price")
}


def vocabulary() -> set[str]:
    """Every word by which something is recognised."""
    cues = [phrase for intent in INTENTS.values() for phrase in f"{intent.names}, {intent.hints}".split(", ")]
    topics = [topic for fact in FACTS.values() for topic in fact.topics]
    signs = [room.signs for room in _ROOMS.values()]
    return {word for phrase in (*cues, *topics, *signs) for word in phrase.split()}
