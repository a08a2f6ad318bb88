"""Nothing can be changed unseen, and a killed worker is not taken for a forger."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hubbub.errors import JournalError, UsageError
from hubbub.journal import Accounting, read, read_folder, recover, verify
from hubbub.journal.lines import Damaged, encode, framed, parse
from hubbub.journal.sealing import SealedFile
from hubbub.model import Closed, Conversation, Dropped, Health, Record, Started
from hubbub.stats.fold import Fold
from tests.made import closed, ended, header, turn, whole_run, write_journal

NAME = "journal.0.jsonl"
on_one_file = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A small whole journal of several batches."""
    path = tmp_path_factory.mktemp("whole") / NAME
    write_journal(path, whole_run(held=12))
    return path.read_bytes()


def flaws(folder: Path) -> str:
    verified = verify(folder)
    return "\n".join(str(flaw) for flaw in (*verified.damage, *verified.unended))


def seal(path: Path, *batches: list[Record]) -> None:
    file = SealedFile(path)
    for batch in batches:
        file.append([framed(encode(record)) for record in batch])
    file.close()


def test_a_whole_journal_is_as_it_was_written(tmp_path: Path, written: bytes) -> None:
    (tmp_path / NAME).write_bytes(written)
    verified = verify(tmp_path)
    assert (verified.exit_code, verified.damage, verified.unended) == (0, (), ())
    assert verified.batches > 1
    assert verified.account.started == verified.account.ended == 12


@on_one_file
@given(data=st.data())
def test_a_cut_at_any_byte_is_noticed_mended_and_accounted_for(
    tmp_path: Path, written: bytes, data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(written) - 1))
    for old in tmp_path.iterdir():
        old.unlink()
    (tmp_path / NAME).write_bytes(written[:cut])
    verified = verify(tmp_path)
    assert verified.exit_code == 5
    assert not verified.damage
    recovered = recover(tmp_path)
    account = recovered.account
    assert account.started == account.ended + account.unfinished
    assert account.unfinished <= 1
    if recovered.journals[0].cut_bytes:
        assert (tmp_path / NAME).read_bytes() + (tmp_path / "journal.0.torn").read_bytes() == written[:cut]
    assert len(list(read(tmp_path / NAME))) == written[:cut].count(b"\n")
    before = (tmp_path / "recovered.json").read_bytes()
    assert recover(tmp_path) == recovered
    assert (tmp_path / "recovered.json").read_bytes() == before


@on_one_file
@given(data=st.data())
def test_a_flip_of_any_bit_is_noticed(tmp_path: Path, written: bytes, data: st.DataObject) -> None:
    at, bit = data.draw(st.integers(0, len(written) - 1)), data.draw(st.integers(0, 7))
    changed = bytearray(written)
    changed[at] ^= 1 << bit
    (tmp_path / NAME).write_bytes(changed)
    verified = verify(tmp_path)
    assert verified.exit_code == (5 if at == len(written) - 1 else 3)
    line = written[:at].count(b"\n") + 1
    assert any(flaw.line == line for flaw in (*verified.damage, *verified.unended))


@on_one_file
@given(data=st.data())
def test_a_line_that_is_deleted_doubled_or_moved_is_noticed(
    tmp_path: Path, written: bytes, data: st.DataObject
) -> None:
    lines = written.splitlines(keepends=True)
    at = data.draw(st.integers(0, len(lines) - 1))
    line = lines.pop(at)
    match data.draw(st.sampled_from(["delete", "double", "move"])):
        case "double":
            lines[at:at] = [line, line]
        case "move":
            to = data.draw(st.integers(0, len(lines)).filter(lambda to: to != at))
            lines.insert(to, line)
    (tmp_path / NAME).write_bytes(b"".join(lines))
    verified = verify(tmp_path)
    assert verified.exit_code != 0
    if verified.damage:  # else it was of the end, which a kill may take too
        with pytest.raises(JournalError, match=NAME):
            list(read(tmp_path / NAME))


def test_a_record_forged_with_its_crc_breaks_the_chain(tmp_path: Path, written: bytes) -> None:
    lines = written.splitlines(keepends=True)
    at, old = next((i, r) for i, line in enumerate(lines) if isinstance(r := parse(line), Conversation))
    lines[at] = framed(encode(ended(old.number, ending="abandoned")))
    (tmp_path / NAME).write_bytes(b"".join(lines))
    assert "the hash chain breaks" in flaws(tmp_path)


def test_a_kill_is_named_as_such_and_not_as_tampering(tmp_path: Path, written: bytes) -> None:
    (tmp_path / NAME).write_bytes(written[: len(written) * 2 // 3])
    told = flaws(tmp_path)
    assert "torn" in told
    assert "after the last seal" in told
    assert "its worker was killed" in told
    assert "changed" not in told


@pytest.mark.parametrize("after", [(), (Health(3.0, 1, 0.0, 0.0),)], ids=["at the end", "before the end"])
def test_a_disk_that_was_full_is_told_alike_by_all_wherever_the_journal_says_so(
    tmp_path: Path, after: tuple[Health, ...]
) -> None:
    full = Health(2.0, 1, 0.0, 0.0, incidents=("disk_full",))
    records = [header(), Started(0, "p", 1.0), full, *after]
    seal(tmp_path / NAME, records)
    fold = Fold()
    for record in records:
        fold.add(record)
    assert flaws(tmp_path).endswith("not closed: the disk was full")
    assert recover(tmp_path).journals[0].disk_full
    assert fold.summary().fitness.problems == ("disk_full: the journal could not be written; 1 unfinished",)


def test_a_worker_without_a_journal_is_missed(tmp_path: Path) -> None:
    write_journal(tmp_path / NAME, whole_run(4, worker=0, workers=3))
    write_journal(tmp_path / "journal.2.jsonl", whole_run(4, worker=2, workers=3))
    assert "there is no journal of worker 1" in flaws(tmp_path)


def test_a_journal_that_is_there_twice_counts_nobody_twice(tmp_path: Path, written: bytes) -> None:
    for name in (NAME, "journal.0.old.jsonl", "journal.00.jsonl"):
        (tmp_path / name).write_bytes(written)
    assert verify(tmp_path).account.started == 12, "what somebody keeps beside it is no other worker's"
    (tmp_path / "journal.1.jsonl").write_bytes(written)
    assert flaws(tmp_path) == "journal.1.jsonl:1: this is worker 0's journal, and so is journal.0.jsonl"
    with pytest.raises(JournalError, match=r"journal.1.jsonl:1: this is worker 0's"):
        list(read_folder(tmp_path))


def test_a_flaw_of_the_whole_run_names_it_from_within_too(
    tmp_path: Path, written: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / NAME).write_bytes(b"".join(written.splitlines(keepends=True)[:1]))
    monkeypatch.chdir(tmp_path)
    seal(Path("journal.1.jsonl"), [header(worker=1, workers=3)])
    assert f"{tmp_path.name}: there is no journal of worker 2" in flaws(Path())


def test_a_conversation_of_another_worker_is_damage(tmp_path: Path) -> None:
    seal(tmp_path / NAME, [header(workers=2), Started(1, "p", 0.0), ended(1), closed(1)])
    assert "conversation 1 is another worker's" in flaws(tmp_path)


@pytest.mark.parametrize(
    ("records", "told"),
    [
        ([Started(0, "p", 0.0), closed(0)], "the header stands first"),
        ([header(), ended(0), closed(1)], "ended without having started"),
        ([header(), Started(0, "p", 0.0), ended(0), ended(0), closed(1)], "ended twice"),
        ([header(), Started(0, "p", 0.0), closed(1)], "says 1 ended; the journal holds 0"),
        ([header(), closed(0), turn()], "a record after the last one"),
        ([header(format=9), closed(0)], "format 9"),
    ],
)
def test_what_cannot_be_is_named(tmp_path: Path, records: list[Record], told: str) -> None:
    seal(tmp_path / NAME, records)
    assert told in flaws(tmp_path)
    assert verify(tmp_path).exit_code == 3


def test_damage_before_the_end_is_not_for_mending(tmp_path: Path, written: bytes) -> None:
    lines = written.splitlines(keepends=True)
    lines[3] = lines[3].replace(b"record", b"racord")
    (tmp_path / NAME).write_bytes(b"".join(lines))
    for use in (lambda: recover(tmp_path), lambda: list(read(tmp_path / NAME))):
        with pytest.raises(JournalError, match=f"{NAME}:4"):
            use()


def test_a_crash_between_copy_and_cut_makes_no_second_copy(tmp_path: Path, written: bytes) -> None:
    (tmp_path / NAME).write_bytes(written[:-5])
    once = recover(tmp_path)
    (tmp_path / NAME).write_bytes(written[:-5])
    assert recover(tmp_path) == once


def test_no_journal_is_a_mistake_of_usage(tmp_path: Path) -> None:
    for folder in (tmp_path / "gone", tmp_path):
        with pytest.raises(UsageError):
            verify(folder)


def test_a_start_taken_back_counts_as_dropped_and_as_nothing_else() -> None:
    accounting = Accounting()
    for record in (
        Started(0, "p", 0.0),
        Started(1, "p", 0.0),
        Dropped(1, 0.0, "max_open"),
        ended(0),
        Dropped(2, 0.0, "stopped"),
    ):
        accounting.add(record)
    account = accounting.account()
    assert (account.started, account.ended, account.dropped, account.unfinished) == (1, 1, 2, 0)
    assert account.problems == ()


@given(st.lists(st.tuples(st.sampled_from(["start", "end", "drop"]), st.integers(0, 8))))
def test_accounts_add_up_whatever_was_written(happened: list[tuple[str, int]]) -> None:
    accounting = Accounting()
    make = {"start": lambda n: Started(n, "p", 0.0), "end": ended, "drop": lambda n: Dropped(n, 0.0, "late")}
    for what, number in happened:
        accounting.add(make[what](number))
    account = accounting.account()
    assert account.started == account.ended + account.unfinished


@pytest.mark.parametrize("line", [b"", b"\n", b"{}\n", b'{"crc":"00000000","record":{}}\n', b"\x00" * 40, b"}\n"])
def test_a_line_that_no_journal_wrote_is_damaged(line: bytes) -> None:
    with pytest.raises(Damaged):
        parse(line)


def test_a_line_is_json_for_any_other_tool() -> None:
    import json
    from zlib import crc32

    line = framed(encode(Closed(1.5, 1, 1, 1, 0, 0)))
    told = json.loads(line)
    assert told["record"]["type"] == "closed"
    assert int(told["crc"], 16) == crc32(encode(Closed(1.5, 1, 1, 1, 0, 0)))
