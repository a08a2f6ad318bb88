"""Append records at a few microseconds each; batches are sealed and written beside the event loop."""

import asyncio
import os
import threading
from _queue import SimpleQueue  # the C one: gevent's monkey patching replaces the name in `queue`
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from hubbub.clock import Clock
from hubbub.errors import JournalError
from hubbub.journal.lines import FRAME_BYTES, encode, framed
from hubbub.journal.sealing import SealedFile, Write
from hubbub.model import Closed, Health, Record

BATCH_S = 0.1  # a record waits no longer than this for its batch to close
_BATCH_BYTES = 1 << 20  # and no batch grows larger than this

StartThread = Callable[[Callable[[], None]], object]
_Batch = tuple[list[bytes], int, int]  # records as bytes; how many, and bytes of lines, up to and with them


def start_thread(run: Callable[[], None]) -> None:
    """Run it in a thread that does not keep the process alive."""
    threading.Thread(target=run, name="journal", daemon=True).start()


class Journal:
    """A worker's journal, open for writing. Made by `Journal.open`, in a running event loop."""

    def __init__(self, file: SealedFile, loop: asyncio.AbstractEventLoop, threaded: bool) -> None:
        self.problem = ""  # why nothing more is written; empty while all is well
        self.on_problem: Callable[[str], None] | None = None  # called once in the loop, with `problem`
        self._file = file
        self._loop = loop
        self._threaded = threaded
        self._batch: list[bytes] = []
        self._timer: asyncio.Handle | None = None
        self._appended = self._handed = self._written = 0  # records
        self._appended_bytes = self._handed_bytes = self._written_bytes = 0
        self._hurried = False
        self._told = False
        self._closed: Closed | None = None
        self._waiting: list[tuple[int, asyncio.Future[None]]] = []
        self._queue: SimpleQueue[_Batch | None] = SimpleQueue()
        self._finished: asyncio.Future[None] = loop.create_future()

    @classmethod
    def open(
        cls,
        path: Path,
        clock: Clock,
        *,
        threaded: bool,
        start_thread: StartThread = start_thread,
        write: Write = os.write,
    ) -> "Journal":
        """Begin a new journal; call it in the event loop that will append.

        With `threaded` the writing is done by a thread that `start_thread` starts; without, inline, so that on the
        jumping clock two runs with one seed write the same bytes. Raises JournalError when the file cannot be made.
        """
        if threaded and clock.jumping:
            raise JournalError("a thread cannot wake a jumping clock: open the journal with threaded=False")
        try:
            file = SealedFile(path, write)
        except OSError as error:
            raise JournalError(f"{path}: the journal cannot be begun: {error.strerror}") from error
        journal = cls(file, asyncio.get_running_loop(), threaded)
        if threaded:
            start_thread(journal._write_all)
        return journal

    def append(self, record: Record) -> int:
        """Take a record; returns its mark, the number of records so far, to pass to `written`."""
        body = encode(record)
        self._appended += 1
        self._appended_bytes += len(body) + FRAME_BYTES
        self._batch.append(body)
        if self._timer is None:
            self._timer = self._loop.call_later(BATCH_S, self._flush)
        elif self._appended_bytes - self._handed_bytes > _BATCH_BYTES:
            self._flush()
        return self._appended

    @property
    def backlog_bytes(self) -> int:
        """Bytes appended and not yet on the file."""
        return self._appended_bytes - self._written_bytes

    @property
    def incidents(self) -> tuple[str, ...]:
        """Generator classes that the journal has to tell, for Health records."""
        return ("disk_full",) if self.problem else ()

    async def written(self, mark: int) -> None:
        """Return when the record of this mark is on the file (in the page cache), hurrying it along.

        Raises JournalError when it can no longer be written.
        """
        if self._written >= mark:
            return
        future = self._loop.create_future()
        self._waiting.append((mark, future))
        self._settle()
        await future

    async def close(self, closed: Closed) -> None:
        """Write the last record, and wait until all is on the disk. Raises JournalError if anything was not written.

        The file says that itself then, in place of the last record, where a last few bytes can still be written.
        """
        self._closed = closed
        self.append(closed)
        self._flush()
        if self._threaded:
            self._queue.put(None)
            await self._finished
        else:
            self._say_why()
            self._file.close()
        self._settle()
        if self.problem:
            raise JournalError(self.problem)

    def _flush(self) -> None:
        """Close the batch and hand it to the writer."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._hurried = False
        if not self._batch:
            return
        batch, self._batch = self._batch, []
        self._handed, self._handed_bytes = self._appended, self._appended_bytes
        if self._threaded:
            self._queue.put((batch, self._handed, self._handed_bytes))
        else:
            self._write((batch, self._handed, self._handed_bytes))
            self._settle()

    def _settle(self) -> None:
        """Wake those whose record is written, or never will be; hurry the rest.

        One urgent batch is under way at a time, so that what many customers wait for goes out together.
        """
        if self.problem and not self._told:
            self._told = True
            if self.on_problem is not None:
                self.on_problem(self.problem)
        waiting, self._waiting = self._waiting, []
        for mark, future in waiting:
            if future.done():
                continue
            if self._written >= mark:
                future.set_result(None)
            elif self.problem:
                future.set_exception(JournalError(self.problem))
            else:
                self._waiting.append((mark, future))
        if self._waiting and not self._hurried and self._handed == self._written:
            self._hurried = True
            self._loop.call_soon(self._flush)

    def _write(self, batch: _Batch) -> None:
        """Write a batch; in the writer's thread, or inline. After the first error nothing more is written."""
        bodies, records, size = batch
        if self.problem:
            return
        try:
            self._file.append(list(map(framed, bodies)))
        except OSError as error:
            self.problem = f"disk_full: the journal could not be written: {error.strerror or error}"
        else:
            self._written_bytes = size
            self._written = records

    def _say_why(self) -> None:
        """After a problem, end the file with a record of it: whoever reads the journal alone is told, too."""
        if self.problem and self._closed is not None:
            why = Health(self._closed.at_s, 0, 0.0, 0.0, incidents=self.incidents)
            with suppress(OSError):
                self._file.end_with(framed(encode(why)), instead_of=framed(encode(self._closed)))

    def _write_all(self) -> None:
        """The writer's thread, from first batch to last."""
        try:
            while (batch := self._queue.get()) is not None:
                self._write(batch)
                if self._waiting or self.problem:
                    self._call_in_loop(self._settle)
            self._say_why()
            self._file.sync()
            self._file.close()
        except Exception as error:  # noqa: BLE001 - a writer that dies unseen would lose records silently
            self.problem = self.problem or f"disk_full: the journal could not be written: {error}"
        self._call_in_loop(self._finish)

    def _finish(self) -> None:
        if not self._finished.done():
            self._finished.set_result(None)
        self._settle()

    def _call_in_loop(self, call: Callable[[], None]) -> None:
        try:
            self._loop.call_soon_threadsafe(call)
        except RuntimeError:  # the loop is closed: nobody waits any more
            pass
