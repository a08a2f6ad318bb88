from pathlib import Path

import pytest

from hubbub.reference_agent.truth import Fired, TrueTurn, TruthLog, read_truth
from tests.disks import ROOM, full_disk


def _turn(n: int) -> TrueTurn:
    return TrueTurn(f"s{n}", n, 1.5, 2.5, "whole", "http-json", first_s=2.0, faults=(Fired("slow", "x"),))


def test_what_was_recorded_is_read_back(tmp_path: Path):
    turns = [_turn(n) for n in range(1000)]
    with TruthLog(tmp_path / "t.jsonl") as log:
        for turn in turns:
            log.record(turn)
    assert read_truth(tmp_path / "t.jsonl") == turns


def test_a_line_that_was_cut_off_is_left_out(tmp_path: Path):
    path = tmp_path / "t.jsonl"
    with TruthLog(path) as log:
        log.record(_turn(1))
        log.record(_turn(2))
    path.write_bytes(path.read_bytes()[:-20])
    assert read_truth(path) == [_turn(1)]


def test_a_place_that_cannot_be_written_is_an_error_at_once(tmp_path: Path):
    with pytest.raises(OSError):
        TruthLog(tmp_path / "none" / "t.jsonl")


def test_a_disk_that_fills_up_ends_the_log_in_a_line_and_not_the_agent(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
):
    path = tmp_path / "t.jsonl"
    with full_disk(), TruthLog(path) as log:
        for n in range(200):
            log.record(_turn(n))
    assert path.stat().st_size == ROOM
    kept = read_truth(path)
    assert kept == [_turn(n) for n in range(len(kept))]
    assert capfd.readouterr().err == f"hubbub agent: {path} could not be written on: File too large\n"
