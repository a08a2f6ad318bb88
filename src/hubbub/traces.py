"""Names of traces: every conversation is one, every turn a span of it, known beforehand from the run and its number.

The agent is told with each turn (W3C Trace Context, https://www.w3.org/TR/trace-context/), so that its own spans join
those that are exported from the journal afterwards.
"""

from hashlib import sha256


def trace_id(key: str) -> str:
    """The trace of a conversation, by its key `<run>-<number>`: 32 hex digits."""
    return sha256(key.encode()).hexdigest()[:32]


def span_id(key: str, turn: int) -> str:
    """The span of a turn, 16 hex digits; turn 0 is the conversation as a whole."""
    return sha256(f"{key}/{turn}".encode()).hexdigest()[:16]


def traceparent(key: str, turn: int, trace: str = "") -> str:
    """The header that names a turn as the parent of what the agent does for it; marked as sampled.

    `trace` is the conversation's `trace_id`, where that was worked out before.
    """
    return f"00-{trace or trace_id(key)}-{span_id(key, turn)}-01"
