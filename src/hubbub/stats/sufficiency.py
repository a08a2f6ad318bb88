"""How many samples would have told on which side of a limit a figure lies."""

from collections.abc import Callable
from math import ceil, floor, log10

from msgspec import Struct

from hubbub.model import Metric
from hubbub.stats.intervals import quantile_ranks, wilson

_MOST = 1e12  # more than any run has; a figure this near its limit lies on it


class Enough(Struct, frozen=True):
    """So many samples, if the figure stays as it is. `least`: fewer cannot bound it, and more may be needed."""

    samples: int
    least: bool


def enough(metric: Metric, limit: float, q: float | None = None, *, below: bool) -> Enough | None:
    """The samples at which the interval would lie clear of `limit`; None when no number would do.

    `below` says that the limit asks for less than it, `q` which quantile the metric is. Without samples yet, the best
    that can come is taken for the figure. Numbers are rounded up to two digits: they are planned with, not kept.
    """
    if metric.kind == "share":
        needed = _of_a_share(metric.value, limit, below=below)
        return None if needed is None else told(needed * metric.design_effect, least=metric.value is None)
    high_side = metric.value is None or metric.value < limit  # which end of the interval must come clear
    bound = metric.high if high_side else metric.low
    if metric.kind == "quantile" and q is not None and (metric.value is None or bound is None):
        return told(_first_bounded(q, high=high_side) * metric.design_effect, least=True)
    if metric.value is None or bound is None or metric.value == limit:
        return None
    needed = metric.samples * ((bound - metric.value) / (limit - metric.value)) ** 2  # an interval shrinks by the root
    return told(needed, least=False) if needed < _MOST else None


def _of_a_share(share: float | None, limit: float, *, below: bool) -> float | None:
    """Independent samples after which Wilson's interval around this share holds the limit no more."""
    share = (0.0 if below else 1.0) if share is None else share

    def clear(samples: float) -> bool:
        low, high = wilson(share * samples, samples)
        return high < limit or low > limit

    return _first(clear)


def _first_bounded(q: float, *, high: bool) -> float:
    found = _first(lambda samples: quantile_ranks(int(samples), q)[high] is not None)
    assert found is not None, "some number of samples bounds any quantile"
    return found


def _first(holds: Callable[[float], bool]) -> float | None:
    """The least whole number from which on `holds` is true; None where it is not true of any that matters."""
    over = 1.0
    while not holds(over):
        over *= 2
        if over > _MOST:
            return None
    under = over / 2
    while over - under > 1:
        middle = floor((under + over) / 2)
        under, over = (under, float(middle)) if holds(middle) else (float(middle), over)
    return over


def told(samples: float, *, least: bool) -> Enough:
    """So many, rounded up to two digits."""
    step = 10.0 ** max(0, floor(log10(max(1.0, samples))) - 1)
    return Enough(round(ceil(samples / step - 1e-9) * step), least)
