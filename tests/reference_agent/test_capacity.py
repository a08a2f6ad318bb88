import asyncio

import pytest

from hubbub.clock import Clock, run_jumping
from hubbub.reference_agent.capacity import Capacity, Full


async def _work(capacity: Capacity, seconds: float, name: str, log: list[tuple[str, float]]) -> None:
    async with capacity.worker() as waited_s:
        log.append((name, waited_s))
        await asyncio.sleep(seconds)


def test_those_beyond_the_workers_wait_in_order():
    log: list[tuple[str, float]] = []

    async def main(clock: Clock) -> None:
        capacity = Capacity(2, 10, 1.0, clock)
        await asyncio.gather(*(_work(capacity, 1.0, str(n), log) for n in range(6)))
        assert capacity.busy == capacity.waiting == 0

    run_jumping(main)
    assert [name for name, _ in log] == list("012345")
    assert [waited for _, waited in log] == pytest.approx([0, 0, 1, 1, 2, 2])


def test_a_full_line_refuses_and_says_when_to_come_again():
    async def main(clock: Clock) -> int:
        capacity = Capacity(1, 1, 4.0, clock)
        held = [asyncio.create_task(_work(capacity, 5, str(n), [])) for n in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(Full) as full:
            async with capacity.worker():
                pass
        await asyncio.gather(*held)
        return full.value.retry_after_s

    assert run_jumping(main) == 8


def test_a_customer_who_hangs_up_frees_the_worker_and_leaves_the_line():
    log: list[tuple[str, float]] = []

    async def main(clock: Clock) -> None:
        capacity = Capacity(1, 10, 1.0, clock)
        tasks = [asyncio.create_task(_work(capacity, 10, str(n), log)) for n in range(3)]
        await asyncio.sleep(1)
        tasks[0].cancel()
        tasks[1].cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert capacity.busy == capacity.waiting == 0

    run_jumping(main)
    assert log == [("0", 0.0), ("2", pytest.approx(1.0))]


def test_one_called_forward_and_gone_at_once_passes_the_worker_on():
    async def main(clock: Clock) -> float:
        capacity = Capacity(1, 10, 1.0, clock)
        first = asyncio.create_task(_work(capacity, 1, "a", []))
        await asyncio.sleep(0)
        log: list[tuple[str, float]] = []
        second = asyncio.create_task(_work(capacity, 1, "b", log))
        third = asyncio.create_task(_work(capacity, 1, "c", log))
        await asyncio.sleep(0)
        first.add_done_callback(lambda _: second.cancel())
        await asyncio.gather(first, second, third, return_exceptions=True)
        assert capacity.busy == capacity.waiting == 0
        assert [name for name, _ in log][-1] == "c"
        return clock.now()

    assert run_jumping(main) <= 3


def test_one_who_leaves_the_line_as_a_worker_comes_free_leaves_it_in_peace():
    """The free worker passes over a place that was given up, before whoever stood there could step out of line."""

    async def main(clock: Clock) -> list[object]:
        capacity = Capacity(1, 10, 1.0, clock)
        first, second = (asyncio.create_task(_work(capacity, 1, name, [])) for name in "ab")
        await asyncio.sleep(0)
        first.cancel()
        second.cancel()  # in the same step: its place is given up, and `first` frees the worker before it runs
        ended = await asyncio.gather(second, first, return_exceptions=True)
        assert capacity.busy == capacity.waiting == 0
        return ended

    assert [type(end) for end in run_jumping(main)] == [asyncio.CancelledError] * 2


def test_without_a_limit_nobody_waits():
    async def main(clock: Clock) -> list[tuple[str, float]]:
        log: list[tuple[str, float]] = []
        capacity = Capacity(None, 0, 1.0, clock)
        await asyncio.gather(*(_work(capacity, 1, "x", log) for _ in range(500)))
        return log

    assert {waited for _, waited in run_jumping(main)} == {0.0}
