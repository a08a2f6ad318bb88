"""Measures on what customers said: lengths, counts, delays, the order of acts, and how rich and repetitive they are."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from math import exp, log

import numpy as np
from scipy.stats import ks_2samp, kstest, norm

from hubbub.realism.dialogue import ACTS, Dialogue

SHORT, SHORT_SHARE = 6, 0.15  # characters; share of live-chat messages that are no longer. Measured on live chat
LENGTH = (36.5, 0.80)  # median and log-sd of the others' lengths. Measured on live chat
COUNT = (7.9, 0.28)  # the same for a customer's messages in a conversation. Measured on MultiDoGO, mean 8.2
TOKENS = 20_000
LONG = 20  # characters; what is shorter repeats in life too
_TOKEN = re.compile(  # a sign each where nothing stands between words
    r"[\u3041-\u30ff\u3400-\u9fff]|(?:(?![\u3041-\u30ff\u3400-\u9fff])[\w'])+"
)
_RANKS = 500


def length_law(size: float) -> float:
    """The share of live-chat messages with at most `size` characters; the short ones spread evenly over 1 to SHORT."""
    short = min(1.0, max(0.0, size / SHORT)) * SHORT_SHARE
    return short + (1.0 - SHORT_SHARE) * (_lognormal(size, LENGTH) if size > 0 else 0.0)


def drawn_lengths(many: int, seed: int = 1) -> list[int]:
    """Lengths by that law."""
    chance = np.random.default_rng(seed)
    short = chance.integers(1, SHORT + 1, many)
    others = np.maximum(1, np.rint(chance.lognormal(log(LENGTH[0]), LENGTH[1], many))).astype(int)
    return [int(size) for size in np.where(chance.random(many) < SHORT_SHARE, short, others)]


def count_law(count: float) -> float:
    """The share of conversations with at most `count` customer messages."""
    return _lognormal(count + 0.5, COUNT) if count >= 1 else 0.0


def _lognormal(value: float, law: tuple[float, float]) -> float:
    return float(norm.cdf(log(value / law[0]) / law[1]))


def distance_to(values: Sequence[float], law: Callable[[float], float]) -> float:
    """Kolmogorov and Smirnov's distance of whole numbers to a law: compared at whole numbers, where a law is exact.

    Between two of the values the law goes on and the sample does not, so they are farthest apart at a value, or at the
    number before it.
    """
    sizes, counts = np.unique(np.asarray(values, dtype=float), return_counts=True)
    reached = np.cumsum(counts) / counts.sum()
    before = np.concatenate(((0.0,), reached[:-1]))
    at, just_below = (np.array([law(size) for size in some]) for some in (sizes, sizes - 1))
    return float(max(abs(reached - at).max(), abs(before - just_below).max()))


def distance(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Kolmogorov and Smirnov's distance of two samples; NaN when one is empty."""
    return float(ks_2samp(ours, theirs).statistic) if ours and theirs else float("nan")


def exponential_distance(values: Sequence[float], mean: float) -> float:
    """Kolmogorov and Smirnov's distance to the exponential law with this mean."""
    return float(kstest(values, "expon", args=(0, mean)).statistic)


def tokens_of(texts: Iterable[str], most: int = TOKENS) -> list[str]:
    """The first words, lower case."""
    found: list[str] = []
    for text in texts:
        found += _TOKEN.findall(text.lower())
        if len(found) >= most:
            break
    return found[:most]


def distinct(texts: Iterable[str], runs: int) -> float:
    """The share of runs of so many words that are different, among the first 20,000 words (Li et al., 2016)."""
    words = tokens_of(texts)
    grams = list(zip(*(words[at:] for at in range(runs)), strict=False))
    return len(set(grams)) / len(grams) if grams else float("nan")


def zipf_slope(texts: Iterable[str]) -> float:
    """The slope of log count against log rank over the 500 commonest words; about -1 in most texts."""
    counts = [n for _, n in Counter(tokens_of(texts, 200_000)).most_common(_RANKS)]
    if len(counts) < 3:
        return float("nan")
    return float(np.polyfit(np.log(np.arange(1, len(counts) + 1)), np.log(counts), 1)[0])


def repeat_rate(texts: Iterable[str]) -> float:
    """The share of messages over 20 characters that say exactly what an earlier one said."""
    long = [text for text in texts if len(text) > LONG]
    return 1.0 - len(set(long)) / len(long) if long else float("nan")


def bigrams_of(dialogues: Iterable[Dialogue]) -> Counter[tuple[str, str]]:
    """How often each act follows each, with a start and an end."""
    found: Counter[tuple[str, str]] = Counter()
    for dialogue in dialogues:
        if dialogue.acts:
            found.update(pairwise(("<s>", *dialogue.acts, "</s>")))
    return found


def perplexity(dialogues: Iterable[Dialogue], model: Counter[tuple[str, str]]) -> float:
    """How many next acts the order of acts leaves open, by the bigrams of another corpus, one added to each."""
    counted = bigrams_of(dialogues)
    total = sum(counted.values())
    if not total or not model:
        return float("nan")
    starts: Counter[str] = Counter()
    for (first, _), n in model.items():
        starts[first] += n
    options = len(ACTS) + 1
    loss = sum(n * log((model[pair] + 1) / (starts[pair[0]] + options)) for pair, n in counted.items())
    return exp(-loss / total)
