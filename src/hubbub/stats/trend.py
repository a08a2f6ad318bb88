"""Does the agent call humans more often under load? Tests on shares, in plain arithmetic.

`trend` asks within one run, over stages of different load; `paired` over two runs with the same customers.
"""

from collections.abc import Iterable, Sequence
from math import erfc, exp, lgamma, log, sqrt

from msgspec import Struct


class Trend(Struct, frozen=True):
    """A test's result: `z` above 0 means that the share rises with load; `p` is two-sided, 1 where nothing varies."""

    z: float
    p: float
    samples: int


class Paired(Struct, frozen=True):
    """The same customers twice: how many were escalated only the second time, only the first, and the two-sided p."""

    only_second: int
    only_first: int
    pairs: int
    p: float


Group = tuple[float, int, int]  # load, how many escalated, of how many


def trend(strata: Iterable[Sequence[Group]]) -> Trend:
    """Whether a share rises with load, each stratum (persona) compared only with itself.

    The Cochran-Armitage test for trend, summed over strata as Mantel does: N. Mantel, Chi-square tests with one degree
    of freedom, JASA 58 (1963), 690-700. The variance is that of sampling without replacement.
    """
    total = variance = 0.0
    samples = 0
    for groups in strata:
        count = sum(of for _, _, of in groups)
        hits = sum(hit for _, hit, _ in groups)
        samples += count
        if count < 2:
            continue
        mean_load = sum(load * of for load, _, of in groups) / count
        spread = sum(of * (load - mean_load) ** 2 for load, _, of in groups)
        total += sum(hit * (load - mean_load) for load, hit, _ in groups)
        variance += hits * (count - hits) * spread / (count * (count - 1))
    if variance <= 0:
        return Trend(0.0, 1.0, samples)
    z = total / sqrt(variance)
    return Trend(z, erfc(abs(z) / sqrt(2)), samples)


def paired(first: dict[int, bool], second: dict[int, bool]) -> Paired:
    """McNemar's exact test on customers who were in both runs, by number: was the agent likelier to escalate in one?

    Q. McNemar, Psychometrika 12 (1947), 153-157; the exact form is the sign test on those who differ.
    """
    both = first.keys() & second.keys()
    rose = sum(second[number] and not first[number] for number in both)
    fell = sum(first[number] and not second[number] for number in both)
    return Paired(rose, fell, len(both), _sign_test(rose, fell))


def _sign_test(some: int, others: int) -> float:
    count, least = some + others, min(some, others)
    if not count:
        return 1.0
    tail = sum(
        exp(lgamma(count + 1) - lgamma(k + 1) - lgamma(count - k + 1) - count * log(2)) for k in range(least + 1)
    )
    return min(1.0, 2 * tail)
