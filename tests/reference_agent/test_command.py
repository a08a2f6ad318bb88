import json
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from hubbub.cli.agent import command
from hubbub.errors import UsageError
from hubbub.reference_agent.faults import FAULTS
from hubbub.reference_agent.truth import read_truth

ANNOUNCED = [sys.executable, "-m", "hubbub", "agent", "--port", "0", "--announce", "--service-s", "0"]


def _refusal(*words: str) -> str:
    result = CliRunner().invoke(command, list(words))
    assert isinstance(result.exception, UsageError)
    return str(result.exception)


def test_only_loopback_is_listened_on_unasked():
    assert "--expose" in _refusal("--host", "0.0.0.0")


def test_a_mistaken_fault_is_named_before_anything_is_served():
    assert "did you mean stalls?" in _refusal("--fault", "stals")


def test_a_truth_log_that_cannot_be_written_is_a_usage_error(tmp_path: Path):
    assert "cannot write the truth log" in _refusal("--truth", str(tmp_path / "none" / "t"), "--port", "0")


def test_help_names_every_fault():
    shown = " ".join(CliRunner().invoke(command, ["--help"]).output.split())
    assert all(name in shown.replace("- ", "-") for name in FAULTS)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, None])
def test_it_announces_itself_serves_and_ends_cleanly(tmp_path: Path, how: signal.Signals | None):
    truth = tmp_path / "truth.jsonl"
    with subprocess.Popen(
        [*ANNOUNCED, "--with-parent", "--truth", str(truth)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        place = json.loads(process.stdout.readline())
        assert place["pid"] == process.pid
        body = json.dumps({"session": "s", "message": "hi"}).encode()
        with urllib.request.urlopen(place["url_json"], body, timeout=240) as response:
            assert json.load(response)["reply"]
        process.stdin.close() if how is None else process.send_signal(how)
        assert process.wait(240) == 0
        assert process.stdout.read() == b""
    assert [turn.session for turn in read_truth(truth)] == ["s"]
