"""A file as a page of text that mistakes can point into, and the ledger that they are collected in."""

import re
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from hubbub.errors import Mistake, SpecError
from hubbub.specs.url_secrets import hidden

MAX_BYTES = 256 * 1024
MAX_MISTAKES = 100  # per reading; a page of more than this is not read by anyone, and costs seconds to make
_EXCERPT_CHARS = 160
_BEFORE_CHARS = 60  # of them, before a place far along a line
_LINE_ENDS = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # what libyaml counts as lines, so that our numbers agree
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_FOREIGN_MARKS = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"), (b"\x00\x00\xfe\xff", "UTF-32"))
Step = str | int


class TooManyMistakes(Exception):
    """Raised inside a reading to end it early; never leaves this room."""


class Page:
    """One file's text, its name as the user knows it, and its hash."""

    __slots__ = ("lines", "name", "path", "sha256", "text")

    def __init__(self, name: str, text: str, path: Path | None = None, digest: str = "") -> None:
        self.name = name
        self.text = text
        self.path = path
        self.sha256 = digest
        self.lines = _LINE_ENDS.split(text)

    def mistake(self, line: int, column: int, steps: Sequence[Step], problem: str) -> Mistake:
        """A mistake at this place; line and column count from 1."""
        skipped = 0 if column <= _EXCERPT_CHARS else column - 1 - _BEFORE_CHARS
        return Mistake(self.name, line, column, path_text(steps), problem, self._excerpt(line, skipped), skipped)

    def _excerpt(self, line: int, skipped: int) -> str:
        if not 0 < line <= len(self.lines):
            return ""
        part = hidden(self.lines[line - 1])[skipped : skipped + _EXCERPT_CHARS]
        return _UNPRINTABLE.sub("\ufffd", part).rstrip()


class Ledger:
    """Every mistake of a reading, each once, up to a bound."""

    __slots__ = ("_seen",)

    def __init__(self) -> None:
        self._seen: dict[Mistake, None] = {}

    def add(self, mistake: Mistake) -> None:
        """Note one. Raises TooManyMistakes at the bound."""
        self._seen[mistake] = None
        if len(self._seen) >= MAX_MISTAKES:
            raise TooManyMistakes

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        """All of them, in the order of their places."""
        return tuple(sorted(self._seen))

    def __len__(self) -> int:
        return len(self._seen)

    def settle(self) -> None:
        """Raise SpecError when anything is wrong."""
        if self._seen:
            raise SpecError(self.mistakes)


def path_text(steps: Sequence[Step]) -> str:
    """A place in a document as its author would write it: `goal.tells[1]`."""
    text = ""
    for step in steps:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            name = step if re.fullmatch(r"[\w-]{1,64}", step) else shown(step)
            text += f".{name}" if text else name
    return text


def shown(text: str) -> str:
    """A value as a message shows it: quoted, on one line, not too long."""
    return repr(text if len(text) <= 60 else text[:57] + "...")


def read_page(path: Path, ledger: Ledger) -> Page | None:
    """A file as UTF-8 text, or None with what is wrong in the ledger. Reads no more than MAX_BYTES."""
    name = str(path)
    data = _bytes_of(path)
    if isinstance(data, str):
        ledger.add(Mistake(name, 1, 1, "", data))
        return None
    text = decode(name, data)
    if isinstance(text, Mistake):
        ledger.add(text)
        return None
    return Page(name, text, path, sha256(data).hexdigest())


def _bytes_of(path: Path) -> bytes | str:
    try:
        if not path.is_file():
            if path.is_dir():
                return "this is a folder, not a file"
            return "this is no plain file" if path.exists() else "there is no such file"
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        return f"cannot be read: {getattr(error, 'strerror', None) or error}"
    return data if len(data) <= MAX_BYTES else f"larger than {MAX_BYTES // 1024} kB, which no spec needs"


def decode(name: str, data: bytes) -> str | Mistake:
    """The text of a file's bytes, or the first thing that makes it not be text."""
    for mark, encoding in _FOREIGN_MARKS:
        if data.startswith(mark):
            return Mistake(name, 1, 1, "", f"encoded as {encoding}; save it as UTF-8")
    try:
        text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        page = Page(name, data.decode("utf-8", "replace"))
        return _mistake_after(page, before, f"byte 0x{data[error.start]:02x} is not UTF-8; save the file as UTF-8")
    bad = _UNPRINTABLE.search(text)
    if bad is None:
        return text
    problem = f"character U+{ord(bad[0]):04X} is not allowed in YAML"
    return _mistake_after(Page(name, text), text[: bad.start()], problem)


def _mistake_after(page: Page, before: str, problem: str) -> Mistake:
    lines = _LINE_ENDS.split(before)
    return page.mistake(len(lines), len(lines[-1]) + 1, (), problem)
