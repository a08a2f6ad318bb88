"""Laws are found again in what was drawn from them."""

import numpy as np
import pytest

from hubbub.learning.laws import fit_bursts, fit_pace, fit_rhythm
from hubbub.learning.observed import Observed, Pause


def observed(began: float | None = None, bursts: tuple[int, ...] = ()) -> Observed:
    return Observed("c", (), bursts, (), began)


def test_a_pace_is_fitted_to_within_a_tenth():
    chance = np.random.default_rng(1)
    heard, said = chance.integers(20, 300, 2000), chance.integers(2, 120, 2000)
    think = 15.0 * np.exp(0.8 * chance.standard_normal(2000))
    pauses = [Pause(float(0.02 * h + t + 0.2 * s), int(h), int(s)) for h, s, t in zip(heard, said, think, strict=True)]
    found = fit_pace(pauses)
    assert found is not None
    assert found.ks < 0.06
    assert found.think_s[0] == pytest.approx(15.0, rel=0.4)


def test_who_was_away_for_an_hour_is_counted_apart_and_too_few_pauses_fit_nothing():
    assert fit_pace([Pause(5.0, 10, 10)] * 19) is None
    found = fit_pace([*[Pause(float(n), 10, 10) for n in range(1, 60)], Pause(7200.0, 1, 1)])
    assert found is not None
    assert (found.pauses, found.longer) == (59, 1)


def test_bursts_are_shares_of_turns():
    assert fit_bursts([observed(bursts=(1,) * 15 + (2,) * 5)]) == (0.75, 0.25)
    assert fit_bursts([observed()]) == ()


def test_a_rhythm_has_its_busiest_hour_and_its_profile():
    nine, ten = 9 * 3600.0, 10 * 3600.0
    began = [nine + 60.0 * n for n in range(10)] + [ten + 20.0 * n for n in range(90)]
    found = fit_rhythm([observed(at) for at in began])
    assert found is not None
    assert found.busiest_per_s == pytest.approx(90 / 3600, rel=0.01)
    assert found.per_hour[9:11] == (0.1, 0.9)
    assert fit_rhythm([observed()] * 30) is None
