"""Time leaps when all wait, and only then."""

import asyncio
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.clock import REAL, Clock, run_jumping, to_the_us


def test_an_hour_of_sleeping_takes_no_time() -> None:
    async def main(clock: Clock) -> float:
        await clock.sleep_until(3600.0)
        return clock.now()

    began = time.perf_counter()
    assert run_jumping(main) == pytest.approx(3600.0)
    assert time.perf_counter() - began < 60.0


def test_sleepers_wake_in_the_order_of_their_moments() -> None:
    async def main(clock: Clock) -> list[float]:
        woke: list[float] = []

        async def sleeper(moment: float) -> None:
            await clock.sleep_until(moment)
            woke.append(round(clock.now(), 6))

        await asyncio.gather(*(sleeper(m) for m in (5.0, 1.0, 3.0)))
        return woke

    assert run_jumping(main) == [1.0, 3.0, 5.0]


def test_a_moment_that_has_passed_is_not_waited_for() -> None:
    async def main(clock: Clock) -> float:
        await clock.sleep_until(2.0)
        await clock.sleep_until(1.0)
        return clock.now()

    assert run_jumping(main) == pytest.approx(2.0)


def test_waiting_for_what_never_comes_is_an_error_and_no_hang() -> None:
    async def main(clock: Clock) -> None:
        await asyncio.get_running_loop().create_future()

    with pytest.raises(RuntimeError, match="never comes"):
        run_jumping(main)


async def test_the_real_clock_is_never_more_than_a_millisecond_early() -> None:
    moment = REAL.now() + 0.012
    await REAL.sleep_until(moment)
    assert REAL.now() >= moment - 0.001


@given(st.integers(-(10**14), 10**14), st.floats(-0.49, 0.49))
def test_a_duration_to_the_microsecond_is_the_nearest_one(us: int, off: float) -> None:
    assert to_the_us((us + off) / 1e6) == round(us / 1e6, 6)


def test_to_the_microsecond_what_lies_between_two_goes_to_the_nearer() -> None:
    assert to_the_us(0.0) == 0.0
    assert to_the_us(1.2345674) == 1.234567
    assert to_the_us(1.2345676) == 1.234568
    assert to_the_us(-1.2345676) == -1.234568
    assert to_the_us(86_400.0000004) == 86_400.0
