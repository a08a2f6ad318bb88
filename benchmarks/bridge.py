"""What Locust costs our conversations: CPU per turn beside `hubbub run`, and what a second worker process brings.

python -m benchmarks.bridge cpu [--rounds 5]       the engine alone, then the same under Locust, in turn
python -m benchmarks.bridge workers [--rounds 3]   one worker, then two, under a master
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.clients.hubbub import PERSONAS
from benchmarks.counted import on_a_port_of_its_own
from benchmarks.crash import descendants
from benchmarks.ground.servers import ground
from hubbub.journal import read_folder
from hubbub.model import Closed, Turn

_LOCUSTFILE = """\
from pathlib import Path
from hubbub.locust_bridge import rehearse
Customers = rehearse(Path(__file__).parent / "busy.yaml")
"""
_WORKLOAD = """\
workload: busy
agent: {{connector: openai-chat, url: "{url}/json", options: {{stream: false}}}}
customers: {{from: {personas}}}
arrivals: {{process: closed, open: {seats}}}
duration_s: {duration_s}
drain_s: 0
speed: 1000
budget: {{late_p99_s: 60, loop_lag_p99_s: 60, unknown_rate: 1}}
"""
_LOCUST = (sys.executable, "-m", "locust", "-f", "busy.py", "--headless", "--only-summary", "--loglevel", "ERROR")
_ENGINE = (sys.executable, "-m", "hubbub", "run", "busy.yaml", "--quiet")
_SEATS = 50  # open conversations of a worker
_MARGIN_S = 1.5  # left out at both ends: starting up, and the rush of the end


class Look(NamedTuple):
    """CPU-seconds of some processes so far, and the wall clock's time then."""

    cpu_s: dict[int, float]
    at: float


class Round(NamedTuple):
    """One run: turns and seconds of the part that was measured, and CPU-seconds by what a process was."""

    turns: int
    wall_s: float
    cpu_s: dict[str, float]

    @property
    def per_s(self) -> float:
        """Turns per second."""
        return self.turns / self.wall_s

    def ms_per_turn(self, who: str) -> float:
        """CPU-milliseconds per turn of one kind of process."""
        return 1000 * self.cpu_s[who] / self.turns


def cpu_s(pid: int) -> float:
    """CPU-seconds of a process so far, all its threads: Linux's schedstat, in nanoseconds."""
    return sum(int(path.read_text().split()[0]) for path in Path(f"/proc/{pid}/task").glob("*/schedstat")) / 1e9


def look(pids: list[int]) -> Look:
    """Look at the clocks."""
    return Look({pid: cpu_s(pid) for pid in pids}, time.time())


@contextmanager
def house(url: str, seats: int, duration_s: float) -> Iterator[Path]:
    """A folder with the workload and its locustfile."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workload = _WORKLOAD.format(url=url, personas=PERSONAS, seats=seats, duration_s=duration_s)
        (folder / "busy.yaml").write_text(workload)
        (folder / "busy.py").write_text(_LOCUSTFILE)
        yield folder


def held(words: tuple[str, ...], folder: Path, workers: int, duration_s: float, server: list[int]) -> Round:
    """Hold a run and measure the middle of it."""
    nothing, own = subprocess.DEVNULL, on_a_port_of_its_own()
    with subprocess.Popen(words, cwd=folder, stdout=nothing, stderr=nothing, env=own) as process:
        while not _has_turns(folder, workers):
            if process.poll() is not None:
                raise SystemExit(f"{words} ended with {process.returncode} before its first turn")
            time.sleep(0.05)
        kinds = {pid: _kind(pid, process.pid, workers) for pid in (process.pid, *descendants(process.pid))}
        kinds |= dict.fromkeys(server, "server")
        time.sleep(_MARGIN_S)
        first = look(list(kinds))
        time.sleep(duration_s - 3 * _MARGIN_S)
        last = look(list(kinds))
        process.wait()
    spent = dict.fromkeys(kinds.values(), 0.0)
    for pid, kind in kinds.items():
        spent[kind] += last.cpu_s[pid] - first.cpu_s[pid]
    return Round(turns_between(folder, first.at, last.at), last.at - first.at, spent)


def turns_between(folder: Path, first: float, last: float) -> int:
    """Turns whose reply came between two moments of the wall clock, by the journals."""
    records = list(read_folder(next((folder / "results").iterdir())))
    began = next(record.began_at_s for record in records if isinstance(record, Closed))
    done = (record.done_s for record in records if isinstance(record, Turn))
    return sum(first <= began + at_s <= last for at_s in done if at_s is not None)


def _has_turns(folder: Path, workers: int) -> bool:
    journals = list((folder / "results").glob("*/journal.*.jsonl"))
    return len(journals) == workers and all(b'"type":"turn"' in path.read_bytes() for path in journals)


def _kind(pid: int, top: int, workers: int) -> str:
    """What a process of a run is, by its place and its command line."""
    line = Path(f"/proc/{pid}/cmdline").read_bytes()
    if b"locust" in line:
        return "worker" if pid != top or b"--processes" not in line else "master"
    return "worker" if b"hubbub.runs.worker" in line else "conductor"


def cpu(rounds: int, duration_s: float) -> None:
    """The engine and the bridge in turn, one process each."""
    ratios = []
    with ground(stream=False) as (url, server):
        for _ in range(rounds):
            pair = []
            for name, words in (("engine", _ENGINE), ("bridge", _LOCUST)):
                with house(url, _SEATS, duration_s) as folder:
                    one = held(words, folder, 1, duration_s, [])
                pair.append(one.ms_per_turn("worker"))
                print(f"{name}  {one.turns:6} turns  {one.per_s:6.0f}/s  {pair[-1]:.3f} ms of CPU each", flush=True)
            ratios.append(pair[1] / pair[0])
    print(f"on {server}: bridge / engine, paired: {median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f})")


def workers(rounds: int, duration_s: float) -> None:
    """One worker and two in turn. The last figure is what two cores of their own would hold: the server is left out."""
    ratios, apart = [], []
    with ground(stream=False) as (url, server):
        family = descendants(os.getpid())
        for _ in range(rounds):
            pair = []
            for number in (1, 2):
                with house(url, _SEATS * number, duration_s) as folder:
                    words = (*_LOCUST, "--processes", str(number), "--expect-workers", str(number))
                    pair.append(held(words, folder, number, duration_s, family))
                print(f"{number} workers  {pair[-1].per_s:6.0f} turns/s  cores: {_cores(pair[-1])}", flush=True)
            ratios.append(pair[1].per_s / pair[0].per_s)
            apart.append(2 * pair[0].ms_per_turn("worker") / pair[1].ms_per_turn("worker"))
    print(f"on {server}: two hold {median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f}) times what one does;")
    print(f"by CPU per turn alone, with a core for each: {median(apart):.2f} ({min(apart):.2f}-{max(apart):.2f})")


def _cores(one: Round) -> str:
    return ", ".join(f"{who} {spent / one.wall_s:.2f}" for who, spent in sorted(one.cpu_s.items()))


def main() -> None:
    """Print the rounds and what they come to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scene", choices=("cpu", "workers"))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=12.0)
    asked = parser.parse_args()
    (cpu if asked.scene == "cpu" else workers)(asked.rounds, asked.seconds)


if __name__ == "__main__":
    main()
