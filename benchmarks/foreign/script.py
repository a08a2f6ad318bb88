"""One script of 20 turns through every foreign server: the same customer, and what must come back from each.

The customer's words are the same everywhere, and so are the agent's, where the server lets us say them: no text may be
doubled, cut or lost, the human is called at the same turn, and each fault that is asked for comes as its class.
"""

import asyncio
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from secrets import token_hex
from typing import Any, cast

import msgspec
from msgspec import Struct

from benchmarks.foreign.agents import answers
from benchmarks.foreign.servers import Foreign, Start
from hubbub.checks.escalation import REACHED
from hubbub.clock import REAL
from hubbub.connectors.protocol import Caller, Connect, Session
from hubbub.connectors.rawbody import Unwatched
from hubbub.errors import ExchangeFailed
from hubbub.model import AgentSpec, Timeouts
from hubbub.registry import load

HANDOFF_AT = 13
_TOPICS = (
    "hi, where is my parcel?", "the order is A-48213", "no, A-48213 — with a dash", "is it in Köln already?",
    "and when will it come?", "that is 3 days late!", "what about my refund?", "12,50 € or 15 €?", "ok 🙂",
    "配達はいつ？",
    "you said Tuesday", "hmm", "I want to talk to a human", "thanks", "until when are you there?", "and tomorrow?",
    "fine", "one more thing: the invoice", "by e-mail, please", "bye",
)  # fmt: skip
SAID = tuple(f"{number}) {words}" for number, words in enumerate(_TOPICS, 1))
Expected = Callable[[int, str], str]


class Part(Struct, frozen=True):
    """A server in the script: how it is reached, what it must say, and the class of each of its faults.

    `faults` are asked for by `[name]` in the customer's words, or by another `model` of the server's.
    """

    name: str
    start: Start
    connector: str
    path: str = "/"
    options: Mapping[str, Any] = {}
    expected: Expected = answers.text_of
    calls_humans: bool = True
    faults: Mapping[str, str] = {}
    models: Mapping[str, str] = {}  # models that only fail, to the class of that


class Played(Struct, frozen=True):
    """What came of a part: turns that were as they must be, and what was wrong with the others."""

    name: str
    server: str
    version: str
    connector: str
    turns: int
    handoff_at: int | None
    faults: Mapping[str, str]  # asked for, to the class that came
    wrong: tuple[str, ...]


async def _session(server: Foreign, part: Part, options: Mapping[str, Any]) -> tuple[Any, Session]:
    connect = cast(Connect, load("connector", part.connector))
    agent = AgentSpec(
        connector=part.connector, url=server.base + part.path, options=dict(options),
        headers={"Authorization": "Bearer none"}, timeouts=Timeouts(first_text_s=300, gap_s=300, turn_s=600),
    )  # fmt: skip
    if server.agent:
        os.environ.update(server.environ)  # secrets that its settings name
        agent = msgspec.convert(server.agent, AgentSpec)
    connector = await connect(agent, REAL)
    return connector, connector.session(Caller(1, f"script-{token_hex(6)}", "web-chat", "en-US"))


async def _failure(session: Session, said: str) -> str:
    try:
        await session.say((said,), Unwatched())
    except ExchangeFailed as failed:
        return failed.failure
    return "ok"


async def _faults(server: Foreign, part: Part) -> dict[str, str]:
    """Each fault in a conversation of its own, and the class that it came as."""
    came: dict[str, str] = {}
    for fault in part.faults:
        connector, session = await _session(server, part, part.options)
        came[fault] = await _failure(session, f"[{fault}] please")
        await connector.close()
    for model in part.models:
        connector, session = await _session(server, part, {**part.options, "model": model})
        came[model] = await _failure(session, "hello")
        await connector.close()
    return came


async def _spoken(server: Foreign, part: Part, wrong: list[str]) -> list[int]:
    """Hold the script; the turns at which a human was called. What is not as it must be is added to `wrong`."""
    connector, session = await _session(server, part, part.options)
    called: list[int] = []
    for number, said in enumerate(SAID, 1):
        try:
            reply = await session.say((said,), Unwatched())
        except ExchangeFailed as failed:
            wrong.append(f"turn {number}: {failed}")
            continue
        if reply.text != part.expected(number, said):
            wrong.append(f"turn {number}: {reply.text!r} instead of {part.expected(number, said)!r}")
        if not reply.completed_by:
            wrong.append(f"turn {number}: whole without a proof")
        called += [number] if any(signal.state in REACHED for signal in reply.signals) else []
    await session.close()
    await connector.close()
    return called


async def play(server: Foreign, part: Part) -> Played:
    """Hold the script with a running server, then ask for each of its faults."""
    wrong: list[str] = []
    called = await _spoken(server, part, wrong)
    came = await _faults(server, part)
    wanted = {**part.faults, **part.models}
    wrong += [f"{name} came as {came[name]}, not {wanted[name]}" for name in wanted if came[name] != wanted[name]]
    if called != ([HANDOFF_AT] if part.calls_humans else []):
        wrong.append(f"a human was called at the turns {called}")
    at = called[0] if called else None
    return Played(part.name, server.name, server.version, part.connector, len(SAID), at, came, tuple(wrong))


def play_all(parts: Sequence[Part], folder: Path) -> list[Played]:
    """Play parts that have one server. Raises Missing when it is not installed."""

    async def main(server: Foreign) -> list[Played]:
        return await asyncio.gather(*(play(server, part) for part in parts))

    with parts[0].start(folder) as server:
        return asyncio.run(main(server))
