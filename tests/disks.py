"""A disk that takes no more, without one."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager

ROOM = 4096  # bytes that a file may have there


@contextmanager
def full_disk() -> Iterator[None]:
    """The kernel takes no more than ROOM bytes a file, of this process and those that it starts.

    For a part of a test only: what pytest writes is held to it too.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
