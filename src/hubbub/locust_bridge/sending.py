"""A worker's journal on its way to the master: piece by piece, each confirmed before the next."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import gevent
from gevent.queue import Empty, SimpleQueue

from hubbub.errors import JournalError

PIECE_BYTES = 512 * 1024
_CONFIRMED_WITHIN_S = 10.0


def send_journal(path: Path, send: Callable[[str, dict[str, Any]], None], got: "SimpleQueue[int]") -> str:
    """Send a file by `send("journal", ...)`; `got` gets the size that the other side has.

    Returns what is to be told where the other side has not all of it; else nothing.
    """
    size = 0
    with path.open("rb") as file:
        while piece := file.read(PIECE_BYTES):
            send("journal", {"offset": size, "bytes": piece})
            size += len(piece)
            try:
                while got.get(timeout=_CONFIRMED_WITHIN_S) < size:
                    gevent.sleep(0)
            except Empty:
                return f"its journal did not get to the master whole: it lies in {path}"
    return ""


class Collected:
    """The journals of workers who do not see the run's folder, as they arrive there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, name: str, offset: int, piece: bytes) -> int:
        """Append a piece to the journal of this name; returns the size it has now. Raises JournalError for a gap."""
        path = self._folder / name
        size = path.stat().st_size if path.exists() else 0
        if offset != size or len(piece) > PIECE_BYTES:
            raise JournalError(f"{name}: a piece for byte {offset} came where byte {size} was due")
        with path.open("ab") as file:
            file.write(piece)
        return size + len(piece)
