"""Two runs of the same customers agree by how their conversations ended, persona by persona."""

from pathlib import Path

import pytest
from cli.words import hubbub

from hubbub.errors import UsageError
from hubbub.verdicts.agreement import agreement

WORKLOAD = """\
workload: pairs
agent: {{connector: openai-chat, embedded: {{service_s: 0.01, tokens_per_s: 9000, faults: [{faults}]}}}}
customers: {{from: {personas}}}
arrivals: {{process: constant, rate_per_s: 12}}
duration_s: 1
drain_s: 8
speed: 1000
seed: {seed}
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def running(name: str, seed: int = 5, faults: str = "") -> Path:
        personas = Path(__file__).parents[2] / "personas" / "retail"
        file = tmp_path / f"{name}.yaml"
        file.write_text(WORKLOAD.format(personas=personas, seed=seed, faults=faults))
        hubbub(monkeypatch, "run", file, "--results", tmp_path / name, "--quiet", "--no-probe")
        return next((tmp_path / name).iterdir())

    return running


@pytest.mark.slow
def test_runs_agree_with_themselves_and_less_with_an_agent_that_never_calls_a_human(run):
    base, deaf = run("base"), run("deaf", faults="never-escalates")
    *personas, every = agreement(base, base)
    assert every.pairs == every.ending == every.escalation == sum(one.pairs for one in personas)
    *_, other = agreement(base, deaf)
    assert other.escalation < other.pairs
    assert other.low < other.escalation / other.pairs < other.high
    with pytest.raises(UsageError, match="different seeds"):
        agreement(base, run("elsewhere", seed=6))
