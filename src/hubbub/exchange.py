"""One message out and its reply in: the stopwatch on it, and the customer's impatience while it is missing."""

import asyncio
from collections.abc import Callable, Iterator

from msgspec import Struct

from hubbub.model import Attempt, Impulse, Leave, Reply, Say


class Message(Struct, frozen=True):
    """A message on its way: which turn it is, what it is for, its words, and when it was meant to be sent."""

    turn: int
    say: Say
    texts: tuple[str, ...]
    due: float
    frustration: float
    overlap: bool = False
    copy_of: int = 0  # the turn whose message this delivers again, or from whose burst it is
    channel: str = ""  # where, once the customer has changed channels


class Got(Struct, frozen=True):
    """What came back, and when it was over."""

    outcome: str
    over: float
    reply: Reply | None = None
    detail: str = ""
    retry_after_s: float | None = None


class Stopwatch:
    """Notes when each part of a reply came. Moments are on the clock; None is never."""

    __slots__ = (
        "_now",
        "attempts",
        "ended",
        "first_byte",
        "first_event",
        "first_text",
        "fresh_retries",
        "last",
        "max_gap",
        "message_id",
        "over",
        "pool_wait_s",
        "request",
        "sent",
        "traceparent",
    )

    def __init__(self, now: Callable[[], float], traceparent: str = "") -> None:
        self._now = now
        self.traceparent = traceparent  # names this turn to the agent's own traces
        self.sent = self.last = now()
        self.first_byte: float | None = None
        self.first_event: float | None = None
        self.first_text: float | None = None
        self.max_gap = 0.0
        self.over: float | None = None  # set by a connector that must wait on to know that a reply was over
        self.pool_wait_s = 0.0
        self.fresh_retries = 0
        self.ended: float | None = None  # set by a connector that knows to the moment when the exchange was over
        self.attempts: tuple[Attempt, ...] = ()
        self.message_id = ""  # sent along where the delivery probe is on
        self.request: tuple[bytes, bytes | None] | None = None  # what a connector sent, kept for a message with an id

    def start(self) -> None:
        """The message is sent now."""
        self.sent = self.last = self._now()

    def attempt(self, attempt: Attempt) -> None:
        """The agent was too busy, and will be asked again."""
        self.attempts = (*self.attempts, attempt)

    def byte(self) -> None:
        """The first byte of the answer is there."""
        if self.first_byte is None:
            self.first_byte = self._now()

    def event(self) -> None:
        """An event or chunk is there; the first one's time and the longest gap between them are kept."""
        now = self._now()
        if self.first_event is None:
            self.first_event = now
        elif now - self.last > self.max_gap:
            self.max_gap = now - self.last
        self.last = now

    def text(self) -> None:
        """Visible text is there."""
        if self.first_text is None:
            self.first_text = self._now()


class Impatience:
    """Walks through what a customer does while a reply is missing, a timer at a time, for the task that waits.

    Most replies come while everybody would still wait, so that what this one would have done is never asked for.
    """

    __slots__ = ("_aside", "_coming", "_impulses", "_loop", "_next", "_since", "_task", "_timer", "_walk_out", "_watch")

    def __init__(
        self,
        still_s: float,
        coming: Callable[[], Iterator[Impulse]],
        task: "asyncio.Task[None]",
        aside: Callable[[Impulse], None],
        walk_out: Callable[[Leave], None],
        watch: Stopwatch,
    ) -> None:
        self._coming = coming  # nothing of it within `still_s`, and to leave at last
        self._impulses: Iterator[Impulse] | None = None
        self._next: Impulse | None = None
        self._task, self._aside, self._walk_out = task, aside, walk_out
        self._watch = watch
        self._loop = task.get_loop()
        self._since = self._loop.time()
        self._timer = self._loop.call_later(still_s, self._act)

    def _act(self) -> None:
        if self._watch.over is not None:
            return  # a reply is there, and nobody but us waits on to see whether it goes on
        if self._impulses is None:
            self._impulses = self._coming()
        impulse = self._next
        if impulse is not None:
            if isinstance(impulse.move, Leave):
                self._walk_out(impulse.move)
                self._task.cancel()
                return
            self._aside(impulse)
        self._next = next(self._impulses)
        self._timer = self._loop.call_at(self._since + self._next.after_s, self._act)

    def cancel(self) -> None:
        """The reply is there, or no longer waited for."""
        self._timer.cancel()
