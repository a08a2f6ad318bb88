"""Files of ours are whole or not there, and an error names them."""

import errno
import threading
from pathlib import Path

import pytest

from hubbub.errors import NotWritten
from hubbub.written import write_whole, writing
from tests.disks import full_disk


def test_a_file_that_the_disk_does_not_take_is_left_as_it_was_and_named(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    write_whole(path, b"small")
    with full_disk(), pytest.raises(NotWritten, match=r"plan.json could not be written: File too large"):
        write_whole(path, b"x" * 10_000)
    assert path.read_bytes() == b"small"
    assert list(tmp_path.iterdir()) == [path]


def test_an_error_that_names_no_file_is_told_with_one() -> None:
    named = pytest.raises(NotWritten, match=r"page.html could not be written: No space left on device")
    with named, writing(Path("page.html")):
        raise OSError(errno.ENOSPC, "No space left on device")


def test_who_reads_meanwhile_sees_the_old_one_or_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "summary.json"
    write_whole(path, b"0" * 50_000)
    over, seen = threading.Event(), set()

    def look() -> None:
        while not over.is_set():
            seen.add(path.read_bytes())

    looking = threading.Thread(target=look)
    looking.start()
    for number in range(50):
        write_whole(path, str(number % 10).encode() * 50_000)
    over.set()
    looking.join()
    assert {len(content) for content in seen} == {50_000}
    assert all(len(set(content)) == 1 for content in seen)
