"""What the columns, or keys, of a log are called: the usual names, and those that the user gives."""

from collections.abc import Iterable, Mapping
from typing import Any

from hubbub.errors import UsageError
from hubbub.registry import near

USUAL: Mapping[str, tuple[str, ...]] = {
    "conversation": (
        *("conversation", "conversation_id", "conversationid", "session", "session_id", "thread_id", "chat_id"),
        *("dialogue_id", "dialog_id", "task_id", "task", "id"),
    ),
    "time": ("time", "timestamp", "ts", "created_at", "date", "at", "sent_at"),
    "sender": ("sender", "role", "from", "author", "speaker", "participant", "direction"),
    "text": ("text", "content", "message", "body", "utterance", "parts"),
    "tools": ("tool_calls", "tools", "function_call"),
    "trace": ("trace", "trace_id", "request_id", "message_id"),
    "messages": ("messages", "traj", "trajectory", "turns", "history", "dialogue", "contents", "items"),
    "customer_texts": ("user_turns", "customer_texts"),
    "persona": ("persona",),
    "expected": ("expected_escalation", "should_escalate", "gold_escalate"),
    "escalated": ("escalated", "was_escalated"),
    "resolved": ("resolved", "success", "reward"),
    "queue": ("queue",),
    "trial": ("trial",),
}
_SIDES = {
    "customer": "user customer human client caller visitor guest in inbound",
    "agent": "assistant agent bot ai model virtual_agent out outbound",
    "person": "human_agent live_agent operator representative supervisor staff",
    "tool": "tool function environment",
    "nobody": "system developer",
}
_LISTS = ("simulations", "conversations", "trajectories", "results", "data")  # keys under which files keep many


class Columns:
    """Finds a value of a row by what it means."""

    def __init__(self, given: Iterable[str] = ()) -> None:
        """`given` are pairs such as `conversation=ticket`. Raises UsageError for one that is none."""
        self._names = dict(USUAL)
        for pair in given:
            meaning, equals, name = pair.partition("=")
            if not equals or not name:
                raise UsageError(f"--column {pair!r}: write MEANING=NAME, such as conversation=ticket_id")
            if meaning not in USUAL:
                raise UsageError(f"--column {pair!r}: unknown meaning {meaning!r}{near(meaning, USUAL)}; "
                                 f"there are: {', '.join(USUAL)}")  # fmt: skip
            self._names[meaning] = (name,)

    def find(self, row: Mapping[str, Any], meaning: str) -> Any:
        """The value that means this, or None. The first name that is there counts; letter case does not."""
        for name in self._names[meaning]:
            if name in row:
                return row[name]
        lowered = {str(key).strip().lower(): value for key, value in row.items()}
        return next((lowered[name.lower()] for name in self._names[meaning] if name.lower() in lowered), None)

    def wanted(self, meaning: str) -> str:
        """What a column of this meaning may be called, for a message."""
        return " or ".join(self._names[meaning][:3])

    def lists(self, document: Mapping[str, Any]) -> list[Any] | None:
        """The conversations of a document that holds many."""
        return next((document[key] for key in _LISTS if isinstance(document.get(key), list)), None)


class Senders:
    """Who is who: the usual names for customers, agents and people who take over, and those that the user gives."""

    def __init__(self, customers: Iterable[str] = (), agents: Iterable[str] = (), people: Iterable[str] = ()) -> None:
        self._sides = {
            **{name: side for side, names in _SIDES.items() for name in names.split()},
            **{name.lower(): "customer" for name in customers},
            **{name.lower(): "agent" for name in agents},
            **{name.lower(): "person" for name in people},
        }

    def side(self, name: Any) -> str:
        """customer, agent, person, tool or nobody; empty for a name that is not known."""
        return self._sides.get(str(name).strip().lower(), "")
