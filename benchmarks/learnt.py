"""Customers learnt from one half of a corpus, beside the other half, and beside what that half scores against itself.

The same for several splits and crowds, as one figure alone is chance.

Run: python -m benchmarks.learnt CORPUS [K]

CORPUS is JSON Lines of conversations, as `hubbub realism --against` reads it; K is how many customers must share a
phrase (2). Nothing is sent anywhere, and what is learnt is thrown away.
"""

import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from time import process_time

import numpy as np

from hubbub.learning.learnt import Wishes, learn
from hubbub.learning.risk import weigh
from hubbub.learning.writing import write_all
from hubbub.realism.compared import Row, compare
from hubbub.realism.corpora import read_corpus
from hubbub.realism.dialogue import Dialogue
from hubbub.realism.rehearsed import rehearse
from hubbub.specs.workload import LoadedWorkload, load_workload
from hubbub.transcripts.values import Message, Transcript

CONVERSATIONS = 1200  # a crowd
SPLITS = (1, 2, 3)  # of the corpus
SEEDS = (3, 4, 5)  # of the crowds; one alone is off by .01 either way


def as_log(half: list[Dialogue]) -> list[Transcript]:
    """Conversations as a log would hold them: the customers' side, without labels."""
    return [
        Transcript(f"c{at}", 1, tuple(Message("customer", text) for text in one.texts)) for at, one in enumerate(half)
    ]


def halves(corpus: Sequence[Dialogue], split: int) -> tuple[list[Dialogue], list[Dialogue]]:
    """Whole conversations, dealt to two halves."""
    order = np.random.default_rng(split).permutation(len(corpus))
    return [corpus[at] for at in order[::2]], [corpus[at] for at in order[1::2]]


def learnt_from(half: list[Dialogue], k: int, folder: Path) -> LoadedWorkload:
    """The workload written of what is learnt, and a line on it."""
    began = process_time()
    learnt = learn(as_log(half), Wishes(k=k))
    spent_s, risk = process_time() - began, weigh(learnt)
    print(
        f"learnt from {len(half):,} conversations in {spent_s:.0f} s of CPU; messages {risk.messages:,}: "
        f"{risk.verbatim:,} kept, {risk.composed:,} composed, {risk.left_out:,} left out; {risk.phrases:,} phrases, "
        f"{risk.doubtful:.1%} doubtful",
        flush=True,
    )
    write_all(learnt, folder, "half")
    return load_workload(folder / "peak.yaml")


def main() -> None:
    corpus = read_corpus(Path(sys.argv[1]))
    k = int(sys.argv[2]) if len(sys.argv) > 2 else 2
    measured: dict[str, list[Row]] = defaultdict(list)
    for split in SPLITS:
        one, other = halves(corpus, split)
        with tempfile.TemporaryDirectory() as scratch:
            loaded = learnt_from(one, k, Path(scratch) / "learnt")
            for seed in SEEDS:
                held = rehearse(loaded.workload, loaded.personas, CONVERSATIONS, seed, listening=True)
                found = compare(held, other, seed=seed)
                for row in found:
                    measured[row.measure].append(row)
                areas = ", ".join(f"{row.measure} {row.ours:.3f}" for row in found if row.measure.startswith("AUC"))
                print(f"split {split}, crowd {seed}: {areas}", flush=True)
    print(f"\nmean of {len(SPLITS)} splits, each with {len(SEEDS)} crowds of {CONVERSATIONS:,} conversations\n")
    print("| measure | learnt | from | to | the other half against itself |\n| --- | ---: | ---: | ---: | ---: |")
    for name, rows in measured.items():
        ours, floor = [row.ours for row in rows], [row.floor for row in rows]
        figures = (np.mean(ours), min(ours), max(ours), np.mean(floor))
        print(f"| {name} | {' | '.join(f'{value:.3f}' for value in figures)} |")


if __name__ == "__main__":
    main()
