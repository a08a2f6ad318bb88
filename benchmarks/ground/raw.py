"""A server of prebuilt bytes on bare uvloop: static JSON and three shapes of stream, with a log of the truth.

POST /json    a whole `openai-chat` reply            POST /plain   a whole `http-json` reply
POST /packet  a stream of 16 events in one packet    POST /burst   a stream of 64 events in one packet
POST /paced   a stream whose first text comes after 200 ms, then 15 events at 10 ms each
POST /held    a whole reply, after a minute
GET  /truth   [arrived, first text sent, last byte sent] of each paced reply, on this machine's steady clock
"""

import asyncio
import json
import signal
import time
from collections.abc import Callable
from itertools import count
from typing import cast

import uvloop

from benchmarks.ground.bodies import chat, events, plain

FIRST_TEXT_S = 0.2
GAP_S = 0.01
HELD_S = 60.0
PACED_EVENTS = 16
BURST_EVENTS = 64
_STREAM = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
_END = b"0\r\n\r\n"
_LENGTH = b"content-length:"
_now = time.monotonic
_number = count()


def _whole(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)


def _chunk(body: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(body), body)


def _paced(reference: str) -> tuple[bytes, ...]:
    first, *middle, last = (_chunk(event) for event in events(reference, PACED_EVENTS))
    return (_STREAM + first, *middle, last + _END)


def _at_once(reference: str, count: int) -> bytes:
    return _STREAM + _chunk(b"".join(events(reference, count))) + _END


_REFERENCES = tuple(f"{n * 0x9E3779B97F4A7C15:032x}" for n in range(1, 513))
_PACED = tuple(_paced(r) for r in _REFERENCES)
_FIXED = {
    b"/json": tuple(_whole(chat(r)) for r in _REFERENCES),
    b"/plain": tuple(_whole(plain(r)) for r in _REFERENCES),
    b"/packet": tuple(_at_once(r, PACED_EVENTS) for r in _REFERENCES),
    b"/burst": tuple(_at_once(r, BURST_EVENTS) for r in _REFERENCES),
}
_NOT_FOUND = (b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",)


class Connection(asyncio.Protocol):
    """One keep-alive connection; requests come one after the other, as all our clients send them."""

    __slots__ = ("_loop", "_received", "_transport", "_truth")

    def __init__(self, loop: asyncio.AbstractEventLoop, truth: list[tuple[float, float, float]]) -> None:
        self._loop = loop
        self._truth = truth
        self._received = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is one in all but name

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None

    def data_received(self, data: bytes) -> None:
        self._received = data = self._received + data
        while (head := data.find(b"\r\n\r\n")) >= 0:
            end = head + 4 + _body_length(data[:head])
            if len(data) < end:
                break
            path = data[data.index(b" ") + 1 : head].split(b" ", 1)[0]
            self._received = data = data[end:]
            self._answer(path)

    def _answer(self, path: bytes) -> None:
        if path == b"/paced":
            arrived = _now()
            pieces = _PACED[next(_number) % len(_PACED)]
            self._loop.call_later(FIRST_TEXT_S, self._pace, pieces, arrived, arrived + FIRST_TEXT_S, 0, 0.0)
        elif path == b"/truth":
            self._write(_whole(json.dumps(self._truth).encode()))
        elif path == b"/held":
            self._loop.call_later(HELD_S, self._write, _FIXED[b"/json"][0])
        else:
            replies = _FIXED.get(path, _NOT_FOUND)
            self._write(replies[next(_number) % len(replies)])

    def _pace(self, pieces: tuple[bytes, ...], arrived: float, due: float, sent: int, first: float) -> None:
        """Send one event, and the next when it is due: from the first, not from when this one was sent."""
        self._write(pieces[sent])
        now = _now()
        first = first or now
        if sent + 1 == PACED_EVENTS:
            self._truth.append((arrived, first, now))
        else:
            self._loop.call_later(
                max(0.0, due + GAP_S - now), self._pace, pieces, arrived, due + GAP_S, sent + 1, first
            )

    def _write(self, data: bytes) -> None:
        if self._transport is not None:
            self._transport.write(data)


def _body_length(head: bytes) -> int:
    lower = head.lower()
    at = lower.find(_LENGTH)
    if at < 0:
        return 0
    return int(lower[at + len(_LENGTH) :].split(b"\r\n", 1)[0])


async def serve(ready: Callable[[int], None], port: int = 0) -> None:
    """Serve on loopback until SIGTERM or SIGINT; `ready` is told the port."""
    loop = asyncio.get_running_loop()
    truth: list[tuple[float, float, float]] = []
    server = await loop.create_server(lambda: Connection(loop, truth), "127.0.0.1", port, backlog=4096)
    ready(server.sockets[0].getsockname()[1])
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    await ended.wait()
    server.close()


if __name__ == "__main__":
    uvloop.run(serve(lambda port: print(port, flush=True)))
