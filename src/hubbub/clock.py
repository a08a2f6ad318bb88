"""Time, by the door: the real clock, and a loop whose time leaps to the next timer."""

import asyncio
import selectors
import time
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

from msgspec import Struct

T = TypeVar("T")
_EARLY_ENOUGH_S = 0.0006  # loops count timers in whole milliseconds; nearer than this is not worth another sleep
_US = 1e6
_WHOLE = 1.5 * 2.0**52  # a number under 2**51 that is added to this keeps its nearest whole one, halves going to even


class Clock(Struct, frozen=True):
    """A steady clock in seconds. `jumping` says that its seconds cost nothing."""

    now: Callable[[], float]
    jumping: bool = False
    sleeper: Callable[[float], Awaitable[None]] | None = None  # sleeps to a moment better than the loop does

    async def sleep_until(self, moment: float) -> None:
        """Sleep to an absolute moment; returns at once when it has passed."""
        if self.sleeper is not None:
            await self.sleeper(moment)
            return
        while (left := moment - self.now()) > _EARLY_ENOUGH_S:
            await asyncio.sleep(left)


REAL = Clock(time.monotonic)  # shared by all processes of a machine, so that one start time serves them all


def to_the_us(seconds: float) -> float:
    """A duration to the microsecond, as `round(seconds, 6)` gives it, which takes three times as long to.

    For up to 71 years either way. `round` knows which side of a half an exact binary fraction is on; here the product
    decides, so that one in some million durations is a microsecond off.
    """
    return (seconds * _US + _WHOLE - _WHOLE) / _US


class _LeapingSelector(selectors.SelectSelector):
    """Never waits: it tells how long it was asked to wait, and returns."""

    def __init__(self) -> None:
        super().__init__()
        self.leapt = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            raise RuntimeError("nothing is left to happen on the jumping clock: a task waits for what never comes")
        if timeout > 0:
            self.leapt += timeout
        return []


class JumpingLoop(asyncio.SelectorEventLoop):
    """An event loop without input or output, whose time moves only when all wait, and then at once."""

    def __init__(self) -> None:
        self._leaping = _LeapingSelector()
        super().__init__(self._leaping)

    def time(self) -> float:
        return self._leaping.leapt


def run_jumping(main: Callable[[Clock], Coroutine[Any, Any, T]]) -> T:
    """Run `main(clock)` to its end on a jumping clock that starts at 0; an hour of sleeping takes no time.

    What runs there must not wait for sockets, threads or processes: nothing would wake it.
    """
    loop = JumpingLoop()
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        return runner.run(main(Clock(loop.time, jumping=True)))
