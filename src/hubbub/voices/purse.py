"""What the words of a run may still cost: calls, tokens, money. What is under way is set aside first."""

from msgspec import Struct

from hubbub.model import VoiceBudget

_MILLION = 1_000_000


class Cost(Struct, frozen=True):
    """Tokens in and out of one call."""

    sent: int
    received: int


class Purse:
    """One process's share of a budget. Never spends more than it, whatever is under way."""

    def __init__(self, budget: VoiceBudget, of: int = 1) -> None:
        self._budget = budget
        self._of = of
        self.calls = self.tokens = 0
        self.money = 0.0

    def take(self, most: Cost) -> bool:
        """Set aside for a call what it may cost at most; False when that is more than is left."""
        budget, of = self._budget, self._of
        tokens, money = most.sent + most.received, self._price(most)
        wanted = (
            (self.calls + 1, budget.calls),
            (self.tokens + tokens, budget.tokens),
            (self.money + money, budget.money),
        )
        if any(limit is not None and amount > limit / of for amount, limit in wanted):
            return False
        self.calls += 1
        self.tokens += tokens
        self.money += money
        return True

    def settle(self, most: Cost, spent: Cost) -> None:
        """Put back what was set aside beyond what a call did cost."""
        self.tokens += spent.sent + spent.received - most.sent - most.received
        self.money += self._price(spent) - self._price(most)

    def _price(self, cost: Cost) -> float:
        budget = self._budget
        return (cost.sent * budget.price_in + cost.received * budget.price_out) / _MILLION
