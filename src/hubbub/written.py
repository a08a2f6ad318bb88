"""A file of ours on this machine's disk: whole or not there at all, and an error that names it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from hubbub.errors import NotWritten


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Whatever the system says inside against writing is said of `path`: a full disk alone names no file.

    Raises NotWritten.
    """
    try:
        yield
    except OSError as error:
        raise NotWritten(f"{path} could not be written: {error.strerror or error}") from None


def write_whole(path: Path, content: bytes) -> None:
    """Write a file, or leave what is there as it is. Others who write it at the same time do not disturb.

    Raises NotWritten.
    """
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    with writing(path):
        try:
            beside.write_bytes(content)
            beside.replace(path)
        except OSError:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
            raise
