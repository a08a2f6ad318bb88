"""Exit codes that no verdict gives: a reader who has gone, and Ctrl-C. Both would pass for a broken gate as 1."""

import signal
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


def test_what_is_interrupted_says_so() -> None:
    words = (*HUBBUB, "talk", "broken-blender", "--as-agent", "--patient")
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as ours:
        assert ours.stdout is not None
        assert ours.stderr is not None
        assert ours.stdout.read(1), "the customer is shown"
        ours.send_signal(signal.SIGINT)
        assert b"hubbub: interrupted" in ours.stderr.read()
    assert ours.returncode == 130
