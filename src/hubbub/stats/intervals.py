"""Intervals at 95 %: how far a figure can be trusted. In plain arithmetic, so that generators need not load scipy."""

from functools import lru_cache
from math import exp, inf, lgamma, log, log1p, sqrt

Z = 1.959963984540054  # the 97.5th percentile of the standard normal
_TAIL = 0.025
_NEGLIGIBLE_SDS = 8.0


def wilson(successes: float, trials: float) -> tuple[float, float]:
    """Wilson's score interval for a share (E. B. Wilson, JASA 22, 1927). (0, 1) without trials."""
    if not trials:
        return 0.0, 1.0
    share, z2 = successes / trials, Z * Z
    centre = share + z2 / (2 * trials)
    spread = Z * sqrt(share * (1 - share) / trials + z2 / (4 * trials * trials))
    scale = 1 + z2 / trials
    low = 0.0 if successes == 0 else (centre - spread) / scale
    high = 1.0 if successes == trials else (centre + spread) / scale
    return low, high


def poisson(count: float) -> tuple[float, float]:
    """The mean that a count of independent events may come from, by Byar's approximation to the exact limits.

    Breslow and Day, Statistical Methods in Cancer Research II (IARC, 1987), p. 69; within 1 % from a count of 2 on.
    """
    low = count * (1 - 1 / (9 * count) - Z / (3 * sqrt(count))) ** 3 if count else 0.0
    above = count + 1
    return low, above * (1 - 1 / (9 * above) + Z / (3 * sqrt(above))) ** 3


def mean(total: float, squares: float, samples: int, effect: float = 1.0) -> tuple[float, float]:
    """The mean's interval by the central limit theorem, from a sum and a sum of squares. Unbounded below 2 samples.

    `effect` is the design effect, by which the mean varies more than if samples were independent.
    """
    if samples < 2:
        return -inf, inf
    centre = total / samples
    variance = max(0.0, (squares - total * centre) / (samples - 1))
    spread = Z * sqrt(variance * effect / samples)
    return centre - spread, centre + spread


@lru_cache(maxsize=4096)
def quantile_ranks(samples: int, q: float) -> tuple[int | None, int | None]:
    """Ranks of the samples that bound a quantile, whatever the distribution; None where no sample bounds it.

    The number of samples below the quantile is binomial, so order statistics bound it exactly (W. R. Thompson, Annals
    of Mathematical Statistics 7, 1936; David and Nagaraja, Order Statistics, 7.1). A 95th percentile has an upper bound
    from 72 samples on, a 99th from 368.
    """
    if not samples:
        return None, None
    low = _binomial_quantile(samples, q, _TAIL)
    high = _binomial_quantile(samples, q, 1 - _TAIL) + 1
    return (low if low >= 1 else None), (high if high <= samples else None)


def _binomial_quantile(n: int, p: float, share: float) -> int:
    """The smallest k with P(X <= k) >= share, for X binomial(n, p) and 0 < p < 1."""
    k = max(0, int(n * p - _NEGLIGIBLE_SDS * sqrt(n * p * (1 - p)) - 1))
    mass = exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + k * log(p) + (n - k) * log1p(-p))
    odds = p / (1 - p)
    below = mass
    while below < share and k < n:
        mass *= (n - k) / (k + 1) * odds
        k += 1
        below += mass
    return k
