"""What the agent remembers of a conversation, and what it decides at a turn: plain values."""

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

Kind = Literal[
    "greeted", "asked", "confirmed", "answered", "informed", "not_understood", "apologised", "escalated", "waiting",
    "farewell",
]  # fmt: skip


class Memory(Struct, frozen=True):
    """A conversation as the agent knows it. Never changed in place."""

    tone: int = 0  # the key of this session's chance, for the choice of phrases
    turns: int = 0
    intent: str = ""
    industry: str = ""  # that the conversation is in, as far as it shows
    rooms: tuple[str, ...] = ()  # the industries that the agent works for; empty for all
    slots: dict[str, str] = {}
    tries: dict[str, int] = {}  # how often each need was asked for
    waiting_for: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    confirming: bool = False
    answered: bool = False
    open: bool = False  # it asked what else there is, and has not heard
    offered_human: bool = False
    nodded: bool = False  # the last message was "ok" or the like, and nothing more
    misses: int = 0  # messages in a row that were not understood
    upset: int = 0
    escalated: bool = False
    ended: bool = False
    thanked: bool = False  # was thanked, and asked whether there is more
    last_reply: str = ""
    phrasing: str = "plain"  # the name of the set of phrases that it speaks in
    acted: tuple[str, ...] = ()  # intents that something was done for
    disclosed: bool = False  # the opening that must be said at first is behind it
    held_back: int = 0  # turns that a planted fault has kept an escalation back,
    owed: str = ""  # and the reason of that escalation
    language: str = ""  # that the customer writes; empty for English
    replies: tuple[str, ...] = ()  # the last three, kept for planted faults alone
    channel: str = ""  # where the customer wrote last
    lasting: tuple[str, ...] = ()  # planted faults that go on for the rest of the session


def begun(memory: Memory) -> Memory:
    """The memory of a session that begins: whoever works for one industry knows which it is."""
    return replace(memory, industry=memory.rooms[0] if len(memory.rooms) == 1 else "")


class Escalation(Struct, frozen=True):
    """The decision that a human takes over. `reason` is one of the triggers of DESIGN's section 6."""

    reason: str
    queue: str
    summary: str


class Action(Struct, frozen=True):
    """Something that the agent really did for the customer, and reports as a call of a tool."""

    name: str
    arguments: dict[str, str] = {}


class Decision(Struct, frozen=True):
    """What the agent does at a turn, and why."""

    reply: str
    memory: Memory
    kind: Kind
    why: str
    escalation: Escalation | None = None
    asked: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()
