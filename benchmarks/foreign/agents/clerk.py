"""What the agents on real SDKs answer: plain rules, the same for all of them. Run by .foreign's Python."""

import os
import re

import answers

_ORDER = re.compile(r"[A-Z]-?\d{4,6}")
_HUMAN = re.compile(r"\b(human|person|agent|representative|somebody|someone|supervisor|manager)\b", re.IGNORECASE)


class _Script:
    """Says what the script of 20 turns has every agent say."""

    def __init__(self) -> None:
        self._turns: dict[str, int] = {}

    def answer(self, who: str, said: str) -> tuple[str, bool]:
        """What to say, and whether a human takes over."""
        self._turns[who] = self._turns.get(who, 0) + 1
        return answers.text_of(self._turns[who], said), answers.wants_human(said)


def clerk() -> "Clerk | _Script":
    """The clerk, or the script where that is wanted (SCRIPTED)."""
    return _Script() if os.environ.get("SCRIPTED") else Clerk()


class Clerk:
    """Remembers the order number of each customer."""

    def __init__(self) -> None:
        self._orders: dict[str, str] = {}

    def answer(self, who: str, said: str) -> tuple[str, bool]:
        """What to say, and whether a human takes over."""
        if _HUMAN.search(said):
            return "I am transferring you to a human colleague now.", True
        found = _ORDER.search(said)
        if found:
            self._orders[who] = found[0]
        if who not in self._orders:
            return "I can help with that. Could you tell me your order number, please?", False
        if re.search(r"\b(thank|thanks|bye)\b", said, re.IGNORECASE):
            return "You are welcome. Goodbye!", False
        return f"Your order {self._orders[who]} arrives in 2 to 4 days.", False
