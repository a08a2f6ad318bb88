"""Exit codes that no verdict gives: a reader who has gone, Ctrl-C, SIGTERM. As 1 they would pass for a broken gate."""

import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.made import write_run

HUBBUB = (sys.executable, "-m", "hubbub")


@pytest.mark.parametrize("words", [("findings", "RUN"), ("report", "RUN"), ("schema", "persona"), ("--help",)])
def test_a_reader_who_has_gone_is_no_broken_gate(tmp_path: Path, words: tuple[str, ...]) -> None:
    run = write_run(tmp_path / "peak-7", ["turn_p95_s <= 10"], held=80, workers=1)
    told = [str(run) if word == "RUN" else word for word in words]
    with subprocess.Popen((*HUBBUB, *told), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as ours:
        assert ours.stdout is not None
        assert ours.stderr is not None
        ours.stdout.close()
        assert ours.stderr.read() == b""
    assert ours.returncode == 141


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_what_is_interrupted_says_so(number: signal.Signals) -> None:
    words = (*HUBBUB, "talk", "broken-blender", "--as-agent", "--patient")
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as ours:
        assert ours.stdout is not None
        assert ours.stderr is not None
        assert ours.stdout.read(1), "the customer is shown"
        ours.send_signal(number)
        assert b"hubbub: interrupted" in ours.stderr.read()
    assert ours.returncode == 130


FAILS = """
async def connect(agent, clock):
    raise RuntimeError("not today")
"""
WORKLOAD = """
workload: failing
agent: {connector: "own.py:connect", url: "http://127.0.0.1:PORT/"}
customers: {from: one.yaml}
arrivals: {process: constant, rate_per_s: 1}
duration_s: 1
"""


def test_a_mistake_in_code_of_ones_own_is_no_broken_gate(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as agent:
        (tmp_path / "own.py").write_text(FAILS)
        (tmp_path / "one.yaml").write_text("persona: one\ngoal: {intent: track_order}\n")
        (tmp_path / "failing.yaml").write_text(WORKLOAD.replace("PORT", str(agent.getsockname()[1])))
        ran = subprocess.run(
            (*HUBBUB, "run", "failing.yaml"), cwd=tmp_path, capture_output=True, text=True, check=False
        )
    assert ran.returncode == 3
    assert 'own.py", line 3' in ran.stderr
    assert "not of the agent" in ran.stderr
