"""Customers learnt from one half of a corpus, beside the other half, and beside what the halves score themselves.

Run: python -m benchmarks.learnt CORPUS [K]

CORPUS is JSON Lines of conversations, as `hubbub realism --against` reads it; K is how many customers must share a
phrase (2). Nothing is sent anywhere, and what is learnt is thrown away.
"""

import sys
import tempfile
from pathlib import Path
from time import process_time

import numpy as np

from hubbub.learning.learnt import Wishes, learn
from hubbub.learning.risk import weigh
from hubbub.learning.writing import write_all
from hubbub.realism.compared import compare
from hubbub.realism.corpora import read_corpus
from hubbub.realism.dialogue import Dialogue
from hubbub.realism.rehearsed import rehearse
from hubbub.specs.workload import load_workload
from hubbub.transcripts.values import Message, Transcript

CONVERSATIONS = 1200
SEED = 1


def as_log(half: list[Dialogue]) -> list[Transcript]:
    """Conversations as a log would hold them: the customers' side, without labels."""
    return [
        Transcript(f"c{at}", 1, tuple(Message("customer", text) for text in one.texts)) for at, one in enumerate(half)
    ]


def main() -> None:
    corpus = read_corpus(Path(sys.argv[1]))
    k = int(sys.argv[2]) if len(sys.argv) > 2 else 2
    order = np.random.default_rng(SEED).permutation(len(corpus))
    one, other = ([corpus[at] for at in order[start::2]] for start in (0, 1))
    began = process_time()
    learnt = learn(as_log(one), Wishes(k=k))
    spent_s = process_time() - began
    risk = weigh(learnt)
    with tempfile.TemporaryDirectory() as scratch:
        write_all(learnt, Path(scratch) / "learnt", "half")
        loaded = load_workload(Path(scratch) / "learnt" / "peak.yaml")
        held = rehearse(loaded.workload, loaded.personas, CONVERSATIONS, 3, listening=True)
    print(f"learnt from {len(one):,} conversations in {spent_s:.0f} s of CPU; {len(held):,} held")
    print(
        f"messages {risk.messages:,}: {risk.verbatim:,} kept, {risk.composed:,} composed, {risk.left_out:,} left out; "
        f"{risk.phrases:,} phrases, {risk.doubtful:.1%} doubtful"
    )
    print("\n| measure | learnt | the other half against itself |\n| --- | ---: | ---: |")
    for row in compare(held, other):
        print(f"| {row.measure} | {row.ours:.3f} | {row.floor:.3f} |")


if __name__ == "__main__":
    main()
