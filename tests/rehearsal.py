"""A rehearsal on the jumping clock, with an agent that is a plain function; what many tests share."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from msgspec import Struct

from hubbub.clock import Clock
from hubbub.connectors.protocol import Caller, Watch
from hubbub.engine import Share
from hubbub.model import (
    AgentSpec,
    Arrivals,
    Closed,
    Conversation,
    CustomersSpec,
    Dropped,
    Finding,
    Goal,
    Persona,
    Record,
    Reply,
    Started,
    Turn,
    Workload,
)


class WaitedOut(Struct, frozen=True):
    """A reply that was over when it came, and known to be so only after so many seconds more."""

    reply: Reply
    for_s: float


Answer = Callable[[Clock, Caller, tuple[str, ...]], Awaitable[Reply | WaitedOut]]


class Rehearsed(Struct, frozen=True):
    """The records of a rehearsal, and its file."""

    records: tuple[Record, ...]
    closed: Closed
    path: Path

    def of(self, kind: type) -> list:
        return [record for record in self.records if isinstance(record, kind)]

    @property
    def started(self) -> list[Started]:
        return self.of(Started)

    @property
    def turns(self) -> list[Turn]:
        return self.of(Turn)

    @property
    def ended(self) -> list[Conversation]:
        return self.of(Conversation)

    @property
    def dropped(self) -> list[Dropped]:
        return self.of(Dropped)

    @property
    def findings(self) -> list[Finding]:
        return self.of(Finding)


ALONE = Share()


class FunctionConnector:
    """An agent that is a function, reached without a wire. Its times are the clock's, as for any other."""

    def __init__(self, clock: Clock, answer: Answer, blind: tuple[str, ...] = ()) -> None:
        self._clock = clock
        self._answer = answer
        self.blind = blind

    def session(self, caller: Caller) -> "FunctionSession":
        return FunctionSession(self._clock, self._answer, caller)

    async def close(self) -> None:
        pass


class FunctionSession:
    """A line to it."""

    def __init__(self, clock: Clock, answer: Answer, caller: Caller) -> None:
        self._clock, self._answer, self._caller = clock, answer, caller

    async def say(self, texts: tuple[str, ...], watch: Watch) -> Reply:
        reply = await self._answer(self._clock, self._caller, texts)
        watch.byte()
        watch.event()
        watch.text()
        if isinstance(reply, WaitedOut):
            watch.over = self._clock.now()
            await asyncio.sleep(reply.for_s)
            return reply.reply
        return reply

    async def close(self) -> None:
        pass


def a_workload(**changed: object) -> Workload:
    """A small workload; any field can be given."""
    fields: dict = {
        "workload": "test",
        "agent": AgentSpec(connector="openai-chat", url="http://127.0.0.1:1"),
        "customers": CustomersSpec(from_="nowhere"),
        "arrivals": Arrivals(process="constant", rate_per_s=2.0),
        "duration_s": 10.0,
        "drain_s": 3600.0,
    }
    return Workload(**(fields | changed))


def a_persona(**changed: object) -> Persona:
    """A persona of the smallest kind; any field can be given."""
    fields: dict = {"persona": "asker", "goal": Goal(intent="track_order")}
    return Persona(**(fields | changed))
