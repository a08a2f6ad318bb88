"""What was worded once, by (seed, conversation, turn), kept in a file: a run again says the same for nothing."""

import os
from pathlib import Path

import msgspec

from hubbub.errors import UsageError


class Line(msgspec.Struct, frozen=True):
    """Words for a turn. `asked` tells the same turn of another model or persona apart."""

    seed: int
    conversation: int
    turn: int
    asked: int
    words: str


class Memory:
    """The words so far. Each process writes a file of its own and reads them all.

    The folder is made where there is none. Raises UsageError for one that cannot be made, or for a bad file.
    """

    def __init__(self, path: Path | None, worker: int = 0) -> None:
        self._known: dict[tuple[int, int, int, int], str] = {}
        self._own = None if path is None else path.with_name(f"{path.name}.{worker}")
        try:
            for file in () if path is None else _files(path):
                self._read(file)
        except OSError as error:
            raise UsageError(f"the voice's cache {error.filename or path} cannot be used: {error.strerror}") from None

    def _read(self, file: Path) -> None:
        """Read what is whole: a kill or a full disk tears the last line, and nothing is lost by wording it again."""
        content = file.read_bytes()
        whole = content[: content.rfind(b"\n") + 1]
        if file == self._own and whole != content:
            os.truncate(file, len(whole))
        for number, text in enumerate(whole.splitlines(), 1):
            try:
                line = msgspec.json.decode(text, type=Line)
            except msgspec.MsgspecError as error:
                raise UsageError(f"{file}:{number}: not a line of a voice's cache: {error}") from None
            self._known[line.seed, line.conversation, line.turn, line.asked] = line.words

    def find(self, line: Line) -> str | None:
        """The words for a turn, if it was worded before."""
        return self._known.get((line.seed, line.conversation, line.turn, line.asked))

    def keep(self, line: Line) -> None:
        """Remember words, and for the next run where the disk takes them."""
        self._known[line.seed, line.conversation, line.turn, line.asked] = line.words
        if self._own is not None:
            try:
                with self._own.open("ab") as out:
                    out.write(msgspec.json.encode(line) + b"\n")
            except OSError:  # what follows a torn line would be torn with it
                self._own = None


def _files(path: Path) -> list[Path]:
    """The files of all processes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    own = (file for file in path.parent.iterdir() if file.name.startswith(f"{path.name}."))
    return sorted(file for file in own if file.name.removeprefix(f"{path.name}.").isdecimal())
