"""Names for conversations that give none: each is known by what was said in it so far."""

from collections.abc import Sequence
from hashlib import blake2b
from itertools import count

import msgspec

Said = tuple[str, str]  # role, text
_HISTORIES = 100_000  # conversations that are recognised by what was said before
_SPOKEN = ("user", "assistant")


class Threads:
    """Conversations by their histories."""

    def __init__(self) -> None:
        self._by_history: dict[bytes, list[str]] = {}
        self._numbers = count(1)

    def named(self, said: Sequence[Said]) -> str:
        """The session that these lines continue, or a new one.

        Each is continued once: two that are word for word the same so far stay two.
        """
        waiting = self._by_history.get(_digest(said)) if said else None
        return waiting.pop() if waiting else f"thread-{next(self._numbers)}"

    def said(self, session: str, said: Sequence[Said], reply: str) -> None:
        """Remember how a session stands after a reply."""
        digest = _digest((*said, ("assistant", reply)))
        self._by_history.setdefault(digest, []).append(session)
        if len(self._by_history) > _HISTORIES:
            del self._by_history[next(iter(self._by_history))]


def _digest(said: Sequence[Said]) -> bytes:
    return blake2b(msgspec.json.encode([pair for pair in said if pair[0] in _SPOKEN]), digest_size=16).digest()
