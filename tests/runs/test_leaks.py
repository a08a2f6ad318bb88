"""An agent that leaks across sessions is caught over real sockets, by a process that has never heard of the victim."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from hubbub.journal import read
from hubbub.model import Finding, Started, Turn

PERSONA = """\
persona: tracker
goal: {intent: track_order, tells: [order_id]}
knows: {order_id: {pattern: "A-#####"}, email: {faker: email}}
expect: {escalation: {decision: must_not}, resolves: true}
patience: {turns: 30, wait_s: 600}
"""
WORKLOAD = """\
workload: leaking
agent: {connector: openai-chat, embedded: {service_s: 0.02, tokens_per_s: 5000, faults: ["leaks-another-session:0.5"]}}
customers: {from: tracker.yaml}
arrivals: {process: poisson, rate_per_s: 15}
duration_s: 2
drain_s: 2
speed: 20
gates: [cross_talk == 0]
budget: {late_p99_s: 30, loop_lag_p99_s: 30}
"""


@pytest.mark.slow
def test_a_leak_between_customers_of_two_processes_is_found_and_names_the_victim(tmp_path: Path) -> None:
    (tmp_path / "tracker.yaml").write_text(PERSONA)
    (tmp_path / "leaking.yaml").write_text(WORKLOAD)
    words = (sys.executable, "-m", "hubbub", "run", "leaking.yaml", "--processes", "2")
    ran = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, timeout=240, check=False)
    assert ran.returncode == 1, ran.stdout
    (folder,) = (tmp_path / "results").iterdir()
    abroad = 0
    for worker in (0, 1):
        records = tuple(read(folder / f"journal.{worker}.jsonl"))
        ours = {record.number for record in records if isinstance(record, Started)}
        assert {number % 2 for number in ours} == {worker}
        replies = {(t.number, t.turn): t.reply.text for t in records if isinstance(t, Turn) and t.reply}
        for leak in (r for r in records if isinstance(r, Finding) and r.check == "cross_talk"):
            found = re.fullmatch(r"the reply holds '(.+)', which belongs to customer (\d+)", leak.reason)
            assert found is not None
            assert found[1] in replies[leak.number, leak.turn]
            assert int(found[2]) != leak.number
            abroad += int(found[2]) % 2 != worker
    assert abroad >= 1
