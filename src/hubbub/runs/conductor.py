"""The run as a whole: starts the agent and the processes, gives them one start, passes signals on, and waits."""

import asyncio
import contextlib
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
from msgspec.structs import replace

from hubbub.errors import CalledOff, WorkerLost
from hubbub.runs.embedded import gone
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
    agent_ended: str = ""  # how the embedded agent ended before the run did, where it did


async def conduct(
    loaded: LoadedWorkload, results: Path, workers: int, tell: Tell, *, probe: bool = True, wait_s: float = 0.0
) -> Held:
    """Hold a run and leave its journals in a new folder. `tell` gets the figures so far and the seconds since start.

    `probe` greets the agent first, and `wait_s` is how long it may take to be there. SIGINT, SIGTERM and SIGHUP (a
    closed terminal) end the run early; a second one ends it at once. Raises CalledOff when one comes before the run
    began, and AgentUnreachable before any load when nothing answers at the agent's address, or not as the workload
    says; no folder and no process is left then.
    """
    conductor = _Conductor(tell)
    with _heeded(conductor.stop):
        try:
            return await conductor.see_through(loaded, results, workers, probe, wait_s)
        except asyncio.CancelledError:
            if conductor.called_off is None:
                raise
            why = f"{loaded.workload.workload} was stopped by {conductor.called_off.name} before it began"
            raise CalledOff(f"{why}: nothing was held, and no results folder is left") from None


@contextlib.contextmanager
def _heeded(stop: Callable[[signal.Signals], None]) -> Iterator[None]:
    """Have `stop` told of these signals in the running loop; afterwards they do what they did before.

    Who is to outlive its terminal (`nohup`) does.
    """
    loop = asyncio.get_running_loop()
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    if before[signal.SIGHUP] is signal.SIG_IGN:
        del before[signal.SIGHUP]
    for number in before:
        loop.add_signal_handler(number, stop, number)
    try:
        yield
    finally:
        for number, usual in before.items():
            loop.remove_signal_handler(number)
            signal.signal(number, usual)


class _Conductor:
    """One run, and whoever may stop it: called off before it began, ended early afterwards."""

    def __init__(self, tell: Tell) -> None:
        self.called_off: signal.Signals | None = None
        self._tell = tell
        self._opening = asyncio.current_task()
        self._crew: _Crew | None = None  # once it has been given its start

    async def see_through(
        self, loaded: LoadedWorkload, results: Path, workers: int, probe: bool, wait_s: float
    ) -> Held:
        """Open the run, hold it, and close it; before its start, whatever goes wrong leaves nothing behind."""
        opened = await open_run(loaded, results, workers, probe=probe, wait_s=wait_s)
        crew = _Crew(opened.folder, opened.plan, self._tell)
        try:
            await crew.make_ready()
        except BaseException:  # also when cancelled: it goes on its way once nothing is left
            await crew.dismiss()
            await opened.discard()
            raise
        self._crew = crew
        try:
            held = await crew.hold()
            return held if opened.agent is None else replace(held, agent_ended=opened.agent.ended)
        finally:
            await crew.dismiss()
            await opened.close()

    def stop(self, number: signal.Signals) -> None:
        """End it early; at once when told again. What has not begun is called off.

        A terminal says several times that it is closed: who reads the reports then comes later, and has time.
        """
        if self._crew is not None:
            if number is not signal.SIGHUP or not self._crew.stopping:
                self._crew.stop()
        elif self.called_off is None and self._opening is not None:
            self.called_off = number
            self._opening.cancel()


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

    async def make_ready(self) -> None:
        """Start the processes, and wait until each could begin. Raises WorkerLost."""
        for worker in range(self._plan.workers):
            self._processes.append(await self._spawn(worker))
        await asyncio.gather(*(self._ready(process) for process in self._processes))

    async def hold(self) -> Held:
        """Give all one start, and wait until they are done."""
        loop = asyncio.get_running_loop()
        self._start = time.monotonic() + _SETTLE_S
        self._order(f"start {self._start!r}")
        listening = [loop.create_task(self._listen(w, p)) for w, p in enumerate(self._processes)]
        await asyncio.wait(listening, timeout=self._longest_s())
        for process in self._processes:
            await self._end(process)
        return Held(self._folder, self.stopping)

    async def dismiss(self) -> None:
        """End the processes that are still there."""
        for process in self._processes:
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()

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
            await gone(process)
            raise WorkerLost("a worker process did not start: it was killed, or what it said stands above")

    async def _listen(self, worker: int, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        while line := await process.stdout.readline():
            self._figures[worker] = msgspec.json.decode(line, type=Live)
            self._tell(together(self._figures.values()), time.monotonic() - self._start)

    async def _end(self, process: asyncio.subprocess.Process) -> None:
        if not await gone(process):
            process.kill()
            await process.wait()

    @property
    def stopping(self) -> bool:
        """Whether it was told to end early."""
        return self._orders > 0

    def stop(self) -> None:
        """Let nobody else in; told again, end what is open at once."""
        self._orders += 1
        self._order("stop" if self._orders == 1 else "stop now")

    def _order(self, words: str) -> None:
        for process in self._processes:
            if process.stdin is not None and process.returncode is None:
                with contextlib.suppress(ConnectionError):
                    process.stdin.write(words.encode() + b"\n")
