"""Is the generator fit: the event loop's lag, processor, memory, open files and clock steps, sampled as it runs."""

import asyncio
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from hubbub.clock import Clock
from hubbub.model import Health

_LAG_EVERY_S = 0.1  # how often the loop's lag is looked at
_REPORT_EVERY = 10  # looks per record
_FILES = Path("/proc/self/fd")
_MEMORY = Path("/proc/self/statm")


def raise_file_limit() -> int:
    """Allow this process as many open files as the system permits, and say how many that is."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard and hard != resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        return hard
    return soft


def rss_bytes() -> int:
    """Memory that is in use now; where the system does not say, the most that was ever in use."""
    if _MEMORY.exists():
        return int(_MEMORY.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


class Backlog(Protocol):
    """What is not yet written, and what went wrong in writing: the journal, as far as health goes."""

    @property
    def backlog_bytes(self) -> int:
        """Bytes that wait to be written."""

    @property
    def incidents(self) -> tuple[str, ...]:
        """Generator classes met in writing."""


class Pulse:
    """Samples how the process fares and reports it once a second, until cancelled."""

    def __init__(self, clock: Clock, start: float, open_now: Callable[[], int], journal: Backlog) -> None:
        self._clock = clock
        self._start = start
        self._open = open_now
        self._journal = journal
        self._fd_limit = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
        self._cpu = time.process_time()
        self._at = clock.now()
        self._wall_minus_steady = time.time() - time.monotonic()

    async def run(self, record: Callable[[Health], object]) -> None:
        """Sample for ever. On a jumping clock only the lag is looked at: the rest would differ from run to run."""
        every_s = 1.0 if self._clock.jumping else _LAG_EVERY_S
        while True:
            lags = []
            for _ in range(_REPORT_EVERY):
                due = self._clock.now() + every_s
                await asyncio.sleep(every_s)
                lags.append(max(0.0, self._clock.now() - due))
            record(self._sample(lags))

    def _sample(self, lags: list[float]) -> Health:
        now = self._clock.now()
        at_s = round(now - self._start, 3)
        worst, mean = round(max(lags), 6), round(sum(lags) / len(lags), 6)
        if self._clock.jumping:
            return Health(at_s, self._open(), worst, mean)
        cpu, took = time.process_time(), max(now - self._at, 1e-9)
        share = (cpu - self._cpu) / took
        self._cpu, self._at = cpu, now
        drift = time.time() - time.monotonic()
        step, self._wall_minus_steady = drift - self._wall_minus_steady, drift
        return Health(
            at_s=at_s,
            open=self._open(),
            loop_lag_max_s=worst,
            loop_lag_mean_s=mean,
            cpu_share=round(share, 4),
            rss_bytes=rss_bytes(),
            fds=sum(1 for _ in os.scandir(_FILES)) if _FILES.exists() else 0,
            fd_limit=self._fd_limit,
            clock_step_s=round(step, 4),
            journal_backlog_bytes=self._journal.backlog_bytes,
            incidents=self._journal.incidents,
        )
