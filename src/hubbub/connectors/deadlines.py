"""The clocks of one exchange: connect, first text, gap between chunks, whole turn; all on one timer."""

import asyncio
from collections.abc import Callable

from hubbub.model import Timeouts

_SOON_S = 0.0005  # a deadline this near has come: loops count their timers in milliseconds


class Deadlines:
    """Cancels the task that made it when a deadline is missed, and tells that apart from a cancelling from outside.

    One timer is armed for the shortest limit. When it fires, it looks at the nearest deadline as things stand then, and
    is armed again for that; so a chunk costs no more than the writing down of its time.
    """

    __slots__ = (
        "_begun",
        "_cancelling",
        "_grace_at",
        "_handle",
        "_limits",
        "_loop",
        "_now",
        "_queued_at",
        "_task",
        "connected",
        "last",
        "missed",
        "spoken",
    )

    def __init__(self, limits: Timeouts, now: Callable[[], float], loop: asyncio.AbstractEventLoop) -> None:
        task = asyncio.current_task(loop)  # which need not be looked up anew, once with each exchange
        assert task is not None
        self._task = task
        self._cancelling = task.cancelling()
        self._limits = limits
        self._now = now
        self._loop = loop
        self._begun = now()
        self._queued_at: float | None = None
        self._grace_at: float | None = None
        self.connected = False  # set once there is a connection
        self.spoken = False  # set once there is visible text
        self.last: float | None = None  # when the last chunk came
        self.missed = ""  # the failure class of the deadline that was missed
        shortest = min(limits.connect_s, limits.first_text_s, limits.gap_s, limits.turn_s)
        self._handle = loop.call_later(shortest, self._look)

    def stop(self) -> None:
        """No deadline will be missed any more."""
        self._handle.cancel()

    def queue(self) -> None:
        """We wait for a connection of our own from here on, which is not the agent's time."""
        self._queued_at = self._now()

    def dequeue(self) -> float:
        """The wait is over: the agent's clocks start now. Returns how long it was."""
        now = self._now()
        began, self._queued_at, self._begun = self._queued_at, None, now
        self._handle.cancel()  # it may be armed for long after the first of the deadlines that now hold
        self._look()
        return now - began if began is not None else 0.0

    def allow(self, seconds: float) -> None:
        """Whatever else holds, be done within this time; missing it leaves `missed` at `grace`."""
        self._grace_at = self._now() + seconds
        self._handle.cancel()
        self._look()

    def why_cancelled(self) -> str:
        """The deadline that a CancelledError stands for; nothing when it came from outside and must go on its way."""
        return self.missed if self.missed and self._task.uncancel() <= self._cancelling else ""

    def explain(self) -> str:
        """The limit that was missed, in words."""
        limits = self._limits
        words = {
            "connect_timeout": f"no connection within {limits.connect_s:g} s",
            "first_text_timeout": f"no visible text within {limits.first_text_s:g} s",
            "stall": f"nothing for {limits.gap_s:g} s",
            "total_timeout": f"not whole within {limits.turn_s:g} s",
            "pool_wait": f"no connection of our own was free within {limits.turn_s:g} s",
        }
        return words.get(self.missed, "")

    def _nearest(self) -> tuple[float, str]:
        limits = self._limits
        if self._queued_at is not None:
            return self._queued_at + limits.turn_s, "pool_wait"
        nearest = (self._begun + limits.turn_s, "total_timeout")
        if not self.spoken:
            nearest = min(nearest, (self._begun + limits.first_text_s, "first_text_timeout"))
        if not self.connected:
            nearest = min(nearest, (self._begun + limits.connect_s, "connect_timeout"))
        if self.last is not None:
            nearest = min(nearest, (self.last + limits.gap_s, "stall"))
        if self._grace_at is not None:
            nearest = min(nearest, (self._grace_at, "grace"))
        return nearest

    def _look(self) -> None:
        at, failure = self._nearest()
        left = at - self._now()
        if left > _SOON_S:
            self._handle = self._loop.call_later(left, self._look)
        else:
            self.missed = failure
            self._task.cancel()
