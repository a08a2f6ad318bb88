"""Customers learnt from one half of a corpus, beside the other half. Skipped where the corpus is not at hand."""

import gzip
import json
import os
from pathlib import Path

import pytest

from hubbub.learning.learnt import Wishes, learn
from hubbub.learning.writing import write_all
from hubbub.realism.compared import compare
from hubbub.realism.dialogue import Dialogue
from hubbub.realism.rehearsed import rehearse
from hubbub.specs.workload import load_workload
from hubbub.transcripts.values import Message, Transcript

CORPORA = Path(os.environ.get("HUBBUB_CORPORA", Path(__file__).parents[2].parent / "shared" / "data"))
CORPUS = CORPORA / "multidogo_customer_turns.jsonl.gz"


@pytest.mark.slow
@pytest.mark.skipif(not CORPUS.is_file(), reason="the corpus is not at hand: HUBBUB_CORPORA names its folder")
def test_learnt_customers_are_hard_to_tell_from_the_half_they_were_not_learnt_from(tmp_path: Path):
    with gzip.open(CORPUS, "rt") as lines:
        rows = [json.loads(line) for line in lines]
    log = [Transcript(r["id"], 1, tuple(Message("customer", t[1]) for t in r["turns"])) for r in rows[::2]]
    write_all(learn(log, Wishes()), tmp_path / "learnt", "half")
    loaded = load_workload(tmp_path / "learnt" / "peak.yaml")
    held = rehearse(loaded.workload, loaded.personas, 1200, 3, listening=True)
    others = [Dialogue(tuple(t[1] for t in row["turns"])) for row in rows[1::2]]
    found = {row.measure: row.ours for row in compare(held, others)}
    assert found["AUC, style: words, content masked"] < 0.565
    assert found["AUC, raw: runs of letters"] < 0.65
    assert found["KS of message lengths"] < 0.08
    assert found["KS of message counts"] < 0.12
