"""How often a 95 % interval of a percentile of turns holds the truth, where turns of a conversation are alike.

python -m benchmarks.intervals [--runs 1000]

Runs are drawn whose truth is known: lognormal waits, of whose logarithm's variance a share lies between conversations
(the intraclass correlation), in conversations of 1 + Poisson(4) turns. Each is judged by the very code that judges a
run, once as it is and once with every turn taken for a conversation of its own.
"""

import argparse
from math import exp

import numpy as np

from hubbub.stats.alike import Alike
from hubbub.stats.figures import quantile
from hubbub.stats.histogram import PER_S, Histogram

CONVERSATIONS = (40, 100, 400)
LIKENESS = (0.0, 0.3, 0.6, 0.9)
QUANTILES = {0.5: 1.0, 0.95: exp(1.6448536269514722)}


def held(chance: np.random.Generator, conversations: int, likeness: float) -> tuple[Histogram, Alike]:
    """One run: its waits, and how they lie in conversations."""
    histogram, alike = Histogram(), Alike()
    for mood in chance.normal(0, likeness**0.5, conversations):
        waits = np.exp(mood + chance.normal(0, (1 - likeness) ** 0.5, 1 + chance.poisson(4)))
        alike.add([histogram.record_s(float(wait)) for wait in waits])
    return histogram, alike


def coverage(conversations: int, likeness: float, runs: int) -> list[tuple[float, float, float]]:
    """By quantile: the share of runs whose interval held the truth, without and with the design effect."""
    chance = np.random.default_rng(7)
    right = {q: [0, 0] for q in QUANTILES}
    for _ in range(runs):
        histogram, alike = held(chance, conversations, likeness)
        for q, truth in QUANTILES.items():
            for at, how in enumerate((None, alike)):
                found = quantile(histogram, q, PER_S, how)
                right[q][at] += (found.low or 0) <= truth and (found.high is None or truth <= found.high)
    return [(q, without / runs, with_effect / runs) for q, (without, with_effect) in right.items()]


def main() -> None:
    """Print a line per scene."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--runs", type=int, default=1000)
    runs = words.parse_args().runs
    print("conversations  likeness  quantile  as independent  with the design effect")
    for likeness in LIKENESS:
        for conversations in CONVERSATIONS:
            for q, without, with_effect in coverage(conversations, likeness, runs):
                print(
                    f"{conversations:13d}  {likeness:8.1f}  {q:8.2f}  {without:14.3f}  {with_effect:22.3f}", flush=True
                )


if __name__ == "__main__":
    main()
