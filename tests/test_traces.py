"""The agent is told which turn it answers, by a header that its own tracing understands."""

import re

from hubbub.clock import REAL
from hubbub.connectors import openai_chat
from hubbub.connectors.protocol import Caller
from hubbub.exchange import Stopwatch
from hubbub.model import AgentSpec
from hubbub.traces import trace_of
from tests.connectors.conftest import Servers

HEADER = re.compile(rb"\r\ntraceparent: (\S+)\r\n", re.IGNORECASE)
WHOLE = b'{"choices":[{"message":{"role":"assistant","content":"hi"},"finish_reason":"stop"}]}'


def test_every_turn_has_a_name_of_its_own_in_the_trace_of_its_conversation() -> None:
    names = {trace_of(f"run-{number}").parent(turn) for number in range(100) for turn in range(10)}
    assert len(names) == 1000
    assert all(re.fullmatch(r"00-[0-9a-f]{32}-[0-9a-f]{16}-01", name) for name in names)
    assert len({name.split("-")[1] for name in names}) == 100
    trace = trace_of("run-1")
    assert trace.parent(2) == f"00-{trace.id}-{trace.span(2)}-01"


async def sent(**settings: object) -> list[bytes]:
    """The traceparent headers that an agent gets for one turn."""
    servers = Servers()
    heads: list[bytes] = []

    async def answer(reader, writer, number) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(re.search(rb"Content-Length: (\d+)", head)[1])
        await reader.readexactly(length)
        heads.append(head)
        writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(WHOLE) + WHOLE
        )
        await writer.drain()

    port = await servers.serve(answer)
    spec = AgentSpec(connector="openai-chat", url=f"http://127.0.0.1:{port}/", **settings)
    connector = await openai_chat.connect(spec, REAL)
    try:
        watch = Stopwatch(REAL.now, trace_of("run-7").parent(3))
        reply = await connector.session(Caller(7, "run-7", "web-chat", "en-US")).say(("hello",), watch)
        assert reply.text == "hi"
    finally:
        await connector.close()
        await servers.close()
    return HEADER.findall(heads[0])


async def test_the_header_goes_out_with_the_turn() -> None:
    assert await sent() == [trace_of("run-7").parent(3).encode()]


async def test_it_is_left_out_when_not_wanted_and_never_sent_twice() -> None:
    assert await sent(traceparent=False) == []
    assert await sent(headers={"TraceParent": "00-mine"}) == [b"00-mine"]
