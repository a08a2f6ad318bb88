"""What a client process says of itself when it is done: one line of JSON."""

import resource
import sys
import time
from pathlib import Path

import msgspec


class Figures(msgspec.Struct, frozen=True):
    """`cpu_s` is user and system time of the client's process while it drove load; starting up is left out."""

    client: str
    turns: int
    failed: int
    cpu_s: float
    wall_s: float
    rss_mb: float
    events: int = 0

    @property
    def ms_per_turn(self) -> float:
        """CPU-milliseconds per turn, which are CPU-seconds per 1,000 turns."""
        return 1000 * self.cpu_s / self.turns if self.turns else float("nan")


class Meter:
    """Counts the CPU time of this process from when it is made."""

    def __init__(self) -> None:
        self._cpu = _cpu_s()
        self._wall = time.monotonic()

    def read(self, client: str, turns: int, failed: int = 0, events: int = 0) -> Figures:
        """The figures since the start."""
        cpu_s, wall_s = _cpu_s() - self._cpu, time.monotonic() - self._wall
        return Figures(client, turns, failed, round(cpu_s, 4), round(wall_s, 4), round(_rss_mb(), 1), events)


def _cpu_s() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def _rss_mb() -> float:
    """Resident memory now, and not at its peak, which a process inherits from who forked it."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text().split()[1]) * resource.getpagesize() / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak / 1e3


def tell(figures: Figures) -> None:
    """Print them as the last line."""
    print(msgspec.json.encode(figures).decode(), flush=True)
