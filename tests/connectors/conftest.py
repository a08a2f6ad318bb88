"""Little servers on 127.0.0.1 that do one thing each, and a watch that keeps what it was told."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import uvloop
from connectors.bots import Bot

from hubbub.clock import REAL
from hubbub.connectors.dialing import dial, inside
from hubbub.connectors.protocol import Caller, Connector
from hubbub.model import AgentSpec, Auth, Timeouts

CALLER = Caller(7, "run-7", "web-chat", "en-US")
Script = Callable[[asyncio.StreamReader, asyncio.StreamWriter, int], Awaitable[None]]


class Seen:
    """What a connector told its watch, in order."""

    def __init__(self):
        self.pool_wait_s = 0.0
        self.fresh_retries = 0
        self.over = None
        self.told = []

    def byte(self):
        self.told.append("byte")

    def event(self):
        self.told.append("event")

    def text(self):
        self.told.append("text")


class Servers:
    """Serves scripts, one call per connection with its number; keeps the requests it read."""

    def __init__(self):
        self.requests = []
        self._servers = []
        self._tasks = set()

    async def serve(self, script: Script, **settings) -> int:
        connections = iter(range(1_000_000))

        async def hold(reader, writer):
            task = asyncio.current_task()
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
            try:
                await script(reader, writer, next(connections))
            except (ConnectionError, asyncio.IncompleteReadError):
                pass
            finally:
                writer.close()

        server = await asyncio.start_server(hold, "127.0.0.1", 0, **settings)
        self._servers.append(server)
        return server.sockets[0].getsockname()[1]

    async def read(self, reader) -> bytes:
        """One request; its body."""
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0])
        body = await reader.readexactly(length)
        self.requests.append((head, body))
        return body

    async def answering(self, *answers: bytes) -> int:
        """Answers each request with the next of these bytes, the last one ever after, and closes after the first."""

        async def script(reader, writer, number):
            await self.read(reader)
            writer.write(answers[min(number, len(answers) - 1)])
            await writer.drain()

        return await self.serve(script)

    async def close(self):
        for server in self._servers:
            server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


def pytest_asyncio_loop_factories(config, item):
    """Sockets are tried on both loops: they do not fail alike."""
    if "connectors" not in item.path.parts:
        return None
    return {"asyncio": asyncio.new_event_loop, "uvloop": uvloop.new_event_loop}


@pytest.fixture
async def servers() -> AsyncIterator[Servers]:
    servers = Servers()
    yield servers
    await servers.close()


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
def caller() -> Caller:
    return CALLER


@pytest.fixture
def reply_of():
    """The whole HTTP answer with this body."""

    def reply(body: bytes, status: str = "200 OK", kind: str = "application/json", *headers: str) -> bytes:
        lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *headers]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + body

    return reply


@pytest.fixture
async def connecting():
    """Connects to a port of ours, by either connector, and hangs up after the test."""
    connectors: list[Connector] = []

    async def connect(port: int, name: str = "http-json", scheme: str = "http", **spec) -> Connector:
        spec["timeouts"] = Timeouts(**spec.get("timeouts", {}))
        spec["auth"] = Auth(**spec["auth"]) if "auth" in spec else None
        agent = AgentSpec(connector=name, url=f"{scheme}://127.0.0.1:{port}/chat", **spec)
        connectors.append(await dial(agent, REAL))
        return connectors[-1]

    yield connect
    for connector in connectors:
        await connector.close()


@pytest.fixture
async def bot() -> AsyncIterator[Bot]:
    bot = Bot()
    yield bot
    await bot.close()


@pytest.fixture
async def playing(monkeypatch):
    """Plays a platform to a bot; what belongs to no open conversation is kept in `unasked`."""
    monkeypatch.setenv("HOOK_SECRET", "hook-s3cret")
    held: list[Connector] = []

    async def play(port: int, name: str, **spec) -> Connector:
        spec["timeouts"] = Timeouts(**spec.get("timeouts", {}))
        plain = spec.pop("plain", False)  # neither signed, nor called back
        secret = {"secret_env": "HOOK_SECRET"} if spec.pop("signed", not plain) else None
        auth = Auth(**spec.pop("auth", secret)) if secret else None
        spec["options"] = ({} if plain else {"quiet_s": 0.05}) | spec.get("options", {})
        agent = AgentSpec(connector=name, url=f"http://127.0.0.1:{port}/hook", auth=auth, **spec)
        connector = inside(await dial(agent, REAL))
        connector.unasked = []
        connector.tell = connector.unasked.append
        held.append(connector)
        return connector

    yield play
    for connector in held:
        await connector.close()
