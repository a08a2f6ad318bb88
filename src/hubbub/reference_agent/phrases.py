"""How the agent says things: a few ways each, chosen by chance that depends on session and turn alone."""

from collections.abc import Mapping

from hubbub.chance import substream
from hubbub.reference_agent.memory import Memory
from hubbub.reference_agent.phrasings import PHRASINGS

QUESTIONS = PHRASINGS["plain"].questions
_PURPOSES = {name: 16 + place for place, name in enumerate(PHRASINGS["plain"].sayings)}  # each has a stream of its own
NOUNS: Mapping[str, str] = {
    "order_id": "order number",
    "item": "item",
    "account_id": "account number",
    "card_last4": "last four digits of the card",
    "postcode": "postcode",
    "phone": "phone number",
    "email": "e-mail address",
    "name": "full name",
    "address": "new address",
    "plan": "plan",
    "amount": "amount",
}


def pick(memory: Memory, purpose: int, ways: tuple[str, ...]) -> str:
    """One of these ways to say something; the same at every replay of this session's turn."""
    return substream(memory.tone, memory.turns * 64 + purpose).choice(ways)


def saying(memory: Memory, name: str) -> str:
    """A saying by its name."""
    return pick(memory, _PURPOSES[name], PHRASINGS[memory.phrasing].sayings[name])


def question(memory: Memory, need: str, tries: int) -> str:
    """Ask for a need; the second time, what else would do is named."""
    first, *others = need.split("|")
    asked = pick(memory, 2, PHRASINGS[memory.phrasing].questions[first])
    if tries and others:
        asked += f" If you don't have it, your {' or '.join(NOUNS[o] for o in others)} works too."
    return asked


def fill(memory: Memory, ways: tuple[str, ...], slots: Mapping[str, str]) -> str:
    """An answer with what the customer told put in, and a plain word where nothing was told."""
    view = _view(slots)
    return pick(memory, 3, ways).format_map(
        {**view, **{k.capitalize(): v[:1].upper() + v[1:] for k, v in view.items()}}
    )


def _view(slots: Mapping[str, str]) -> dict[str, str]:
    order = slots.get("order_id", "")
    account = slots.get("account_id", "")
    last4 = slots.get("card_last4", "")
    return {
        "order": f"order {order}" if order else "your order",
        "item": f"the {slots['item']}" if "item" in slots else "the item",
        "account": f"account {account}" if account else (f"the card ending in {last4}" if last4 else "your account"),
        "card": f"the card ending in {last4}" if last4 else "your card",
        "area": slots.get("postcode", "") or "your area",
        "address": slots.get("address", "") or "the new address",
        "plan": f"the {slots['plan']} plan" if "plan" in slots else "the new plan",
        "amount": f"USD {float(slots['amount']):.2f}" if "amount" in slots else "the charge",
    }
