"""Chance, by the door: one independent stream of numbers per (run seed, conversation number, purpose).

A stream is a counter hashed by SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014),
so it is two integers, costs a microsecond to open, and gives the same numbers on every machine and version.
"""

from collections.abc import Sequence
from hashlib import blake2b
from math import exp, log
from statistics import NormalDist
from typing import TypeVar

T = TypeVar("T")
_MASK = 0xFFFFFFFFFFFFFFFF
_GOLDEN = 0x9E3779B97F4A7C15
_UNIT = 2.0**-53
_inverse_normal = NormalDist().inv_cdf


def key(*parts: int | str) -> int:
    """A 64-bit key for what is named by `parts`; any difference in them gives an unrelated key."""
    text = "\x1f".join(f"{type(p).__name__[0]}{p}" for p in parts)
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


class Stream:
    """A stream of chance. Cheap to make; not shared between purposes."""

    __slots__ = ("_state",)

    def __init__(self, start: int) -> None:
        self._state = start & _MASK

    def bits(self) -> int:
        """64 random bits."""
        self._state = z = (self._state + _GOLDEN) & _MASK
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
        return z ^ (z >> 31)

    # What follows holds the same four lines as `bits`, written out: a turn draws some fifty numbers, and a call in
    # Python costs as much as a number.

    def uniform(self) -> float:
        """A number in [0, 1)."""
        self._state = z = (self._state + _GOLDEN) & _MASK
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
        return ((z ^ (z >> 31)) >> 11) * _UNIT

    def happens(self, probability: float) -> bool:
        """True with this probability."""
        if probability <= 0:
            return False
        self._state = z = (self._state + _GOLDEN) & _MASK
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
        return ((z ^ (z >> 31)) >> 11) * _UNIT < probability

    def below(self, n: int) -> int:
        """An integer in [0, n); its bias is under n / 2**64."""
        self._state = z = (self._state + _GOLDEN) & _MASK
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
        return ((z ^ (z >> 31)) * n) >> 64

    def choice(self, options: Sequence[T]) -> T:
        """One of these, equally likely."""
        self._state = z = (self._state + _GOLDEN) & _MASK
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
        return options[((z ^ (z >> 31)) * len(options)) >> 64]

    def weighted(self, options: Sequence[T], weights: Sequence[float]) -> T:
        """One of these, by weight (none negative, some positive)."""
        left = self.uniform() * sum(weights)
        for option, weight in zip(options, weights, strict=True):
            left -= weight
            if left < 0:
                return option
        return options[_last_positive(weights)]

    def normal(self) -> float:
        """A standard normal deviate."""
        self._state = z = (self._state + _GOLDEN) & _MASK
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
        return _inverse_normal(((z ^ (z >> 31)) >> 11) * _UNIT + _UNIT / 2)

    def lognormal(self, median: float, sigma: float) -> float:
        """Lognormal with this median and log-standard-deviation."""
        return median * exp(sigma * self.normal())

    def exponential(self, mean: float) -> float:
        """Exponential with this mean."""
        return -mean * log(1.0 - self.uniform())


def _last_positive(weights: Sequence[float]) -> int:
    return max(i for i, weight in enumerate(weights) if weight > 0)


def stream(*parts: int | str) -> Stream:
    """The stream for what is named by `parts`, such as (seed, number, "agenda")."""
    return Stream(key(*parts))


def substream(base: int, purpose: int) -> Stream:
    """A stream split off a key by a small number, without hashing text: for the hot path."""
    z = (base + purpose * _GOLDEN) & _MASK  # what follows mixes it as above
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
    return Stream(z ^ (z >> 31))
