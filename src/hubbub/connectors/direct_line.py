"""Direct Line 3.0: a conversation is started, activities are posted, and the bot's are asked for by watermark.

learn.microsoft.com: Direct Line API 3.0 (start a conversation, send an activity, receive activities by HTTP GET). A
reply is over after `quiet_s` without a further message; what comes between two looks is seen at the second.
"""

import asyncio
from typing import Any
from urllib.parse import quote

from msgspec.json import encode

from hubbub.clock import Clock
from hubbub.connectors.activities import CHANNEL, activity_of, ended, words
from hubbub.connectors.callback import Ack
from hubbub.connectors.gathering import maps, word
from hubbub.connectors.inbox import document_of
from hubbub.connectors.mailbox import Awaited, Delivery, Habits, Mailbox
from hubbub.connectors.options import Options
from hubbub.connectors.protocol import Caller, Connector, Session, Tell, Watch
from hubbub.connectors.rawbody import RawBody, Unwatched
from hubbub.connectors.secrecy import Secrets
from hubbub.connectors.spoken import Presets, joined, read_presets
from hubbub.connectors.target import read_target
from hubbub.connectors.wire import Target, Wire
from hubbub.errors import ExchangeFailed
from hubbub.model import AgentSpec, Reply

_LOOKS_EVERY_S = 1.0
_QUIET_S = 2.0


class DirectLine:
    """A way to reach one bot over Direct Line."""

    def __init__(self, target: Target, clock: Clock, presets: Presets, quiet_s: float, every_s: float) -> None:
        self.every_s = every_s
        self.wire = Wire(target, clock)
        self.habits = Habits(target.timeouts, clock, quiet_s, presets, lambda _: "", lambda one: self.tell(one))
        self.blind = (*presets.blind, "agent_error", "affinity_lost", "no_audit_id", "truncated")
        self.tell: Tell = lambda _: None
        self.place = ""
        _, _, self._headers = target.prefix.partition(b"\r\n")
        self._base = target.url.raw_path.rstrip("/")

    @property
    def secrets(self) -> Secrets:
        """What the agent may not be heard saying."""
        return self.wire.secrets

    def session(self, caller: Caller) -> Session:
        """A line for one conversation."""
        return _Session(self, caller)

    async def ask(self, method: str, path: str, body: bytes, watch: Watch) -> dict[str, Any]:
        """A request below the base address; the JSON of its answer. Raises ExchangeFailed."""
        prefix = f"{method} {self._base}{path} HTTP/1.1\r\n".encode() + self._headers
        _, answer = await self.wire.exchange(body, watch, lambda _: RawBody(), prefix)
        document = document_of(answer.whole_body())
        if not isinstance(document, dict):
            raise ExchangeFailed("malformed", f"not an answer of Direct Line; it begins: {answer.whole_body()[:80]!r}")
        return document

    async def close(self) -> None:
        """Release sockets."""
        await self.wire.close()


class _Session:
    """One conversation, which is started with its first turn. While a turn waits, it is looked for activities."""

    def __init__(self, connector: DirectLine, caller: Caller) -> None:
        self._connector = connector
        self._caller = caller
        self._mailbox = Mailbox(connector.habits, caller)
        self._starting = asyncio.Lock()
        self._path = ""
        self._watermark = ""
        self._looking: asyncio.Task[None] | None = None

    async def say(self, texts: tuple[str, ...], watch: Watch) -> Reply:
        """Send a turn and take in the whole reply; see Session."""

        async def send(turn: Awaited) -> None:
            ack = Ack(watch)
            try:
                await self._start(ack)
                body = encode(activity_of(self._caller, joined(texts), CHANNEL))
                told = await self._connector.ask("POST", f"{self._path}/activities", body, ack)
            finally:
                ack.settle()
            self._mailbox.sent(turn, word(told, "id"))
            if self._looking is None or self._looking.done():
                self._looking = asyncio.get_running_loop().create_task(self._look())

        return await self._mailbox.await_reply(send, watch)

    async def _start(self, ack: Ack) -> None:
        async with self._starting:
            if self._path:
                return
            name = word(await self._connector.ask("POST", "/conversations", b"{}", ack), "conversationId")
            if not name:
                raise ExchangeFailed("malformed", "Direct Line started a conversation without a conversationId")
            self._path = f"/conversations/{quote(name, safe='')}"

    async def _look(self) -> None:
        """Look for activities, again and again, as long as a turn waits."""
        try:
            while self._mailbox.waits:
                mark = f"?watermark={quote(self._watermark, safe='')}" if self._watermark else ""
                told = await self._connector.ask("GET", f"{self._path}/activities{mark}", b"", Unwatched())
                self._watermark = word(told, "watermark") or self._watermark
                for activity in maps(told.get("activities")):
                    self._take(activity)
                await asyncio.sleep(self._connector.every_s)
        except ExchangeFailed as failed:
            self._mailbox.fail(failed)

    def _take(self, activity: dict[str, Any]) -> None:
        """An activity of the bot's; our own come back to us, too."""
        if word(activity, "from", "id") == self._caller.key:
            return
        text = "\n".join(words(activity))
        over = ended(activity)
        counts = bool(text) or over or activity.get("type") in ("event", "handoff")
        self._mailbox.take(
            Delivery(text=text, document=activity, counts=counts, ended=over, answers=word(activity, "replyToId"))
        )

    async def close(self) -> None:
        """Stop looking."""
        if self._looking is not None:
            self._looking.cancel()


async def connect(agent: AgentSpec, clock: Clock, options: Options, problems: list[str]) -> Connector:
    """A connector to a bot behind Direct Line. Raises UsageError with every mistake; sends nothing."""
    every_s, quiet_s = options.take("poll_s", float, _LOOKS_EVERY_S), options.take("quiet_s", float, _QUIET_S)
    if not 0 < every_s <= quiet_s:
        options.problem("poll_s", "must be above 0 and at most `quiet_s`, or a second message would not be seen")
    connections = options.take("connections", int, 0)
    target = read_target(agent, problems, accept="application/json", connections=connections)
    presets = read_presets(agent, "bot-framework", options, problems)
    options.finish(tuple(problems))
    return DirectLine(target, clock, presets, quiet_s, every_s)
