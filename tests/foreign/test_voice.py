"""A real language model as the customers' voice: its words where they are faithful, the grammar's where not."""

import json
from pathlib import Path

import pytest
from cli.words import hubbub

from benchmarks.foreign.servers import Missing, smollm

WORKLOAD = """\
workload: voiced
agent: {{connector: openai-chat, embedded: {{service_s: 0.01, tokens_per_s: 9000}}}}
customers: {{from: {personas}}}
arrivals: {{process: constant, rate_per_s: 1}}
duration_s: 3
drain_s: 90
speed: 400
seed: 5
{voice}
"""


@pytest.mark.foreign
@pytest.mark.slow
@pytest.mark.timeout(420)
def test_a_small_model_words_what_it_can_and_outcomes_are_counted_beside_the_grammars(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    personas = Path(__file__).parents[2] / "personas" / "retail"
    folders = []
    try:
        with smollm(tmp_path) as model:
            limits = "timeout_s: 40, at_once: 2, max_tokens: 32"
            voice = f"voice: {{url: '{model.base}/v1/chat/completions', model: smollm2, {limits}}}"
            for name, words in (("grammar", ""), ("model", voice)):
                file = tmp_path / f"{name}.yaml"
                file.write_text(WORKLOAD.format(personas=personas, voice=words))
                hubbub(monkeypatch, "run", file, "--results", tmp_path / name, "--quiet", "--no-probe")
                folders.append(next((tmp_path / name).iterdir()))
    except Missing as missing:
        pytest.skip(str(missing))
    tally = json.loads((folders[1] / "summary.json").read_text())["voice"]
    assert tally["asked"] > 10
    assert tally["asked"] == sum(n for name, n in tally.items() if name != "asked")
    assert tally.get("worded", 0) > 0
    assert tally.get("grammar: error", 0) == 0
    assert hubbub(monkeypatch, "agree", *folders) == 0
    assert "all" in capsys.readouterr().out
