"""Arrivals are pure, absolute, and distributed as they say."""

from collections import Counter
from itertools import pairwise
from statistics import fmean, pstdev

import pytest

from hubbub.arrivals import closed, constant, labels, poisson, span_s, stages
from hubbub.chance import stream
from hubbub.model import Arrivals, Stage


def gap_variation(dues: list[float]) -> float:
    gaps = [b - a for a, b in pairwise(dues)]
    return pstdev(gaps) / fmean(gaps)


def test_constant_arrivals_are_evenly_spaced_and_do_not_drift() -> None:
    dues = [a.due_s for a in constant(Arrivals(rate_per_s=7.0), 1000.0, stream(1))]
    assert len(dues) == 7000
    assert gap_variation(dues) < 1e-6
    assert dues[-1] == pytest.approx(6999 / 7)


def test_poisson_gaps_vary_as_much_as_their_mean() -> None:
    dues = [a.due_s for a in poisson(Arrivals(rate_per_s=50.0), 600.0, stream(3, "arrivals"))]
    assert gap_variation(dues) == pytest.approx(1.0, abs=0.05)
    assert len(dues) == pytest.approx(30_000, rel=0.02)


def test_poisson_counts_are_as_dispersed_as_their_mean() -> None:
    counts = Counter(int(a.due_s) for a in poisson(Arrivals(rate_per_s=20.0), 2000.0, stream(3, "arrivals")))
    per_second = [counts[s] for s in range(2000)]
    assert pstdev(per_second) ** 2 / fmean(per_second) == pytest.approx(1.0, abs=0.1)


def test_stages_bring_what_their_rates_and_ramps_promise() -> None:
    spec = Arrivals(
        process="stages",
        stages=(
            Stage(for_s=100, rate_per_s=10),
            Stage(for_s=200, rate_per_s=40, ramp_s=100),
            Stage(for_s=50, rate_per_s=0),
        ),
    )
    arrivals = list(stages(spec, 1000.0, stream(5, "arrivals")))
    count = Counter(a.stage for a in arrivals)
    assert count[0] == pytest.approx(1000, rel=0.1)
    assert count[1] == pytest.approx(100 * 25 + 100 * 40, rel=0.05)
    assert count[2] == 0
    on_ramp = [sum(1 for a in arrivals if lo <= a.due_s < lo + 25) for lo in (100, 125, 150, 175)]
    assert on_ramp == [pytest.approx(25 * r, rel=0.2) for r in (13.75, 21.25, 28.75, 36.25)]


def test_a_ramp_down_to_nothing_ends() -> None:
    spec = Arrivals(
        process="stages", stages=(Stage(for_s=10, rate_per_s=100), Stage(for_s=10, rate_per_s=0, ramp_s=10))
    )
    dues = [a.due_s for a in stages(spec, 60.0, stream(5))]
    assert len(dues) == pytest.approx(1500, rel=0.1)
    assert max(dues) < 20.0
    assert dues == sorted(dues)


def test_nobody_arrives_after_the_duration() -> None:
    for process in (constant, poisson):
        assert all(a.due_s < 2.5 for a in process(Arrivals(rate_per_s=100.0), 2.5, stream(2)))
    spec = Arrivals(process="stages", stages=(Stage(for_s=100, rate_per_s=50),))
    assert max(a.due_s for a in stages(spec, 3.0, stream(2))) < 3.0


def test_one_seed_gives_one_sequence_and_another_seed_another() -> None:
    def dues(seed: int) -> list[float]:
        return [a.due_s for a in poisson(Arrivals(rate_per_s=5.0), 60.0, stream(seed, "arrivals"))]

    assert dues(1) == dues(1)
    assert dues(1) != dues(2)


def test_closed_brings_everybody_at_once() -> None:
    assert [a.due_s for a in closed(Arrivals(process="closed", open=4), 60.0, stream(1))] == [0.0] * 4


def test_stages_are_named_by_their_rates() -> None:
    spec = Arrivals(process="stages", stages=(Stage(for_s=1, rate_per_s=2), Stage(for_s=1, rate_per_s=10)))
    assert labels(spec) == ("1: 2/s", "2: 10/s")
    assert labels(Arrivals(rate_per_s=2.5)) == ("2.5/s",)
    assert labels(Arrivals(process="closed", open=9)) == ("9 open",)


def test_arrivals_span_the_duration_or_the_shorter_stages() -> None:
    spec = Arrivals(process="stages", stages=(Stage(for_s=5, rate_per_s=2),))
    assert span_s(spec, 60.0) == 5.0
    assert span_s(Arrivals(rate_per_s=1.0), 60.0) == 60.0


def test_a_rate_that_is_missing_is_said() -> None:
    with pytest.raises(ValueError, match="need rate_per_s"):
        list(constant(Arrivals(process="constant"), 1.0, stream(1)))
