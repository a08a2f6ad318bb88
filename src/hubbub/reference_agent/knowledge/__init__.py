"""Everything the agent knows, over all industries, and the index by which it is recognised."""

from collections.abc import Mapping

from hubbub.reference_agent.knowledge import banking, healthcare, retail, telecom, travel, utilities
from hubbub.reference_agent.knowledge.shape import Intent as Intent
from hubbub.reference_agent.knowledge.shape import Known as Known
from hubbub.reference_agent.reading import gram

_SETTLES, _POINTS = 3, 1

_ROOMS = (retail, banking, telecom, healthcare, travel, utilities)
INTENTS: Mapping[str, Intent] = {i.name: i for room in _ROOMS for i in room.INTENTS}
FACTS: Mapping[str, Known] = {f.name: f for room in (retail, banking, telecom) for f in room.FACTS}


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
    return {word for phrase in (*cues, *topics) for word in phrase.split()}
