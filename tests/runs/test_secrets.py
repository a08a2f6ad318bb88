"""An agent that says our token wherever it can: the token is in no file of a run, in no report and on no terminal."""

import itertools
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hubbub.journal import read_folder
from hubbub.model import Turn
from tests.runs.conftest import Answer

TOKEN = 'sk-live/7f"3a+very=secret'
HUBBUB = (sys.executable, "-m", "hubbub")
PERSONA = """\
persona: tracker
goal: {intent: track_order, tells: [order_id]}
knows: {order_id: {pattern: "A-#####"}}
expect: {escalation: {decision: must, handed: [order_id]}}
"""
WORKLOAD = """\
workload: parrot
agent:
  connector: http-json
  url: URL
  auth: {bearer_env: AGENT_TOKEN}
  escalation: field
  options:
    reply:
      text: $.reply
      session: $.session
      trace: $.id
      error: $.error
      tools: $.tools
      escalation: {path: $.handoff, queue_path: $.handoff.queue, reason_path: $.handoff.reason}
customers: {from: tracker.yaml}
arrivals: {process: constant, rate_per_s: 20}
duration_s: 1
drain_s: 2
speed: 100
budget: {late_p99_s: 30, loop_lag_p99_s: 30, unknown_rate: 1}
"""


@pytest.mark.slow
def test_a_token_that_the_agent_repeats_is_nowhere(tmp_path: Path, agent: Callable[[Answer], str]) -> None:
    turn = itertools.count()

    def parrot(asked: dict[str, object]) -> tuple[int, object]:
        said = {"reply": f"Your key is {TOKEN}.", "session": TOKEN, "id": TOKEN}
        called = {"tools": [{"name": "look_up", "arguments": {"key": TOKEN}}]}
        at = next(turn)
        if at < 3:  # the first message, and the probe's
            return 200, said
        return [
            (401, {"error": f"{TOKEN} is unknown"}),
            (200, {"error": f"cannot work with {TOKEN}"}),
            (200, {"neither": TOKEN}),
            (200, said | called),
            (200, said | called | {"handoff": {"queue": TOKEN, "reason": TOKEN, "order_id": TOKEN}}),
        ][at % 5]

    (tmp_path / "tracker.yaml").write_text(PERSONA)
    (tmp_path / "parrot.yaml").write_text(WORKLOAD.replace("URL", agent(parrot)))

    def hubbub(*words: str) -> str:
        ran = subprocess.run(
            (*HUBBUB, *words), cwd=tmp_path, env={**os.environ, "AGENT_TOKEN": TOKEN}, capture_output=True, text=True,
            timeout=240, check=False,
        )  # fmt: skip
        assert "Traceback" not in ran.stderr
        return ran.stdout + ran.stderr

    told = hubbub("probe", "parrot.yaml") + hubbub("run", "parrot.yaml")
    (folder,) = (tmp_path / "results").iterdir()
    run = str(folder.relative_to(tmp_path))
    told += hubbub("report", run, "--csv", "--otel") + hubbub("report", run, "--json") + hubbub("findings", run)
    told += "".join(hubbub("show", run, str(number)) for number in range(6)) + hubbub("replay", run, "1")
    files = {path.name: path.read_text() for path in folder.rglob("*") if path.is_file()}
    assert {"report.html", "junit.xml", "turns.csv", "otlp.jsonl", "manifest.json"} <= files.keys()
    for name, text in {**files, "the terminal": told}.items():
        for shape in ("sk-live", "very=secret", "very%3Dsecret"):
            assert shape not in text, name
    outcomes = {record.outcome for record in read_folder(folder) if isinstance(record, Turn)}
    assert outcomes >= {"ok", "http_4xx", "agent_error", "malformed"}
    assert "Your key is [secret]." in told
