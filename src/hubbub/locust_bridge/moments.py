"""One moment for all machines: by the steady clock where it is shared, else by the wall clock."""

import time
from pathlib import Path

from msgspec import Struct

_BOOT = Path("/proc/sys/kernel/random/boot_id")


class Moment(Struct, frozen=True):
    """A moment as one machine tells it to another. `boot` names the kernel whose steady clock it is."""

    steady: float
    wall: float
    boot: str


def boot() -> str:
    """A name for this kernel since it was started; processes with the same one share a steady clock."""
    try:
        return _BOOT.read_text().strip()
    except OSError:
        return ""


def in_s(seconds: float) -> Moment:
    """The moment so many seconds from now."""
    return Moment(time.monotonic() + seconds, time.time() + seconds, boot())


def here(moment: Moment) -> float:
    """The moment on this machine's steady clock. Between machines it is as exact as their wall clocks agree."""
    if moment.boot and moment.boot == boot():
        return moment.steady
    return time.monotonic() + moment.wall - time.time()
