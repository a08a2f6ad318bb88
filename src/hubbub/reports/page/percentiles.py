"""Latency by percentile, corrected and uncorrected for coordinated omission, from merged histograms."""

from msgspec import Struct

from hubbub.stats.histogram import PER_S, Histogram, rank_of
from hubbub.stats.tally import Tally

_STEPS = 8  # points for every halving of the share that is left
TABLED = (0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 0.9999)
CORRECTED = "corrected: from when it was due"
UNCORRECTED = "uncorrected: from when it was sent"


class Point(Struct, frozen=True):
    """A share 1 - 1/out_of of the samples took no longer than `value_s`."""

    out_of: float
    label: str
    value_s: float


class Distribution(Struct, frozen=True):
    """One histogram as points up to its slowest sample, and as a row of a table."""

    name: str
    samples: int
    points: tuple[Point, ...]
    row_s: tuple[float | None, ...]  # at TABLED, then the slowest; None where a percentile needs more samples
    slowest_s: float


def latencies(tally: Tally) -> tuple[tuple[str, tuple[Distribution, Distribution]], ...]:
    """First text and whole reply, each as (corrected, uncorrected); those without samples are left out."""
    pairs = (
        ("Until the first visible text", tally.first_text, tally.service_first_text),
        ("Until the whole reply", tally.turn, tally.service_turn),
    )
    return tuple(
        (title, (distribution(CORRECTED, due), distribution(UNCORRECTED, sent)))
        for title, due, sent in pairs
        if due.samples and sent.samples
    )


def distribution(name: str, histogram: Histogram) -> Distribution:
    """A histogram that has samples, by percentile."""
    samples = histogram.samples
    shares = _shares(samples)
    ranks = tuple(rank_of(q, samples) for q in (*shares, *TABLED, 1.0))
    values = [(low + high) / 2 / PER_S for low, high in histogram.at_ranks(ranks)]
    points = tuple(Point(1 / (1 - q), f"{q * 100:.6g} %", v) for q, v in zip(shares, values, strict=False))
    tabled = values[len(shares) : -1]
    row = tuple(v if samples >= _needed(q) else None for q, v in zip(TABLED, tabled, strict=True))
    return Distribution(name, samples, points, row, values[-1])


def _needed(q: float) -> int:
    """Samples from which on one lies above a percentile: ten for 90 %, though 10 * (1 - .9) is no whole one."""
    return round(1 / (1 - q))


def _shares(samples: int) -> list[float]:
    """Shares from 0 up to the last that the samples can tell, ever closer: 1 - 2^(-k/8)."""
    shares, at = [], 0
    while 2 ** (at / _STEPS) <= samples:
        shares.append(1 - 2 ** (-at / _STEPS))
        at += 1
    return shares
