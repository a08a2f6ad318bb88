"""A reply as it is about to be given: what a planted fault sees, and may change."""

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Literal

from msgspec import Struct

from hubbub.chance import Stream
from hubbub.reference_agent.memory import Decision, Memory

BreakKind = Literal["status", "truncated", "reset", "stalled", "closed", "silent", "garbled", "too_large"]


class Break(Struct, frozen=True):
    """How a reply breaks off, after so many of its pieces."""

    kind: BreakKind
    after: int = 0
    status: int = 500


class Draft(Struct, frozen=True):
    """A reply on its way out. `transfers` says whether the hand-over is really carried out, not only spoken of."""

    decision: Decision
    service_s: float
    transfers: bool
    breaks: Break | None = None
    freeze_s: float = 0.0  # the whole agent stands still for so long, from now on
    gap_s: float | None = None  # seconds between words, where they do not come at the agent's own rate
    opens: bool = False  # the opening that must be said at first is due with this reply
    traced: bool = True  # the reply carries an id by which it can be audited
    note: str = ""  # what the fault did, for the truth log


class Scene(Struct, frozen=True):
    """Where a fault finds itself. `before` is the memory that the decision was made from."""

    before: Memory
    text: str
    session: str
    load: int  # turns worked on or waiting
    open: int  # open sessions
    queue: int  # turns waiting
    t: float  # seconds since the agent's first turn
    chance: Stream
    others: Callable[[], Iterable[tuple[str, Memory]]]  # other open sessions, the latest first
    again: bool = False  # this message was delivered, and answered, before
    returns: bool = False  # the customer comes back on another channel, or in a new thread

    @property
    def turn(self) -> int:
        """The number of this turn in its session, from 1."""
        return self.before.turns + 1


def pieces(text: str) -> tuple[str, ...]:
    """A reply cut into words, as a model would stream them; joined they are the reply."""
    words = text.split(" ")
    return tuple(word if i == 0 else " " + word for i, word in enumerate(words)) if text else ()


def in_pieces(text: str, count: int) -> tuple[str, ...]:
    """A reply cut into exactly `count` pieces, none of them empty while there are characters enough."""
    size, extra = divmod(len(text), count)
    cut = [i * size + min(i, extra) for i in range(count + 1)]
    return tuple(text[a:b] for a, b in pairwise(cut))
