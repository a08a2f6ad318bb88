"""How far a difference between two runs can be trusted: whole conversations drawn again, in pairs where they are.

Turns of a conversation are not independent, so conversations are drawn, not turns (the cluster bootstrap: Davison and
Hinkley, Bootstrap Methods and their Application, 1997, 3.8). Where both runs held a conversation with the same
customer, both are drawn together, and what the customers alone explain falls out of the difference.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from hubbub.stats.intervals import wilson
from hubbub.stats.samples import Floats, Places, Samples

_SEED = 20_260_301  # any: two comparisons of the same runs come out the same
_FEW = 5  # events below which drawing again says too little about a share
_WORK = 20_000_000  # values to be drawn again per quantity; bounds the seconds it takes
ROUNDS = (200, 1000)
Weights = NDArray[np.int64]
Interval = tuple[float, float]


def rounds_for(base: Samples, candidate: Samples) -> int:
    """How often to draw: more often for small runs, which need it and can afford it."""
    values = sum(len(s.quantities["turn"].ordered()[0]) for s in (base, candidate))
    return int(np.clip(_WORK // max(1, values), *ROUNDS))


def draws(base: Samples, candidate: Samples, rounds: int, *, paired: bool) -> Iterator[tuple[Weights, Weights]]:
    """How often each conversation of either run is drawn, round by round."""
    chance = np.random.default_rng(_SEED)
    if not paired:
        sizes = len(base.numbers), len(candidate.numbers)
        for _ in range(rounds):
            first, second = (np.bincount(chance.integers(n, size=n), minlength=n) for n in sizes)
            yield first, second
        return
    everyone = np.union1d(base.numbers, candidate.numbers)
    places = [np.searchsorted(everyone, samples.numbers) for samples in (base, candidate)]
    for _ in range(rounds):
        drawn = np.bincount(chance.integers(len(everyone), size=len(everyone)), minlength=len(everyone))
        yield drawn[places[0]], drawn[places[1]]


def quantile(ordered: tuple[Floats, Places], levels: Sequence[float], weights: Weights | None = None) -> Floats:
    """Quantiles of values whose conversations are drawn `weights` times each; NaN where none was drawn."""
    values, places = ordered
    reached = np.arange(1, len(values) + 1) if weights is None else np.cumsum(weights[places])
    if not len(values) or not reached[-1]:
        return np.full(len(levels), np.nan)
    ranks = np.maximum(1, np.ceil(np.asarray(levels) * reached[-1]))
    found: Floats = values[np.searchsorted(reached, ranks)]
    return found


def bounds(changes: Sequence[Floats]) -> Mapping[int, Interval | None]:
    """The middle 95 % of each column of what was drawn; None where too much of it is undefined."""
    table = np.asarray(changes)
    found: dict[int, Interval | None] = {}
    for at in range(table.shape[1] if table.ndim == 2 else 0):
        column = table[:, at][np.isfinite(table[:, at])]
        enough = len(column) >= 0.9 * len(table)
        found[at] = (float(np.percentile(column, 2.5)), float(np.percentile(column, 97.5))) if enough else None
    return found


def newcombe(part: float, whole: float, part_then: float, whole_then: float) -> Interval:
    """The interval of a difference of two shares, now minus then, from their Wilson intervals.

    R. G. Newcombe, Statistics in Medicine 17 (1998), 873-890, method 10. Holds also where nothing happened at all.
    """
    now, then = part / whole, part_then / whole_then
    low, high = wilson(round(part), round(whole))
    low_then, high_then = wilson(round(part_then), round(whole_then))
    change = now - then
    return (
        change - sqrt((now - low) ** 2 + (high_then - then) ** 2),
        change + sqrt((high - now) ** 2 + (then - low_then) ** 2),
    )


def is_rare(part: float, whole: float) -> bool:
    """Whether a share has too few events, or too few of their opposite, for drawing again to tell its spread."""
    return min(part, whole - part) < _FEW
