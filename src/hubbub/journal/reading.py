"""Read journals: records in the order they were written, or an error that names the line."""

import re
from collections.abc import Iterator
from pathlib import Path

from hubbub.errors import JournalError, UsageError
from hubbub.journal.lines import FORMAT, Damaged, parse
from hubbub.journal.sealing import Chain
from hubbub.model import Header, Record, Seal

_NAME = re.compile(r"journal\.(?:0|[1-9][0-9]*)\.jsonl")


def journals(folder: Path) -> tuple[Path, ...]:
    """A run's journals, by worker; a copy of another name, such as `journal.0.old.jsonl`, is none of them.

    Raises UsageError when there is no such folder, or no journal in it.
    """
    if not folder.is_dir():
        raise UsageError(f"there is no results folder {folder}")
    found = {int(path.name.split(".")[1]): path for path in folder.iterdir() if _NAME.fullmatch(path.name)}
    if not found:
        raise UsageError(f"{folder} holds no journal.*.jsonl")
    return tuple(found[worker] for worker in sorted(found))


def read(path: Path) -> Iterator[Record]:
    """Every record of a journal, seals included. Raises JournalError at a damaged line, or at a seal over other lines.

    An end that a kill tore off or left unsealed is no damage: what stands before it was written, and is read.
    """
    chain = Chain()
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                record = parse(line)
            except Damaged as error:
                if not line.endswith(b"\n"):
                    return
                raise _damaged(path, number, str(error)) from None
            if number == 1:
                _check_header(path, record)
            if not isinstance(record, Seal):
                chain.take(line)
            elif problem := chain.close(record):
                raise _damaged(path, number, problem)
            yield record


def _damaged(path: Path, line: int, what: str) -> JournalError:
    return JournalError(f"{path}:{line}: {what}; `hubbub verify` shows all that is wrong")


def read_folder(folder: Path) -> Iterator[Record]:
    """Every record of a run, one worker's journal after the other. Raises JournalError, also for two of one worker."""
    whose: dict[int, Path] = {}
    for path in journals(folder):
        records = read(path)
        for header in records:  # the first of them, if there is one
            assert isinstance(header, Header)
            other = whose.setdefault(header.worker, path)
            if other != path:
                raise _damaged(path, 1, f"this is worker {header.worker}'s journal, and so is {other.name}")
            yield header
            break
        yield from records


def _check_header(path: Path, record: Record) -> None:
    if not isinstance(record, Header):
        raise JournalError(f"{path}:1: a journal begins with its header, and this one does not")
    if record.format != FORMAT:
        raise JournalError(f"{path}:1: the journal has format {record.format}; this version reads {FORMAT}")
