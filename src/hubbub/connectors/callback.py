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
    """What the platform posts to the agent: a body, header lines with their line ends, and the message's id in it."""

    body: bytes
    lines: bytes = b""
    id: str = ""


def zulu(wall_s: float) -> str:
    """A moment of the time of day as platforms write it, in UTC with a Z."""
    return datetime.fromtimestamp(wall_s, UTC).isoformat().replace("+00:00", "Z")


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
        ack = Ack(turn.watch)
        try:
            async with asyncio.timeout(platform.deadline_s or None):
                body = await connector.post(webhook, ack)
        except TimeoutError:
            detail = f"not answered within the {platform.deadline_s:g} s that {platform.name} waits"
            raise ExchangeFailed("deadline_missed", detail) from None
        finally:
            ack.settle()
        self._read(turn, platform.answered(self._contact, body))

    def _read(self, turn: Awaited, deliveries: tuple[Delivery, ...]) -> None:
        """Take in what the webhook's own answer said."""
        connector, own = self._connector, False
        for delivery in deliveries:
            if delivery.to and not set(delivery.to) & set(self._contact.names):
                connector.inbox.hand(delivery)
                continue
            self._mailbox.add(turn, delivery)
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
        self.habits = Habits(
            target.timeouts, clock, manner.quiet_s, presets, self.wire.hide, self._handed_over, self._overhear
        )
        self._workers = inbound.workers if isinstance(inbound, Seat) else 1
        self._telling: set[asyncio.Task[None]] = set()

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
