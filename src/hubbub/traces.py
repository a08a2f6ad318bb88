"""Names of traces: every conversation is one, every turn a span of it, known beforehand from the run and its number.

The agent is told with each turn (W3C Trace Context, https://www.w3.org/TR/trace-context/), so that its own spans join
those that are exported from the journal afterwards.
"""

from hashlib import sha256

from msgspec import Struct

_MASK = 0xFFFFFFFFFFFFFFFF
_ODD = 0x9E3779B97F4A7C15  # times this, different turns are different spans: it has an inverse modulo 2**64


class Trace(Struct, frozen=True):
    """The names of one conversation's trace: 32 hex digits for the whole, and a number that its spans count from."""

    id: str
    spans: int

    def span(self, turn: int) -> str:
        """The span of a turn, 16 hex digits; turn 0 is the conversation as a whole."""
        return f"{self.spans + turn * _ODD & _MASK:016x}"

    def parent(self, turn: int) -> str:
        """The `traceparent` that names a turn as the parent of what the agent does for it; marked as sampled."""
        return f"00-{self.id}-{self.spans + turn * _ODD & _MASK:016x}-01"


def trace_of(key: str) -> Trace:
    """The names for a conversation, by its key `<run>-<number>`."""
    digest = sha256(key.encode()).digest()
    return Trace(digest[:16].hex(), int.from_bytes(digest[16:24], "big"))
