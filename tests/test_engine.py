"""The engine starts customers by the clock, whatever the agent does, and accounts for every one."""

import asyncio
import errno
import os
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from rehearsal import FunctionConnector, Rehearsed, a_persona, a_workload

from hubbub.clock import Clock, run_jumping
from hubbub.connectors.protocol import Caller
from hubbub.customers.wording import word
from hubbub.engine import Engine, Share
from hubbub.errors import JournalError
from hubbub.journal import Journal
from hubbub.model import Arrivals, Patience, Reply, Stage
from hubbub.timetable import Revision

Rehearse = Callable[..., Rehearsed]
DONE = "Your order is on its way and arrives in 2 days. All done. Is there anything else?"


async def quick(clock: Clock, caller: Caller, texts: tuple[str, ...]) -> Reply:
    await asyncio.sleep(0.2)
    return Reply(text=DONE, status=200)


async def never(clock: Clock, caller: Caller, texts: tuple[str, ...]) -> Reply:
    await asyncio.sleep(100_000)
    return Reply()


def accounted(run: Rehearsed) -> bool:
    """scheduled = held + dropped, and every start has exactly one end."""
    numbers = [started.number for started in run.started]
    ends = [one.number for one in run.ended] + [one.number for one in run.dropped]
    closed = run.closed
    return (
        sorted(numbers) == sorted(ends)
        and closed.scheduled == closed.started + closed.dropped == len(numbers)
        and closed.started == closed.ended == len(run.ended)
    )


def test_customers_arrive_when_they_are_due_however_slow_the_agent_is(rehearse: Rehearse) -> None:
    async def slow(clock: Clock, caller: Caller, texts: tuple[str, ...]) -> Reply:
        await asyncio.sleep(30)
        return Reply(text=DONE)

    run = rehearse(slow)
    firsts = [turn for turn in run.turns if turn.turn == 1]
    assert len(firsts) == 20
    assert [round(t.sent_s, 3) for t in sorted(firsts, key=lambda t: t.number)] == [k / 2 for k in range(20)]
    assert accounted(run)


def test_each_start_is_written_before_its_first_message_is_due(rehearse: Rehearse) -> None:
    seen: set[int] = set()
    for record in rehearse(quick).records:
        number = getattr(record, "number", None)
        if type(record).__name__ == "Started":
            seen.add(number)
        elif number is not None:
            assert number in seen


def test_one_seed_gives_the_same_bytes_and_another_seed_does_not(rehearse: Rehearse) -> None:
    people = (a_persona(), a_persona(persona="other"))
    first, again = rehearse(quick, None, people), rehearse(quick, None, people)
    other = rehearse(quick, a_workload(seed=2), people)
    assert first.path.read_bytes() == again.path.read_bytes()
    assert first.path.read_bytes() != other.path.read_bytes()


def test_four_processes_hold_the_conversations_of_one(rehearse: Rehearse) -> None:
    def said(*runs: Rehearsed) -> dict[int, list[tuple[str, ...]]]:
        lines: dict[int, list[tuple[str, ...]]] = {}
        for run in runs:
            for turn in run.turns:
                lines.setdefault(turn.number, []).append(turn.texts)
        return lines

    alone = rehearse(quick)
    shares = [rehearse(quick, share=Share(worker, 4)) for worker in range(4)]
    assert said(alone) == said(*shares)
    assert all(started.number % 4 == worker for worker, run in enumerate(shares) for started in run.started)


def test_whoever_is_still_open_after_the_drain_is_cut_off(rehearse: Rehearse) -> None:
    run = rehearse(never, a_workload(drain_s=1.0), (a_persona(patience=Patience(turns=5, wait_s=1e5)),))
    assert {one.ending for one in run.ended} == {"cut_off"}
    assert {turn.outcome for turn in run.turns} == {"cut"}
    assert max(one.ended_s for one in run.ended) == pytest.approx(11.0, abs=0.01)
    assert accounted(run)


def test_whoever_finds_the_house_full_is_dropped_and_counted(rehearse: Rehearse) -> None:
    run = rehearse(never, a_workload(max_open=3, drain_s=1.0))
    assert len(run.ended) <= 4
    assert {one.reason for one in run.dropped} == {"max_open"}
    assert accounted(run)


@pytest.mark.parametrize("at_s", [0.0, 1.0, 1.1, 4.9, 11.2])
@pytest.mark.parametrize("at_once", [False, True])
def test_nothing_is_lost_whenever_the_run_is_stopped(rehearse: Rehearse, at_s: float, at_once: bool) -> None:
    async def stop(engine: Engine, clock: Clock) -> None:
        await clock.sleep_until(at_s)
        engine.stop(at_once=at_once)

    run = rehearse(never, during=stop)
    assert run.closed.interrupted
    assert accounted(run)
    assert all(one.reason == "stopped" for one in run.dropped)
    assert run.closed.at_s + 1.0 <= at_s + (0.001 if at_once else 2.001)


def test_a_second_stop_ends_what_the_first_let_drain(rehearse: Rehearse) -> None:
    async def stop_twice(engine: Engine, clock: Clock) -> None:
        await clock.sleep_until(4.0)
        engine.stop()
        await clock.sleep_until(4.5)
        engine.stop(at_once=True)

    run = rehearse(never, during=stop_twice)
    assert run.closed.at_s == pytest.approx(3.5, abs=0.001)
    assert accounted(run)


def test_closed_arrivals_hold_their_number_open_and_no_more(rehearse: Rehearse) -> None:
    run = rehearse(quick, a_workload(arrivals=Arrivals(process="closed", open=5), duration_s=200.0))
    moments = sorted(
        [(one.started_s, 1) for one in run.ended] + [(one.ended_s, -1) for one in run.ended],
        key=lambda m: (m[0], -m[1]),
    )
    level = peak = 0
    for _, change in sorted(moments, key=lambda m: (m[0], m[1])):
        level += change
        peak = max(peak, level)
    assert peak == 5
    assert len(run.ended) > 5
    assert accounted(run)


def test_stages_stand_in_the_records(rehearse: Rehearse) -> None:
    stages = (Stage(for_s=5, rate_per_s=2), Stage(for_s=5, rate_per_s=6))
    run = rehearse(quick, a_workload(arrivals=Arrivals(process="stages", stages=stages)))
    assert {started.stage for started in run.started} == {0, 1}
    assert all((started.due_s >= 5) == (started.stage == 1) for started in run.started)


def test_an_hour_of_a_thousand_conversations_is_held_in_seconds(rehearse: Rehearse) -> None:
    run = rehearse(quick, a_workload(arrivals=Arrivals(process="poisson", rate_per_s=100 / 3600), duration_s=3600.0))
    dues = [started.due_s for started in run.started]
    assert len(dues) == pytest.approx(100, rel=0.4)
    assert all(a < b for a, b in pairwise(dues))
    assert accounted(run)


def test_a_full_disk_ends_the_run_and_is_said(tmp_path: Path) -> None:
    written = 0

    def fills_up(file: int, data: bytes) -> int:
        nonlocal written
        written += len(data)
        if written > 20_000:
            raise OSError(errno.ENOSPC, "No space left on device")
        return os.write(file, data)

    async def main(clock: Clock) -> Engine:
        journal = Journal.open(tmp_path / "journal.0.jsonl", clock, threaded=False, write=fills_up)
        workload = a_workload(duration_s=3600.0)
        connector = FunctionConnector(clock, quick)
        engine = Engine(workload, ((a_persona(), 1.0),), connector, journal, clock, word, run_id="r", start=1.0)
        closed = await engine.run()
        assert closed.at_s < 600
        with pytest.raises(JournalError, match="No space left"):
            await journal.close(closed)
        return engine

    engine = run_jumping(main)
    assert engine.open == 0
    assert engine.started == engine.ended


def test_a_revised_rate_holds_from_its_second_on(rehearse: Rehearse) -> None:
    async def more(engine: Engine, clock: Clock) -> None:
        await clock.sleep_until(4.0)
        assert engine.revise(Revision(5.0, Arrivals(process="constant", rate_per_s=10.0)))

    ran = rehearse(quick, a_workload(arrivals=Arrivals(process="constant", rate_per_s=0.5)), during=more)
    due = [started.due_s for started in ran.started]
    assert [d for d in due if d < 5.0] == [0.0, 2.0, 4.0]
    assert len([d for d in due if d >= 5.0]) == 50
    assert [started.number for started in ran.started] == list(range(53))
    assert not ran.closed.interrupted


def test_more_seats_are_taken_at_once_and_fewer_as_people_leave(rehearse: Rehearse) -> None:
    seen = []

    async def reseat(engine: Engine, clock: Clock) -> None:
        for at, seats in ((3.0, 6), (6.0, 1)):
            await clock.sleep_until(at)
            engine.resize(seats=seats)
            await clock.sleep_until(at + 2.9)
            seen.append(engine.open)

    rehearse(quick, a_workload(arrivals=Arrivals(process="closed", open=2), speed=200.0), during=reseat)
    assert seen == [6, 1]


def test_beyond_a_lowered_cap_customers_are_dropped(rehearse: Rehearse) -> None:
    async def narrow(engine: Engine, clock: Clock) -> None:
        engine.resize(cap=1)

    ran = rehearse(quick, during=narrow)
    assert {d.reason for d in ran.dropped} == {"max_open"}
    assert len(ran.dropped) + len(ran.ended) == 20
