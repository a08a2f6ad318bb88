"""When customers arrive: pure generators of seconds since the start."""

from collections.abc import Callable, Iterator
from itertools import islice, repeat
from math import sqrt

from msgspec import Struct

from hubbub.chance import Stream
from hubbub.model import Arrivals, Stage


class Arrival(Struct, frozen=True):
    """A customer is due `due_s` seconds after the start, in this stage (an index into `labels`)."""

    due_s: float
    stage: int


Process = Callable[[Arrivals, float, Stream], Iterator[Arrival]]


def constant(arrivals: Arrivals, duration_s: float, stream: Stream) -> Iterator[Arrival]:
    """Evenly spaced: the k-th customer is due at k / rate, computed afresh so that no error adds up."""
    rate = _rate(arrivals)
    for k in range(int(duration_s * rate) + 1):
        if k / rate >= duration_s:
            return
        yield Arrival(k / rate, 0)


def poisson(arrivals: Arrivals, duration_s: float, stream: Stream) -> Iterator[Arrival]:
    """Independent customers: exponential gaps, coefficient of variation 1."""
    return stages(
        Arrivals(process="stages", stages=(Stage(for_s=duration_s, rate_per_s=_rate(arrivals)),)), duration_s, stream
    )


def stages(arrivals: Arrivals, duration_s: float, stream: Stream) -> Iterator[Arrival]:
    """Poisson at a rate that is constant per stage, or climbs linearly through a stage's ramp.

    A unit-rate Poisson process is mapped through the inverse of the expected count so far (time change; Cinlar,
    Introduction to Stochastic Processes, 1975), so that a ramp has no steps and the count is right at any cut.
    """
    begin = 0.0
    before = 0.0
    mass = stream.exponential(1.0)  # expected arrivals from the present segment's start until the next customer
    for index, stage in enumerate(arrivals.stages):
        ramp = min(stage.ramp_s, stage.for_s)
        for length, low, high in (
            (ramp, before, stage.rate_per_s),
            (stage.for_s - ramp, stage.rate_per_s, stage.rate_per_s),
        ):
            total = length * (low + high) / 2
            while mass < total:
                due = begin + _when(mass, length, low, high)
                if due >= duration_s:
                    return
                yield Arrival(due, index)
                mass += stream.exponential(1.0)
            mass -= total
            begin += length
        before = stage.rate_per_s


def closed(arrivals: Arrivals, duration_s: float, stream: Stream) -> Iterator[Arrival]:
    """Those who are there from the start; each who leaves is followed by the next, which the engine sees to.

    Holding a number open instead of letting customers come by the clock hides delay: a slow agent is asked less.
    """
    return islice(repeat(Arrival(0.0, 0)), arrivals.open or 1)


def labels(arrivals: Arrivals) -> tuple[str, ...]:
    """What to call the stages, in order."""
    if arrivals.process == "stages":
        return tuple(f"{i}: {stage.rate_per_s:g}/s" for i, stage in enumerate(arrivals.stages, 1))
    if arrivals.process == "closed":
        return (f"{arrivals.open} open",)
    return (f"{arrivals.rate_per_s:g}/s" if arrivals.rate_per_s else arrivals.process,)


def span_s(arrivals: Arrivals, duration_s: float) -> float:
    """Seconds during which customers arrive: the duration, or less where the stages end before it."""
    if arrivals.process != "stages":
        return duration_s
    return min(duration_s, sum(stage.for_s for stage in arrivals.stages))


def _rate(arrivals: Arrivals) -> float:
    if arrivals.rate_per_s is None:
        raise ValueError(f"{arrivals.process} arrivals need rate_per_s")
    return arrivals.rate_per_s


def _when(mass: float, length: float, low: float, high: float) -> float:
    """The time at which a rate going from low to high over length has brought this many."""
    slope = (high - low) / length
    if abs(slope) < 1e-12:
        return mass / low
    return (sqrt(low * low + 2 * slope * mass) - low) / slope
