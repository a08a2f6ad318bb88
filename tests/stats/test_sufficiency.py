"""How many samples would tell is so many that they do, and not many more."""

import pytest

from hubbub.model import Metric
from hubbub.stats.figures import share
from hubbub.stats.intervals import quantile_ranks, wilson
from hubbub.stats.sufficiency import Enough, enough


def seconds(value: float | None, low: float | None, high: float | None, samples: int, effect: float = 1.0) -> Metric:
    return Metric(value, low, high, samples, "s", "quantile", effect)


@pytest.mark.parametrize(
    ("right", "held", "limit", "below"),
    [(1, 40, 0.05, True), (0, 30, 0.05, True), (39, 40, 0.95, False), (40, 40, 0.95, False), (4, 40, 0.05, True)],
)
def test_so_many_samples_bring_a_share_clear_of_its_limit_and_a_tenth_fewer_do_not(
    right: int, held: int, limit: float, below: bool
) -> None:
    found = enough(share(right, held), limit, below=below)
    assert found is not None
    assert found.samples > held
    for samples, clear in ((found.samples, True), (found.samples * 0.9 - 1, False)):
        low, high = wilson(right / held * samples, samples)
        assert (high < limit or low > limit) is clear


def test_a_share_on_its_limit_is_never_told() -> None:
    assert enough(share(2, 40), 0.05, below=True) is None
    assert enough(share(0, 40), 0.0, below=True) is None
    assert enough(share(40, 40), 1.0, below=False) is None


@pytest.mark.parametrize(("q", "least"), [(0.5, 6), (0.95, 72), (0.99, 370)])
def test_a_quantile_that_nothing_bounds_needs_the_samples_that_can(q: float, least: int) -> None:
    assert enough(seconds(1.0, 0.5, None, 20), 4.0, q, below=True) == Enough(least, True)
    assert enough(seconds(None, None, None, 0), 4.0, q, below=True) == Enough(least, True)
    assert quantile_ranks(least, q)[1] is not None


def test_an_interval_half_as_wide_needs_four_times_the_samples() -> None:
    assert enough(seconds(3.0, 2.0, 5.0, 500), 4.0, 0.95, below=True) == Enough(2_000, False)
    assert enough(seconds(5.0, 3.0, 7.0, 500), 4.0, 0.95, below=True) == Enough(2_000, False)


def test_turns_that_are_alike_count_for_fewer() -> None:
    assert enough(seconds(1.0, 0.5, None, 20, effect=2.0), 4.0, 0.95, below=True) == Enough(150, True)


def test_without_samples_the_best_that_can_come_is_reckoned_with() -> None:
    none = Metric(None, None, None, 0, "share", "share")
    assert enough(none, 0.8, below=False) == Enough(16, True)
    assert enough(none, 0.05, below=True) == Enough(73, True)
