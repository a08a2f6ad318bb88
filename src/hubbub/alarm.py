"""Waking at a moment to a tenth of a millisecond, where event loops count in whole ones.

Loops round their timers to milliseconds, which at 100 customers a second is a tenth of the gap between two. Linux has a
timer that is a file (timerfd_create(2)), exact and watched like a socket. Elsewhere the loop's own timers serve.
"""

import asyncio
import ctypes
import ctypes.util
import os
import sys
from collections.abc import Callable
from heapq import heappop, heappush
from math import modf

from hubbub.clock import REAL, Clock

_CLOCK_MONOTONIC = 1
_FLAGS = os.O_NONBLOCK | os.O_CLOEXEC if hasattr(os, "O_CLOEXEC") else 0  # TFD_NONBLOCK, TFD_CLOEXEC are these
_ABSOLUTE = 1  # TFD_TIMER_ABSTIME
_NEAR_S = 0.00003  # what is due within this is woken too, sooner than by another round


class _Timerspec(ctypes.Structure):
    _fields_ = (
        ("interval_s", ctypes.c_long),
        ("interval_ns", ctypes.c_long),
        ("value_s", ctypes.c_long),
        ("value_ns", ctypes.c_long),
    )


class Alarm:
    """Wakes sleepers of one event loop at moments of the steady clock. Raises OSError where there is no timerfd."""

    def __init__(self, loop: asyncio.AbstractEventLoop, now: Callable[[], float]) -> None:
        if not sys.platform.startswith("linux"):
            raise OSError("timerfd is Linux's own")
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._fd = self._libc.timerfd_create(_CLOCK_MONOTONIC, _FLAGS)
        if self._fd < 0:
            raise OSError(ctypes.get_errno(), "timerfd_create failed")
        self._loop = loop
        self._now = now
        self._spec = _Timerspec()
        self._asleep: list[tuple[float, int, asyncio.Future[None]]] = []
        self._order = 0
        loop.add_reader(self._fd, self._ring)

    async def until(self, moment: float) -> None:
        """Sleep until then; returns at once when it has passed."""
        if moment <= self._now():
            return
        future = self._loop.create_future()
        self._order += 1
        heappush(self._asleep, (moment, self._order, future))
        if self._asleep[0][2] is future:
            self._set(moment)
        await future

    def close(self) -> None:
        """Give the timer back. Nobody may be asleep."""
        self._loop.remove_reader(self._fd)
        os.close(self._fd)

    def _ring(self) -> None:
        try:
            os.read(self._fd, 8)
        except BlockingIOError:  # it was set anew between ringing and being heard
            pass
        by = self._now() + _NEAR_S
        while self._asleep and (self._asleep[0][0] <= by or self._asleep[0][2].done()):
            future = heappop(self._asleep)[2]
            if not future.done():
                future.set_result(None)
        if self._asleep:
            self._set(self._asleep[0][0])

    def _set(self, moment: float) -> None:
        fraction, seconds = modf(moment)
        self._spec.value_s = int(seconds)
        self._spec.value_ns = int(fraction * 1e9) or 1
        self._libc.timerfd_settime(self._fd, _ABSOLUTE, ctypes.byref(self._spec), None)


def precise_clock(loop: asyncio.AbstractEventLoop) -> Clock:
    """The real clock, sleeping on an alarm where there is one: for the loop that holds conversations."""
    try:
        return Clock(REAL.now, sleeper=Alarm(loop, REAL.now).until)
    except (OSError, AttributeError):
        return REAL
