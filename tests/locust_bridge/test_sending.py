"""A journal arrives at the master as it was written, piece by piece."""

from pathlib import Path

import pytest
from gevent.queue import SimpleQueue

from hubbub.errors import JournalError
from hubbub.locust_bridge import sending
from hubbub.locust_bridge.moments import Moment, here, in_s
from hubbub.locust_bridge.sending import PIECE_BYTES, Collected, send_journal


def test_a_journal_of_several_pieces_arrives_whole(tmp_path: Path) -> None:
    there, got = tmp_path / "worker.jsonl", SimpleQueue()
    there.write_bytes(bytes(range(256)) * 5000)
    collected = Collected(tmp_path)
    pieces = []

    def send(name: str, data: dict) -> None:
        pieces.append(name)
        got.put(collected.add("journal.1.jsonl", data["offset"], data["bytes"]))

    assert send_journal(there, send, got) == ""
    assert (tmp_path / "journal.1.jsonl").read_bytes() == there.read_bytes()
    assert pieces == ["journal"] * 3


def test_a_piece_that_was_lost_is_not_papered_over(tmp_path: Path) -> None:
    collected = Collected(tmp_path)
    collected.add("journal.0.jsonl", 0, b"abc")
    with pytest.raises(JournalError, match="byte 7"):
        collected.add("journal.0.jsonl", 7, b"def")
    with pytest.raises(JournalError):
        collected.add("journal.0.jsonl", 3, bytes(PIECE_BYTES + 1))


def test_sending_stops_when_nobody_confirms_and_that_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "_CONFIRMED_WITHIN_S", 0.01)
    there = tmp_path / "worker.jsonl"
    there.write_bytes(b"abc")
    assert str(there) in send_journal(there, lambda name, data: None, SimpleQueue())


def test_one_kernel_shares_its_steady_clock_and_two_go_by_the_wall() -> None:
    moment = in_s(5.0)
    assert here(moment) == moment.steady
    elsewhere = Moment(moment.steady + 1e6, moment.wall, "another kernel")
    assert here(elsewhere) == pytest.approx(moment.steady, abs=60)
