"""What is appended gets to the file, in order, whatever the disk and the threads do."""

import asyncio
import errno
import os
import resource
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from hubbub.clock import REAL, Clock, run_jumping
from hubbub.errors import JournalError
from hubbub.journal import Journal, read, recover, verify, writing
from hubbub.journal.lines import encode, framed
from hubbub.model import Health, Record, Seal, Started
from tests.made import closed, ended, header, turn, whole_run, write_journal


def without_seals(path: Path) -> list[Record]:
    return [record for record in read(path) if not isinstance(record, Seal)]


def small() -> list[Record]:
    return [header(), Started(0, "p", 1.0), turn(), ended()]


async def write(path: Path, **how: object) -> Journal:
    journal = Journal.open(path, REAL, threaded=True, **how)  # type: ignore[arg-type]
    for record in small():
        journal.append(record)
    await journal.close(closed(1))
    return journal


async def test_what_is_appended_is_what_is_read(tmp_path: Path) -> None:
    await write(tmp_path / "journal.0.jsonl")
    assert without_seals(tmp_path / "journal.0.jsonl") == [*small(), closed(1)]


async def test_a_mark_counts_the_records_and_nothing_is_left_behind(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path / "j", REAL, threaded=True)
    assert [journal.append(record) for record in small()] == [1, 2, 3, 4]
    assert journal.backlog_bytes == sum(len(framed(encode(record))) for record in small())
    await journal.close(closed(1))
    assert journal.backlog_bytes == 0


async def test_written_hurries_the_record_to_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "BATCH_S", 1e9)  # whoever waits for the batch to close waits for ever
    journal = Journal.open(tmp_path / "j", REAL, threaded=True)
    await journal.written(journal.append(header()))
    assert without_seals(tmp_path / "j") == [header()]
    await journal.close(closed(0))


async def test_many_who_wait_at_once_share_a_batch(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path / "j", REAL, threaded=True)

    async def start(number: int) -> None:
        await journal.written(journal.append(Started(number, "p", 0.0)))

    await asyncio.gather(*(start(number) for number in range(200)))
    await journal.close(closed(0))
    seals = [record for record in read_any(tmp_path / "j") if isinstance(record, Seal)]
    assert len(seals) <= 4
    assert sum(seal.records for seal in seals) == 201


def read_any(path: Path) -> list[Record]:
    from hubbub.journal.lines import parse

    return [parse(line) for line in path.read_bytes().splitlines(keepends=True)]


async def test_a_wait_that_is_cancelled_disturbs_no_other(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path / "j", REAL, threaded=True)
    mark = journal.append(header())
    given_up = asyncio.ensure_future(journal.written(mark))
    await asyncio.sleep(0)
    given_up.cancel()
    await journal.written(mark)
    await journal.close(closed(0))


def test_on_the_jumping_clock_a_batch_closes_after_a_tenth_of_a_second(tmp_path: Path) -> None:
    async def main(clock: Clock) -> list[int]:
        journal = Journal.open(tmp_path / "j", clock, threaded=False)
        sizes = []
        journal.append(header())
        for _ in range(3):
            await clock.sleep_until(clock.now() + 0.04)
            sizes.append((tmp_path / "j").stat().st_size)
        await journal.close(closed(0))
        return sizes

    early, still, late = run_jumping(main)
    assert early == still == 0 < late


def test_two_runs_with_the_same_records_give_the_same_bytes(tmp_path: Path) -> None:
    write_journal(tmp_path / "one", whole_run())
    write_journal(tmp_path / "two", whole_run())
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_thread_is_refused_on_the_jumping_clock(tmp_path: Path) -> None:
    async def main(clock: Clock) -> None:
        Journal.open(tmp_path / "j", clock, threaded=True)

    with pytest.raises(JournalError, match="jumping"):
        run_jumping(main)


async def test_a_journal_that_exists_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "j").write_text("precious")
    with pytest.raises(JournalError, match="exists"):
        Journal.open(tmp_path / "j", REAL, threaded=True)
    assert (tmp_path / "j").read_text() == "precious"


async def test_short_writes_are_written_on(tmp_path: Path) -> None:
    await write(tmp_path / "journal.0.jsonl", write=lambda file, data: os.write(file, data[:7]))
    assert verify(tmp_path).exit_code == 0


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
async def test_a_full_disk_is_told_to_the_engine_and_to_all_who_wait(tmp_path: Path, code: int) -> None:
    def full(file: int, data: memoryview) -> int:
        raise OSError(code, os.strerror(code))

    journal = Journal.open(tmp_path / "j", REAL, threaded=True, write=full)
    told: list[str] = []
    journal.on_problem = told.append
    with pytest.raises(JournalError, match=os.strerror(code)):
        await journal.written(journal.append(header()))
    assert journal.incidents == ("disk_full",)
    with pytest.raises(JournalError, match="disk_full"):
        await journal.close(closed(0))
    assert len(told) == 1
    assert journal.backlog_bytes > 0


def test_a_full_disk_is_told_without_a_thread_too(tmp_path: Path) -> None:
    def full(file: int, data: memoryview) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    async def main(clock: Clock) -> None:
        journal = Journal.open(tmp_path / "j", clock, threaded=False, write=full)
        journal.append(header())
        await journal.close(closed(0))

    with pytest.raises(JournalError, match="No space left"):
        run_jumping(main)


@pytest.mark.parametrize("whole", [0, 1, 3, 4])
async def test_once_there_is_room_for_it_a_journal_says_that_its_disk_was_full(tmp_path: Path, whole: int) -> None:
    """Whole records of the batch that failed are kept, and sealed with it: nothing is torn. The last would be a lie."""
    first, *second = *small(), closed(1)
    takes = [1 << 20]  # how much more the disk takes, until room is made

    def fills_up(file: int, data: memoryview) -> int:
        if not takes:
            return os.write(file, data)
        if not takes[0]:
            takes.clear()
            raise OSError(errno.ENOSPC, "No space left on device")
        written = os.write(file, data[: takes[0]])
        takes[0] -= written
        return written

    path = tmp_path / "journal.0.jsonl"
    journal = Journal.open(path, REAL, threaded=True, write=fills_up)
    await journal.written(journal.append(first))
    takes[0] = sum(len(framed(encode(record))) for record in second[:whole]) + 9
    for record in second[:-1]:
        journal.append(record)
    with pytest.raises(JournalError, match="disk_full"):
        await journal.close(closed(1))
    told = Health(closed(1).at_s, 0, 0.0, 0.0, incidents=("disk_full",))
    assert without_seals(path) == [first, *second[: min(whole, 3)], told]
    assert [flaw.what for flaw in verify(tmp_path).unended] == ["not closed: the disk was full"]
    assert not verify(tmp_path).damage
    assert [(one.closed, one.disk_full, one.cut_bytes) for one in recover(tmp_path).journals] == [(False, True, 0)]


async def test_a_journal_that_could_not_even_be_begun_stays_empty(tmp_path: Path) -> None:
    full = [OSError(errno.ENOSPC, "No space left on device")]

    def never_at_first(file: int, data: memoryview) -> int:
        if full:
            raise full.pop()
        return os.write(file, data)

    with pytest.raises(JournalError):
        await write(tmp_path / "journal.0.jsonl", write=never_at_first)
    assert (tmp_path / "journal.0.jsonl").read_bytes() == b""
    assert [path.name for path in tmp_path.iterdir()] == ["journal.0.jsonl"], "the room that was kept has no name"


async def test_a_real_limit_on_the_file_leaves_whole_lines_and_one_torn_end(tmp_path: Path) -> None:
    """The kernel itself cuts the write short, then refuses."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (700, hard))
    try:
        with pytest.raises(JournalError, match="disk_full"):
            await write(tmp_path / "journal.0.jsonl")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (tmp_path / "journal.0.jsonl").stat().st_size == 700
    assert verify(tmp_path).exit_code == 5
    assert without_seals(tmp_path / "journal.0.jsonl") == small()


async def test_the_writer_runs_in_the_thread_it_is_given(tmp_path: Path) -> None:
    started: list[threading.Thread] = []

    def start(run: object) -> None:
        started.append(threading.Thread(target=run, daemon=True))  # type: ignore[arg-type]
        started[0].start()

    await write(tmp_path / "j", start_thread=start)
    started[0].join(60)
    assert not started[0].is_alive()


def test_it_writes_beside_the_loop_under_gevents_monkey_patching(tmp_path: Path) -> None:
    program = f"""
from gevent import monkey; monkey.patch_all()
import asyncio
from gevent.monkey import get_original
from pathlib import Path
from hubbub.clock import REAL
from hubbub.journal import Journal, verify
from tests.made import closed, header
start = get_original("_thread", "start_new_thread")
async def main():
    path = Path({str(tmp_path)!r}) / "journal.0.jsonl"
    journal = Journal.open(path, REAL, threaded=True, start_thread=lambda run: start(run, ()))
    await journal.written(journal.append(header()))
    await journal.close(closed(0))
def in_a_real_thread():
    asyncio.new_event_loop().run_until_complete(main())
    done.release()
done = get_original("_thread", "allocate_lock")()
done.acquire()
start(in_a_real_thread, ())
done.acquire()
print(verify(Path({str(tmp_path)!r})).exit_code)
"""
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program], capture_output=True, text=True, timeout=240, check=False
    )
    assert ran.stdout.strip() == "0", ran.stderr
