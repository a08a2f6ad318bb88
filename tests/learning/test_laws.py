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


@pytest.mark.parametrize(("think_s", "sd"), [(4.0, 1.2), (10.0, 0.8), (30.0, 0.5)])
def test_thought_is_told_from_typing_whatever_its_share(think_s: float, sd: float):
    chance = np.random.default_rng(3)
    heard, said = chance.integers(20, 200, 2400), np.rint(chance.lognormal(2.7, 0.9, 2400)) + 1
    normals = chance.standard_normal((4, 2400))
    read, typed = 0.02 * np.exp(0.5 * normals[0]), 0.215 * np.exp(0.45 * normals[1])
    seconds = np.exp(0.27 * normals[3]) * (heard * read + think_s * np.exp(sd * normals[2]) + said * typed)
    found = fit_pace([Pause(float(s), int(h), int(c)) for s, h, c in zip(seconds, heard, said, strict=True)])
    assert found is not None
    assert found.think_s == (pytest.approx(think_s, rel=0.2), pytest.approx(sd, rel=0.2))
    assert found.type_s_per_char[0] == pytest.approx(0.215, rel=0.35)
    assert found.ks < 0.06


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


def test_a_log_of_office_hours_does_not_make_its_hours_busier_than_they_were():
    day = 86_400.0
    began = [d * day + h * 3600.0 + 60.0 * n for d in range(3) for h in range(9, 17) for n in range(30)]
    found = fit_rhythm([observed(at) for at in began])
    assert found is not None
    assert found.rates_per_s[9:17] == (pytest.approx(30 / 3600, rel=0.001),) * 8
    assert sum(found.rates_per_s) * 3600 == pytest.approx(len(began) / 3, rel=0.001)


def test_an_hour_that_the_log_saw_twice_counts_twice():
    began = [22 * 3600.0 + n for n in range(20)] + [46 * 3600.0 + n for n in range(40)]
    found = fit_rhythm([observed(at) for at in began])
    assert found is not None
    assert found.rates_per_s[22] == pytest.approx(30 / 3600, rel=0.001)


def test_a_pace_is_found_again_in_times_that_know_no_seconds():
    chance = np.random.default_rng(4)
    think = 25.0 * np.exp(0.8 * chance.standard_normal(3000))
    seconds = np.floor(think / 60 + chance.random(3000)) * 60
    found = fit_pace([Pause(float(s), 60, 12) for s in seconds])
    assert found is not None
    assert found.grain_s == 60
    assert found.think_s[0] == pytest.approx(25.0, rel=0.35)
    assert found.ks < 0.05
