"""One moment for all machines: by the steady clock where it is shared, else by the wall clock."""

import time

from msgspec import Struct

from hubbub.locust_bridge.places import boot


class Moment(Struct, frozen=True):
    """A moment as one machine tells it to another. `boot` names the kernel whose steady clock it is."""

    steady: float
    wall: float
    boot: str


def in_s(seconds: float) -> Moment:
    """The moment so many seconds from now."""
    return Moment(time.monotonic() + seconds, time.time() + seconds, boot())


def here(moment: Moment) -> float:
    """The moment on this machine's steady clock. Between machines it is as exact as their wall clocks agree."""
    if moment.boot and moment.boot == boot():
        return moment.steady
    return time.monotonic() + moment.wall - time.time()
