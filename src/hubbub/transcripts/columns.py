"""What the columns, or keys, of a log are called: the usual names, and those that the user gives."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from hubbub.errors import UsageError
from hubbub.registry import near

USUAL: Mapping[str, tuple[str, ...]] = {
    "conversation": (
        *("conversation", "conversation_id", "session", "session_id", "thread", "thread_id", "chat_id", "ticket"),
        *("ticket_id", "ticket_number", "case_id", "case_number", "call_id", "contact_id", "dialogue_id", "dialog_id"),
        *("interaction_id", "conv_id", "room_id", "chat", "case", "task_id", "task", "uuid", "id"),
    ),
    "time": (
        *("time", "timestamp", "ts", "created_at", "comment_created_at", "message_created_at", "datetime", "date_time"),
        *("sent_at", "message_time", "created", "created_on", "created_time", "date", "at"),
    ),
    "sender": (
        *("role", "sender_type", "sender_role", "author_type", "author_role", "user_type", "participant_type"),
        *("participant_role", "sender", "from", "author", "speaker", "participant", "participant_id", "direction"),
        *("sender_name", "author_name"),
    ),
    "text": (
        *("text", "content", "message", "body", "utterance", "comment", "message_text", "message_body", "comment_body"),
        *("comment_text", "plain_body", "body_text", "parts", "value"),
    ),
    "asked": ("user_message", "customer_message", "question", "query", "prompt", "input", "user", "customer"),
    "answered": ("bot_response", "agent_response", "answer", "response", "completion", "output", "assistant", "bot"),
    "tools": ("tool_calls", "tools", "tools_called", "function_call"),
    "trace": ("trace", "trace_id", "request_id", "message_id"),
    "messages": (
        *("messages", "traj", "trajectory", "turns", "history", "dialogue", "contents", "items", "transcript"),
        *("chat_messages", "conversation_parts", "transcript_object", "events"),
    ),
    "customer_texts": ("user_turns", "customer_texts"),
    "persona": ("persona",),
    "expected": ("expected_escalation", "should_escalate", "gold_escalate"),
    "escalated": ("escalated", "was_escalated"),
    "resolved": ("resolved", "success", "reward"),
    "queue": ("queue",),
    "trial": ("trial",),
    "who": (
        *("customer_id", "user_id", "end_user_id", "requester_id", "client_id", "visitor_id", "customer_name"),
        *("requester", "requester_name", "author_id", "author_name", "author", "sender_id", "sender_name"),
    ),
}
EVERYBODY_ELSE = "*"
_SIDES = {
    "customer": "user customer human client caller visitor guest end_user requester contact lead shopper in inbound",
    "agent": "assistant agent bot ai model chatbot answer_bot virtual_agent virtual_assistant gpt out outbound",
    "person": "human_agent live_agent operator representative supervisor staff admin teammate",
    "tool": "tool function environment",
    "nobody": "system developer",
}
_FIRST_TOLD = {"sender": ("sender", "role", "from")}  # in messages, instead of those that are looked for first
_KEPT = 10_000
_TOLD = 8  # columns of a row that a message lists
_MACHINES = frozenset(("bot", "ai", "chatbot", "answerbot", "virtualagent", "virtualassistant"))
_LISTS = (
    "simulations",
    "conversations",
    "trajectories",
    "threads",
    "runs",
    "results",
    "data",
)  # keys under which files keep many


class Columns:
    """Finds a value of a row by what it means."""

    def __init__(self, given: Iterable[str] = ()) -> None:
        """`given` are pairs such as `conversation=ticket`. Raises UsageError for one that is none."""
        self._names = dict(USUAL)
        self._keys: dict[tuple[str, ...], str | None] = {}  # by meaning and all names of a row: most rows are alike
        for pair in given:
            meaning, equals, name = pair.partition("=")
            if not equals or not name:
                raise UsageError(f"--column {pair!r}: write MEANING=NAME, such as conversation=ticket_id")
            if meaning not in USUAL:
                raise UsageError(f"--column {pair!r}: unknown meaning {meaning!r}{near(meaning, USUAL)}; "
                                 f"there are: {', '.join(USUAL)}")  # fmt: skip
            self._names[meaning] = (name,)

    def find(self, row: Mapping[str, Any], meaning: str) -> Any:
        """The value that means this, or None. The first name that is there counts, however it is spaced and marked."""
        there = (meaning, *row)
        if there not in self._keys:
            if len(self._keys) >= _KEPT:
                self._keys.clear()
            self._keys[there] = self._key(row, meaning)
        key = self._keys[there]
        return None if key is None else row[key]

    def _key(self, row: Mapping[str, Any], meaning: str) -> str | None:
        exact = next((name for name in self._names[meaning] if name in row), None)
        if exact is not None:
            return exact
        bare = {_bare(str(key)): key for key in row}
        return next((bare[_bare(name)] for name in self._names[meaning] if _bare(name) in bare), None)

    def has(self, row: Mapping[str, Any], meaning: str) -> bool:
        """Whether there is a column of this meaning, be there something in it or not."""
        there = {_bare(str(key)) for key in row}
        return any(name in row or _bare(name) in there for name in self._names[meaning])

    def missing(self, row: Mapping[str, Any], meaning: str) -> str:
        """What to tell of a row that has nothing of this meaning: that it is empty, or what there is instead."""
        if self.has(row, meaning):
            return f"no {meaning}: it is empty"
        there = ", ".join(list(map(str, row))[:_TOLD]) or "nothing"
        return (f"no {meaning}: there is no {self.wanted(meaning)}; there is {there} "
                f"(--column {meaning}=NAME says which)")  # fmt: skip

    def wanted(self, meaning: str) -> str:
        """What a column of this meaning may be called, for a message."""
        names = self._names[meaning]
        return " or ".join(_FIRST_TOLD.get(meaning, names)[:3] if names is USUAL[meaning] else names[:3])

    def lists(self, document: Mapping[str, Any]) -> list[Any] | None:
        """The conversations of a document that holds many."""
        return next((document[key] for key in _LISTS if isinstance(document.get(key), list)), None)


class Senders:
    """Who is who: the usual names for customers, agents and people who take over, and those that the user gives.

    The name `*` stands for everybody else, as in a log that calls its customers by their own names.
    """

    def __init__(self, customers: Iterable[str] = (), agents: Iterable[str] = (), people: Iterable[str] = ()) -> None:
        self._given = {
            **{_bare(name): "customer" for name in customers},
            **{_bare(name): "agent" for name in agents},
            **{_bare(name): "person" for name in people},
        }
        self._others = self._given.get(EVERYBODY_ELSE, "")
        self.told = bool(self._given)  # the user has said who is who
        self._usual = {_bare(name): side for side, names in _SIDES.items() for name in names.split()}

    def by_name(self, name: Any) -> bool:
        """Whether a sender goes by a name of its own, and is one of everybody else."""
        bare = _bare(str(name))
        return bare not in self._given and bare not in self._usual

    def side(self, name: Any) -> str:
        """customer, agent, person, tool or nobody; empty for a name that is not known."""
        if isinstance(name, Mapping):  # an author with a type of its own, as Intercom writes it
            name = name.get("type") or name.get("role") or name.get("name")
        bare = _bare(str(name))
        return self._given.get(bare) or self._usual.get(bare) or self._others

    def meet(self, names: Iterable[Any]) -> bool:
        """Learn who speaks in a log: an `agent` beside a bot, as helpdesks export them, is a person.

        Returns whether it is so. What the user has said of a name holds.
        """
        there = {_bare(str(name)) for name in names if isinstance(name, str)}
        if "agent" not in there or "agent" in self._given or _MACHINES.isdisjoint(there):
            return False
        self._usual["agent"] = "person"
        return True


@lru_cache(maxsize=4096)
def _bare(name: str) -> str:
    """A name without letter case, spaces and marks: `Ticket ID` is `ticket_id` and `ticketId`."""
    return re.sub(r"[\W_]+", "", name.lower()) or name.strip().lower()
