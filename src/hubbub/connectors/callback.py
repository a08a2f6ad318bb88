"""Submit, and be called back: a turn goes out as signed webhooks, and its reply comes as calls of a platform's API.

Proof of completion: such protocols have none. A reply is over after `quiet_s` without a further message, with which the
agent is not charged; or with the webhook's own answer, where that carries the reply.
"""

import asyncio
from collections import deque
from collections.abc import Coroutine
from typing import Any, Protocol

from msgspec import Struct

from hubbub.clock import Clock
from hubbub.connectors.deadlines import Deadlines
from hubbub.connectors.gathering import Gathering
from hubbub.connectors.identities import place_of
from hubbub.connectors.inbox import Counter, Delivery, Inbox, Seat
from hubbub.connectors.protocol import Caller, Session, Tell, Watch
from hubbub.connectors.rawbody import RawBody, Unwatched
from hubbub.connectors.spoken import Presets, joined
from hubbub.connectors.wire import Head, Target, Wire
from hubbub.errors import ExchangeFailed
from hubbub.model import Attempt, Inbound, Reply, Unasked, UnaskedKind

_LENGTH = b"Content-Length: "
_TEXT_CHARS = 2_000
_DETAIL_CHARS = 300
_SAID_BEFORE = 20  # texts of a conversation that a further one is held against
_SENT_BEFORE = 50  # its messages that a reply may still name


class Contact(Struct, frozen=True):
    """A customer as a platform knows them. `names` are what the agent may call them by; `calls_back` is our place."""

    caller: Caller
    place: int  # among all conversations, for names that tell whose process they are of
    phone: str
    names: tuple[str, ...]
    calls_back: str


class Webhook(Struct, frozen=True):
    """What the platform posts to the agent: a body, header lines with their line ends, and the message's id in it."""

    body: bytes
    lines: bytes = b""
    id: str = ""


class Platform(Counter, Protocol):
    """A messaging platform as Hubbub plays it. Pure but for the time of day."""

    name: str
    deadline_s: float  # how long it waits for a webhook's answer; 0: as long as the turn may take
    hands_over: bool  # it calls a human when a webhook is not answered well

    def contact(self, caller: Caller, place: int, calls_back: str) -> Contact:
        """The customer of a conversation."""

    def webhook(self, contact: Contact, text: str, turn: int) -> Webhook:
        """A message of the customer's."""

    def answered(self, contact: Contact, body: bytes) -> tuple[Delivery, ...]:
        """The messages that a webhook's own answer carries; none when it only says that it came. Raises ExchangeFailed.

        One without a recipient is for the customer who wrote.
        """

    def receipts(self, contact: Contact, delivery: Delivery) -> tuple[Webhook, ...]:
        """What it tells the agent of a message that was delivered."""


class _Ack(Unwatched):
    """The watch on a webhook's answer: it counts what our own sockets did, for the turn that it is of."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self.traceparent = getattr(watch, "traceparent", "")

    def attempt(self, attempt: Attempt) -> None:
        """The agent was too busy, and will be asked again."""
        note = getattr(self._watch, "attempt", None)
        if note is not None:
            note(attempt)

    def settle(self) -> None:
        """Charge the turn's own watch."""
        self._watch.pool_wait_s += self.pool_wait_s
        self._watch.fresh_retries += self.fresh_retries


class _Turn:
    """A turn that waits for its reply."""

    __slots__ = ("deadlines", "documents", "future", "gathering", "ids", "over", "quiet", "size", "watch")

    def __init__(self, watch: Watch, deadlines: Deadlines) -> None:
        self.watch = watch
        self.deadlines = deadlines
        self.gathering = Gathering()
        self.documents: list[Any] = []
        self.gathering.last = self.documents
        self.future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.ids: set[str] = set()
        self.quiet: asyncio.TimerHandle | None = None
        self.over: float | None = None
        self.size = 0

    def end(self, proof: str = "") -> None:
        """The reply is over, or no longer waited for."""
        if self.quiet is not None:
            self.quiet.cancel()
        if not self.future.done():
            self.gathering.proof = proof
            self.future.set_result(None)


class CallbackSession:
    """One conversation: turns out, messages in."""

    def __init__(self, connector: "Callback", contact: Contact) -> None:
        self._connector = connector
        self._contact = contact
        self._waiting: deque[_Turn] = deque()
        self._said: deque[str] = deque(maxlen=_SAID_BEFORE)
        self._sent: deque[str] = deque(maxlen=_SENT_BEFORE)
        self.number = contact.caller.number
        self.turn = 0

    async def say(self, texts: tuple[str, ...], watch: Watch) -> Reply:
        """Send a turn and take in the whole reply; see Session."""
        connector = self._connector
        deadlines = Deadlines(connector.target.timeouts, connector.clock.now, asyncio.get_running_loop())
        deadlines.connected = True  # the webhook has a clock of its own for that
        turn = _Turn(watch, deadlines)
        self.turn += 1
        connector.inbox.enter(self._contact.names, self)
        self._waiting.append(turn)
        try:
            for text in texts if connector.apart else (joined(texts),):
                await self._post(text, turn)
            await turn.future
        except asyncio.CancelledError:
            missed = deadlines.why_cancelled()
            if not missed:
                raise
            raise self._failed(ExchangeFailed(missed, deadlines.explain()), turn) from None
        except ExchangeFailed as error:
            raise self._failed(error, turn) from None
        finally:
            deadlines.stop()
            turn.end()
            if turn in self._waiting:
                self._waiting.remove(turn)
        watch.over = turn.over
        return self._reply(turn)

    async def _post(self, text: str, turn: _Turn) -> None:
        """Post a message as the platform does, and take its answer for what the platform takes it for."""
        connector, platform = self._connector, self._connector.platform
        webhook = platform.webhook(self._contact, text, self.turn)
        turn.ids.add(webhook.id)
        self._sent.append(webhook.id)
        ack = _Ack(turn.watch)
        try:
            async with asyncio.timeout(platform.deadline_s or None):
                body = await connector.post(webhook, ack)
        except TimeoutError:
            detail = f"not answered within the {platform.deadline_s:g} s that {platform.name} waits"
            raise ExchangeFailed("deadline_missed", detail) from None
        finally:
            ack.settle()
        for delivery in platform.answered(self._contact, body):
            if delivery.to and not set(delivery.to) & set(self._contact.names):
                connector.inbox.hand(delivery)
                continue
            self._add(turn, delivery)
            turn.over = None
            if not connector.apart:
                self._end(turn, "the webhook's answer")
        if turn.gathering.texts and connector.apart:
            self._await_quiet(turn)

    def take(self, delivery: Delivery) -> None:
        """Take in a message: for the turn that it names, else for the one that has waited longest."""
        turn = self._turn_of(delivery)
        if turn is None:
            if delivery.counts:
                self._unasked(delivery)
            return
        self._add(turn, delivery)
        if delivery.counts and not turn.future.done():
            self._await_quiet(turn)

    def _await_quiet(self, turn: _Turn) -> None:
        quiet_s = self._connector.quiet_s
        if turn.quiet is not None:
            turn.quiet.cancel()
        if not quiet_s:
            self._end(turn, "message")
            return
        turn.quiet = asyncio.get_running_loop().call_later(quiet_s, self._end, turn, f"quiet for {quiet_s:g} s")

    def _turn_of(self, delivery: Delivery) -> _Turn | None:
        if not self._waiting:
            return None
        if delivery.answers in self._sent:
            return next((turn for turn in self._waiting if delivery.answers in turn.ids), None)
        return self._waiting[0]

    def _add(self, turn: _Turn, delivery: Delivery) -> None:
        turn.watch.byte()
        turn.watch.event()
        turn.documents.append(delivery.document)
        turn.gathering.ended |= delivery.ended
        if delivery.text:
            turn.size += len(delivery.text)
            turn.gathering.texts.append(delivery.text)
            self._said.append(delivery.text)
            turn.watch.text()
        if delivery.counts:
            turn.deadlines.spoken = True
            turn.over = self._connector.clock.now()
            self._connector.tell_delivered(self._contact, delivery)

    def _end(self, turn: _Turn, proof: str) -> None:
        if turn in self._waiting:
            self._waiting.remove(turn)
        turn.end(proof)

    def _unasked(self, delivery: Delivery) -> None:
        """Nobody waits for it. It is written down, and what it says of a hand-over still counts."""
        kind: UnaskedKind = "duplicate" if delivery.text and delivery.text in self._said else "late"
        gathering = Gathering()
        gathering.last = [delivery.document]
        signals = self._connector.presets.apply(gathering, "")
        overhear = self._contact.caller.overhear or self._connector.tell
        now = self._connector.clock.now()
        text = delivery.text[:_TEXT_CHARS]
        overhear(Unasked(now, kind, self.number, self.turn, text=text, signals=signals))
        self._said.append(delivery.text)

    def _reply(self, turn: _Turn) -> Reply:
        gathering = turn.gathering
        return Reply(
            text="\n".join(gathering.texts),
            status=200,
            completed_by=gathering.proof,
            size=turn.size,
            signals=self._connector.presets.apply(gathering, gathering.proof),
            ended=gathering.ended,
        )

    def _failed(self, error: ExchangeFailed, turn: _Turn) -> ExchangeFailed:
        connector = self._connector
        detail = connector.wire.hide(" ".join(error.detail.split()))[:_DETAIL_CHARS]
        over = f"{connector.platform.name} got no good answer ({error.failure})"
        return ExchangeFailed(
            error.failure, detail, status=error.status, retry_after_s=error.retry_after_s,
            partial="\n".join(turn.gathering.texts), handed_over=over if connector.platform.hands_over else "",
        )  # fmt: skip

    async def close(self) -> None:
        """The conversation is over: what still comes for it is late."""
        self._connector.inbox.leave(self._contact.names, self)


class Manner(Struct, frozen=True):
    """How turns are sent and replies ended."""

    quiet_s: float
    apart: bool  # a burst goes out as a message each


class Callback:
    """A way to reach one agent that answers by calling back."""

    def __init__(
        self, target: Target, clock: Clock, platform: Platform, presets: Presets, manner: Manner, inbound: Inbound
    ) -> None:
        self.target = target
        self.clock = clock
        self.platform = platform
        self.presets = presets
        self.quiet_s, self.apart = manner.quiet_s, manner.apart
        self.blind = (*presets.blind, "agent_error", "affinity_lost", "no_audit_id", "truncated")
        self.wire = Wire(target, clock)
        self.inbox = Inbox(inbound, platform, clock)
        self._workers = inbound.workers if isinstance(inbound, Seat) else 1
        self._telling: set[asyncio.Task[None]] = set()

    @property
    def tell(self) -> Tell:
        """Told of what belongs to no open conversation."""
        return self.inbox.tell

    @tell.setter
    def tell(self, tell: Tell) -> None:
        self.inbox.tell = tell

    @property
    def place(self) -> str:
        """Where the agent calls back to."""
        return self.inbox.place

    @property
    def deadline_s(self) -> float:
        """How long the platform waits for a webhook's answer; 0 when it has no say in that."""
        return self.platform.deadline_s

    def session(self, caller: Caller) -> Session:
        """A line for one conversation."""
        place = place_of(caller.number, self._workers)
        return CallbackSession(self, self.platform.contact(caller, place, self.inbox.place))

    async def post(self, webhook: Webhook, watch: Watch) -> bytes:
        """Post a webhook; the body of its answer. Raises ExchangeFailed."""
        prefix = self.target.prefix.removesuffix(_LENGTH)
        prefix += b"%bX-Hubbub-Callback: %b\r\n%b" % (webhook.lines, self.place.encode(), _LENGTH)
        _, answer = await self.wire.exchange(webhook.body, watch, _any, prefix)
        return answer.whole_body()

    def tell_delivered(self, contact: Contact, delivery: Delivery) -> None:
        """Let the platform tell the agent that its message was delivered. Nobody waits for that."""
        for webhook in self.platform.receipts(contact, delivery):
            self._start(self._receipt(contact, webhook))

    async def _receipt(self, contact: Contact, webhook: Webhook) -> None:
        try:
            await self.post(webhook, Unwatched())
        except ExchangeFailed as failed:
            detail = f"a delivery receipt was not taken: {failed}"[:_DETAIL_CHARS]
            self.tell(Unasked(self.clock.now(), "refused", contact.caller.number, detail=detail))

    def _start(self, telling: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(telling)
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    async def close(self) -> None:
        """Take no more calls, and release sockets."""
        for task in tuple(self._telling):
            task.cancel()
        await self.inbox.close()
        await self.wire.close()


def _any(_: Head) -> RawBody:
    return RawBody()
