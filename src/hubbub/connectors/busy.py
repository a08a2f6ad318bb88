"""An agent that says it is busy: whether, when and how often a turn is sent again, never more than was asked for."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar
from zlib import crc32

from hubbub.chance import stream
from hubbub.connectors.protocol import Watch
from hubbub.errors import ExchangeFailed
from hubbub.model import Attempt, Busy

R = TypeVar("R")
_STATUSES = (429, 503)


class Patience:
    """What a workload wants done about 429 and 503, for all conversations of a connector.

    The wait is what the agent says, or doubles from `base_s`, with up to half of it added by chance, so that those who
    were refused together do not come again together. With `back_off`, nobody sends until the longest wait is over.
    """

    def __init__(self, busy: Busy, now: Callable[[], float]) -> None:
        self._busy = busy
        self._now = now
        self._hold_until = 0.0

    async def see_through(self, once: Callable[[], Awaitable[R]], body: bytes, watch: Watch) -> R:
        """Send a turn, again where that is wanted. Raises the last failure; each one before it is noted."""
        attempt = 1
        while True:
            if self._busy.policy == "back_off" and (left := self._hold_until - self._now()) > 0:
                await asyncio.sleep(left)
            try:
                return await once()
            except ExchangeFailed as failed:
                wait_s = self._wait_s(failed, attempt, body)
                if wait_s is None:
                    raise
                _note(watch, Attempt(failed.failure, failed.status, round(self._now(), 6), round(wait_s, 6)))
            self._hold_until = max(self._hold_until, self._now() + wait_s)
            await asyncio.sleep(wait_s)
            attempt += 1

    def _wait_s(self, failed: ExchangeFailed, attempt: int, body: bytes) -> float | None:
        busy = self._busy
        if failed.status not in _STATUSES or attempt >= busy.attempts:
            return None
        told = failed.retry_after_s
        wait_s = told if told is not None else busy.base_s * 2.0 ** (attempt - 1)
        if wait_s > busy.longest_wait_s:
            return None
        return wait_s * (1 + 0.5 * stream("busy", crc32(body), attempt).uniform())


def patience_of(busy: Busy, now: Callable[[], float]) -> Patience | None:
    """What a workload wants done; None where each refusal counts, and nothing is sent again."""
    return Patience(busy, now) if busy.policy != "count" else None


def _note(watch: Watch, attempt: Attempt) -> None:
    note = getattr(watch, "attempt", None)
    if note is not None:
        note(attempt)
