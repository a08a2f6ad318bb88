"""A file that grows by sealed batches: each seal is a SHA-256 over the seal before it and the batch's bytes."""

import os
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path

from hubbub.journal.lines import encode, framed
from hubbub.model import Seal

Write = Callable[[int, memoryview], int]


def seal_over(previous: str, batch: bytes) -> str:
    """The hex digest that seals a batch; `previous` is the hex digest of the seal before, empty for the first."""
    digest = sha256(previous.encode())
    digest.update(batch)
    return digest.hexdigest()


class Chain:
    """The seals of a journal as it is read: what stands between two of them must be what was sealed."""

    def __init__(self) -> None:
        self.records = 0  # since the last seal
        self._batch = sha256()

    def take(self, line: bytes) -> None:
        """The line of a record that is no seal."""
        self.records += 1
        self._batch.update(line)

    def close(self, seal: Seal) -> str:
        """What is wrong with the batch that this seal ends, or empty; another begins."""
        records, digest = self.records, self._batch.hexdigest()
        self.records, self._batch = 0, sha256(seal.sha256.encode())
        if seal.records != records:
            return f"the seal is over {seal.records} records; {records} stand before it"
        return "" if digest == seal.sha256 else "the hash chain breaks: this batch, or one before, was changed"


class SealedFile:
    """Appends batches to a new file. Refuses a file that exists: one journal is one run's."""

    def __init__(self, path: Path, write: Write = os.write) -> None:
        self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_CLOEXEC, 0o644)
        self._write = write
        self._seal = ""

    def append(self, lines: Sequence[bytes]) -> None:
        """Write a batch and its seal. Raises OSError; what is on the file then ends in a torn tail."""
        batch = b"".join(lines)
        seal = seal_over(self._seal, batch)
        left = memoryview(batch + framed(encode(Seal(len(lines), seal))))
        while left:
            left = left[self._write(self._descriptor, left) :]
        self._seal = seal

    def sync(self) -> None:
        """Wait until it is on the disk. Raises OSError."""
        os.fsync(self._descriptor)

    def close(self) -> None:
        """Let go of the file. Raises OSError."""
        os.close(self._descriptor)
