"""The bytes of a log as text: UTF-8, what spreadsheets call Unicode, or what Windows wrote before either."""

import gzip
import zlib
from pathlib import Path

from msgspec import Struct

from hubbub.errors import UsageError

_OF_WINDOWS = (("cp1252", "Windows-1252"), ("cp932", "Shift-JIS"))  # the second has bytes that the first has not
_WIDE = (b"\xff\xfe", b"\xfe\xff")  # how what spreadsheets save as "Unicode text" begins
_LOST = "\ufffd"
_PER_LETTER = 10  # good letters beyond ASCII to one that is none: a file in UTF-8 that somebody damaged


class Decoded(Struct, frozen=True):
    """A text, and what was taken for granted in reading it; empty where nothing was."""

    text: str
    note: str = ""


def text_of(path: Path) -> Decoded:
    """The text of a file, also gzipped. Raises UsageError for one that cannot be read, or is none."""
    try:
        data = path.read_bytes()
        if data[:2] == b"\x1f\x8b":
            data = gzip.decompress(data)
        return Decoded(data.decode("utf-16" if data[:2] in _WIDE else "utf-8-sig"))
    except UnicodeDecodeError as error:
        return _otherwise(path, data, error.start)
    except (OSError, EOFError, zlib.error) as error:
        reason = "it is a folder" if path.is_dir() else getattr(error, "strerror", None) or error
        raise UsageError(f"{path} cannot be read: {reason}") from None


def _otherwise(path: Path, data: bytes, at: int) -> Decoded:
    if b"\0" in data or data[:2] in _WIDE:
        raise UsageError(f"{path} is no text (byte {at}); save it as CSV or JSON Lines in UTF-8")
    text = data.decode("utf-8", "replace")
    lost = text.count(_LOST)
    if sum(not letter.isascii() for letter in text) - lost >= _PER_LETTER * lost:
        return Decoded(text.removeprefix("\ufeff"), f"{path}: {lost} bytes are no UTF-8, the first at {at}: left out")
    for encoding, name in _OF_WINDOWS:
        try:
            return Decoded(data.decode(encoding), f"{path} is not UTF-8 and was read as {name}: see that names and "
                                                  "accents are right, or save it as UTF-8")  # fmt: skip
        except UnicodeDecodeError:
            continue
    raise UsageError(f"{path} is not UTF-8 text (byte {at}); save it as UTF-8")
