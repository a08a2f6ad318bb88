import asyncio

import pytest

from hubbub.clock import Clock, run_jumping
from hubbub.model import EmbeddedAgent
from hubbub.reference_agent.in_process import agent_in_process
from hubbub.reference_agent.settings import AgentSettings, settings_from
from hubbub.reference_agent.truth import TrueTurn

from .conftest import AGAIN, Talked, say


def test_timing_is_exact_in_calibration(hold):
    settings = AgentSettings(fixed_first_text_s=0.2, fixed_chunks=16, fixed_gap_s=0.01)
    talked = hold(settings, ("me", "hi, where is my order?"))
    (turn,), (watch,) = talked.truth, talked.watches
    assert turn.first_s == pytest.approx(0.2)
    assert turn.end_s == pytest.approx(0.35)
    assert watch.events_s == pytest.approx([0.2 + 0.01 * k for k in range(16)])
    assert watch.texts_s[0] == pytest.approx(0.2)


def test_a_reply_says_all_that_a_connector_would_find(hold):
    (reply,) = hold(AgentSettings(), ("me", "it caught fire")).replies
    assert reply.completed_by == "finish_reason=tool_calls"
    assert (reply.signals[0].provenance, reply.signals[0].queue) == ("tool", "safety")
    assert reply.tools[0].name == "transfer_to_human"
    assert reply.trace
    assert reply.usage.tokens_in == 3


def _crowd(settings: AgentSettings, sessions: int) -> tuple[Talked, float]:
    talked = Talked([], [], [])

    async def main(clock: Clock) -> float:
        agent = agent_in_process(settings, clock, talked.truth.append)
        await asyncio.gather(*(say(agent, f"s{n}", "hi", talked) for n in range(sessions)))
        return clock.now()

    return talked, run_jumping(main)


def test_a_crowd_waits_in_line_and_the_rest_is_refused():
    talked, _ = _crowd(AgentSettings(workers=2, queue=3, service_s=1, service_sigma=0), 10)
    assert talked.replies.count("http_429") == 5
    served = [t for t in talked.truth if t.ended == "whole"]
    assert sorted(round(t.queue_wait_s) for t in served) == [0, 0, 1, 1, 2]
    assert max(t.load for t in served) == 4
    assert [t.ended for t in talked.truth].count("busy") == 5


def test_capacity_does_not_bound_a_calibration():
    talked, took_s = _crowd(AgentSettings(workers=1, queue=0, fixed_first_text_s=1, fixed_chunks=1), 300)
    assert "http_429" not in talked.replies
    assert took_s == pytest.approx(1)


def test_two_runs_with_one_seed_are_the_same():
    def truth(seed: int) -> list[TrueTurn]:
        return _crowd(AgentSettings(workers=3, faults=("errors-500:0.2", "slow:0.2"), seed=seed), 40)[0].truth

    assert truth(1) == truth(1)
    assert truth(1) != truth(2)


def test_a_caller_who_gives_up_frees_the_worker():
    truth: list[TrueTurn] = []

    async def main(clock: Clock) -> None:
        agent = agent_in_process(AgentSettings(workers=1, service_s=100), clock, truth.append)
        talking = asyncio.create_task(say(agent, "me", "hi", Talked([], [], [])))
        await asyncio.sleep(1)
        talking.cancel()
        await asyncio.gather(talking, return_exceptions=True)
        assert agent.agent.capacity.busy == 0

    run_jumping(main)
    assert [t.ended for t in truth] == ["gone"]
    assert truth[0].end_s == pytest.approx(1)


def test_settings_come_from_a_workload():
    settings = settings_from(EmbeddedAgent(workers=3, faults=("stalls",)))
    assert (settings.workers, settings.faults, settings.calibrated) == (3, ("stalls",), False)


def test_a_message_that_was_delivered_before_gets_the_same_reply_and_nothing_is_done(hold):
    talked = hold(
        AgentSettings(), ("me", "i want a refund for my kettle"), ("me", "A-12345"), ("me", AGAIN), ("me", "hi")
    )
    _, first, again, later = talked.replies
    assert (again.text, again.trace, again.tools) == (first.text, first.trace, first.tools)
    assert later.trace != first.trace
    assert [turn.turn for turn in talked.truth] == [1, 2, 2, 3]
