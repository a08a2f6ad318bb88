"""How many strangers may stand at a door, and for how long: a connection is a stranger's until it shows a token.

A stranger costs memory and a file descriptor, and cannot be told from a member who is about to speak. So there is room
for so many, each has so many seconds, and when one more comes the one that has stood there longest is sent away: a
member speaks at once, and gets in beside any number of those who never do.
"""

from collections.abc import Callable, Hashable

import gevent
from gevent import Greenlet


class Strangers:
    """Those who stand at one door."""

    def __init__(self, most: int, within_s: float) -> None:
        self._most = most
        self._within_s = within_s
        self._waiting: dict[Hashable, tuple[Callable[[], None], Greenlet]] = {}  # the longest there first

    def __len__(self) -> int:
        return len(self._waiting)

    def __contains__(self, who: Hashable) -> bool:
        return who in self._waiting

    def arrive(self, who: Hashable, send_away: Callable[[], None]) -> None:
        """Someone comes to the door. `send_away` ends its connection: after its time, or for a later one."""
        if len(self._waiting) >= self._most:
            self._end(next(iter(self._waiting)))
        self._waiting[who] = send_away, gevent.spawn_later(self._within_s, self._end, who)

    def leave(self, who: Hashable) -> bool:
        """It is no stranger any more, or is gone. Says whether it stood here until now."""
        _, clock = self._waiting.pop(who, (None, None))
        if clock is not None and clock is not gevent.getcurrent():
            clock.kill(block=False)
        return clock is not None

    def _end(self, who: Hashable) -> None:
        send_away, _ = self._waiting[who]
        self.leave(who)
        send_away()
