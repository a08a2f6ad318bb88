"""The clocks of an exchange, on the jumping clock."""

import asyncio

import pytest

from hubbub.clock import run_jumping
from hubbub.connectors.deadlines import Deadlines
from hubbub.model import Timeouts

LIMITS = Timeouts(connect_s=5.0, first_text_s=20.0, gap_s=15.0, turn_s=60.0)


def _missed(play, limits=LIMITS):
    """What is missed, and when, by an exchange that does this."""

    async def main(clock):
        deadlines = Deadlines(limits, clock.now, asyncio.get_running_loop())
        try:
            await play(deadlines, clock)
        except asyncio.CancelledError:
            return deadlines.why_cancelled(), round(clock.now(), 6)
        finally:
            deadlines.stop()
        return "", round(clock.now(), 6)

    return run_jumping(main)


async def _hang(deadlines, clock):
    await asyncio.sleep(1000)


async def _connect_and_hang(deadlines, clock):
    deadlines.connected = True
    await asyncio.sleep(1000)


async def _chunks_without_text(deadlines, clock):
    deadlines.connected = True
    while True:
        await asyncio.sleep(4)
        deadlines.last = clock.now()


async def _text_then_nothing(deadlines, clock):
    deadlines.connected = True
    await asyncio.sleep(1)
    deadlines.last, deadlines.spoken = clock.now(), True
    await asyncio.sleep(1000)


async def _text_for_ever(deadlines, clock):
    deadlines.connected = deadlines.spoken = True
    while True:
        await asyncio.sleep(14)
        deadlines.last = clock.now()


@pytest.mark.parametrize(
    ("play", "missed"),
    [
        (_hang, ("connect_timeout", 5.0)),
        (_connect_and_hang, ("first_text_timeout", 20.0)),
        (_chunks_without_text, ("first_text_timeout", 20.0)),
        (_text_then_nothing, ("stall", 16.0)),
        (_text_for_ever, ("total_timeout", 60.0)),
    ],
)
def test_the_nearest_deadline_is_missed_at_its_moment(play, missed):
    assert _missed(play) == missed


def test_waiting_in_our_own_queue_stops_the_agents_clocks():
    async def play(deadlines, clock):
        deadlines.queue()
        await asyncio.sleep(50)
        assert deadlines.dequeue() == 50
        await asyncio.sleep(1000)

    assert _missed(play) == ("connect_timeout", 55.0)


def test_waiting_in_our_own_queue_too_long_is_pool_wait():
    async def play(deadlines, clock):
        deadlines.queue()
        await asyncio.sleep(1000)

    assert _missed(play) == ("pool_wait", 60.0)


def test_an_exchange_that_ends_in_time_misses_nothing():
    async def play(deadlines, clock):
        deadlines.connected = True
        await asyncio.sleep(19)

    assert _missed(play) == ("", 19.0)


def test_a_cancelling_from_outside_has_no_reason_of_ours_even_at_the_same_moment():
    async def main(clock):
        why = []
        loop = asyncio.get_running_loop()

        async def turn():
            loop.call_later(LIMITS.connect_s, asyncio.current_task().cancel)
            deadlines = Deadlines(LIMITS, clock.now, loop)
            try:
                await asyncio.sleep(1000)
            except asyncio.CancelledError:
                assert deadlines.missed == ("connect_timeout" if clock.now() == 5 else "")
                why.append(deadlines.why_cancelled())
                raise

        first, second = asyncio.create_task(turn()), asyncio.create_task(turn())
        await asyncio.sleep(1)
        first.cancel()
        await asyncio.gather(first, second, return_exceptions=True)
        return why, first.cancelled(), second.cancelled()

    assert run_jumping(main) == (["", ""], True, True)
