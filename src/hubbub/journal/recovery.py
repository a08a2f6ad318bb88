"""Mend a run that was cut off: cut torn tails, keep what was cut, and account for every conversation."""

import os
from pathlib import Path

from msgspec import Struct
from msgspec.json import encode, format

from hubbub.errors import JournalError
from hubbub.journal.accounting import Account, Accounting
from hubbub.journal.lines import Damaged, parse
from hubbub.journal.reading import journals
from hubbub.journal.verification import verify
from hubbub.model import Closed, Health, Seal
from hubbub.written import write_whole


class RecoveredJournal(Struct, frozen=True):
    """One worker's journal after mending. What was cut off its end is kept in `cut_kept_in`."""

    file: str
    records: int
    closed: bool  # False: the worker was lost, or its disk was full
    unsealed_records: int  # written after the last seal: whole by their CRC, and in no hash chain
    cut_bytes: int = 0
    cut_kept_in: str = ""
    disk_full: bool = False  # as one of its records says


class Recovered(Struct, frozen=True):
    """What recovery found; written as recovered.json."""

    format: int
    account: Account
    journals: tuple[RecoveredJournal, ...]


def recover(folder: Path) -> Recovered:
    """Mend every journal of a run, write recovered.json and return what it says. Done twice, it changes nothing.

    Raises JournalError when a journal is damaged elsewhere than at its end, seals included: that is not for mending;
    NotWritten where the disk takes no more: nothing is lost then, and another try does the rest.
    """
    damage = verify(folder).damage
    if damage:
        raise JournalError(f"{folder}/{damage[0]}; that is damage, not a torn end")
    accounting = Accounting()
    mended = tuple(_mend(path, accounting) for path in journals(folder))
    recovered = Recovered(1, accounting.account(), mended)
    write_whole(folder / "recovered.json", format(encode(recovered), indent=2) + b"\n")
    return recovered


def _mend(path: Path, accounting: Accounting) -> RecoveredJournal:
    records, unsealed, whole_bytes, closed, full = 0, 0, 0, False, False
    torn = False  # only a last line without its newline is
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                record = parse(line)
            except Damaged as error:
                if line.endswith(b"\n"):
                    raise JournalError(f"{path}:{number}: {error}; that is damage, not a torn end") from None
                torn = True
                break
            whole_bytes += len(line)
            accounting.add(record)
            sealed = isinstance(record, Seal)
            records += not sealed
            unsealed = 0 if sealed else unsealed + 1
            closed = closed or isinstance(record, Closed)
            full = full or (isinstance(record, Health) and "disk_full" in record.incidents)
    kept = path.with_suffix(".torn")
    if torn:
        _cut(path, whole_bytes, kept)
    cut_bytes = kept.stat().st_size if kept.exists() else 0
    return RecoveredJournal(path.name, records, closed, unsealed, cut_bytes, kept.name if cut_bytes else "", full)


def _cut(path: Path, whole_bytes: int, kept: Path) -> None:
    """Copy the torn tail, then cut it; a crash in between leaves both, and the next try makes no second copy."""
    held = kept.read_bytes() if kept.exists() else b""
    with path.open("r+b") as file:
        file.seek(whole_bytes)
        tail = file.read()
        if not held.endswith(tail):
            write_whole(kept, held + tail)
        with kept.open("rb") as copy:
            os.fsync(copy.fileno())
        file.truncate(whole_bytes)
