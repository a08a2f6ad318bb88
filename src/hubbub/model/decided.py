"""What a customer decided to do next. Decisions are plain values; only a conversation acts on them."""

from typing import Literal

from msgspec import Struct

from hubbub.model.wanted import Channel

Act = Literal[
    "open",
    "inform",
    "ask",
    "choose",
    "confirm",
    "deny",
    "rephrase",
    "correct",
    "change_mind",
    "claim",
    "complain",
    "ask_human",
    "accept_human",
    "decline_human",
    "nudge",
    "inject",
    "thank",
    "bye",
    "smalltalk",
]
LeaveEnding = Literal["resolved", "escalated", "abandoned"]


class Say(Struct, frozen=True, tag="say"):
    """Send a message. What it is for is decided here; a voice puts it into words, as one text or a burst of several."""

    act: Act
    told: tuple[str, ...] = ()  # names under `knows` whose values the words must carry
    about: str = ""  # the slot, fact or intent it is about; behind a "#" what is typed of a menu


class Wait(Struct, frozen=True, tag="wait"):
    """Say nothing yet: the agent asked for a moment, and may speak again unasked. Or stay away for a while.

    With a channel, the customer then goes on over a new line on that channel.
    """

    for_s: float
    channel: Channel | None = None


class Leave(Struct, frozen=True, tag="leave"):
    """Stop here. A customer who leaves silently just stops; the agent is not told."""

    ending: LeaveEnding
    reason: str
    parting: Say | None = None  # last words, sent before leaving; None when silent


Move = Say | Wait | Leave


class Impulse(Struct, frozen=True):
    """What a customer will do if the reply is still missing `after_s` seconds after sending."""

    after_s: float
    move: Say | Leave
