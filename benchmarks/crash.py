"""kill -9 at random instants of a running load: what is lost, and is every conversation accounted for?

python -m benchmarks.crash [--times 20]

Conductor and worker are killed at once; the agent ends by itself and its own log is the witness: a turn that it
finished and that the journal does not hold was lost. The age of the oldest lost one is what a kill can cost.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random
from statistics import median

from hubbub.journal import journals, read, recover
from hubbub.model import Turn
from hubbub.reference_agent.truth import read_truth
from hubbub.verdicts.selfcheck import trace_of

WORKLOAD = """\
workload: crash
agent: {connector: openai-chat, escalation: openai-tools, embedded: {service_s: 0.05, tokens_per_s: 2000}}
customers: {from: %s}
arrivals: {process: poisson, rate_per_s: 40}
duration_s: 60
speed: 100
"""
PERSONAS = Path(__file__).parents[1] / "personas"


def descendants(pid: int) -> list[int]:
    """Every process below this one."""
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    below = [int(word) for word in listed.stdout.split()]
    return [*below, *(deeper for child in below for deeper in descendants(child))]


def kill_once(folder: Path, after_s: float) -> tuple[int, int, int, float]:
    """Start a run, kill it, recover: started, ended, unfinished, and how old the oldest lost turn was, in ms."""
    (folder / "crash.yaml").write_text(WORKLOAD % PERSONAS)
    words = [sys.executable, "-m", "hubbub", "run", "crash.yaml", "--quiet"]
    process = subprocess.Popen(words, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not any(b'"turn"' in path.read_bytes() for path in (folder / "results").glob("*/journal.0.jsonl")):
        time.sleep(0.02)
    time.sleep(after_s)
    family = [process.pid, *descendants(process.pid)]
    run = next((folder / "results").iterdir())
    victims = [pid for pid in family if b"hubbub.runs.worker" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    killed_at = time.monotonic()
    for pid in (process.pid, *victims):
        os.kill(pid, signal.SIGKILL)
    process.wait()
    deadline = time.monotonic() + 10
    while any(Path(f"/proc/{pid}").exists() for pid in family if pid != process.pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    recovered = recover(run)
    account = recovered.account
    turns = (r for path in journals(run) for r in read(path) if isinstance(r, Turn))
    held = {trace_of(turn) for turn in turns}
    lost = [t.end_s for t in read_truth(run / "agent-truth.jsonl") if t.ended == "whole" and t.trace not in held]
    oldest_ms = 1000 * (killed_at - min(lost)) if lost else 0.0
    return account.started, account.ended, account.unfinished, oldest_ms


def main() -> None:
    """Kill, recover and count, so many times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    chance = Random(asked.seed)
    oldest: list[float] = []
    print("killed after  started  ended  unfinished  adds up  oldest lost turn")
    for _ in range(asked.times):
        after_s = chance.uniform(0.2, 3.0)
        with tempfile.TemporaryDirectory() as scratch:
            started, ended, unfinished, oldest_ms = kill_once(Path(scratch), after_s)
        sums = started == ended + unfinished
        oldest.append(oldest_ms)
        print(
            f"{after_s:10.2f} s  {started:7}  {ended:5}  {unfinished:10}  "
            f"{'yes' if sums else 'NO':7}  {oldest_ms:.0f} ms"
        )
        if not sums:
            raise SystemExit("conversations are lost")
    print(f"oldest lost turn: median {median(oldest):.0f} ms, worst {max(oldest):.0f} ms")


if __name__ == "__main__":
    main()
