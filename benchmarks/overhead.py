"""What a connector costs beyond its kernel: the same streams read by both, in turns, CPU time of this process.

    .venv/bin/python -m benchmarks.overhead [--rounds 7] [--turns 400] [NAME...]

The kernel is one exchange over the wire, its events taken apart and decoded, and nothing made of them. The connector
adds its protocol: the request, the text put together, tools, proof, signals, the reply. Each event comes in a packet of
its own, as from an agent that writes as it thinks; and, beside that, all of them in one. The server is another process
that sends bytes made beforehand, so that it is never the bottleneck. `--alone` leaves the sockets out: the same bytes
are fed to both in one piece, in turns, and the least of many rounds counts.
"""

import asyncio
import multiprocessing
import statistics
import time
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from typing import Any, cast

import click
import msgspec
import uvloop

from benchmarks.fuzzing import goldens
from benchmarks.wire import _SESSIONS, _chunk, _show, _spread, _Stamps
from hubbub.clock import REAL
from hubbub.connectors.gathering import EventBody, Gathering
from hubbub.connectors.head import head_of
from hubbub.connectors.protocol import Caller, Connect, Watch
from hubbub.connectors.rawbody import Unwatched
from hubbub.connectors.spoken import Spoken
from hubbub.connectors.target import read_target
from hubbub.connectors.wire import Wire
from hubbub.model import AgentSpec
from hubbub.registry import load

_PIECES = 60  # of text in a reply, as a model of today writes them
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
_WORDS = [f"word{number} " for number in range(_PIECES)]


def _rpc(*results: Any) -> bytes:
    return goldens.sse(*(("", {"jsonrpc": "2.0", "id": None, "result": result}) for result in results))


def _chat(delta: dict[str, Any], finish: str | None = None) -> tuple[str, Any]:
    choices = [{"index": 0, "delta": delta, "finish_reason": finish}]
    return "", {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": choices}


def _message(kind: str, **said: Any) -> tuple[str, Any]:
    return kind, {"type": kind, **said}


_STREAMS: Mapping[str, bytes] = {
    "openai-chat": goldens.sse(*(_chat({"content": word}) for word in _WORDS), _chat({}, "stop")),
    "openai-responses": goldens.sse(
        *(_message("response.output_text.delta", item_id="i", output_index=0, delta=word) for word in _WORDS),
        _message("response.completed", response={"id": "r", "status": "completed", "output": []}),
    ),
    "anthropic-messages": goldens.sse(
        *(_message("content_block_delta", index=0, delta={"type": "text_delta", "text": word}) for word in _WORDS),
        _message("message_stop"),
    ),
    "a2a": _rpc(
        *(goldens.artifact(word, append=number > 0) for number, word in enumerate(_WORDS)),
        goldens.status("TASK_STATE_COMPLETED"),
    ),
    "langgraph": goldens.sse(*(goldens.chunk(word) for word in _WORDS), goldens.update(speak={})),
    "adk": goldens.sse(*(goldens.turn(word, partial=True) for word in _WORDS), goldens.turn("".join(_WORDS))),
    "ag-ui": goldens.sse(
        *(("", {"type": "TEXT_MESSAGE_CONTENT", "messageId": "m", "delta": word}) for word in _WORDS),
        ("", {"type": "RUN_FINISHED", "threadId": "t", "runId": "r"}),
    ),
}
_NAMES = tuple(_STREAMS)
_PACED_S = 0.004
_ALONE_ROUNDS, _ALONE_TURNS = 100, 50
_NO_DIALOGUE = ("openai-chat", "anthropic-messages")  # has a session of its own; keeps a history, so that turns grow


def _packets(stream: bytes) -> tuple[bytes, ...]:
    *events, last = (_chunk(event + b"\n\n") for event in stream.split(b"\n\n")[:-1])
    return (*events, last + b"0\r\n\r\n")


_PACKETS = tuple(_packets(stream) for stream in _STREAMS.values())
_OPTIONS: Mapping[str, dict[str, Any]] = {
    "adk": {"app": "a"}, "ag-ui": {"history": "server"}, "openai-chat": {"history": "server"},
    "openai-responses": {"history": "server"},
}  # fmt: skip


class _Server(asyncio.Protocol):
    """Answers /NUMBER... with the stream of that number, and what makes threads and sessions with what was sent."""

    def __init__(self) -> None:
        self._held = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._held += data
        head, blank, body = self._held.partition(b"\r\n\r\n")
        if not blank or len(body) < int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0]):
            return
        path, self._held = head.split(b" ")[1], b""
        self._at = 0
        if path.endswith(b"/threads") or b"/sessions/" in path:
            length = len(body)
            self._transport.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (length, body)
            )
        elif path[2:3] == b"p":
            self._transport.write(_HEAD)
            self._piece(_PACKETS[int(path[1:2])])
        else:
            self._transport.write(_HEAD + _chunk(_STREAMS[_NAMES[int(path[1:2])]]) + b"0\r\n\r\n")

    def _piece(self, packets: tuple[bytes, ...]) -> None:
        self._transport.write(packets[self._at])
        self._at += 1
        if self._at < len(packets):
            asyncio.get_running_loop().call_later(_PACED_S, self._piece, packets)


def _serve(told: Connection) -> None:
    async def main() -> None:
        server = await asyncio.get_running_loop().create_server(_Server, "127.0.0.1", 0, backlog=1024)
        told.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    uvloop.run(main())


class _Counted(Gathering):
    """The kernel alone: it counts events, and knows from their number when the stream is over."""

    def __init__(self, events: int) -> None:
        super().__init__()
        self._left = events

    def event(self, name: str, document: Any) -> bool:
        self._left -= 1
        if self._left == 1:
            self.proof = "the last but one"
        return True

    objects_only = False

    def over(self) -> bool:
        return False


def _spec(name: str, port: int, how: str) -> AgentSpec:
    path = {"adk": "/run_sse", "langgraph": ""}.get(name, "/talk")
    url = f"http://127.0.0.1:{port}/{_NAMES.index(name)}{how}{path}"
    return AgentSpec(connector=name, url=url, options=_OPTIONS.get(name, {}))


async def _kernel(name: str, port: int, turns: int, how: str) -> float:
    wire = Wire(read_target(_spec(name, port, how), [], accept="text/event-stream"), REAL)
    body = msgspec.json.encode({"session": "k1", "message": "Where is my order A-12345?"})
    events = _STREAMS[name].count(b"\n\n")

    async def turn(_: int) -> None:
        await wire.exchange(body, cast(Watch, _Stamps()), lambda head: EventBody(_Counted(events), 2_000_000))

    try:
        return await _spread(turns, turn)
    finally:
        await wire.close()


async def _connector(name: str, port: int, turns: int, how: str) -> float:
    connector = await cast(Connect, load("connector", name))(_spec(name, port, how), REAL)
    sessions = [connector.session(Caller(n, f"k{n}", "web-chat", "en-US")) for n in range(_SESSIONS)]

    async def turn(number: int) -> None:
        reply = await sessions[number].say(("Where is my order A-12345?",), cast(Watch, _Stamps()))
        assert len(reply.text) > _PIECES

    try:
        return await _spread(turns, turn)
    finally:
        await connector.close()


def _us(turn: Callable[[], object]) -> float:
    """Microseconds of CPU of a turn."""
    began = time.process_time()
    for _ in range(_ALONE_TURNS):
        turn()
    return (time.process_time() - began) / _ALONE_TURNS * 1e6


async def _alone(name: str) -> tuple[float, float]:
    """What a connector and its kernel cost a turn without sockets: request, reading, reply; and reading only."""
    connector = await cast(Connect, load("connector", name))(_spec(name, 9, "a"), REAL)  # nothing is sent
    spoken = cast(Spoken, getattr(connector, "spoken", connector))
    dialogue = cast(Any, connector.session(Caller(1, "k1", "web-chat", "en-US")))._dialogue
    head, watch = head_of(200, {b"Content-Type": b"text/event-stream"}), Unwatched()
    stream, events = _STREAMS[name], _STREAMS[name].count(b"\n\n")

    def ours() -> None:
        sent = dialogue.ask(("Where is my order A-12345?",))
        reading = spoken.choose(sent.gathering, head)
        reading.feed(stream, watch)
        reading.end()
        dialogue.answered(sent, spoken.reply(head, reading))

    def kernel() -> None:
        reading = EventBody(_Counted(events), 2_000_000)
        reading.feed(stream, watch)
        reading.end()

    try:
        pairs = [(_us(ours), _us(kernel)) for _ in range(_ALONE_ROUNDS)]
        return min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)
    finally:
        await connector.close()


def _show_alone(names: tuple[str, ...]) -> None:
    for name in names:
        if name in _NO_DIALOGUE:
            continue
        ours, kernel = asyncio.run(_alone(name))
        click.echo(f"{name:20} connector {ours:6.1f}  kernel {kernel:6.1f}  more {ours - kernel:5.1f} us of CPU a turn")


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(_NAMES))
@click.option("--rounds", default=7, show_default=True)
@click.option("--turns", default=400, show_default=True)
@click.option("--alone", is_flag=True, help="Without sockets.")
def main(names: tuple[str, ...], rounds: int, turns: int, alone: bool) -> None:
    """Measure and print."""
    if alone:
        _show_alone(names or _NAMES)
        return
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs,), daemon=True)
    server.start()
    port = ours.recv()
    for name in names or _NAMES:
        events = _STREAMS[name].count(b"\n\n")
        click.echo(f"{name}, {events} events of {len(_STREAMS[name]) // events} bytes")
        for how, words in (("p", "a packet each"), ("a", "all in one packet")):
            pairs = [
                (uvloop.run(_connector(name, port, turns, how)), uvloop.run(_kernel(name, port, turns, how)))
                for _ in range(rounds)
            ]
            _show(f"{words}: connector", [pair[0] for pair in pairs])
            _show(f"{words}: kernel", [pair[1] for pair in pairs])
            _show("connector / kernel", [pair[0] / pair[1] for pair in pairs], "times")
            rate = statistics.median(1000 * events / pair[0] for pair in pairs)
            click.echo(f"  {'events':34} {rate:8.0f}  per CPU-second")
    server.terminate()
    server.join()


if __name__ == "__main__":
    main()
