"""Replies that come as messages of their own: each goes to the turn that waits for it, and none is lost.

Proof of completion: such protocols have none. A reply is over after `quiet_s` without a further message, with which the
agent is not charged; or when whoever sent the turn knows that it is.

Most agents do not say which message they answer. Then a message goes to the oldest turn that has none yet. A word that
the customer put in between (a nudge) is not waited for any more once the customer has gone on: some agents answer each
message, others several with one, and whoever still waited would take the replies of the turns that follow.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

from msgspec import Struct

from hubbub.clock import Clock
from hubbub.connectors.deadlines import Deadlines
from hubbub.connectors.gathering import Gathering
from hubbub.connectors.protocol import Caller, Tell, Watch
from hubbub.connectors.spoken import Presets
from hubbub.errors import ExchangeFailed
from hubbub.model import Reply, Timeouts, Unasked, UnaskedKind

_TEXT_CHARS = 2_000
_DETAIL_CHARS = 300
_SAID_BEFORE = 20  # texts of a conversation that a further one is held against
_SENT_BEFORE = 50  # its messages that a reply may still name


class Delivery(Struct, frozen=True):
    """A message of the agent's, or a change that concerns a conversation.

    `to` are names of the recipient, any of which may be known. `counts` is False for what is no part of a reply, such
    as a sign that somebody types. `answers` names the message that it is a reply to, where the agent says that.
    """

    to: tuple[str, ...] = ()
    text: str = ""
    document: Any = None  # where escalation presets look
    id: str = ""
    counts: bool = True
    ended: bool = False
    answers: str = ""


class Habits(Struct, frozen=True):
    """What the mailboxes of a connector share."""

    timeouts: Timeouts
    clock: Clock
    quiet_s: float
    presets: Presets
    handed_over: Callable[
        [str], str
    ]  # why the platform calls a human after a failure of this class; empty: it does not
    tell: Callable[[Unasked], object]  # told of what nobody waits for, where the conversation itself does not listen


class Awaited:
    """A turn that waits for its reply."""

    __slots__ = (
        "_gathering", "deadlines", "documents", "future", "ids", "over", "passed", "quiet", "size", "undelivered",
        "watch", "word",
    )  # fmt: skip

    def __init__(self, watch: Watch, deadlines: Deadlines, word: bool) -> None:
        self.watch = watch
        self.word = word  # put in between while another turn waited
        self.passed = False  # and the customer has gone on since
        self.deadlines = deadlines
        self.documents: list[Any] = []
        self._gathering = Gathering()
        self._gathering.last = self.documents
        self.future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.ids: set[str] = set()
        self.quiet: asyncio.TimerHandle | None = None
        self.over: float | None = None
        self.undelivered: ExchangeFailed | None = None  # why its message has not been taken, while that holds
        self.size = 0

    @property
    def text(self) -> str:
        """What was said so far, each message on lines of its own."""
        return "\n".join(self._gathering.texts)

    def add(self, delivery: Delivery, now: float) -> None:
        """A message is there."""
        self.watch.byte()
        self.watch.event()
        self.documents.append(delivery.document)
        self._gathering.ended |= delivery.ended
        if delivery.text:
            self.size += len(delivery.text)
            self._gathering.texts.append(delivery.text)
            self.watch.text()
        if delivery.counts:
            self.deadlines.spoken = True
            self.over = self.watch.over = now

    def end(self, proof: str = "", error: ExchangeFailed | None = None) -> None:
        """The reply is over, has failed, or is no longer waited for."""
        if self.quiet is not None:
            self.quiet.cancel()
        if self.future.done():
            return
        if error is not None:
            self.future.set_exception(error)
            return
        self._gathering.proof = proof
        self.future.set_result(None)

    def reply(self, presets: Presets) -> Reply:
        """The whole reply, in our words."""
        gathering = self._gathering
        return Reply(
            text=self.text,
            status=200,
            completed_by=gathering.proof,
            size=self.size,
            signals=presets.apply(gathering, gathering.proof),
            ended=gathering.ended,
        )


class Mailbox:
    """One conversation's: turns out, messages in."""

    def __init__(self, habits: Habits, caller: Caller) -> None:
        self._habits = habits
        self._caller = caller
        self._waiting: deque[Awaited] = deque()
        self._said: deque[str] = deque(maxlen=_SAID_BEFORE)
        self._sent: deque[str] = deque(maxlen=_SENT_BEFORE)
        self.number = caller.number
        self.turn = 0

    @property
    def waits(self) -> bool:
        """Whether a turn waits for its reply."""
        return bool(self._waiting)

    async def await_reply(self, send: Callable[[Awaited], Awaitable[None]], watch: Watch) -> Reply:
        """Send a turn, and take in its whole reply. Raises ExchangeFailed, and only that."""
        habits = self._habits
        deadlines = Deadlines(habits.timeouts, habits.clock.now, asyncio.get_running_loop())
        deadlines.connected = True  # what is sent has a clock of its own for that
        turn = Awaited(watch, deadlines, any(not one.word for one in self._waiting))
        self._go_on(turn)
        self.turn += 1
        self._waiting.append(turn)
        try:
            await send(turn)
            await turn.future
        except asyncio.CancelledError:
            missed = deadlines.why_cancelled()
            if not missed:
                raise
            why = turn.undelivered if turn.over is None else None
            raise self._failed(why or ExchangeFailed(missed, deadlines.explain()), turn) from None
        except ExchangeFailed as error:
            raise self._failed(error, turn) from None
        finally:
            deadlines.stop()
            turn.end()
            if turn in self._waiting:
                self._waiting.remove(turn)
        return turn.reply(habits.presets)

    def _go_on(self, turn: Awaited) -> None:
        """The customer goes on with another turn: words put in before it are not waited for any more."""
        for earlier in self._waiting if not turn.word else ():
            earlier.passed = True
            earlier.deadlines.stop()

    def sent(self, turn: Awaited, id: str) -> None:
        """A message of the turn bears this id, by which the agent may name it."""
        turn.ids.add(id)
        self._sent.append(id)

    def take(self, delivery: Delivery) -> bool:
        """Take in a message, for the turn that it names or else the oldest without one. False when for none."""
        turn = self._turn_of(delivery)
        if turn is None:
            if delivery.counts:
                self._unasked(delivery)
            return False
        self.add(turn, delivery)
        if delivery.counts and not turn.future.done():
            self.await_quiet(turn)
        return True

    def add(self, turn: Awaited, delivery: Delivery) -> None:
        """Take in a message for a turn, and wait for nothing more on its account."""
        turn.add(delivery, self._habits.clock.now())
        if delivery.text:
            self._said.append(delivery.text)

    def await_quiet(self, turn: Awaited) -> None:
        """The reply is over when nothing more comes for a while."""
        quiet_s = self._habits.quiet_s
        if turn.quiet is not None:
            turn.quiet.cancel()
        if not quiet_s:
            self.end(turn, "message")
            return
        turn.quiet = asyncio.get_running_loop().call_later(quiet_s, self.end, turn, f"quiet for {quiet_s:g} s")

    def end(self, turn: Awaited, proof: str) -> None:
        """The reply is over, by this proof."""
        if turn in self._waiting:
            self._waiting.remove(turn)
        turn.end(proof)

    def fail(self, error: ExchangeFailed) -> None:
        """No turn that waits will have a reply."""
        while self._waiting:
            self._waiting.popleft().end(error=error)

    def _turn_of(self, delivery: Delivery) -> Awaited | None:
        if not self._waiting:
            return None
        if delivery.answers in self._sent:
            return next((turn for turn in self._waiting if delivery.answers in turn.ids), None)
        live = [turn for turn in self._waiting if not turn.passed]
        unanswered = next((turn for turn in live if turn.over is None), None)
        return unanswered or (live[-1] if live else self._waiting[0])

    def _unasked(self, delivery: Delivery) -> None:
        """Nobody waits for it. It is written down, and what it says of a hand-over still counts."""
        habits = self._habits
        kind: UnaskedKind = "duplicate" if delivery.text and delivery.text in self._said else "late"
        gathering = Gathering()
        gathering.last = [delivery.document]
        signals = habits.presets.apply(gathering, "")
        overhear: Tell = self._caller.overhear or habits.tell
        text = delivery.text[:_TEXT_CHARS]
        overhear(Unasked(habits.clock.now(), kind, self.number, self.turn, text=text, signals=signals))
        self._said.append(delivery.text)

    def _failed(self, error: ExchangeFailed, turn: Awaited) -> ExchangeFailed:
        habits = self._habits
        return ExchangeFailed(
            error.failure,
            " ".join(error.detail.split())[:_DETAIL_CHARS],
            status=error.status,
            retry_after_s=error.retry_after_s,
            partial=turn.text,
            handed_over=habits.handed_over(error.failure),
        )
