"""A file that grows by sealed batches: each seal is a SHA-256 over the seal before it and the batch's bytes."""

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import sha256
from itertools import accumulate
from pathlib import Path

from hubbub.journal.lines import encode, framed
from hubbub.model import Seal

Write = Callable[[int, memoryview], int]
_ROOM = b"\xff" * (1 << 14)  # for a line and its seal, in blocks of any usual size; no zeros, which may take no room


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
        self._sealed_bytes = 0
        self._torn: Sequence[bytes] = ()  # the lines of a batch that did not get to its seal
        self._room = _room_beside(path)

    def append(self, lines: Sequence[bytes]) -> None:
        """Write a batch and its seal. Raises OSError; what is on the file then ends in a torn tail."""
        self._torn = lines
        self._put(lines)
        self._torn = ()

    def end_with(self, line: bytes, *, instead_of: bytes) -> None:
        """After an append that failed: give the room back that was kept, cut what is torn, and seal one line more.

        Lines of the failed batch that are whole stay, but for the one that it stands for; where no line ever got there,
        none is added. Raises OSError.
        """
        self._give_room()
        there = os.fstat(self._descriptor).st_size - self._sealed_bytes
        ends = [end for end in accumulate(map(len, self._torn), initial=0) if end <= there]
        kept = [one for one in self._torn[: len(ends) - 1] if one != instead_of]
        begun = len(b"".join(kept))
        os.ftruncate(self._descriptor, self._sealed_bytes + begun)
        if self._sealed_bytes or kept:
            self._put([*kept, line], begun)

    def _put(self, lines: Sequence[bytes], begun: int = 0) -> None:
        """Write a batch, of which so many bytes are there already, and its seal. Raises OSError."""
        batch = b"".join(lines)
        seal = seal_over(self._seal, batch)
        whole = batch + framed(encode(Seal(len(lines), seal)))
        left = memoryview(whole)[begun:]
        while left:
            left = left[self._write(self._descriptor, left) :]
        self._seal = seal
        self._sealed_bytes += len(whole)

    def sync(self) -> None:
        """Wait until it is on the disk. Raises OSError."""
        os.fsync(self._descriptor)

    def close(self) -> None:
        """Let go of the file. Raises OSError."""
        self._give_room()
        os.close(self._descriptor)

    def _give_room(self) -> None:
        room, self._room = self._room, None
        if room is not None:
            os.close(room)


def _room_beside(path: Path) -> int | None:
    """A file without a name that holds some room for as long as it is open, so that a full disk can be told of.

    None where there is no such room: the first batch will show it.
    """
    beside = path.with_name(f"{path.name}.room")
    with suppress(OSError):
        room = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        beside.unlink()
        with suppress(OSError):  # a part of it may do
            os.write(room, _ROOM)
        return room
    return None
