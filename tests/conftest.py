"""What many tests share: a rehearsal on the jumping clock, with an agent that is a plain function."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from hubbub.customers.wording import word
from msgspec import Struct

from hubbub.clock import Clock, run_jumping
from hubbub.connectors.protocol import Caller, Watch
from hubbub.engine import Engine, Share
from hubbub.journal import Journal, read
from hubbub.model import (
    AgentSpec,
    Arrivals,
    Closed,
    Conversation,
    CustomersSpec,
    Dropped,
    Finding,
    Goal,
    Header,
    Persona,
    Record,
    Reply,
    Started,
    Turn,
    Workload,
)

Answer = Callable[[Clock, Caller, tuple[str, ...]], Awaitable[Reply]]


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


@pytest.fixture
def rehearse(tmp_path: Path) -> Callable[..., Rehearsed]:
    """Hold a workload on the jumping clock: `rehearse(answer, workload, personas, share, during)`."""
    runs = iter(range(1000))

    def hold_all(
        answer: Answer,
        workload: Workload | None = None,
        personas: tuple[Persona, ...] | None = None,
        share: Share = ALONE,
        during: Callable[[Engine, Clock], Awaitable[None]] | None = None,
        blind: tuple[str, ...] = (),
    ) -> Rehearsed:
        path = tmp_path / f"journal.{next(runs)}.jsonl"
        wanted = workload or a_workload()

        async def main(clock: Clock) -> Closed:
            journal = Journal.open(path, clock, threaded=False)
            journal.append(Header(1, share.worker, share.workers, wanted.seed, wanted.workload, wanted.warm_up_s, 1.0))
            people = tuple((persona, 1.0) for persona in personas or (a_persona(),))
            connector = FunctionConnector(clock, answer, blind)
            engine = Engine(wanted, people, connector, journal, clock, word, run_id="r", start=1.0, share=share)
            meddling = asyncio.ensure_future(during(engine, clock)) if during else None
            closed = await engine.run()
            if meddling is not None:
                await meddling
            await journal.close(closed)
            return closed

        closed = run_jumping(main)
        return Rehearsed(tuple(read(path)), closed, path)

    return hold_all
