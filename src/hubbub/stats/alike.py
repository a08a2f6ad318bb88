"""How alike the turns of one conversation are, and what that takes from the worth of a sample.

Turns of one conversation are not independent: a hundred turns of ten customers tell less than those of a hundred. The
design effect is how many turns tell as much as one independent one would: the variance of a share of turns as whole
conversations vary, over what it would be if turns did (L. Kish, Survey Sampling, 1965, 5.4 and 8.2, with conversations
as clusters). A quantile is bounded as the share of turns below it is (R. S. Woodruff, JASA 47, 1952; E. L. Korn and
B. I. Graubard, Survey Methodology 24, 1998). Everything here is a sum over conversations, and merges exactly.
"""

from array import array

MISSING = -1
_SIZES, _PAIRS = 40, 80  # where a bucket's three sums lie in one whole number, so that adding is one addition
_LOW = (1 << _SIZES) - 1
_TWO_PAIRS = 2 << _PAIRS


class Parts:
    """A share of turns, such as failed ones of all: sums over conversations of each one's part and whole."""

    __slots__ = ("part_squares", "products", "whole_squares")

    def __init__(self) -> None:
        self.part_squares = self.products = self.whole_squares = 0

    def add(self, part: int, whole: int) -> None:
        """One conversation's."""
        self.part_squares += part * part
        self.products += part * whole
        self.whole_squares += whole * whole

    def merge(self, other: "Parts") -> None:
        """Add another's conversations, exactly."""
        self.part_squares += other.part_squares
        self.products += other.products
        self.whole_squares += other.whole_squares

    def spread(self, ratio: float) -> float:
        """The sum over conversations of (part - ratio * whole) squared."""
        return self.part_squares - 2 * ratio * self.products + ratio * ratio * self.whole_squares


class Alike:
    """Latencies in conversations, kept so that a quantile's design effect can be found afterwards.

    By bucket of the histogram: how many values, how large their conversations are, and how many pairs of values of
    one conversation have their larger one there. Up to any bucket, the sum of the pairs is the sum of the squares of
    how many values each conversation has up to there; so no conversation need be kept.
    """

    __slots__ = ("buckets", "conversations", "squares")

    def __init__(self) -> None:
        self.buckets: dict[int, int] = {}  # values, sizes and pairs, in 40 bits each
        self.conversations = self.squares = 0

    def add(self, values: list[int]) -> None:
        """One conversation's values, each as the key of its bucket."""
        size = len(values)
        if not size:
            return
        self.conversations += 1
        self.squares += size * size
        buckets = self.buckets
        added = 1 | size << _SIZES | 1 << _PAIRS
        for bucket in sorted(values):
            buckets[bucket] = buckets.get(bucket, 0) + added
            added += _TWO_PAIRS

    def merge(self, other: "Alike") -> None:
        """Add another's conversations, exactly."""
        self.conversations += other.conversations
        self.squares += other.squares
        for bucket, added in other.buckets.items():
            self.buckets[bucket] = self.buckets.get(bucket, 0) + added

    def effect_at(self, top: int) -> float:
        """The design effect of the share of values up to a bucket."""
        found = sum(sums for bucket, sums in self.buckets.items() if bucket <= top)
        up, sizes, pairs = found & _LOW, found >> _SIZES & _LOW, found >> _PAIRS
        whole = sum(self.buckets.values()) & _LOW
        share = up / whole if whole else 0.0
        spread = pairs - 2 * share * sizes + share * share * self.squares
        return design_effect(spread, whole * share * (1 - share), self.conversations)


def design_effect(spread: float, independent: float, conversations: int) -> float:
    """The variance between conversations over that of independent turns; 1 where it is less, or where none can be seen.

    Less than 1 is nearly always chance. Where nothing happened at all, or to all, nothing shows how it would cluster.
    """
    if conversations < 2 or independent <= 0:
        return 1.0
    return max(1.0, spread / independent * conversations / (conversations - 1))


class Gathered:
    """What the turns of one open conversation came to, until it ends. Latencies lie one turn after the other."""

    __slots__ = ("buckets", "failed", "heard", "text_us", "texts", "turns", "unknown")

    def __init__(self) -> None:
        self.buckets = array("q")
        self.turns = self.failed = self.heard = self.unknown = self.texts = self.text_us = 0
