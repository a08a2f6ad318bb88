"""The seam between a conversation and the wire: three small shapes that every connector keeps."""

from collections.abc import Awaitable, Callable
from typing import Protocol, runtime_checkable

from msgspec import Struct

from hubbub.clock import Clock
from hubbub.model import AgentSpec, Reply, Unasked

Tell = Callable[[Unasked], object]


class Caller(Struct, frozen=True):
    """Who is speaking. `key` is unique to the conversation within and across runs, and safe in headers and URLs.

    A customer who comes back on another channel has another `visit` there, and the same key: whoever is told only one
    name is told the customer's, or nobody could know it again.

    `overhear` is told of what the agent sends for this conversation while no turn waits; its moment is on the clock.
    """

    number: int
    key: str
    channel: str
    locale: str
    overhear: Tell | None = None
    visit: int = 1

    def session_key(self, *, names_customer: bool = True) -> str:
        """The name of this visit's session: one of its own where the customer is named beside it."""
        return self.key if self.visit == 1 or not names_customer else f"{self.key}-{self.visit}"


class Watch(Protocol):
    """Told by the connector what has come, at the moment it came; it takes the time itself."""

    pool_wait_s: float  # set by the connector: seconds spent waiting for a connection of our own
    fresh_retries: int  # set by the connector: sends repeated on a fresh socket after a connection-reuse race
    over: float | None  # set by a connector that had to wait on to know that a reply was over: when it was

    ended: float | None  # set by a connector that notes it as the last byte comes: when the exchange was over

    def byte(self) -> None:
        """The first byte of the answer (its status line) is there."""

    def event(self) -> None:
        """A protocol event or body chunk is there. Called for each; the first and the longest gap are kept."""

    def text(self) -> None:
        """Visible text is there. Called for each piece, or at least for the first."""


class Sent(Protocol):
    """The watch on a message that was sent with an id."""

    message_id: str
    request: tuple[bytes, bytes | None] | None  # its body, and the head where that is not the usual one


@runtime_checkable
class Redelivers(Protocol):
    """A session that can deliver a message once more, just as it was: what the delivery probe needs."""

    async def again(self, first: Sent, watch: Watch) -> Reply:
        """Send what `first` watches over once more, with its id. Nothing is remembered of it. Raises as `say` does."""


class Session(Protocol):
    """One customer's line to the agent, for the length of a conversation."""

    async def say(self, texts: tuple[str, ...], watch: Watch) -> Reply:
        """Send a turn and take in the whole reply.

        Raises ExchangeFailed, and only that, with one of the infra classes; cancelling it drops the exchange cleanly.
        May be called again while an earlier call still waits: customers send twice.
        """

    async def close(self) -> None:
        """Hang up. Raises nothing."""


class Connector(Protocol):
    """A way to reach one agent, shared by all conversations of a process."""

    blind: tuple[str, ...]  # failure classes that this protocol and preset cannot show

    def session(self, caller: Caller) -> Session:
        """A line for one conversation. Cheap: nothing is sent."""

    async def close(self) -> None:
        """Release sockets. Raises nothing."""


@runtime_checkable
class CalledBack(Protocol):
    """A connector that the agent calls back."""

    tell: Tell  # told of what belongs to no open conversation; to be set before the first session
    place: str  # where the agent calls back to
    redelivers: bool  # a message that was not taken is delivered again, where the platform does that


Connect = Callable[[AgentSpec, Clock], Awaitable[Connector]]
