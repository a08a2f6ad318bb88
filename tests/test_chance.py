"""Chance is the same for the same names, and unrelated for others."""

import math
from statistics import fmean, pstdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hubbub.chance import Stream, key, stream, substream


def test_the_same_names_give_the_same_numbers() -> None:
    assert [stream(7, 3, "mood").bits() for _ in range(3)] == [stream(7, 3, "mood").bits()] * 3


def test_the_numbers_never_change_between_versions() -> None:
    drawn = stream(7, 3, "mood")
    assert [drawn.below(1000) for _ in range(6)] == [541, 235, 700, 640, 936, 183]


@settings(max_examples=40)
@given(st.integers(), st.integers(), st.text())
def test_any_difference_in_the_names_gives_another_stream(a: int, b: int, purpose: str) -> None:
    assert key(a, b, purpose) != key(a, b + 1, purpose)
    assert key(a, str(b)) != key(a, b)
    assert key(a, b, purpose) != key(a, b, purpose + "x")


def test_uniform_numbers_are_uniform() -> None:
    drawn = stream(1, "uniform")
    numbers = [drawn.uniform() for _ in range(20_000)]
    assert 0 <= min(numbers) < max(numbers) < 1
    assert fmean(numbers) == pytest.approx(0.5, abs=0.01)
    assert pstdev(numbers) == pytest.approx(math.sqrt(1 / 12), abs=0.005)


def test_streams_split_off_one_key_do_not_correlate() -> None:
    pairs = [(substream(5, i).uniform(), substream(5, i + 1).uniform()) for i in range(5_000)]
    covariance = fmean((a - 0.5) * (b - 0.5) for a, b in pairs)
    assert abs(covariance) < 0.005


def test_lognormal_has_the_median_and_spread_it_is_given() -> None:
    drawn = stream(1, "lognormal")
    logs = [math.log(drawn.lognormal(7.5, 1.0)) for _ in range(20_000)]
    assert math.exp(fmean(logs)) == pytest.approx(7.5, rel=0.03)
    assert pstdev(logs) == pytest.approx(1.0, rel=0.02)


def test_exponential_has_the_mean_it_is_given() -> None:
    drawn = stream(1, "exponential")
    assert fmean(drawn.exponential(120.0) for _ in range(20_000)) == pytest.approx(120.0, rel=0.03)


def test_weights_are_kept_and_zero_is_never_drawn() -> None:
    drawn = stream(1, "weights")
    counts = dict.fromkeys("abc", 0)
    for _ in range(8_000):
        counts[drawn.weighted("abc", (3.0, 0.0, 5.0))] += 1
    assert counts["b"] == 0
    assert counts["a"] / 8_000 == pytest.approx(3 / 8, abs=0.02)


@given(st.integers(min_value=1, max_value=10**9), st.integers(min_value=0))
def test_below_stays_below(n: int, start: int) -> None:
    assert 0 <= Stream(start).below(n) < n


def test_what_is_certain_happens_and_what_is_impossible_does_not() -> None:
    drawn = stream(1, "happens")
    assert all(drawn.happens(1.0) for _ in range(100))
    assert not any(drawn.happens(0.0) for _ in range(100))
