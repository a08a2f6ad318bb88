"""A connector for protocols in which a turn may take several requests: a thread made first, a task looked at again."""

import asyncio
from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from typing import Protocol

from hubbub.connectors.gathering import DocumentBody, EventBody
from hubbub.connectors.protocol import Caller, Session, Watch
from hubbub.connectors.secrecy import Secrets
from hubbub.connectors.spoken import Dialogue, Outgoing, Spoken
from hubbub.connectors.wire import Head
from hubbub.errors import ExchangeFailed
from hubbub.model import Reply

Taken = tuple[Head, EventBody | DocumentBody]


class Stepped(Dialogue, Protocol):
    """A conversation that may need more than one request a turn."""

    async def prepare(self, watch: Watch) -> None:
        """Make what the first turn needs. Called before each turn until it has succeeded. Raises ExchangeFailed."""

    async def follow(self, taken: Taken, watch: Watch, began: float) -> Taken:
        """The answer, or what came of it when it was only a receipt. Raises ExchangeFailed."""


class ByStep:
    """A way to reach one agent: as `spoken` says, with the steps of its dialogues around each turn."""

    def __init__(self, spoken: Spoken, begin: Callable[[Caller], Stepped]) -> None:
        self.spoken = spoken
        self.blind = spoken.blind
        self.wire = spoken.wire
        self._begin = begin

    @property
    def secrets(self) -> Secrets:
        """What the agent may not be heard saying."""
        return self.wire.secrets

    def session(self, caller: Caller) -> Session:
        """A line for one conversation."""
        return _Session(self.spoken, self._begin(caller))

    async def close(self) -> None:
        """Release sockets."""
        await self.spoken.close()


class _Session:
    """One conversation. What it needs is made once, also when the customer sends twice at its very start."""

    __slots__ = ("_dialogue", "_making", "_ready", "_spoken")

    def __init__(self, spoken: Spoken, dialogue: Stepped) -> None:
        self._spoken = spoken
        self._dialogue = dialogue
        self._making = asyncio.Lock()
        self._ready = False

    async def say(self, texts: tuple[str, ...], watch: Watch) -> Reply:
        spoken, dialogue = self._spoken, self._dialogue
        began, limit_s = spoken.wire.now(), spoken.wire.target.timeouts.turn_s
        sent: Outgoing | None = None
        try:
            # once there is a thread, the clocks of the requests themselves are enough
            async with nullcontext() if self._ready else asyncio.timeout(limit_s):
                await self._prepared(watch)
                sent = dialogue.ask(texts)
                choose = partial(spoken.choose, sent.gathering)
                taken = await spoken.wire.exchange(sent.body, watch, choose, sent.prefix)
                head, reading = await dialogue.follow(taken, watch, began)
        except TimeoutError:
            said = sent.gathering.text if sent is not None else ""
            raise ExchangeFailed("total_timeout", f"not whole within {limit_s:g} s", partial=said) from None
        reply = spoken.reply(head, reading)
        dialogue.answered(sent, reply)
        return reply

    async def _prepared(self, watch: Watch) -> None:
        if self._ready:
            return
        async with self._making:
            if not self._ready:
                await self._dialogue.prepare(watch)
                self._ready = True

    async def close(self) -> None:
        """There is nothing to hang up."""
