"""Our plain arithmetic against scipy's, and against what an interval promises."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats as reference

from hubbub.stats import intervals


@given(st.integers(1, 100_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_is_what_scipy_says(pair: tuple[int, int]) -> None:
    k, n = pair
    theirs = reference.binomtest(k, n).proportion_ci(0.95, method="wilson")
    assert intervals.wilson(k, n) == pytest.approx((theirs.low, theirs.high), abs=1e-9)


def test_wilson_without_trials_says_nothing() -> None:
    assert intervals.wilson(0, 0) == (0.0, 1.0)


@settings(deadline=None)
@given(st.integers(1, 200_000), st.sampled_from([0.5, 0.9, 0.95, 0.99]))
def test_quantile_ranks_are_the_binomials_own(n: int, q: float) -> None:
    low, high = intervals.quantile_ranks(n, q)
    their_low, their_high = int(reference.binom.ppf(0.025, n, q)), int(reference.binom.ppf(0.975, n, q)) + 1
    assert (low or 0, high or n + 1) == (their_low, min(their_high, n + 1))


@pytest.mark.parametrize(("q", "enough"), [(0.5, 6), (0.95, 72), (0.99, 368)])
def test_a_quantile_has_an_upper_bound_from_so_many_samples_on(q: float, enough: int) -> None:
    assert intervals.quantile_ranks(enough - 1, q)[1] is None
    assert intervals.quantile_ranks(enough, q)[1] == enough


def test_a_quantiles_interval_holds_the_truth_as_often_as_it_promises() -> None:
    chance = np.random.default_rng(1)
    low, high = intervals.quantile_ranks(300, 0.9)
    assert low is not None
    assert high is not None
    draws = np.sort(chance.exponential(size=(4000, 300)), axis=1)
    truth = -np.log(0.1)
    held = np.mean((draws[:, low - 1] <= truth) & (truth <= draws[:, high - 1]))
    assert held >= 0.945


@pytest.mark.parametrize("count", [0, 1, 2, 5, 30, 1000])
def test_poisson_is_near_the_exact_limits(count: int) -> None:
    low = reference.chi2.ppf(0.025, 2 * count) / 2 if count else 0.0
    high = reference.chi2.ppf(0.975, 2 * count + 2) / 2
    near = pytest.approx((low, high), rel=0.02, abs=0.03)
    assert intervals.poisson(count) == near


def test_the_means_interval_is_students_for_many_samples() -> None:
    sample = np.random.default_rng(2).normal(10, 3, 5000)
    theirs = reference.t.interval(0.95, 4999, sample.mean(), reference.sem(sample))
    ours = intervals.mean(float(sample.sum()), float((sample**2).sum()), 5000)
    assert ours == pytest.approx(theirs, rel=1e-4)


def test_one_sample_bounds_no_mean() -> None:
    assert intervals.mean(3.0, 9.0, 1) == (float("-inf"), float("inf"))
