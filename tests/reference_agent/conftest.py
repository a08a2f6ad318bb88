"""Talking to the agent: in process with a caller and a watch, or served over real sockets."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import aiohttp
import pytest
from aiohttp.test_utils import TestServer
from aiohttp.typedefs import Middleware
from msgspec import Struct

from hubbub.clock import REAL, Clock, run_jumping
from hubbub.errors import ExchangeFailed
from hubbub.model import Reply
from hubbub.reference_agent.agent import Agent
from hubbub.reference_agent.brain import answer, begin
from hubbub.reference_agent.in_process import AgentInProcess, agent_in_process
from hubbub.reference_agent.memory import Decision
from hubbub.reference_agent.server import application
from hubbub.reference_agent.settings import AgentSettings
from hubbub.reference_agent.truth import TrueTurn

AGAIN = "the message before, delivered once more"


def talk(*lines: str, session: str = "s", rooms: tuple[str, ...] = ()) -> list[Decision]:
    """What the agent's policy decides on each of these messages of one session."""
    memory, decisions = begin(1, session, rooms=rooms), []
    for line in lines:
        decisions.append(answer(memory, line))
        memory = decisions[-1].memory
    return decisions


class Caller(Struct, frozen=True):
    number: int
    key: str
    channel: str = ""


class Watch:
    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.message_id = ""
        self.bytes_s: list[float] = []
        self.events_s: list[float] = []
        self.texts_s: list[float] = []

    def byte(self) -> None:
        self.bytes_s.append(self.clock.now())

    def event(self) -> None:
        self.events_s.append(self.clock.now())

    def text(self) -> None:
        self.texts_s.append(self.clock.now())


class Talked(Struct):
    """What came of lines said one after another: replies, or failure classes."""

    replies: list[Reply | str]
    truth: list[TrueTurn]
    watches: list[Watch]


@pytest.fixture
def hold() -> Callable[..., Talked]:
    """Say lines to an agent on the jumping clock: (session, text) pairs, perhaps with a channel, one after another."""

    def run(settings: AgentSettings, *lines: tuple[str, ...]) -> Talked:
        talked = Talked([], [], [])

        async def main(clock: Clock) -> None:
            agent = agent_in_process(settings, clock, talked.truth.append)
            for place, (session, text, *channel) in enumerate(lines):
                last = place - (text == AGAIN)
                await say(agent, session, lines[last][1], talked, *channel, name=f"m-{last}")

        run_jumping(main)
        return talked

    return run


async def say(
    agent: AgentInProcess, session: str, text: str, talked: Talked, channel: str = "sms", name: str = ""
) -> None:
    watch = Watch(agent.agent.clock)
    watch.message_id = name
    talked.watches.append(watch)
    try:
        talked.replies.append(await agent.session(Caller(1, session, channel)).say((text,), watch))
    except ExchangeFailed as failed:
        talked.replies.append(failed.failure)


Hold = Callable[..., Talked]
Say = Callable[[AgentInProcess, str, str, Talked], Awaitable[None]]


QUICK = {"service_s": 0.0, "tokens_per_s": 10_000.0}


class Served:
    def __init__(self, client: aiohttp.ClientSession, server: TestServer, truth: list[TrueTurn], agent: Agent) -> None:
        self.client, self.server, self.truth, self.agent = client, server, truth, agent

    async def chat(self, session: str, message: object) -> tuple[int, dict]:
        async with self.client.post(self.server.make_url("/chat"), json={"session": session, "message": message}) as r:
            return r.status, await r.json()

    async def complete(self, **body) -> tuple[int, bytes]:
        async with self.client.post(self.server.make_url("/v1/chat/completions"), json=body) as r:
            return r.status, await r.read()

    async def stream(self, text: str, **body) -> list[dict | str]:
        status, raw = await self.complete(messages=[{"role": "user", "content": text}], stream=True, **body)
        assert status == 200
        datas = [line[6:] for line in raw.decode().split("\n\n") if line]
        return [d if d == "[DONE]" else json.loads(d) for d in datas]


Serve = Callable[..., AbstractAsyncContextManager[Served]]


@pytest.fixture
def served() -> Serve:
    @asynccontextmanager
    async def start(*between: Middleware, **settings) -> AsyncIterator[Served]:
        truth: list[TrueTurn] = []
        agent = Agent(AgentSettings(**{**QUICK, **settings}), REAL, truth.append)
        app = application(agent)
        app.middlewares.extend(between)
        server = TestServer(app)
        await server.start_server()
        async with aiohttp.ClientSession() as client:
            yield Served(client, server, truth, agent)
        await server.close()

    return start
