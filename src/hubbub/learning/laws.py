"""How long, how often, how fast, when: laws fitted to a log, each with how far it is from what it was fitted to."""

from collections import Counter
from collections.abc import Sequence
from itertools import product
from math import exp

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from hubbub.customers.channels import TEMPI, LogNormal
from hubbub.learning.observed import Observed, Pause

LONGEST_PAUSE_S = 3600.0  # who takes longer was away, and says nothing of how fast people answer
_FEW = 20  # values below which no law is fitted
_OWN_TEMPO = 0.27  # log-sd between customers, as in customers/population.py
_MOST_BURST = 6
_PARTS = 3
_STEPS = (1.2, 1.1, 1.1, 1.05)  # of the search round the best of the grid
Floats = NDArray[np.float64]


class Pace(Struct, frozen=True):
    """Seconds per character read, of thought, per character typed: medians and log-sds; `ks` to the log's pauses."""

    read_s_per_char: LogNormal
    think_s: LogNormal
    type_s_per_char: LogNormal
    ks: float
    pauses: int
    longer: int  # pauses over an hour, which were left out
    grain_s: float = 0.0  # the log's times are whole multiples of it; 0 where they are finer than a second


class Rhythm(Struct, frozen=True):
    """When conversations began. `per_hour` are the shares of the hours of the day in UTC, `rates_per_s` how many came
    in each, by the days on which the log saw that hour.
    """

    per_hour: tuple[float, ...]
    rates_per_s: tuple[float, ...]
    busiest_per_s: float  # rate in the busiest hour on record
    dispersion: float  # variance by mean of counts per minute in the busiest hour; 1 for independent arrivals
    ks: float  # of the gaps in that hour to the exponential law
    days: float


def fit_pace(pauses: Sequence[Pause], seed: int = 1) -> Pace | None:
    """The pace whose delays come nearest to the pauses; None for fewer than twenty. Web chat's laws are the start."""
    kept = [pause for pause in pauses if pause.seconds <= LONGEST_PAUSE_S]
    if len(kept) < _FEW:
        return None
    chance = np.random.default_rng(seed)
    some = [kept[i] for i in chance.permutation(len(kept))[:4000]]
    seconds = np.array([pause.seconds for pause in some])
    heard, said = (np.array([getattr(p, name) for p in some], dtype=float) for name in ("heard_chars", "said_chars"))
    normals, phases = chance.standard_normal((4, len(some))), chance.random(len(some))
    grain_s = grain_of(seconds)
    start = TEMPI["web-chat"]

    def delays(scale: float, think: float, sigma: float) -> Floats:
        own = np.exp(_OWN_TEMPO * normals[0])
        read = scale * heard * _drawn(start.read_s_per_char, normals[1])
        typed = scale * said * _drawn(start.type_s_per_char, normals[2])
        return in_grains(own * (read + think * np.exp(sigma * normals[3]) + typed), grain_s, phases)

    typical = max(0.2, float(np.mean(seconds) / 2 if grain_s > 1 else np.median(seconds)))
    grid = [
        (scale, share * typical, sigma)
        for scale in (0.0, 0.1, 0.25, 0.5, 0.75, 1.0, 1.3, 1.7)
        for share in (0.1, 0.2, 0.3, 0.45, 0.6, 0.8, 1.0)
        for sigma in (0.4, 0.7, 1.0, 1.3, 1.6)
    ]
    effort = heard * start.read_s_per_char[0] + said * start.type_s_per_char[0]
    parts = _parts(effort)

    def apart(at: tuple[float, float, float]) -> float:
        held = delays(*at)
        return sum(_distance(seconds[part], held[part]) for part in parts)

    scale, think, sigma = min(grid, key=apart)
    for step in _STEPS:
        scales, thinks, sigmas = ((value / step, value, value * step) for value in (scale, think, sigma))
        around = product(scales, thinks, sigmas)
        scale, think, sigma = min(around, key=apart)
    return Pace(
        read_s_per_char=(_neat(scale * start.read_s_per_char[0]), start.read_s_per_char[1]),
        think_s=(_neat(think), _neat(sigma)),
        type_s_per_char=(_neat(scale * start.type_s_per_char[0]), start.type_s_per_char[1]),
        ks=_distance(seconds, delays(scale, think, sigma)),
        pauses=len(kept),
        longer=len(pauses) - len(kept),
        grain_s=grain_s,
    )


def grain_of(seconds: Sequence[float] | Floats) -> float:
    """How coarse the clock of a log is: a minute, a second, or 0 for less."""
    return next((grain for grain in (60.0, 1.0) if not np.any(np.mod(seconds, grain))), 0.0)


def in_grains(delays: Floats, grain_s: float, phases: Floats) -> Floats:
    """Delays as a clock shows them that only counts grains; `phases` say how far it is in one as each delay begins."""
    return np.asarray(np.floor(delays / grain_s + phases) * grain_s if grain_s else delays)


def _parts(effort: Floats) -> list[NDArray[np.intp]]:
    """The pauses in equal parts, by how much was to be read and typed: what is alike for all of them was thought.

    All delays at once tell little of that: more thought and less typing come to much the same.
    """
    return np.array_split(np.argsort(effort, kind="stable"), _PARTS)


def _drawn(law: LogNormal, normals: Floats) -> Floats:
    return np.asarray(law[0] * np.exp(law[1] * normals))


def _distance(one: Floats, other: Floats) -> float:
    """Kolmogorov and Smirnov's distance, by sorting alone: it is asked for hundreds of times."""
    every = np.concatenate((one, other))
    shares = [np.searchsorted(np.sort(side), every, side="right") / len(side) for side in (one, other)]
    return float(np.abs(shares[0] - shares[1]).max())


def fit_bursts(conversations: Sequence[Observed]) -> tuple[float, ...]:
    """The shares of turns of 1, 2, 3, ... messages; empty where the log does not show turns."""
    counts = Counter(min(size, _MOST_BURST) for one in conversations for size in one.bursts)
    total = sum(counts.values())
    return tuple(_neat(counts[size] / total) for size in range(1, max(counts) + 1)) if total >= _FEW else ()


def fit_lognormal(values: Sequence[float]) -> tuple[float, float]:
    """Median and log-sd of positive values. (nan, nan) for none."""
    logs = np.log([value for value in values if value > 0])
    return (exp(float(np.median(logs))), float(np.std(logs))) if len(logs) else (float("nan"), float("nan"))


def fit_rhythm(conversations: Sequence[Observed]) -> Rhythm | None:
    """When conversations begin; None where fewer than twenty have a time."""
    began = np.sort([one.began_s for one in conversations if one.began_s is not None])
    if len(began) < _FEW:
        return None
    hours = np.floor(began / 3600.0).astype(np.int64)
    counted = Counter(int(hour) for hour in hours)
    busiest, most = max(counted.items(), key=lambda pair: (pair[1], -pair[0]))
    within = began[hours == busiest] - busiest * 3600.0
    minutes = np.bincount((within // 60).astype(int), minlength=60)[:60]
    gaps = np.diff(within)
    by_hour = np.bincount(hours % 24, minlength=24)
    profile = by_hour / len(began)
    span_s = max(3600.0, float(began[-1] - began[0]))
    exponential = -np.log(1.0 - (np.arange(2000) + 0.5) / 2000) * (gaps.mean() if len(gaps) else 1.0)
    return Rhythm(
        per_hour=tuple(_neat(float(share)) for share in profile),
        rates_per_s=tuple(_neat(float(rate)) for rate in by_hour / _hours_seen(int(hours[0]), int(hours[-1])) / 3600.0),
        busiest_per_s=_neat(most / 3600.0),
        dispersion=_neat(float(minutes.var() / minutes.mean())),
        ks=_distance(gaps, exponential) if len(gaps) >= _FEW else float("nan"),
        days=_neat(span_s / 86_400.0),
    )


def _hours_seen(first: int, last: int) -> Floats:
    """How often each hour of the day lies between two hours on record, and once where none does.

    A log that ends in the evening has not seen the night: what is divided by its length in days comes out too high.
    """
    days, rest = divmod(last + 1 - first, 24)
    seen = np.full(24, float(days))
    seen[np.arange(first, first + rest) % 24] += 1
    return np.asarray(np.maximum(1.0, seen))


def _neat(value: float) -> float:
    return float(f"{value:.4g}")
