"""The agent's waits against queueing theory: it is the M/G/c queue that it says it is."""

import asyncio
from heapq import heapreplace
from statistics import NormalDist, fmean, stdev

import pytest

from hubbub.chance import stream
from hubbub.clock import Clock, run_jumping
from hubbub.reference_agent.in_process import agent_in_process
from hubbub.reference_agent.settings import AgentSettings
from hubbub.reference_agent.truth import TrueTurn
from tests.reference_agent.conftest import Talked, say


def _served(turns: int, rate_per_s: float, **settings) -> list[TrueTurn]:
    """The truth about turns that come as a Poisson process, in the order of their arrival."""
    talked = Talked([], [], [])
    chance = stream(5, "arrivals")

    async def main(clock: Clock) -> None:
        agent = agent_in_process(AgentSettings(queue=100_000, **settings), clock, talked.truth.append)
        due_s, said = 0.0, []
        for number in range(turns):
            due_s += chance.exponential(1 / rate_per_s)
            await clock.sleep_until(due_s)
            said.append(asyncio.create_task(say(agent, f"s{number}", "hi", talked)))
        await asyncio.gather(*said)

    run_jumping(main)
    assert len(talked.truth) == turns
    assert {turn.ended for turn in talked.truth} == {"whole"}
    return sorted(talked.truth, key=lambda turn: (turn.arrival_s, turn.queue_wait_s))


def _service_s(turn: TrueTurn) -> float:
    return turn.end_s - turn.arrival_s - turn.queue_wait_s


@pytest.mark.parametrize(("workers", "rate_per_s"), [(1, 2.5), (3, 8.0), (8, 20.0)])
def test_each_waits_exactly_as_long_as_kiefer_and_wolfowitz_say(workers: int, rate_per_s: float):
    turns = _served(150, rate_per_s, workers=workers, service_s=0.2, service_sigma=1.0, tokens_per_s=100.0)
    free_s = [0.0] * workers
    for turn in turns:
        starts_s = max(turn.arrival_s, free_s[0])
        assert turn.queue_wait_s == pytest.approx(starts_s - turn.arrival_s, abs=1e-6)
        heapreplace(free_s, starts_s + _service_s(turn))
    assert sum(turn.queue_wait_s > 0 for turn in turns) > 30, "or it shows nothing"


def test_the_time_to_the_first_text_is_lognormal_with_the_median_and_sigma_that_were_asked_for():
    turns = _served(400, 10.0, workers=500, service_s=0.25, service_sigma=0.35)
    scores = sorted(turn.first_s - turn.arrival_s for turn in turns)
    for share in (0.1, 0.25, 0.5, 0.75, 0.9):
        quantile_s = 0.25 * 2.718281828 ** (0.35 * NormalDist().inv_cdf(share))
        below = sum(s <= quantile_s for s in scores) / len(scores)
        assert abs(below - share) < 3.3 * (share * (1 - share) / len(scores)) ** 0.5


@pytest.mark.slow
def test_the_mean_wait_for_one_worker_is_pollaczeks_and_khinchines():
    turns = _served(12_000, 2.4, workers=1, service_s=0.2, service_sigma=0.8, tokens_per_s=1_000.0)
    served = [_service_s(turn) for turn in turns]
    rate_per_s = len(turns) / turns[-1].arrival_s
    busy = rate_per_s * fmean(served)
    expected_s = rate_per_s * fmean(s * s for s in served) / (2 * (1 - busy))
    size = len(turns) // 30
    batches = [fmean(t.queue_wait_s for t in turns[at : at + size]) for at in range(0, size * 30, size)]
    mean_s, error_s = fmean(batches), stdev(batches) / 30**0.5
    assert 0.6 < busy < 0.8
    assert abs(mean_s - expected_s) < 3 * error_s, f"{mean_s:.3f} s, {expected_s:.3f} s expected"
    assert error_s < 0.1 * expected_s, "or any mean would do"
