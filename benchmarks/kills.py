"""A master and two workers under Locust, one of them ended in the middle of a load: what is lost, and what goes on?

python -m benchmarks.kills [--times 5]

kill -9 of a worker, kill -9 of the master, SIGTERM to the master, SIGTERM to a worker. The agent is a process of its
own and its log is the witness: a turn that it finished before the blow and that no journal holds was lost, and the age
of the oldest such is what a kill can cost; its last arrival says how long there was load afterwards.
"""

import argparse
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import NamedTuple

import msgspec

from hubbub.journal import journals, read, recover
from hubbub.model import Turn
from hubbub.reference_agent.truth import read_truth
from hubbub.verdicts.selfcheck import trace_of

_WORKLOAD = """\
workload: kills
agent: {{connector: openai-chat, url: "{url}", escalation: openai-tools}}
customers: {{from: {personas}}}
arrivals: {{process: poisson, rate_per_s: 40}}
duration_s: 12
drain_s: 3
speed: 100
budget: {{late_p99_s: 9, loop_lag_p99_s: 9, unknown_rate: 1}}
"""
_LOCUSTFILE = """\
from pathlib import Path
from hubbub.locust_bridge import rehearse
Customers = rehearse(Path(__file__).parent / "kills.yaml")
"""
_PERSONAS = Path(__file__).parents[1] / "personas"
_PORT = "15590"
_MOST_LOST_MS = 200
_MOST_LOAD_S = 5.0


class Blow(NamedTuple):
    """Whom it hits (0 is the master), how, and the exit codes that master and workers should end with."""

    who: int
    how: signal.Signals
    codes: tuple[int, int, int]


BLOWS = {
    "kill -9 a worker": Blow(1, signal.SIGKILL, (3, -9, 0)),
    "kill -9 the master": Blow(0, signal.SIGKILL, (-9, 3, 3)),
    "SIGTERM the master": Blow(0, signal.SIGTERM, (130, 0, 0)),
    "SIGTERM a worker": Blow(1, signal.SIGTERM, (130, 0, 0)),
}


class Aftermath(NamedTuple):
    """What came of a blow. `load_s` is of those who should have gone silent: all, or the worker that was hit."""

    codes: tuple[int, ...]
    started: int
    adds_up: bool
    lost: int
    oldest_ms: float
    load_s: float

    def kept(self, blow: Blow) -> bool:
        """Whether everything is as it should be."""
        within = self.oldest_ms <= _MOST_LOST_MS and self.load_s <= _MOST_LOAD_S
        return within and self.adds_up and self.codes == blow.codes


@contextmanager
def agent(truth: Path) -> Iterator[str]:
    """The reference agent's address; its log is whole when the block ends."""
    words = [sys.executable, "-m", "hubbub", "agent", "--port", "0", "--announce", "--truth", str(truth)]
    words += ["--service-s", "0.05", "--tokens-per-s", "2000"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield msgspec.json.decode(process.stdout.readline())["url_openai"]
        finally:
            process.terminate()


def struck(blow: Blow, after_s: float, folder: Path) -> Aftermath:
    """Hold a run, strike, and look at what is left."""
    truth = folder / "truth.jsonl"
    with agent(truth) as url:
        (folder / "kills.yaml").write_text(_WORKLOAD.format(url=url, personas=_PERSONAS))
        (folder / "kills.py").write_text(_LOCUSTFILE)
        ends = [_locust(folder, "--master", "--headless", "--expect-workers", "2", "--master-bind-port", _PORT)]
        ends += [_locust(folder, "--worker", "--master-port", _PORT) for _ in range(2)]
        try:
            while not all(b'"turn"' in path.read_bytes() for path in _journals(folder)) or len(_journals(folder)) < 2:
                time.sleep(0.02)
            time.sleep(after_s)
            victim = _number(folder, ends[blow.who].pid) if blow.who else None
            struck_at = time.monotonic()
            ends[blow.who].send_signal(blow.how)
            codes = tuple(process.wait(90) for process in ends)
        finally:
            for process in ends:
                process.kill()
    return _aftermath(next((folder / "results").iterdir()), truth, struck_at, victim, codes)


def _aftermath(run: Path, truth: Path, struck_at: float, victim: int | None, codes: tuple[int, ...]) -> Aftermath:
    account = recover(run).account
    held = {trace_of(r) for path in journals(run) for r in read(path) if isinstance(r, Turn)}
    turns = [t for t in read_truth(truth) if t.session.startswith(run.name)]  # others only looked whether it is there
    lost = [t for t in turns if t.ended == "whole" and t.trace not in held and t.end_s <= struck_at]
    silent = [t for t in turns if victim is None or int(t.session.rpartition("-")[2]) % 2 == victim]
    return Aftermath(
        codes,
        account.started,
        account.started == account.ended + account.unfinished,
        len(lost),
        max((1000 * (struck_at - t.end_s) for t in lost), default=0.0),
        max(0.0, max(t.arrival_s for t in silent) - struck_at),
    )


def _locust(folder: Path, *words: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "locust", "-f", "kills.py", *words]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _journals(folder: Path) -> list[Path]:
    return sorted((folder / "results").glob("*/journal.*.jsonl"))


def _number(folder: Path, pid: int) -> int:
    """Which worker a process is: the one whose journal it holds open."""
    opened = {link.readlink() for link in Path(f"/proc/{pid}/fd").iterdir() if link.is_symlink()}
    return next(int(path.name.split(".")[1]) for path in _journals(folder) if path in opened)


def main() -> None:
    """Strike, and count; exit code 1 when a bound was broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    chance, kept = Random(asked.seed), True
    print("blow                exit codes       started  adds up  lost  oldest   load afterwards")
    for _ in range(asked.times):
        for name, blow in BLOWS.items():
            with tempfile.TemporaryDirectory() as scratch:
                after = struck(blow, chance.uniform(0.5, 3.0), Path(scratch).resolve())
            told = "" if after.kept(blow) else "   NOT AS IT SHOULD BE"
            kept = kept and not told
            print(
                f"{name:18}  {after.codes!s:15}  {after.started:7}  {'yes' if after.adds_up else 'NO':7}"
                f"  {after.lost:4}  {after.oldest_ms:3.0f} ms  {after.load_s:.2f} s{told}",
                flush=True,
            )
    sys.exit(not kept)


if __name__ == "__main__":
    main()
