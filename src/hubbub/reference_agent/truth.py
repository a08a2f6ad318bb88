"""What really happened, in the agent's own words: one line of JSON per turn, written behind the server's back."""

import sys
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

import msgspec
from msgspec import Struct

_BATCH_S = 0.1

TurnEnd = Literal[
    "whole", "busy", "status", "truncated", "reset", "stalled", "closed", "silent", "garbled", "too_large", "gone"
]


class Fired(Struct, frozen=True, omit_defaults=True):
    """A planted fault that came to pass, what it did, and the class that it should be found as."""

    fault: str
    detail: str = ""
    failure_class: str = ""


class TrueTurn(Struct, frozen=True, omit_defaults=True):
    """A turn as it happened. Moments are seconds of the machine's steady clock (CLOCK_MONOTONIC), comparable across its
    processes; `first_s` and `end_s` are taken at the write of the first and last piece of the reply.
    """

    session: str
    turn: int
    arrival_s: float
    end_s: float
    ended: TurnEnd
    face: str
    conversation: str = ""  # the caller's own number for it, where it gave one
    first_s: float | None = None
    queue_wait_s: float = 0.0
    load: int = 0  # turns worked on or waiting when it arrived, itself left out
    open: int = 0  # open sessions when it arrived
    decided: str = ""
    why: str = ""
    reason: str = ""  # of an escalation
    queue: str = ""
    handed: str = ""  # the summary that a hand-over carried
    transferred: bool = False  # the hand-over was carried out, not only spoken of
    asked: tuple[str, ...] = ()  # slots that were asked for
    known: tuple[str, ...] = ()  # slots that it had been told and remembered
    chunks: int = 0
    faults: tuple[Fired, ...] = ()
    trace: str = ""


Record = Callable[[TrueTurn], None]


def forget(_: TrueTurn) -> None:
    """Keep no truth."""


class TruthLog:
    """Appends turns to a file from a thread of its own, a batch each tenth of a second. Use it in a `with`."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("ab", buffering=0)
        self._pending: deque[TrueTurn] = deque()
        self._path = path
        self._full = False  # the disk took no more: what would follow a torn line is no truth
        self._over = threading.Event()
        self._writer = threading.Thread(target=self._write_on, name="truth", daemon=True)

    def record(self, turn: TrueTurn) -> None:
        """Take note of a turn. Costs an append."""
        self._pending.append(turn)

    def __enter__(self) -> Self:
        self._writer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._writer.join()
        self._file.close()

    def _write_on(self) -> None:
        while not self._over.wait(_BATCH_S):
            self._write_batch()
        self._write_batch()

    def _write_batch(self) -> None:
        lines = bytearray()
        while self._pending:
            lines += msgspec.json.encode(self._pending.popleft()) + b"\n"
        rest = memoryview(bytes(lines))
        try:
            while rest and not self._full:
                rest = rest[self._file.write(rest) :]
        except OSError as error:  # the agent goes on: whoever loads it is not to be kept from an answer
            self._full = True
            with suppress(OSError):  # they may lie on the same disk
                print(f"hubbub agent: {self._path} could not be written on: {error.strerror}", file=sys.stderr)


def read_truth(path: Path) -> list[TrueTurn]:
    """The turns of a truth log; a last line that was cut off is left out."""
    lines = path.read_bytes().split(b"\n")
    return [msgspec.json.decode(line, type=TrueTurn) for line in lines[:-1]]
