"""Percentile plots: ever finer into the tail, never beyond what the samples can tell."""

import pytest

from hubbub.reports.page.percentiles import distribution, latencies
from hubbub.stats.histogram import Histogram
from hubbub.stats.tally import Tally
from tests.made import turn


def histogram(*seconds: float) -> Histogram:
    made = Histogram()
    for one in seconds:
        made.record_s(one)
    return made


def test_values_climb_and_end_at_the_tail() -> None:
    found = distribution("x", histogram(*(n / 1000 for n in range(1, 1001))))
    values = [point.value_s for point in found.points]
    assert values == sorted(values)
    assert found.points[-1].out_of == pytest.approx(1000, rel=0.1)
    assert found.row_s[:5] == pytest.approx((0.5, 0.75, 0.9, 0.95, 0.99), rel=0.01)
    assert found.slowest_s == pytest.approx(1.0, rel=0.001)


def test_a_percentile_that_needs_more_samples_is_left_out() -> None:
    assert distribution("x", histogram(*[1.0] * 50)).row_s[4:] == (None, None, None)


@pytest.mark.parametrize(("samples", "told"), [(9, 2), (10, 3), (19, 3), (20, 4), (100, 5), (999, 5), (1000, 6)])
def test_a_percentile_is_told_from_the_first_sample_that_lies_above_it(samples: int, told: int) -> None:
    row = distribution("x", histogram(*(n / 100 for n in range(samples)))).row_s
    assert [value is not None for value in row] == [True] * told + [False] * (len(row) - told)


def test_corrected_counts_from_when_it_was_due() -> None:
    tally = Tally()
    for _ in range(10):
        tally.add_turn(turn(due_s=1.0, sent_s=3.0, first_text_s=3.5, done_s=4.0, over_s=4.0))
    (_, (corrected, uncorrected)), _ = latencies(tally)
    assert corrected.row_s[0] == pytest.approx(2.5, rel=0.001)
    assert uncorrected.row_s[0] == pytest.approx(0.5, rel=0.001)


def test_without_an_answer_there_is_nothing_to_plot() -> None:
    assert latencies(Tally()) == ()
