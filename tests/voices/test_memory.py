"""Words that were paid for are kept, through kills and full disks."""

from pathlib import Path

import pytest

from hubbub.errors import UsageError
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


def test_only_what_processes_wrote_is_the_cache_and_its_folder_is_made(tmp_path: Path) -> None:
    path = tmp_path / "kept [1]" / "words"
    Memory(path, worker=2).keep(line(1))
    path.with_name("words.yaml").write_text("workload: words\n")
    path.with_name("words.jsonl.0").write_text("another cache's\n")
    assert Memory(path).find(line(1)) == line(1).words


def test_a_folder_that_cannot_be_made_is_a_mistake_and_no_cache_that_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match=r"cache .*file.* cannot be used"):
        Memory(tmp_path / "file" / "words")


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
