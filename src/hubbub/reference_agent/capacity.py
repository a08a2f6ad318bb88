"""A finite capacity: so many replies worked on at once, so many more waiting in line, the rest refused."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from math import ceil

from hubbub.clock import Clock


class Full(Exception):
    """The line is full. `retry_after_s` is a guess at when it is shorter, in whole seconds from now."""

    def __init__(self, retry_after_s: int) -> None:
        super().__init__(f"too many requests; try again in {retry_after_s} s")
        self.retry_after_s = retry_after_s


class Capacity:
    """Workers and a first-in, first-out line before them. `workers=None` means no limit at all."""

    def __init__(self, workers: int | None, queue_limit: int, mean_work_s: float, clock: Clock) -> None:
        self._workers = workers
        self._queue_limit = queue_limit
        self._mean_work_s = mean_work_s
        self._clock = clock
        self._line: deque[asyncio.Future[None]] = deque()
        self.busy = 0

    @property
    def waiting(self) -> int:
        """How many are in line."""
        return len(self._line)

    @asynccontextmanager
    async def worker(self) -> AsyncIterator[float]:
        """Hold a worker; gives the seconds spent waiting for it. Raises Full. Cancelling leaves the line."""
        arrived_s = self._clock.now()
        if self._workers is not None and (self.busy >= self._workers or self._line):
            await self._stand_in_line(self._workers)
        else:
            self.busy += 1
        try:
            yield self._clock.now() - arrived_s
        finally:
            self._release()

    async def _stand_in_line(self, workers: int) -> None:
        if len(self._line) >= self._queue_limit:
            raise Full(max(1, ceil(self._mean_work_s * (len(self._line) + 1) / workers)))
        place = asyncio.get_running_loop().create_future()
        self._line.append(place)
        try:
            await place
        except asyncio.CancelledError:
            if place.cancelled():
                with suppress(ValueError):  # passed over already, by a worker that came free at the same moment
                    self._line.remove(place)
            else:
                self._release()  # called forward and gone at the same moment: the worker goes to the next
            raise

    def _release(self) -> None:
        """Hand the worker to the first in line, so that nobody who comes later can slip in between."""
        while self._line:
            place = self._line.popleft()
            if not place.done():
                place.set_result(None)
                return
        self.busy -= 1
