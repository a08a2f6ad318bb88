"""Which matter a message is about: what its words point to, weighed by the industry that the conversation is in."""

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from hubbub.reference_agent import slots
from hubbub.reference_agent.knowledge import INDEX, INDUSTRY, SIGNS, slots_of
from hubbub.reference_agent.memory import Memory
from hubbub.reference_agent.reading import Reading
from hubbub.reference_agent.tongue import tongue

SETTLED = 3  # strength at which a message names an intent
REACHES = frozenset(("name", "email", "phone", "postcode", "address"))
_AT_HOME = 3  # what the industry of the conversation so far counts for
_SHOWN = 2  # and each word that shows an industry, up to
_SHOWN_AT_MOST = 4
_NO_ACCOUNTS = ("retail", "travel")  # they know their customers by what they ordered


class Pointed(Struct, frozen=True):
    """What a message points to: intents by strength, and industries by what they count for."""

    scores: Mapping[str, int]
    industries: Mapping[str, int]

    def weight(self, intent: str) -> int:
        """How much speaks for an intent, its industry counted in; those that come up anywhere are at home in each."""
        if intent not in self.scores:
            return self._at_home(intent)
        return self.scores[intent] + self._at_home(intent)

    def _at_home(self, intent: str) -> int:
        industry = INDUSTRY.get(intent)
        if industry is None:
            return 0
        return self.industries.get(industry, 0) if industry else max(self.industries.values(), default=0)


def pointed(memory: Memory, reading: Reading, found: slots.Found) -> Pointed:
    """Look a message up, among what the agent can speak of in the customer's language."""
    known = tongue(memory.language).matters
    scores: dict[str, int] = {}
    shown: dict[str, int] = {}
    for gram in reading.grams:
        for industry in SIGNS.get(gram, ()):
            shown[industry] = shown.get(industry, 0) + _SHOWN
        for intent, strength in INDEX.get(gram, ()):
            if intent in known and (not memory.rooms or INDUSTRY[intent] in ("", *memory.rooms)):
                scores[intent] = scores.get(intent, 0) + strength
    industries = {industry: min(counts, _SHOWN_AT_MOST) for industry, counts in shown.items()}
    if memory.industry and (memory.intent or len(memory.rooms) == 1):
        industries[memory.industry] = industries.get(memory.industry, 0) + _AT_HOME
    elif "account_id" in found:
        industries |= {industry: industries.get(industry, 0) - _SHOWN for industry in _NO_ACCOUNTS}
    return Pointed(scores, industries)


def named(memory: Memory, seen: Pointed, found: slots.Found) -> str:
    """The intent that a message brings up, or the one at hand."""
    scores = seen.scores
    if not scores:
        return memory.intent
    clear = [name for name in sorted(scores) if scores[name] >= SETTLED] or sorted(scores)
    best = max(clear, key=lambda name: (seen.weight(name), scores[name], name == memory.intent))
    if not memory.intent or memory.open:
        shown = scores[best] >= 2 and not _torn(seen, best)
        hinted = len(scores) == 1 and memory.misses and not found and INDUSTRY[best] == memory.industry
        return best if shown or hinted else memory.intent
    if found and (not memory.answered or REACHES.issuperset(found)) and scores[best] < 2 * SETTLED:
        return memory.intent
    return best if scores[best] >= SETTLED and seen.weight(best) > seen.weight(memory.intent) + 1 else memory.intent


def _torn(seen: Pointed, best: str) -> bool:
    """Whether the same words mean as much in another industry, and nothing shows which it is."""
    mark = (seen.weight(best), seen.scores[best])
    return any((seen.weight(n), seen.scores[n]) == mark and INDUSTRY[n] != INDUSTRY[best] for n in seen.scores)


def industry_of(memory: Memory, intent: str, seen: Pointed) -> str:
    """The industry that the conversation is in: that of its matter, else the one that the words show best."""
    if own := INDUSTRY.get(intent, ""):
        return own
    if memory.industry and memory.intent:
        return memory.industry
    most = max(seen.industries.values(), default=0)
    best = [industry for industry, counts in seen.industries.items() if counts == most and most > 0]
    return best[0] if len(best) == 1 else memory.industry


def turned_to(memory: Memory, intent: str, seen: Pointed) -> Memory:
    """The memory with this intent at hand. What was tried and refused for another counts no more."""
    memory = replace(memory, industry=industry_of(memory, intent, seen))
    if intent == memory.intent or not intent:
        return memory
    return replace(
        memory,
        intent=intent,
        tries={},
        refused=(),
        waiting_for=(),
        confirming=False,
        answered=False,
        offered_human=False,
        open=False,
    )


def slots_needed(memory: Memory) -> tuple[str, ...]:
    """Every slot that would help with the matter at hand."""
    return slots_of(memory.intent, memory.industry)
