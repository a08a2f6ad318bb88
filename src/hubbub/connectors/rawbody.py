"""A body taken in as it is, for exchanges that are no turns of a conversation, and a watch that keeps nothing."""

from hubbub.connectors.protocol import Watch


class RawBody:
    """A Reading of any body; whatever comes is whole when HTTP says so."""

    spoken = False

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def feed(self, data: bytes, watch: Watch) -> bool:
        self._pieces.append(data)
        return False

    def end(self) -> None:
        """Nothing is asked of it."""

    def whole(self) -> bool:
        return False

    def partial(self) -> str:
        return ""

    def whole_body(self) -> bytes:
        """All that came."""
        return b"".join(self._pieces)


class Unwatched:
    """A Watch of which nobody asks anything."""

    pool_wait_s = 0.0
    fresh_retries = 0
    ended: float | None = None
    over: float | None = None

    def byte(self) -> None:
        """Not kept."""

    def event(self) -> None:
        """Not kept."""

    def text(self) -> None:
        """Not kept."""
