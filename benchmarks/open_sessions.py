"""Memory of open conversations, and how late we send as they come, in one process.

python -m benchmarks.open_sessions connected 3000    each waits for a reply, with a connection of its own
python -m benchmarks.open_sessions thinking 10000    each has its first reply, and thinks
"""

import asyncio
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import quantiles

import msgspec

from benchmarks.clients.hubbub import Generator, ready, workload_for
from benchmarks.ground.raw import HELD_S
from benchmarks.ground.servers import ROOT, raw
from hubbub.health import raise_file_limit, rss_bytes
from hubbub.journal import read
from hubbub.model import Arrivals, Turn
from hubbub.runs.loops import run_fast

PATHS = {"connected": "held", "thinking": "json"}
RATE_PER_S = 500.0
_SLOW = 0.001  # thinking takes hours, so nobody says a second thing


class Sessions(msgspec.Struct, frozen=True):
    """Memory before the first and when all were open, memory for each, and percentiles of how late we sent."""

    open: int
    rss_before_mb: float
    rss_mb: float
    kib_each: float
    late_p50_ms: float
    late_p99_ms: float


async def hold_open(url: str, number: int, folder: Path) -> Sessions:
    """Let customers in at RATE_PER_S until this many are open.

    Memory for each is the growth from the first tenth to all of them: what the first ones load is not theirs.
    """
    arrivals = Arrivals(process="constant", rate_per_s=RATE_PER_S)
    generator = await ready(workload_for(url, arrivals, _SLOW, stream=False), folder, patient=True)
    before = rss_bytes()
    running = asyncio.create_task(generator.run())
    few, some = await _memory_when_open(generator, number // 10)
    many, all_of_it = await _memory_when_open(generator, number)
    generator.engine.stop(at_once=True)
    await running
    turns = [r for r in read(generator.file) if isinstance(r, Turn) and r.turn == 1]
    late = quantiles((1000 * (turn.sent_s - turn.due_s) for turn in turns), n=100)
    each = (all_of_it - some) / (many - few) / 1024
    return Sessions(many, before / 1e6, all_of_it / 1e6, each, late[49], late[98])


async def _memory_when_open(generator: Generator, number: int) -> tuple[int, int]:
    async with asyncio.timeout(HELD_S):
        while generator.engine.open < number:
            await asyncio.sleep(0.01)
    return generator.engine.open, rss_bytes()


def main() -> None:
    """Start the server, measure in a process of its own, print what it found."""
    if sys.argv[1] == "measure":
        raise_file_limit()
        with tempfile.TemporaryDirectory() as folder:
            found = run_fast(hold_open(sys.argv[2], int(sys.argv[3]), Path(folder)))
        print(msgspec.json.encode(found).decode())
        return
    how, number = sys.argv[1:]
    with raw() as url:
        words = [sys.executable, "-m", "benchmarks.open_sessions", "measure", f"{url}/{PATHS[how]}", number]
        ran = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    found = msgspec.json.decode(ran.stdout.splitlines()[-1], type=Sessions)
    print(f"{how}: {found.open} open; {found.rss_mb:.0f} MB in all ({found.rss_before_mb:.0f} before the first)")
    print(f"{found.kib_each:.1f} KiB each; sent late by {found.late_p50_ms:.2f} ms p50, {found.late_p99_ms:.2f} ms p99")


if __name__ == "__main__":
    main()
