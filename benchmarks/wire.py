"""What an exchange costs us in CPU, beside a bare aiohttp loop posting the same bodies: interleaved, medians, spread.

    python benchmarks/wire.py [--rounds 5] [--turns 2000]

The server is another process that answers any request with bytes made beforehand, so that it is never the bottleneck.
"""

import argparse
import asyncio
import multiprocessing
import statistics
import time
from collections.abc import Awaitable, Callable
from multiprocessing.connection import Connection
from typing import cast

import aiohttp
import msgspec
import uvloop

from hubbub.clock import REAL
from hubbub.connectors import http_json, openai_chat
from hubbub.connectors.protocol import Caller
from hubbub.model import AgentSpec

_SESSIONS = 32
_PACED_S = 0.01
_EVENT = (
    b'data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"m",'
    b'"choices":[{"index":0,"delta":{"content":"%s"},"finish_reason":null}]}\n\n'
)
_LAST = b'data: {"id":"c1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'
_STREAM = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
_JSON = msgspec.json.encode({"reply": "Your order is on its way and will be there on Tuesday.", "session": "s-1"})


def _chunk(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


_WHOLE = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (len(_JSON), _JSON)
_PACKET = _STREAM + _chunk(b"".join(_EVENT % b"word " for _ in range(63)) + _LAST) + b"0\r\n\r\n"
_PIECES = (*(_chunk(_EVENT % b"word ") for _ in range(15)), _chunk(_LAST) + b"0\r\n\r\n")


class _Server(asyncio.Protocol):
    """Answers by the path's first letter: j(son), p(acket), s(low pieces)."""

    def __init__(self) -> None:
        self._held = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._held += data
        head, blank, body = self._held.partition(b"\r\n\r\n")
        if not blank or len(body) < int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0]):
            return
        kind, self._held = self._held[6:7], b""
        if kind == b"s":
            self._transport.write(_STREAM)
            self._piece(0)
        else:
            self._transport.write(_WHOLE if kind == b"j" else _PACKET)

    def _piece(self, number: int) -> None:
        self._transport.write(_PIECES[number])
        if number + 1 < len(_PIECES):
            asyncio.get_running_loop().call_later(_PACED_S, self._piece, number + 1)


def _serve(told: Connection) -> None:
    async def main() -> None:
        server = await asyncio.get_running_loop().create_server(_Server, "127.0.0.1", 0, backlog=1024)
        told.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    uvloop.run(main())


class _Stamps:
    """A watch that notes the time of the first of each, as a conversation does."""

    def __init__(self) -> None:
        self.pool_wait_s = 0.0
        self.fresh_retries = 0
        self.over: float | None = None
        self.ended: float | None = None
        self.first = [0.0, 0.0, 0.0]
        self.gap = self.last = 0.0

    def byte(self) -> None:
        self.first[0] = self.first[0] or time.monotonic()

    def event(self) -> None:
        now = time.monotonic()
        self.gap = max(self.gap, now - (self.last or now))
        self.last = now
        self.first[1] = self.first[1] or now

    def text(self) -> None:
        self.first[2] = self.first[2] or time.monotonic()


async def _spread(turns: int, turn: Callable[[int], Awaitable[object]]) -> float:
    """CPU-seconds of this process for 1,000 turns, held by some sessions at once."""

    async def one(number: int) -> None:
        for _ in range(turns // _SESSIONS):
            await turn(number)

    await asyncio.gather(*(turn(n) for n in range(_SESSIONS)))  # connections are opened before the count
    start = time.process_time()
    await asyncio.gather(*(one(n) for n in range(_SESSIONS)))
    return (time.process_time() - start) * 1000 / (turns // _SESSIONS * _SESSIONS)


async def _ours(url: str, turns: int) -> float:
    name, connect = ("http-json", http_json.connect) if url.endswith("j") else ("openai-chat", openai_chat.connect)
    agent = AgentSpec(connector=name, url=url, options={} if url.endswith("j") else {"history": "server"})
    connector = await connect(agent, REAL)
    sessions = [connector.session(Caller(n, f"k{n}", "web-chat", "en-US")) for n in range(_SESSIONS)]
    try:
        return await _spread(turns, lambda n: sessions[n].say(("Where is my order A-12345?",), _Stamps()))
    finally:
        await connector.close()


def _text_of(stream: bytes) -> str:
    """The least that one writes to have the text of a stream that is there whole."""
    lines = [line[6:] for line in stream.split(b"\n\n") if line.startswith(b"data: {")]
    return "".join(msgspec.json.decode(line)["choices"][0]["delta"].get("content", "") for line in lines)


async def _bare(url: str, turns: int, look: Callable[[bytes], object] = len) -> float:
    """The least that one writes with aiohttp: the body posted, the answer read whole and hardly looked at."""
    body = msgspec.json.encode({"session": "k1", "message": "Where is my order A-12345?"})
    headers = {"Content-Type": "application/json"}
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar()) as session:

        async def turn(_: int) -> None:
            async with session.post(url, data=body, headers=headers) as response:
                look(await response.read())

        return await _spread(turns, turn)


def _show(name: str, figures: list[float], unit: str = "CPU-s per 1,000 turns") -> None:
    print(f"  {name:34} {statistics.median(figures):8.3f}  [{min(figures):.3f} .. {max(figures):.3f}]  {unit}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--turns", type=int, default=2000)
    words = parser.parse_args()
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs,), daemon=True)
    server.start()
    port = ours.recv()
    for kind, name, turns in (
        ("j", "JSON, whole", words.turns),
        ("p", "64 events in one packet", words.turns),
        ("s", "16 paced chunks", words.turns // 2),
    ):
        url = f"http://127.0.0.1:{port}/{kind}"
        pairs = [(uvloop.run(_ours(url, turns)), uvloop.run(_bare(url, turns))) for _ in range(words.rounds)]
        print(name)
        _show("ours", [pair[0] for pair in pairs])
        _show("bare aiohttp", [pair[1] for pair in pairs])
        _show("ours / bare", [pair[0] / pair[1] for pair in pairs], "times")
        if kind == "p":
            looking = [uvloop.run(_bare(url, turns, _text_of)) for _ in range(words.rounds)]
            _show("bare aiohttp, text taken out", looking)
            _show("ours / that", [pair[0] / other for pair, other in zip(pairs, looking, strict=True)], "times")
            _show("ours, events", [64_000 / pair[0] for pair in pairs], "events per CPU-second")
    server.terminate()
    server.join()


if __name__ == "__main__":
    main()
