"""Three figures, whatever is recorded, and the same however it is merged."""

import numpy as np
import pytest
from hdrh.histogram import HdrHistogram
from hypothesis import given, settings
from hypothesis import strategies as st

from hubbub.stats.histogram import PER_S, Histogram, decode, rank_of

values = st.lists(st.integers(0, 3600 * PER_S), min_size=1, max_size=200)
quantiles = st.sampled_from([0.0, 0.01, 0.5, 0.9, 0.95, 0.99, 1.0])


def filled(numbers: list[int]) -> Histogram:
    histogram = Histogram()
    for number in numbers:
        histogram.record(number)
    return histogram


@given(values, quantiles)
def test_a_quantile_is_within_a_thousandth_of_the_exact_one(numbers: list[int], q: float) -> None:
    exact = float(np.quantile(numbers, q, method="inverted_cdf"))
    found = filled(numbers).quantile(q)
    assert found is not None
    assert abs(found - exact) <= max(0.5, exact / 1000)


@given(values, quantiles)
def test_it_agrees_with_hdrhistogram_itself(numbers: list[int], q: float) -> None:
    theirs = HdrHistogram(1, 3600 * PER_S * 2, 3)
    for number in numbers:
        theirs.record_value(max(1, number))
    ours = filled([max(1, number) for number in numbers])
    rank = rank_of(q, len(numbers))
    low, high = ours.at_ranks((rank,))[0]
    assert low <= sorted(max(1, n) for n in numbers)[rank - 1] <= high
    assert theirs.get_highest_equivalent_value(low) == high


@given(values, values)
def test_merging_is_exact_in_any_order(one: list[int], other: list[int]) -> None:
    ab, ba, both = filled(one), filled(other), filled(one + other)
    ab.merge(filled(other))
    ba.merge(filled(one))
    assert ab.counts == ba.counts == both.counts
    assert ab.sums() == ba.sums() == both.sums()


@given(values)
def test_the_mean_is_within_a_thousandth(numbers: list[int]) -> None:
    total, squares = filled(numbers).sums()
    assert total == pytest.approx(sum(numbers), rel=1e-3, abs=0.5 * len(numbers))
    assert squares == pytest.approx(sum(n * n for n in numbers), rel=2e-3, abs=len(numbers))


@given(st.floats(-1, 4000))
def test_a_duration_is_counted_as_its_microseconds_are(seconds: float) -> None:
    histogram = Histogram()
    histogram.record_s(seconds)
    assert histogram.counts == filled([int(seconds * PER_S + 0.5)]).counts


@settings(max_examples=10, deadline=None)
@given(values)
def test_it_comes_back_from_hdrhistograms_own_form(numbers: list[int]) -> None:
    histogram = filled([max(1, number) for number in numbers])
    back = decode(histogram.encode())
    assert back.counts == histogram.counts
    assert back.samples == histogram.samples


def test_days_are_kept_as_well_as_microseconds() -> None:
    histogram = filled([7 * 86_400 * PER_S])
    assert histogram.quantile(0.5) == pytest.approx(7 * 86_400 * PER_S, rel=1e-3)
    assert decode(histogram.encode()).counts == histogram.counts


def test_a_clock_that_ran_back_counts_as_nothing() -> None:
    histogram = Histogram()
    histogram.record_s(-0.000004)
    histogram.record_s(-3.0)
    assert histogram.counts == {0: 2}


def test_nothing_has_no_quantile() -> None:
    assert Histogram().quantile(0.5) is None
    with pytest.raises(IndexError):
        filled([1]).at_ranks((2,))
