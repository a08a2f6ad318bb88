"""Submit, and be called back: a turn goes out as signed webhooks, and its reply comes as calls of a platform's API."""

import asyncio
from collections.abc import Coroutine
from datetime import UTC, datetime
from typing import Any, Protocol

from msgspec import Struct

from hubbub.clock import Clock
from hubbub.connectors.identities import place_of
from hubbub.connectors.inbox import Counter, Inbox, Seat
from hubbub.connectors.mailbox import Awaited, Delivery, Habits, Mailbox
from hubbub.connectors.protocol import Caller, Session, Tell, Watch
from hubbub.connectors.rawbody import RawBody, Unwatched
from hubbub.connectors.redelivery import Redelivery
from hubbub.connectors.secrecy import Secrets
from hubbub.connectors.sending import at, toward
from hubbub.connectors.spoken import Presets, joined
from hubbub.connectors.wire import Head, Target, Wire
from hubbub.errors import ExchangeFailed
from hubbub.model import Attempt, Inbound, Reply, Unasked

_LENGTH = b"Content-Length: "
_DETAIL_CHARS = 300


class Contact(Struct, frozen=True):
    """A customer as a platform knows them. `names` are what the agent may call them by; `calls_back` is our place."""

    caller: Caller
    place: int  # among all conversations, for names that tell whose process they are of
    phone: str
    names: tuple[str, ...]
    calls_back: str


class Webhook(Struct, frozen=True):
    """What the platform posts to the agent: a body, header lines with their line ends, and the message's id in it.

    `path` is where on the agent's host it goes, with its query, when not to `agent.url`.
    """

    body: bytes
    lines: bytes = b""
    id: str = ""
    path: str = ""


class Handshake(Struct, frozen=True):
    """What a platform asks a webhook before it sends it anything: a GET with this query, and what it must answer."""

    query: str
    answer: bytes


def zulu(wall_s: float) -> str:
    """A moment of the time of day as platforms write it, in UTC with a Z."""
    return datetime.fromtimestamp(wall_s, UTC).isoformat().replace("+00:00", "Z")


class Platform(Counter, Protocol):
    """A messaging platform as Hubbub plays it. Pure but for the time of day."""

    name: str
    deadline_s: float  # how long it waits for a webhook's answer; 0: as long as the turn may take
    hands_over: bool  # it calls a human when a webhook is not answered well
    redelivery: Redelivery

    @property
    def handshake(self) -> Handshake | None:
        """What it asks the webhook before it sends it anything; None when it asks nothing."""

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


class Ack(Unwatched):
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


class CallbackSession:
    """One conversation: webhooks out, calls in."""

    def __init__(self, connector: "Callback", contact: Contact) -> None:
        self._connector = connector
        self._contact = contact
        self._mailbox = Mailbox(connector.habits, contact.caller)
        self._posted: dict[
            str, Webhook
        ] = {}  # by the delivery probe's names of messages, to be posted again as they were

    @property
    def number(self) -> int:
        """The conversation's number."""
        return self._mailbox.number

    @property
    def turn(self) -> int:
        """The last turn that was sent."""
        return self._mailbox.turn

    async def say(self, texts: tuple[str, ...], watch: Watch) -> Reply:
        """Send a turn and take in the whole reply; see Session."""
        self._connector.inbox.enter(self._contact.names, self)
        pieces = texts if self._connector.apart else (joined(texts),)

        async def send(turn: Awaited) -> None:
            for text in pieces:
                await self._post(text, turn)

        return await self._mailbox.await_reply(send, watch)

    async def _post(self, text: str, turn: Awaited) -> None:
        """Post a message as the platform does, and take its answer for what the platform takes it for."""
        connector, platform, mailbox = self._connector, self._connector.platform, self._mailbox
        name = getattr(turn.watch, "message_id", "")
        webhook = self._posted.get(name) or platform.webhook(self._contact, text, mailbox.turn)
        if name:
            self._posted[name] = webhook
        mailbox.sent(turn, webhook.id)
        try:
            body = await self._deliver(webhook, turn)
        except ExchangeFailed as failed:
            pause_s = connector.pause_s(failed, 1)
            if pause_s is None:
                raise
            connector.start(self._deliver_again(webhook, turn, failed, pause_s))
        else:
            self._read(turn, platform.answered(self._contact, body))

    async def _deliver(self, webhook: Webhook, turn: Awaited) -> bytes:
        """Post a webhook for a turn, once; the body of its answer. Raises ExchangeFailed."""
        platform, ack = self._connector.platform, Ack(turn.watch)
        try:
            async with asyncio.timeout(platform.deadline_s or None):
                return await self._connector.post(webhook, ack)
        except TimeoutError:
            detail = f"not answered within the {platform.deadline_s:g} s that {platform.name} waits"
            raise ExchangeFailed("deadline_missed", detail) from None
        finally:
            ack.settle()

    async def _deliver_again(self, webhook: Webhook, turn: Awaited, failed: ExchangeFailed, pause: float) -> None:
        """Deliver a message that was not taken until it is, or is given up. The turn waits for its reply meanwhile."""
        pause_s: float | None = pause
        times = 1
        while pause_s is not None:
            self._not_taken(turn, failed, times, pause_s)
            await asyncio.sleep(pause_s)
            times += 1
            try:
                deliveries = self._connector.platform.answered(self._contact, await self._deliver(webhook, turn))
            except ExchangeFailed as error:
                failed, pause_s = error, self._connector.pause_s(error, times)
                continue
            turn.undelivered = None
            self._read(turn, deliveries)
            return
        if not turn.future.done():
            turn.end(error=_times(failed, times))
        else:
            self._connector.tell(self._unheard(_times(failed, times), "and given up"))

    def _not_taken(self, turn: Awaited, failed: ExchangeFailed, times: int, pause_s: float) -> None:
        """Write down a delivery that failed and will be repeated: with the turn while it waits, else beside it."""
        if turn.future.done():
            self._connector.tell(self._unheard(failed, "and will be delivered again"))
            return
        turn.undelivered = _times(failed, times)
        now = self._connector.clock.now()
        Ack(turn.watch).attempt(Attempt(failed.failure, failed.status, round(now, 6), round(pause_s, 6)))

    def _unheard(self, failed: ExchangeFailed, then: str) -> Unasked:
        detail = f"a message of turn {self.turn} was not taken, {then}: {failed}"[:_DETAIL_CHARS]
        return Unasked(self._connector.clock.now(), "refused", self.number, self.turn, detail=detail)

    def _read(self, turn: Awaited, deliveries: tuple[Delivery, ...]) -> None:
        """Take in what the webhook's own answer said."""
        connector, own = self._connector, False
        for delivery in deliveries:
            if delivery.to and not set(delivery.to) & set(self._contact.names):
                connector.inbox.hand(delivery)
            elif turn.future.done():
                self.take(delivery)
            else:
                self._mailbox.add(turn, delivery)
                connector.tell_delivered(self._contact, delivery)
                own = True
        if own and connector.apart:
            self._mailbox.await_quiet(turn)
        elif own:
            turn.watch.over = None  # it was over with the answer, and nothing was waited for
            self._mailbox.end(turn, "the webhook's answer")

    def take(self, delivery: Delivery) -> None:
        """Take in a message."""
        if self._mailbox.take(delivery) and delivery.counts:
            self._connector.tell_delivered(self._contact, delivery)

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
        self.apart = manner.apart
        self.blind = (*presets.blind, "agent_error", "affinity_lost", "no_audit_id", "truncated")
        self.wire = Wire(target, clock)
        self.inbox = Inbox(inbound, platform, clock)
        self.habits = Habits(target.timeouts, clock, manner.quiet_s, presets, self._handed_over, self._overhear)
        self.redelivers = True
        self._workers = inbound.workers if isinstance(inbound, Seat) else 1
        self._telling: set[asyncio.Task[None]] = set()
        self._shaken = platform.handshake is None
        self._shaking = asyncio.Lock()

    @property
    def tell(self) -> Tell:
        """Told of what belongs to no open conversation."""
        return self.inbox.tell

    @tell.setter
    def tell(self, tell: Tell) -> None:
        self.inbox.tell = tell

    def _overhear(self, unasked: Unasked) -> None:
        self.tell(unasked)

    def _handed_over(self, failure: str) -> str:
        platform = self.platform
        return f"{platform.name} got no good answer ({failure})" if platform.hands_over else ""

    @property
    def place(self) -> str:
        """Where the agent calls back to."""
        return self.inbox.place

    @property
    def deadline_s(self) -> float:
        """How long the platform waits for a webhook's answer; 0 when it has no say in that."""
        return self.platform.deadline_s

    @property
    def secrets(self) -> Secrets:
        """What the agent may not be heard saying."""
        return self.wire.secrets

    def session(self, caller: Caller) -> Session:
        """A line for one conversation."""
        place = place_of(caller.number, self._workers)
        return CallbackSession(self, self.platform.contact(caller, place, self.inbox.place))

    def pause_s(self, failed: ExchangeFailed, again: int) -> float | None:
        """The pause before a message that was not taken is delivered for this time again; None: it is given up."""
        return self.platform.redelivery.pause_s(failed, again) if self.redelivers else None

    async def post(self, webhook: Webhook, watch: Watch) -> bytes:
        """Post a webhook; the body of its answer. Raises ExchangeFailed."""
        if not self._shaken:
            await self._shake_hands(watch)
        prefix = self.target.prefix.removesuffix(_LENGTH)
        if webhook.path:
            prefix = at(prefix, webhook.path)
        prefix += b"%bX-Hubbub-Callback: %b\r\n%b" % (webhook.lines, self.place.encode(), _LENGTH)
        _, answer = await self.wire.exchange(webhook.body, watch, _any, prefix)
        return answer.whole_body()

    async def _shake_hands(self, watch: Watch) -> None:
        """Ask the webhook what the platform asks it before it sends it anything; once, when it answers as it must."""
        async with self._shaking:
            handshake = self.platform.handshake
            if self._shaken or handshake is None:
                return
            head = toward(self.target.prefix, f"{self.target.url.raw_path}?{handshake.query}", "GET")
            about = f"{self.platform.name}'s verification of the webhook (GET with a challenge)"
            try:
                _, answer = await self.wire.exchange(b"", watch, _any, head)
            except ExchangeFailed as failed:
                raise ExchangeFailed(failed.failure, f"{about}: {failed.detail}", status=failed.status) from None
            said = answer.whole_body().strip()
            if said != handshake.answer:
                raise ExchangeFailed("malformed", f"{about}: answered {said[:80]!r}, not the challenge")
            self._shaken = True

    def tell_delivered(self, contact: Contact, delivery: Delivery) -> None:
        """Let the platform tell the agent that its message was delivered. Nobody waits for that."""
        webhooks = self.platform.receipts(contact, delivery)
        if webhooks:
            self.start(self._receipts(contact, webhooks))

    async def _receipts(self, contact: Contact, webhooks: tuple[Webhook, ...]) -> None:
        for webhook in webhooks:
            try:
                await self.post(webhook, Unwatched())
            except ExchangeFailed as failed:
                detail = f"a delivery receipt was not taken: {failed}"[:_DETAIL_CHARS]
                self.tell(Unasked(self.clock.now(), "refused", contact.caller.number, detail=detail))

    def start(self, telling: Coroutine[Any, Any, None]) -> None:
        """Do something that nobody waits for, until the connector is closed."""
        task = asyncio.get_running_loop().create_task(telling)
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    async def close(self) -> None:
        """Take no more calls, and release sockets."""
        for task in tuple(self._telling):
            task.cancel()
        await self.inbox.close()
        await self.wire.close()


def _times(failed: ExchangeFailed, times: int) -> ExchangeFailed:
    """A failure that says how many times it was tried."""
    said = f"{failed.detail} (delivered {times} times)" if times > 1 else failed.detail
    return ExchangeFailed(failed.failure, said, status=failed.status, retry_after_s=failed.retry_after_s)


def _any(_: Head) -> RawBody:
    return RawBody()
