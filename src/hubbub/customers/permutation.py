"""Numbers that name their customer: patterns filled by a keyed permutation, no two alike, each to be inverted."""

import re
from functools import lru_cache
from math import isqrt

from msgspec import Struct

from hubbub.chance import key, substream

_ROUNDS = 4  # of Luby and Rackoff's construction; enough for values that must differ, not for secrets
_CLASSES = {"#": r"\d", "?": "[A-Z]"}
_SYMBOLS = {"#": "0123456789", "?": "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}


class Permutation(Struct, frozen=True):
    """A one-to-one shuffling of 0..size-1: a Feistel network on a square of digits, walked round its cycle.

    After Black and Rogaway, Ciphers with arbitrary finite domains, 2002.
    """

    size: int
    side: int  # the least whose square holds `size`, so that few steps lead outside
    base: int

    def forward(self, index: int) -> int:
        """Where `index` (0 <= index < size) goes."""
        while True:
            high, low = divmod(index, self.side)
            for turn in range(_ROUNDS):
                high, low = low, (high + self._scramble(low, turn)) % self.side
            index = high * self.side + low
            if index < self.size:
                return index

    def backward(self, image: int) -> int:
        """The index that goes to `image`."""
        while True:
            high, low = divmod(image, self.side)
            for turn in reversed(range(_ROUNDS)):
                high, low = (low - self._scramble(high, turn)) % self.side, high
            image = high * self.side + low
            if image < self.size:
                return image

    def _scramble(self, digit: int, turn: int) -> int:
        return substream(self.base, digit * _ROUNDS + turn).bits()


@lru_cache(maxsize=4096)
def permutation(seed: int, name: str, size: int) -> Permutation:
    """The shuffling of 0..size-1 that belongs to a run's seed and a name."""
    return Permutation(size, isqrt(size - 1) + 1, key(seed, "permutation", name, size))


@lru_cache(maxsize=1024)
def capacity(pattern: str) -> int:
    """How many different texts a pattern has: ten per `#`, twenty-six per `?`."""
    size = 1
    for symbol in pattern:
        size *= len(_SYMBOLS.get(symbol, "x"))
    return size


def free_places(pattern: str) -> int:
    """How many places of a pattern are to be filled."""
    return sum(symbol in _SYMBOLS for symbol in pattern)


def fill(pattern: str, index: int) -> str:
    """The pattern's text number `index` (0 <= index < capacity)."""
    text = []
    for symbol in reversed(pattern):
        options = _SYMBOLS.get(symbol)
        if options is None:
            text.append(symbol)
        else:
            index, place = divmod(index, len(options))
            text.append(options[place])
    return "".join(reversed(text))


def index_of(pattern: str, text: str) -> int | None:
    """The number of a pattern's text; None when the text is not one of the pattern's."""
    if len(text) != len(pattern):
        return None
    index = 0
    for symbol, letter in zip(pattern, text, strict=True):
        options = _SYMBOLS.get(symbol, symbol)
        if letter not in options:
            return None
        index = index * len(options) + options.index(letter)
    return index


def shape_of(pattern: str) -> str:
    """A regular expression for the pattern's texts."""
    return "".join(_CLASSES.get(symbol) or re.escape(symbol) for symbol in pattern)


def unique_fill(pattern: str, seed: int, number: int, *, ordinal: int = 0, of: int = 1) -> str:
    """The pattern's text for conversation `number`.

    Any capacity // of consecutive numbers get different texts. `ordinal` tells apart slots of one customer that share
    a pattern; `of` is the largest count of such slots in the population. The shuffling depends on the seed and the
    pattern alone, so that two personas that share a pattern cannot give the same text to two customers.
    """
    size = capacity(pattern)
    return fill(pattern, permutation(seed, pattern, size).forward((number * of + ordinal) % size))


def number_of(pattern: str, seed: int, text: str, *, of: int = 1) -> tuple[int, int] | None:
    """Invert unique_fill: (remainder, period), so that the owner's number is remainder + any multiple of period.

    The period is exact when `of` divides the capacity; None when the text is not one of the pattern's.
    """
    index = index_of(pattern, text)
    if index is None:
        return None
    size = capacity(pattern)
    return permutation(seed, pattern, size).backward(index) // of, max(1, size // of)
