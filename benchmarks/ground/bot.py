"""A bot on Sinch's Conversation API in a process of its own: it answers each webhook at once, then calls back.

Raw protocols on uvloop, so that it costs little beside what is measured. `silence` is not answered.
"""

import asyncio
import contextlib
import multiprocessing as mp
from base64 import b64encode
from collections import deque
from collections.abc import Iterator
from multiprocessing.connection import Connection
from typing import cast

import msgspec
import uvloop

_OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
_KEY = b64encode(b"any:key")
_LINES = 64


class _Identified(msgspec.Struct):
    contact_id: str
    contact_message: dict[str, dict[str, str]]


class _Event(msgspec.Struct):
    app_id: str
    message: _Identified | None = None


_event = msgspec.json.Decoder(_Event)


class _Calls(asyncio.Protocol):
    """One connection to the platform: a request at a time, the others wait."""

    def __init__(self) -> None:
        self.queue: deque[bytes] = deque()
        self._transport: asyncio.Transport | None = None
        self._busy = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's are none of asyncio's by class
        self.send()

    def data_received(self, data: bytes) -> None:
        self._busy = False
        self.send()

    def send(self) -> None:
        if self.queue and not self._busy and self._transport is not None:
            self._busy = True
            self._transport.write(self.queue.popleft())


class _Webhooks(asyncio.Protocol):
    """One connection of the platform's."""

    def __init__(self, lines: dict[str, list[_Calls]]) -> None:
        self._lines = lines
        self._data = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's are none of asyncio's by class

    def data_received(self, data: bytes) -> None:
        self._data += data
        head, _, body = self._data.partition(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0] or 0)
        if len(body) < length or not length:
            return
        self._data = b""
        assert self._transport is not None
        self._transport.write(_OK)
        place = head.lower().partition(b"x-hubbub-callback: http://")[2].partition(b"\r\n")[0].decode()
        message = _event.decode(body).message
        if message is not None and (text := message.contact_message["text_message"]["text"]) != "silence":
            self._reply(place, message.contact_id, text)

    def _reply(self, place: str, contact_id: str, text: str) -> None:
        body = msgspec.json.encode(
            {
                "app_id": "01HUBBUBAPP000000000000000",
                "recipient": {"contact_id": contact_id},
                "message": {"text_message": {"text": f"to {text}"}},
            }
        )
        request = (
            b"POST /v1/projects/hubbub-project/messages:send HTTP/1.1\r\nHost: %b\r\nAuthorization: Basic %b\r\n"
            b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (place.encode(), _KEY, len(body), body)
        )
        line = self._line(place, contact_id)
        line.queue.append(request)
        line.send()

    def _line(self, place: str, contact_id: str) -> _Calls:
        if place not in self._lines:
            self._lines[place] = [_Calls() for _ in range(_LINES)]
            host, _, port = place.partition(":")
            loop = asyncio.get_running_loop()
            for line in self._lines[place]:
                task = loop.create_task(loop.create_connection(lambda line=line: line, host, int(port)))  # type: ignore[misc]
                task.add_done_callback(lambda done: done.exception())
        return self._lines[place][hash(contact_id) % _LINES]


async def _serve(ready: Connection) -> None:
    lines: dict[str, list[_Calls]] = {}
    server = await asyncio.get_running_loop().create_server(lambda: _Webhooks(lines), "127.0.0.1", 0, backlog=4096)
    ready.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()


def _main(ready: Connection) -> None:
    uvloop.run(_serve(ready))


@contextlib.contextmanager
def serve_bot() -> Iterator[int]:
    """The bot, and the port that it listens on."""
    ours, theirs = mp.get_context("spawn").Pipe()
    process = mp.get_context("spawn").Process(target=_main, args=(theirs,), daemon=True)
    process.start()
    try:
        yield ours.recv()
    finally:
        process.terminate()
        process.join()
