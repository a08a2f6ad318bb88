"""How the agent says things: a few ways each, chosen by chance that depends on session and turn alone."""

from collections.abc import Mapping

from hubbub.chance import substream
from hubbub.reference_agent.memory import Memory
from hubbub.reference_agent.phrasings import PHRASINGS, Phrasing
from hubbub.reference_agent.tongue import ENGLISH, Matter, Tongue, tongue

QUESTIONS = PHRASINGS["plain"].questions
NOUNS = ENGLISH.nouns
_PURPOSES = {name: 16 + place for place, name in enumerate(PHRASINGS["plain"].sayings)}  # each has a stream of its own


def pick(memory: Memory, purpose: int, ways: tuple[str, ...]) -> str:
    """One of these ways to say something; the same at every replay of this session's turn."""
    return substream(memory.tone, memory.turns * 64 + purpose).choice(ways)


def phrasing(memory: Memory) -> Phrasing:
    """The set of phrases that this session is spoken to in."""
    return tongue(memory.language).phrasing or PHRASINGS[memory.phrasing]


def saying(memory: Memory, name: str) -> str:
    """A saying by its name."""
    return pick(memory, _PURPOSES[name], phrasing(memory).sayings[name])


def question(memory: Memory, need: str, tries: int) -> str:
    """Ask for a need; the second time, what else would do is named."""
    first, *others = need.split("|")
    asked = pick(memory, 2, phrasing(memory).questions[first])
    if memory.industry == "travel":
        asked = asked.replace("order number", "booking number")  # what an order is called there
    if tries and others:
        spoken = tongue(memory.language)
        asked += spoken.instead.format(nouns=spoken.either.join(spoken.nouns[o] for o in others))
    return asked


def matter(memory: Memory) -> Matter:
    """What is said about the intent at hand."""
    return tongue(memory.language).matters[memory.intent]


def first_words(memory: Memory) -> str:
    """Before the first question about a matter."""
    return pick(memory, 6, tongue(memory.language).starts).format(topic=matter(memory).topic)


def handing_over(memory: Memory, name: str, queue: str) -> str:
    """That a human of this queue takes over."""
    return saying(memory, name).format(queue=tongue(memory.language).queues.get(queue, queue))


def fill(memory: Memory, ways: tuple[str, ...], slots: Mapping[str, str]) -> str:
    """An answer with what the customer told put in, and a plain word where nothing was told."""
    view = _view(slots, tongue(memory.language))
    return pick(memory, 3, ways).format_map(
        {**view, **{k.capitalize(): v[:1].upper() + v[1:] for k, v in view.items()}}
    )


def _reference(slots: Mapping[str, str], spoken: Tongue) -> str:
    for slot, name in (("order_id", "order"), ("account_id", "account")):
        if slot in slots:
            return spoken.view[name].format(value=slots[slot])
    return spoken.view["no_reference"]


def _view(slots: Mapping[str, str], spoken: Tongue) -> dict[str, str]:
    account = "account" if "account_id" in slots else "card"
    item, amount = slots.get("item", ""), slots.get("amount", "")

    def put(name: str, value: str) -> str:
        return spoken.view[name].format(value=value) if value else spoken.view[f"no_{name}"]

    return {
        "order": put("order", slots.get("order_id", "")),
        "item": put("item", spoken.goods.get(item, item)),
        "account": put(account, slots.get("account_id") or slots["card_last4"])
        if "account_id" in slots or "card_last4" in slots
        else spoken.view["no_account"],
        "card": put("card", slots.get("card_last4", "")),
        "reference": _reference(slots, spoken),
        "area": slots.get("postcode", "") or spoken.view["no_area"],
        "address": slots.get("address", "") or spoken.view["no_address"],
        "plan": put("plan", slots.get("plan", "")),
        "amount": put("amount", f"{float(amount):.2f}" if amount else ""),
    }
