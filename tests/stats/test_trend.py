"""Tests for escalation under load agree with published figures, and see no trend where only the mix changes."""

import math

import pytest

from hubbub.chance import stream
from hubbub.stats.trend import paired, trend


def test_a_share_that_rises_with_load_is_seen() -> None:
    found = trend([[(1.0, 5, 100), (2.0, 12, 100), (4.0, 30, 100)]])
    assert found.z > 4
    assert found.p < 1e-4
    assert found.samples == 300


def test_two_groups_give_the_chi_square_of_their_table() -> None:
    # (N - 1)(ad - bc)^2 / (product of margins), here 10/40 against 20/30
    found = trend([[(0.0, 10, 40), (1.0, 20, 30)]])
    chi2 = 69 * (10 * 10 - 20 * 30) ** 2 / (30 * 40 * 40 * 30)
    assert found.z**2 == pytest.approx(chi2)
    assert found.p == pytest.approx(math.erfc(math.sqrt(chi2 / 2)))


def test_another_mix_is_no_other_behaviour() -> None:
    seldom = [(1.0, 9, 90), (2.0, 1, 10)]  # comes at low load, escalated in one of ten
    often = [(1.0, 9, 10), (2.0, 81, 90)]  # comes at high load, escalated in nine of ten
    assert abs(trend([seldom, often]).z) < 1e-9
    assert trend([[(1.0, 18, 100), (2.0, 82, 100)]]).p < 1e-9  # what a test without personas would say


def test_nothing_that_varies_gives_no_evidence() -> None:
    for groups in ([], [(1.0, 0, 9), (2.0, 0, 9)], [(1.0, 3, 9)], [(1.0, 1, 1)]):
        assert trend([groups]).p == 1.0


def test_chance_alone_is_called_a_trend_about_once_in_twenty_times() -> None:
    draw = stream(1, "trend")
    alarms = 0
    for _ in range(400):
        groups = [(load, sum(draw.happens(0.2) for _ in range(60)), 60) for load in (1.0, 2.0, 3.0)]
        alarms += trend([groups]).p < 0.05
    assert 8 <= alarms <= 34


def test_customers_are_paired_by_number_and_only_those_who_differ_count() -> None:
    first = {n: n < 10 for n in range(100)}
    second = {n: n < 18 for n in range(1, 120)}
    found = paired(first, second)
    assert (found.only_second, found.only_first, found.pairs) == (8, 0, 99)
    assert found.p == pytest.approx(2 * 0.5**8)


def test_the_same_twice_is_no_difference() -> None:
    assert paired({1: True, 2: False}, {1: True, 2: False}).p == 1.0
