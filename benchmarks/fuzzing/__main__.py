"""Breaks what agents send, many times over, and reads it all the same: each attempt must end in one outcome of ours.

    .venv/bin/python -m benchmarks.fuzzing [--times 100000] [--seed 1] [KERNEL...]

A kernel is a way to speak: events (SSE), documents (JSON), receipts (submit and poll), frames (WebSocket), calls (of a
played platform's API, and answers to its webhooks). Ends with 1 when anything but an outcome comes out, or when memory
grows by more than 64 MB.
"""

import asyncio
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, cast

import click
import msgspec

from benchmarks.fuzzing import goldens
from benchmarks.fuzzing.breaking import cut, mutated, read
from hubbub.clock import REAL
from hubbub.connectors import http_json, twilio_relay, websocket
from hubbub.connectors.a2a_wire import TaskGathering
from hubbub.connectors.adk import EventGathering
from hubbub.connectors.ag_ui import RunGathering as AgUiGathering
from hubbub.connectors.anthropic_messages import MessageGathering
from hubbub.connectors.gathering import DocumentBody, Gathering
from hubbub.connectors.head import head_of
from hubbub.connectors.inbox import Call
from hubbub.connectors.langgraph_wire import RunGathering
from hubbub.connectors.openai_responses import ResponseGathering
from hubbub.connectors.openai_wire import ChatStream
from hubbub.connectors.protocol import Caller, Connect
from hubbub.connectors.rawbody import Unwatched
from hubbub.errors import ExchangeFailed
from hubbub.model import AgentSpec
from hubbub.registry import load

_LIMIT = 100_000
_MOST_BYTES = 64 * 2**20
_HEAD = head_of(200, {b"Content-Type": b"application/json", b"Location": b"/jobs/7"})
Attempt = Callable[[random.Random], None]


def _a2a() -> TaskGathering:
    return TaskGathering("r-1")


_CHAT = goldens.sse(
    ("", {"id": "c", "choices": [{"index": 0, "delta": {"content": goldens.TEXT}}]}),
    ("", {"choices": [{"index": 0, "delta": {"tool_calls": [
        {"index": 0, "function": {"name": "f", "arguments": "{}"}}]}}]}),
    ("", {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}),
)  # fmt: skip
_RESPONSE = goldens.sse(
    ("response.output_text.delta", {"type": "response.output_text.delta", "delta": goldens.TEXT}),
    (
        "response.completed",
        {"type": "response.completed", "response": {"id": "r", "status": "completed", "output": []}},
    ),
)
_MESSAGE = goldens.sse(
    ("message_start", {"type": "message_start", "message": {"id": "m", "usage": {"input_tokens": 1}}}),
    ("content_block_delta", {"type": "content_block_delta", "index": 0, "delta": {"text": goldens.TEXT}}),
    ("message_stop", {"type": "message_stop"}),
)
_EVENTS: Mapping[Callable[[], Gathering], tuple[bytes, ...]] = {
    ResponseGathering: (_RESPONSE,),
    MessageGathering: (_MESSAGE,),
    _a2a: (goldens.A2A, goldens.A2A_OLD, goldens.A2A_REPLACED, goldens.A2A_QUESTION),
    RunGathering: (goldens.LANGGRAPH, goldens.LANGGRAPH_GROWING, goldens.LANGGRAPH_INTERRUPT),
    EventGathering: (goldens.ADK, goldens.ADK_TOOL),
    AgUiGathering: (goldens.AG_UI, goldens.AG_UI_CHUNKS, goldens.AG_UI_INTERRUPT),
}
_TASK = {"id": "t", "contextId": "c", "status": {"state": "TASK_STATE_WORKING"}, "artifacts": [
    {"artifactId": "a", "parts": [{"text": goldens.TEXT}]}]}  # fmt: skip
_DOCUMENTS: Mapping[Callable[[], Gathering], Any] = {
    ResponseGathering: {"id": "r", "status": "completed", "output": [{"type": "message", "content": [{"text": "x"}]}]},
    MessageGathering: {"id": "m", "content": [{"type": "text", "text": "x"}], "stop_reason": "end_turn"},
    _a2a: {"jsonrpc": "2.0", "id": "r-1", "result": {"task": _TASK}},
    RunGathering: {
        "messages": [{"type": "human", "id": "1", "content": "hi"}, {"type": "ai", "id": "2", "content": "x"}]
    },
    EventGathering: [goldens.turn(goldens.TEXT)[1], goldens.ADK_CALL[1]],
}


def _pieces(golden: bytes, chance: random.Random) -> list[bytes]:
    stream = mutated(bytearray(golden), chance)
    return cut(stream, (chance.randrange(len(stream) + 1) for _ in range(chance.randrange(4))))


def _events(chance: random.Random) -> None:
    make = chance.choice([None, *_EVENTS])
    if make is not None:
        read(make(), _pieces(chance.choice(_EVENTS[make]), chance))
        return
    chat = ChatStream(_LIMIT)
    for piece in _pieces(_CHAT, chance):
        if chat.feed(piece, Unwatched()):
            break
    chat.end()


def _documents(chance: random.Random) -> None:
    make = chance.choice(list(_DOCUMENTS))
    body = DocumentBody(make(), "application/json")
    for piece in _pieces(msgspec.json.encode(_DOCUMENTS[make]), chance):
        body.feed(piece, Unwatched())
    body.end()


async def _receipts() -> Attempt:
    """What http-json and a2a make of a receipt that is broken."""
    options = {"poll": {"done": {"path": "$.state", "equals": "done"}, "failed": {"path": "$.error"}}}
    spec = AgentSpec(connector="http-json", url="http://127.0.0.1:1/say", options=options)
    connector = cast(http_json.HttpJson, await http_json.connect(spec, REAL))
    await connector.close()  # nothing is sent
    goldens_of = [msgspec.json.encode(d) for d in ({"id": 7, "state": "queued"}, {"state": "done", "reply": "Hi."})]

    def attempt(chance: random.Random) -> None:
        if chance.random() < 0.5:
            body = DocumentBody(_a2a(), "application/json")
            for piece in _pieces(msgspec.json.encode(_DOCUMENTS[_a2a]), chance):
                body.feed(piece, Unwatched())
            body.end()
            return
        answer = connector.choose(_HEAD)
        for piece in _pieces(chance.choice(goldens_of), chance):
            answer.feed(piece, Unwatched())
        answer.end()
        if answer.pending and connector.poll is not None:
            connector.poll.address(_HEAD, answer.document, connector.wire.target.url)

    return attempt


_JSON_FRAMES = ('{"reply":"Gr\u00fc\u00dfe","done":false}', '{"reply":"late.","done":true,"ended":true}')
_RELAY_FRAMES = ('{"type":"text","token":"Hi ","last":false}', '{"type":"end","handoffData":"{\\"reason\\":\\"x\\"}"}')


async def _frames() -> Attempt:
    """What the two protocols of frames make of broken ones."""
    reply = {"text": "$.reply", "done": "$.done", "ended": "$.ended", "error": "$.error"}
    tongues: list[tuple[Any, tuple[str, ...]]] = []
    for name, connect, options, frames in (
        ("websocket", websocket.connect, {"reply": reply}, _JSON_FRAMES),
        ("twilio-relay", twilio_relay.connect, {}, _RELAY_FRAMES),
    ):
        spec = AgentSpec(connector=name, url="http://127.0.0.1:1/ws", options=dict(options))
        connector = await cast(Connect, connect)(spec, REAL)
        session = connector.session(Caller(1, "k", "voice", "en-US"))
        await connector.close()  # nothing is sent
        tongues.append((cast(Any, session)._tongue, frames))

    def attempt(chance: random.Random) -> None:
        tongue, frames = chance.choice(tongues)
        gathering, spoilt = tongue.gathering(), chance.randrange(len(frames))
        for number, frame in enumerate(frames):
            sent = mutated(bytearray(frame.encode()), chance) if number == spoilt else frame.encode()
            tongue.take(gathering, sent.decode("utf-8", "replace"))

    return attempt


_KEY = {"Authorization": "Basic eDp5", "api_access_token": "any"}
_BEARER = {"Authorization": "Bearer any"}


async def _calls() -> Attempt:
    """What the played platforms make of broken calls, and of broken answers to their webhooks."""
    counters: list[tuple[Any, Any, str, dict[str, str], bytes]] = []
    for name, path, headers, body in goldens.CALLS:
        options: dict[str, Any] = {"callback": {}} if name == "http-json" else {}
        spec = AgentSpec(connector=name, url="http://127.0.0.1:1/hook", options=dict(options))
        connector = cast(Any, await cast(Connect, load("connector", name))(spec, REAL))
        contact = connector.session(Caller(1, "k-1", "sms", "en-US"))._contact
        await connector.close()
        counters.append((connector.platform, contact, path, _BEARER if headers == "bearer" else _KEY, body))

    def attempt(chance: random.Random) -> None:
        platform, contact, path, headers, body = chance.choice(counters)
        broken = mutated(bytearray(body), chance)
        answer = platform.receive(Call("POST", path, {}, headers, broken))
        if answer.delivery is None and not answer.refused and answer.status != 200:
            raise AssertionError("neither taken nor refused")
        if answer.delivery is not None and len(answer.delivery.text) > len(broken):
            raise AssertionError("more text than was sent")
        platform.answered(contact, mutated(bytearray(goldens.TWIML), chance))

    return attempt


def _outcomes(attempt: Attempt, times: int, seed: int) -> Counter[str]:
    chance = random.Random(seed)
    outcomes: Counter[str] = Counter()
    for _ in range(times):
        try:
            attempt(chance)
            outcomes["ok"] += 1
        except ExchangeFailed as failed:
            outcomes[failed.failure] += 1
        except Exception as error:  # noqa: BLE001 - this is what is looked for
            outcomes[f"ESCAPED {type(error).__name__}: {error}"[:160]] += 1
    return outcomes


async def _attempts() -> dict[str, Attempt]:
    receipts, frames, calls = await _receipts(), await _frames(), await _calls()
    return {"events": _events, "documents": _documents, "receipts": receipts, "frames": frames, "calls": calls}


KERNELS = ("events", "documents", "receipts", "frames", "calls")


async def fuzz_kernels(kernels: tuple[str, ...], times: int, seed: int) -> dict[str, Counter[str]]:
    """So many broken answers for each kernel: how often each outcome was."""
    attempts = await _attempts()
    return {kernel: _outcomes(attempts[kernel], times, seed) for kernel in kernels}


@click.command()
@click.argument("kernels", nargs=-1, type=click.Choice(KERNELS))
@click.option("--times", default=100_000, show_default=True, help="Broken answers for each kernel.")
@click.option("--seed", default=1, show_default=True)
def main(kernels: tuple[str, ...], times: int, seed: int) -> None:
    """Break answers, and read them all the same."""
    asyncio.run(fuzz_kernels(KERNELS, min(times, 2_000), seed))  # what is allocated once
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    escaped = 0
    for kernel in kernels or KERNELS:
        began = time.process_time()
        outcomes = asyncio.run(fuzz_kernels((kernel,), times, seed))[kernel]
        escaped += sum(count for name, count in outcomes.items() if name.startswith("ESCAPED"))
        shown = ", ".join(f"{name} {count}" for name, count in sorted(outcomes.items()))
        click.echo(f"{kernel:<10} {times} broken answers in {time.process_time() - began:.1f} CPU-s: {shown}")
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 - before
    click.echo(f"escaped: {escaped}; memory grew by {grown / 2**20:.1f} MB")
    sys.exit(1 if escaped or grown > _MOST_BYTES else 0)


if __name__ == "__main__":
    main()
