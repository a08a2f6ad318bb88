"""Is what Hubbub reports true? Whole runs against the embedded agent, held against the agent's own log.

python -m benchmarks.accuracy open --rate 80     latencies at a rate, of --processes: reported and true quantiles
python -m benchmarks.accuracy think              the pause before each message, as meant and as the agent saw it
python -m benchmarks.accuracy arrivals           evenness of constant and Poisson arrivals, as the agent saw them
python -m benchmarks.accuracy sessions           as many sessions held as asked for
python -m benchmarks.accuracy freeze             an agent that stands still for 2 s, asked openly and in a closed loop

Each prints how late a bare sleep wakes on this machine, which nothing here can be better than.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import fmean, pstdev

from msgspec import Struct

from hubbub.journal import read_folder
from hubbub.model import Closed, Record, Turn
from hubbub.reference_agent.truth import TrueTurn, read_truth
from hubbub.runs.embedded import TRUTH

PERSONAS = Path(__file__).parent / "personas" / "turns"
FIXED = "{fixed_first_text_s: 0.2, fixed_chunks: 16, fixed_gap_s: 0.01}"
INSTANT = "{fixed_first_text_s: 0.005, fixed_chunks: 1, fixed_gap_s: 0}"
TURNS_EACH = 5.4  # turns per conversation, about


class Outcome(Struct, frozen=True):
    """A run and its truth. Turns are those that were answered whole, by (conversation, turn)."""

    records: tuple[Record, ...]
    truth: tuple[TrueTurn, ...]

    @property
    def answered(self) -> list[Turn]:
        return [r for r in self.records if isinstance(r, Turn) and r.outcome == "ok"]

    @property
    def closed(self) -> Closed:
        return next(r for r in self.records if isinstance(r, Closed))


def held(
    agent: str, arrivals: str, duration_s: float, *, speed: float = 100, drain_s: float = 5, processes: int = 1
) -> Outcome:
    """Hold a run in a scratch folder and read what it left."""
    spec = (
        f"workload: accuracy\nagent: {{connector: openai-chat, escalation: openai-tools, embedded: {agent}}}\n"
        f"customers: {{from: {PERSONAS}}}\narrivals: {arrivals}\nduration_s: {duration_s:g}\ndrain_s: {drain_s:g}\n"
        f"speed: {speed:g}\nbudget: {{late_p99_s: 100, loop_lag_p99_s: 100, unknown_rate: 1}}\n"
    )
    with tempfile.TemporaryDirectory() as scratch:
        (Path(scratch) / "accuracy.yaml").write_text(spec)
        words = [sys.executable, "-m", "hubbub", "run", "accuracy.yaml", "--quiet", "--processes", str(processes)]
        ran = subprocess.run(words, cwd=scratch, capture_output=True, text=True, check=False)
        if ran.returncode not in (0, 5):
            raise SystemExit(ran.stdout + ran.stderr)
        folder = next((Path(scratch) / "results").iterdir())
        return Outcome(tuple(read_folder(folder)), tuple(read_truth(folder / TRUTH)))


def quantile(values: Sequence[float], q: float) -> float:
    """The value at this rank, 0 for none."""
    return sorted(values)[min(len(values) - 1, int(q * len(values)))] if values else 0.0


def sleep_overshoot() -> str:
    """How late this machine wakes a bare sleeper."""
    late = []
    for _ in range(300):
        began = time.monotonic()
        time.sleep(0.005)
        late.append(1000 * (time.monotonic() - began - 0.005))
    return f"a bare sleep wakes late by p50 {quantile(late, 0.5):.2f} ms, p99 {quantile(late, 0.99):.2f} ms"


def row(name: str, reported: Sequence[float], true: Sequence[float]) -> str:
    """Reported and true quantiles in ms, and how far apart."""
    cells = []
    for q in (0.5, 0.99):
        ours, theirs = 1000 * quantile(reported, q), 1000 * quantile(true, q)
        cells.append(f"p{100 * q:g} {ours:8.2f} / {theirs:8.2f} ({ours - theirs:+.2f})")
    return f"{name:22} {'   '.join(cells)}   n {len(reported)} / {len(true)}"


def show_open(rate: float, processes: int) -> None:
    """Latencies at a rate of turns."""
    run = held(FIXED, f"{{process: poisson, rate_per_s: {rate / TURNS_EACH:g}}}", 20.0, processes=processes)
    ok, whole = run.answered, [t for t in run.truth if t.ended == "whole" and t.first_s is not None]
    print(f"{len(ok) / 20:.0f} turns/s; reported / true in ms")
    print(row("first text, from due", [t.first_text_s - t.due_s for t in ok if t.first_text_s], list(_firsts(whole))))
    print(
        row(
            "whole turn, from due", [t.done_s - t.due_s for t in ok if t.done_s], [t.end_s - t.arrival_s for t in whole]
        )
    )
    sent = [t.done_s - t.sent_s for t in ok if t.done_s]
    print(row("whole turn, from sent", sent, [t.end_s - t.arrival_s for t in whole]))


def _firsts(truth: Sequence[TrueTurn]) -> Iterator[float]:
    for turn in truth:
        if turn.first_s is not None:
            yield turn.first_s - turn.arrival_s


def show_think() -> None:
    """The pause before each message after the first."""
    run = held(INSTANT, "{process: poisson, rate_per_s: 10}", 20.0, speed=10, drain_s=20)
    meant, seen = [], []
    by_session: defaultdict[str, list[TrueTurn]] = defaultdict(list)
    for turn in run.truth:
        by_session[turn.session].append(turn)
    ours: defaultdict[int, list[Turn]] = defaultdict(list)
    for record in run.answered:
        ours[record.number].append(record)
    for session, turns in by_session.items():
        turns.sort(key=lambda t: t.arrival_s)
        mine = sorted(ours[int(session.rpartition("-")[2])], key=lambda t: t.sent_s)
        if len(mine) == len(turns):
            seen += [b.arrival_s - a.end_s for a, b in pairwise(turns)]
            meant += [b.due_s - (a.done_s or 0) for a, b in pairwise(mine)]
    off = fmean(seen) / fmean(meant) - 1
    print(f"{len(seen)} pauses: meant {fmean(meant):.4f} s, seen by the agent {fmean(seen):.4f} s, off by {off:+.2%}")


def show_arrivals() -> None:
    """The gaps between first messages."""
    for process, rate in (("constant", 20.0), ("constant", 50.0), ("constant", 100.0), ("poisson", 50.0)):
        run = held(INSTANT, f"{{process: {process}, rate_per_s: {rate:g}}}", 20.0)
        firsts: dict[str, float] = {}
        for turn in sorted(run.truth, key=lambda t: t.arrival_s):
            firsts.setdefault(turn.session, turn.arrival_s)
        gaps = [b - a for a, b in pairwise(sorted(firsts.values()))]
        closed = run.closed
        adds_up = closed.scheduled == closed.started + closed.dropped and closed.started == len(firsts)
        print(
            f"{process} {rate:g}/s: coefficient of variation {pstdev(gaps) / fmean(gaps):.3f};"
            f" scheduled {closed.scheduled} = sent {closed.started - closed.late} + late {closed.late}"
            f" + dropped {closed.dropped},"
            f" agent saw {len(firsts)}: {'adds up' if adds_up else 'DOES NOT ADD UP'}"
        )


def show_sessions() -> None:
    """As many at once as asked for."""
    for asked in (50, 200, 1000):
        run = held("{fixed_first_text_s: 1, fixed_chunks: 1}", f"{{process: closed, open: {asked}}}", 10.0, speed=20)
        opened = max((t.open for t in run.truth), default=0)
        at_once = sum(1 for t in run.answered if t.turn == 1 and t.sent_s < 1.0)
        print(f"asked {asked}: first messages in the first second {at_once}, agent's most open {opened}")


def show_freeze() -> None:
    """Two seconds of standing still, seen by customers who come by the clock and by those who wait their turn."""
    agent = "{fixed_first_text_s: 0.01, fixed_chunks: 1, fixed_gap_s: 0, faults: ['freeze@t>8:2s']}"
    for name, arrivals in (("open", "{process: constant, rate_per_s: 100}"), ("closed", "{process: closed, open: 10}")):
        run = held(agent, arrivals, 20.0, speed=100)
        true = [t.end_s - t.arrival_s for t in run.truth if t.ended == "whole"]
        print(row(f"{name} loop", [t.done_s - t.due_s for t in run.answered if t.done_s], true))


def main() -> None:
    """One scene."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    scenes = {"think": show_think, "arrivals": show_arrivals, "sessions": show_sessions, "freeze": show_freeze}
    parser.add_argument("scene", choices=("open", *scenes))
    parser.add_argument("--rate", type=float, default=80.0, help="turns per second, with `open`")
    parser.add_argument("--processes", type=int, default=1, help="that share the load, with `open`")
    asked = parser.parse_args()
    print(sleep_overshoot())
    if asked.scene == "open":
        show_open(asked.rate, asked.processes)
    else:
        scenes[asked.scene]()


if __name__ == "__main__":
    main()
