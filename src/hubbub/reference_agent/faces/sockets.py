"""Two protocols over WebSockets: frames of JSON at /ws, and an application for Twilio's ConversationRelay at /relay."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from itertools import count
from typing import Any

import msgspec
from aiohttp import WSMsgType, web
from msgspec import Struct

from hubbub.reference_agent.agent import Agent, Reckoning, Request
from hubbub.reference_agent.capacity import Full
from hubbub.reference_agent.faces.body import Unreadable, decoded
from hubbub.reference_agent.faces.http_json import whole
from hubbub.reference_agent.wire import reset

Tell = Callable[[dict[str, Any]], Awaitable[None]]
_encode = msgspec.json.encode
_TRY_AGAIN_LATER = 1013


class _Said(Struct, frozen=True):
    """With `stream`, a reply comes in pieces under `reply`, and a last frame with `done`."""

    session: str
    message: str
    stream: bool = False


class _Heard(Struct, frozen=True):
    """What Twilio sends: setup, prompt, interrupt, dtmf, error."""

    type: str
    sessionId: str = ""
    voicePrompt: str = ""


_said = msgspec.json.Decoder(_Said)
_heard = msgspec.json.Decoder(_Heard)


def add_routes(app: web.Application, agent: Agent) -> None:
    """Speak both protocols on an application."""
    calls = count(1)

    async def frames(request: web.Request) -> web.WebSocketResponse:
        line = web.WebSocketResponse()
        await line.prepare(request)
        async for message in line:
            if message.type is WSMsgType.TEXT:
                await _answer_frame(request, line, agent, message.data)
        return line

    async def relay(request: web.Request) -> web.WebSocketResponse:
        line = web.WebSocketResponse()
        await line.prepare(request)
        call = _Call(request, line, agent, next(calls))
        try:
            async for message in line:
                if message.type is WSMsgType.TEXT:
                    await call.hear(message.data)
        finally:
            call.hush()
        return line

    app.router.add_get("/ws", frames)
    app.router.add_get("/relay", relay)


async def _answer_frame(request: web.Request, line: web.WebSocketResponse, agent: Agent, data: str) -> None:
    try:
        said = decoded(_said, data)
        if not said.session:
            raise Unreadable("session: must not be empty")
    except Unreadable as error:
        await line.send_str(_encode({"error": str(error)}).decode())
        return
    turn = Request(said.session, said.message, agent.clock.now(), "websocket")
    try:
        async with agent.turn(turn) as reckoning:
            if not said.stream:
                await agent.reach(reckoning.whole_s)
                if await _breaks(request, line, agent, reckoning):
                    return
                reckoning.finished(agent.clock.now())
                await line.send_str(whole(reckoning, said.session).decode())
                return
            last = {"done": True, **msgspec.json.decode(whole(reckoning, said.session)), "reply": None}
            await _give(request, line, agent, reckoning, lambda piece: {"reply": piece}, [last])
    except Full as full:
        await line.send_str(_encode({"error": str(full), "retry_after_s": full.retry_after_s}).decode())


async def _give(
    request: web.Request, line: web.WebSocketResponse, agent: Agent, reckoning: Reckoning,
    framed: Callable[[str], dict[str, Any]], closing: list[dict[str, Any]],
) -> None:  # fmt: skip
    """Send a reply's pieces when they are due, then what closes it; or break it off as planted."""
    broken = reckoning.draft.breaks
    pieces = reckoning.chunks if broken is None else reckoning.chunks[: broken.after]
    for at, piece in enumerate(pieces):
        await agent.reach(reckoning.due_s + at * reckoning.gap_s)
        if reckoning.first_s is None:
            reckoning.first_s = agent.clock.now()
        await line.send_str(_encode(framed(piece)).decode())
    if await _breaks(request, line, agent, reckoning):
        return
    reckoning.finished(agent.clock.now())
    for frame in closing:
        await line.send_str(_encode(frame).decode())


async def _breaks(request: web.Request, line: web.WebSocketResponse, agent: Agent, reckoning: Reckoning) -> bool:
    """Break off where a fault says so. A stall holds the line; a status has no place here, and closes it too."""
    broken = reckoning.draft.breaks
    if broken is None:
        return False
    reckoning.finished(agent.clock.now(), broken.kind)
    if broken.kind == "reset":
        reset(request)
    elif broken.kind != "stalled":
        await line.close(code=_TRY_AGAIN_LATER)
    return True


class _Call:
    """One call: a prompt is answered while the line is listened to, so that an interruption is heard."""

    def __init__(self, request: web.Request, line: web.WebSocketResponse, agent: Agent, number: int) -> None:
        self._request = request
        self._line = line
        self._agent = agent
        self._session = f"unnamed-call-{number}"  # until it is set up: nobody else's
        self._speaking: list[asyncio.Task[None]] = []

    async def hear(self, data: str) -> None:
        """Take a message of Twilio's."""
        try:
            heard = decoded(_heard, data)
        except Unreadable:
            await self._line.close(code=1003)
            return
        if heard.type == "setup":
            self._session = heard.sessionId or self._session
        elif heard.type == "interrupt":
            self.hush()
        elif heard.type == "prompt":
            turn = Request(self._session, heard.voicePrompt, self._agent.clock.now(), "twilio-relay")
            before = [task for task in self._speaking if not task.done()]
            self._speaking = [*before, asyncio.get_running_loop().create_task(self._speak(turn, before))]

    def hush(self) -> None:
        """Stop speaking."""
        for task in self._speaking:
            task.cancel()

    async def _speak(self, turn: Request, before: list[asyncio.Task[None]]) -> None:
        """Answer a prompt, once those before it are answered: nobody says two things at a time."""
        if before:
            await asyncio.wait(before)
        with contextlib.suppress(ConnectionError, Full):
            async with self._agent.turn(turn) as reckoning:
                await _give(self._request, self._line, self._agent, reckoning, _token, _closing(reckoning))


def _token(piece: str) -> dict[str, Any]:
    return {"type": "text", "token": piece, "last": False}


def _closing(reckoning: Reckoning) -> list[dict[str, Any]]:
    """The end of a reply; a hand-over ends the application's part of the call."""
    last = {"type": "text", "token": "", "last": True}
    if reckoning.escalation is None:
        return [last]
    return [{"type": "end", "handoffData": _encode(reckoning.escalation).decode()}]
