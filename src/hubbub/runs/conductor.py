"""The run as a whole: starts the agent and the processes, gives them one start, passes signals on, and waits."""

import asyncio
import contextlib
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from hubbub.errors import WorkerLost
from hubbub.runs.opening import open_run
from hubbub.runs.plan import Plan
from hubbub.specs.workload import LoadedWorkload
from hubbub.stats.live import Live, together

_SETTLE_S = 0.3  # between the last worker's `ready` and the common start
_GRACE_S = 20.0  # what a worker gets beyond the planned end before it is given up as lost
Tell = Callable[[Live, float], None]


class Held(msgspec.Struct, frozen=True):
    """A run that is over: where its records are, and how it went."""

    folder: Path
    interrupted: bool
    lost_workers: tuple[int, ...]


async def conduct(loaded: LoadedWorkload, results: Path, workers: int, tell: Tell, *, probe: bool = True) -> Held:
    """Hold a run and leave its journals in a new folder. `tell` gets the figures so far and the seconds since start.

    `probe` greets the agent first. Raises AgentUnreachable before any load when nothing answers at the agent's
    address, or not as the workload says.
    """
    opened = await open_run(loaded, results, workers, probe=probe)
    try:
        return await _Crew(opened.folder, opened.plan, tell).hold()
    finally:
        await opened.close()


class _Crew:
    """The worker processes of one run."""

    def __init__(self, folder: Path, plan: Plan, tell: Tell) -> None:
        self._folder = folder
        self._plan = plan
        self._tell = tell
        self._processes: list[asyncio.subprocess.Process] = []
        self._figures: dict[int, Live] = {}
        self._orders = 0
        self._start = 0.0

    async def hold(self) -> Held:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._stop)
        try:
            self._processes = [await self._spawn(worker) for worker in range(self._plan.workers)]
            await asyncio.gather(*(self._ready(process) for process in self._processes))
            self._start = time.monotonic() + _SETTLE_S
            self._order(f"start {self._start!r}")
            listening = [loop.create_task(self._listen(w, p)) for w, p in enumerate(self._processes)]
            await asyncio.wait(listening, timeout=self._longest_s())
            codes = [await self._end(process) for process in self._processes]
        finally:
            for process in self._processes:
                if process.returncode is None:
                    process.kill()
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.remove_signal_handler(number)
        lost = tuple(worker for worker, code in enumerate(codes) if code != 0)
        return Held(self._folder, self._orders > 0, lost)

    def _longest_s(self) -> float:
        workload = self._plan.workload
        return workload.duration_s + workload.drain_s + _SETTLE_S + _GRACE_S

    async def _spawn(self, worker: int) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "hubbub.runs.worker", str(self._folder), str(worker),
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=1 << 20,
        )  # fmt: skip

    async def _ready(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        if (await process.stdout.readline()).strip() != b"ready":
            raise WorkerLost("a worker process did not start: it was killed, or what it said stands above")

    async def _listen(self, worker: int, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        while line := await process.stdout.readline():
            self._figures[worker] = msgspec.json.decode(line, type=Live)
            self._tell(together(self._figures.values()), time.monotonic() - self._start)

    async def _end(self, process: asyncio.subprocess.Process) -> int:
        try:
            return await asyncio.wait_for(process.wait(), 2.0)
        except TimeoutError:
            process.kill()
            await process.wait()
            return -signal.SIGKILL

    def _stop(self) -> None:
        self._orders += 1
        self._order("stop" if self._orders == 1 else "stop now")

    def _order(self, words: str) -> None:
        for process in self._processes:
            if process.stdin is not None and process.returncode is None:
                with contextlib.suppress(ConnectionError):
                    process.stdin.write(words.encode() + b"\n")
