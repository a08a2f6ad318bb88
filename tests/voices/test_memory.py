"""Words that were paid for are kept, through kills and full disks."""

from pathlib import Path

from hubbub.voices.memory import Line, Memory
from tests.disks import full_disk


def line(turn: int) -> Line:
    return Line(7, 1, turn, 9, "words " * 20)


def test_a_line_that_was_torn_is_worded_again_and_spoils_no_other(tmp_path: Path) -> None:
    path = tmp_path / "words.jsonl"
    first = Memory(path)
    for turn in (1, 2):
        first.keep(line(turn))
    own = tmp_path / "words.jsonl.0"
    own.write_bytes(own.read_bytes()[:-10])
    assert Memory(path, worker=1).find(line(2)) is None, "another process leaves the file alone"
    again = Memory(path)
    assert again.find(line(1)) == line(1).words
    assert again.find(line(2)) is None
    again.keep(line(3))
    assert Memory(path).find(line(3)) == line(3).words


def test_a_full_disk_costs_the_next_run_some_words_and_this_one_nothing(tmp_path: Path) -> None:
    path = tmp_path / "words.jsonl"
    memory = Memory(path)
    with full_disk():
        for turn in range(100):
            memory.keep(line(turn))
    assert all(memory.find(line(turn)) for turn in range(100))
    kept = [turn for turn in range(100) if Memory(path).find(line(turn))]
    assert kept == list(range(len(kept)))
    assert 10 < len(kept) < 90
