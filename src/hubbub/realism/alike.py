"""Messages of two sides, drawn so that their lengths are distributed alike: what is left is how they put it.

A length class holds as many of one side as of the other: as many as the side that has fewer of it. So the lengths are
those that both have in common, and neither side's own law weighs more.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np

One = TypeVar("One")
_EXACT = 16  # characters; up to here each length is a class of its own, so that a word more cannot tell
_PER_OCTAVE = 6  # classes for longer ones


def at_equal_lengths(
    ours: Sequence[One], theirs: Sequence[One], most: int, seed: int = 1, text_of: Callable[[One], str] = str
) -> tuple[list[One], list[One]]:
    """As many of one side as of the other, `most` at the most, the n-th of each in the same class of length."""
    chance = np.random.default_rng(seed)
    size = min(len(ours), len(theirs))
    sides = [_by_class([side[i] for i in chance.permutation(len(side))[:size]], text_of) for side in (ours, theirs)]
    pairs = [pair for kind in sorted(sides[0]) for pair in zip(sides[0][kind], sides[1][kind], strict=False)]
    drawn = [pairs[i] for i in chance.permutation(len(pairs))[:most]]
    return [one for one, _ in drawn], [other for _, other in drawn]


def _by_class(ones: Sequence[One], text_of: Callable[[One], str]) -> defaultdict[int, list[One]]:
    """Messages by their class of length, in the order they came."""
    classes: defaultdict[int, list[One]] = defaultdict(list)
    for one in ones:
        size = len(text_of(one))
        classes[size if size <= _EXACT else _EXACT + int(_PER_OCTAVE * np.log2(size / _EXACT)) + 1].append(one)
    return classes
