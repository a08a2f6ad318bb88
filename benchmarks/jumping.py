"""An hour of a thousand conversations on the jumping clock: how long it takes, and whether it is the same each time.

python -m benchmarks.jumping [--conversations 1000] [--rounds 3]
"""

import argparse
import hashlib
import tempfile
import time
from pathlib import Path
from statistics import median

from msgspec.structs import replace

from hubbub.clock import Clock, run_jumping
from hubbub.customers.wording import word
from hubbub.engine import Engine, Share
from hubbub.journal import Journal, read
from hubbub.model import Arrivals, Closed, Turn
from hubbub.reference_agent.in_process import agent_in_process
from hubbub.reference_agent.settings import AgentSettings
from hubbub.runs.plan import Plan, Weighted
from hubbub.runs.portion import header
from hubbub.specs.shipped import demo_workload
from hubbub.specs.workload import load_workload


def hold(path: Path, conversations: int, seed: int, share: Share) -> tuple[float, Closed]:
    """Hold the hour into a journal; real seconds taken, and the journal's last record."""
    loaded = load_workload(demo_workload())
    workload = replace(
        loaded.workload,
        arrivals=Arrivals(process="poisson", rate_per_s=conversations / 3600),
        duration_s=3600.0,
        warm_up_s=0.0,
        drain_s=3600.0,
        speed=1.0,
        seed=seed,
    )
    people = tuple(Weighted(persona, weight) for persona, weight in loaded.personas)
    plan = Plan("jumping", workload, people, "", share.workers, "")

    async def main(clock: Clock) -> Closed:
        connector = agent_in_process(AgentSettings(seed=1), clock)
        journal = Journal.open(path, clock, threaded=False)
        journal.append(header(plan, share.worker, connector.blind))
        engine = Engine(
            workload, plan.personas, connector, journal, clock, word, run_id="jumping", start=1.0, share=share
        )
        closed = await engine.run()
        await journal.close(closed)
        return closed

    began = time.perf_counter()
    closed = run_jumping(main)
    return time.perf_counter() - began, closed


def lines(*paths: Path) -> dict[tuple[int, int], tuple[str, ...]]:
    """What every customer said."""
    return {(r.number, r.turn): r.texts for path in paths for r in read(path) if isinstance(r, Turn)}


def main() -> None:
    """Hold it several times and compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--conversations", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        took, digests = [], set()
        for turn in range(asked.rounds):
            path = folder / f"same.{turn}.jsonl"
            seconds, closed = hold(path, asked.conversations, 7, Share())
            took.append(seconds)
            digests.add(hashlib.sha256(path.read_bytes()).hexdigest())
        other = folder / "other.jsonl"
        hold(other, asked.conversations, 8, Share())
        shares = [folder / f"share.{worker}.jsonl" for worker in range(4)]
        for worker, path in enumerate(shares):
            hold(path, asked.conversations, 7, Share(worker, 4))
        one = lines(folder / "same.0.jsonl")
        figures = f"{median(took):.2f} s ({min(took):.2f}-{max(took):.2f})"
        print(f"{closed.ended} conversations, {len(one)} turns in an hour: {figures}")
        print(f"same seed, same bytes: {'yes' if len(digests) == 1 else 'NO'}")
        differs = hashlib.sha256(other.read_bytes()).hexdigest() not in digests
        print(f"another seed, other bytes: {'yes' if differs else 'NO'}")
        four = lines(*shares)
        firsts = {n: t for (n, turn), t in one.items() if turn == 1}
        same = sum(1 for key, texts in one.items() if four.get(key) == texts)
        print(
            f"1 and 4 processes: {len(four)} turns, {same} of {len(one)} the same words; first messages all the same: "
            f"{'yes' if firsts == {n: t for (n, turn), t in four.items() if turn == 1} else 'NO'}"
        )


if __name__ == "__main__":
    main()
