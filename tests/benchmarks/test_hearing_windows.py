"""Claims about how the net over runs of words is fitted: it learns order, and what is shipped says what was learnt."""

import numpy as np
import pytest

from benchmarks.hearing_windows import Net as Fitting
from benchmarks.hearing_windows import Runs
from hubbub.customers.hearing.net import Net

WORDS = [f"w{chr(97 + at)}" for at in range(12)]
UNIT, LANE = 16, 32


@pytest.mark.slow
def test_a_net_learns_that_two_words_apart_mean_something_in_one_order_alone() -> None:
    chance = np.random.default_rng(3)
    read, wanted = [], []
    for _ in range(2400):
        words = [str(word) for word in chance.choice(WORDS[2:], 6)]
        at = int(chance.integers(0, 4))
        order = int(chance.integers(0, 2))
        words[at], words[at + 2] = ("wa", "wb") if order else ("wb", "wa")
        read.append((words, ""))
        wanted.append([order, 1 - order])
    vectors = {word: chance.standard_normal(64).astype(np.float32) / 8 for word in WORDS}
    fitting = Fitting(Runs(read, vectors, "Unseen"), 2, 1)
    fitting.learn(np.arange(2000), np.array(wanted, float))
    scores = fitting.scores()
    right = (scores[2000:] > 0) == (np.array(wanted[2000:]) > 0)
    assert right.mean() > 0.95
    net = Net(fitting.baked(), "Unseen", UNIT, LANE)
    for (words, end), said in zip(read[2000:2040], scores[2000:2040], strict=True):
        assert _first(net.lanes(words, end)) == pytest.approx(said[0] * UNIT, abs=4)


def _first(lanes: int) -> int:
    low = lanes % (1 << LANE)
    return low - ((low >> LANE - 1) << LANE)
