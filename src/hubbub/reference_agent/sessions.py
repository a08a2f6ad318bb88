"""The conversations that the agent remembers, and which of them are open."""

from collections.abc import Iterator
from hashlib import blake2b

from hubbub.reference_agent.memory import Memory

_REMEMBERED = 200_000  # sessions; the one unused for longest is forgotten first
_LONGEST_NAME = 128  # characters; a longer one is kept as its digest, so that nobody fills the memory with names
_NEAR = 64  # how many other open sessions are looked at


class Sessions:
    """Memories by session. A session is open from its first turn until it ends, escalates, or is idle for too long."""

    def __init__(self, idle_s: float = 60.0) -> None:
        self._idle_s = idle_s
        self._memories: dict[str, Memory] = {}  # least recently used first
        self._open: dict[str, float] = {}  # to the moment last heard of, oldest first

    def remembered(self, session: str) -> Memory | None:
        """What is known of a session."""
        return self._memories.get(_short(session))

    def keep(self, session: str, memory: Memory, now_s: float) -> None:
        """Remember a session as it is after a turn."""
        session = _short(session)
        self._memories.pop(session, None)
        self._memories[session] = memory
        if len(self._memories) > _REMEMBERED:
            del self._memories[next(iter(self._memories))]
        self._open.pop(session, None)
        if not memory.ended and not memory.escalated:
            self._open[session] = now_s

    def count_open(self, now_s: float) -> int:
        """How many are open; those idle for too long are closed first."""
        while self._open:
            session = next(iter(self._open))
            if now_s - self._open[session] <= self._idle_s:
                break
            del self._open[session]
        return len(self._open)

    def others(self, session: str) -> Iterator[tuple[str, Memory]]:
        """Other open sessions, the latest heard of first; not all of them when there are many."""
        for other, _ in zip(reversed(self._open), range(_NEAR), strict=False):
            if other != _short(session) and other in self._memories:
                yield other, self._memories[other]


def _short(session: str) -> str:
    return session if len(session) <= _LONGEST_NAME else blake2b(session.encode(), digest_size=16).hexdigest()
