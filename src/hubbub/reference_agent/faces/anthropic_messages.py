"""Anthropic's messages protocol: POST /v1/messages, whole or as named events."""

from typing import Any

import msgspec
from aiohttp import web
from msgspec import Struct

from hubbub.reference_agent.agent import Agent, Reckoning, Request
from hubbub.reference_agent.capacity import Full
from hubbub.reference_agent.faces.body import Unreadable, decoded
from hubbub.reference_agent.faces.openai_chat import MODEL
from hubbub.reference_agent.faces.threads import Said, Threads
from hubbub.reference_agent.wire import give_stream, give_whole


class _Block(Struct, frozen=True):
    text: str = ""


class _Message(Struct, frozen=True):
    role: str
    content: str | tuple[_Block, ...]

    def said(self) -> Said:
        text = self.content if isinstance(self.content, str) else "\n".join(block.text for block in self.content)
        return self.role, text


class _Metadata(Struct, frozen=True):
    user_id: str | None = None


class _Asked(Struct, frozen=True):
    messages: tuple[_Message, ...]
    max_tokens: int
    model: str = MODEL
    stream: bool = False
    metadata: _Metadata = _Metadata()


_decoder = msgspec.json.Decoder(_Asked)
_encode = msgspec.json.encode


def add_routes(app: web.Application, agent: Agent) -> None:
    """Speak this protocol on an application."""
    threads = Threads()

    async def message(request: web.Request) -> web.StreamResponse:
        arrival_s = agent.clock.now()
        if "anthropic-version" not in request.headers:
            return _error(400, "anthropic-version: header is required", "invalid_request_error")
        try:
            asked = decoded(_decoder, await request.read())
        except Unreadable as error:
            return _error(400, str(error), "invalid_request_error")
        said = tuple(message.said() for message in asked.messages)
        if not said or said[-1][0] != "user":
            return _error(400, "messages: the last one must be from the user", "invalid_request_error")
        start = max((at + 1 for at, (role, _) in enumerate(said) if role == "assistant"), default=0)
        session = asked.metadata.user_id or threads.named(said[:start])
        latest = "\n".join(text for _, text in said[start:])
        history = tuple(text for role, text in said[:start] if role == "user")
        turn = Request(session, latest, arrival_s, "anthropic-messages", "", history)
        return await _message_back(request, agent, threads, asked, turn)

    app.router.add_post("/v1/messages", message)


async def _message_back(
    request: web.Request, agent: Agent, threads: Threads, asked: _Asked, turn: Request
) -> web.StreamResponse:
    try:
        async with agent.turn(turn) as reckoning:
            if asked.metadata.user_id is None:
                said = tuple(message.said() for message in asked.messages)
                threads.said(turn.session, said, reckoning.decision.reply)
            if asked.stream:
                return await give_stream(request, agent, reckoning, frames(reckoning, asked))
            return await give_whole(request, agent, reckoning, _encode(whole(reckoning, asked)))
    except Full as full:
        return _error(429, str(full), "rate_limit_error", {"Retry-After": str(full.retry_after_s)})


def whole(reckoning: Reckoning, asked: _Asked) -> dict[str, Any]:
    """A reply as one document."""
    content: list[dict[str, Any]] = [{"type": "text", "text": reckoning.decision.reply}]
    content += [
        {**_call(reckoning, place, name), "input": msgspec.to_builtins(given)}
        for place, (name, given) in enumerate(reckoning.calls, start=1)
    ]
    return {
        **_opening(reckoning, asked),
        "content": content,
        "stop_reason": _stop(reckoning),
        "usage": _usage(reckoning, asked),
    }


def _opening(reckoning: Reckoning, asked: _Asked) -> dict[str, Any]:
    return {
        "id": f"msg_{reckoning.trace}",
        "type": "message",
        "role": "assistant",
        "model": asked.model,
        "content": [],
        "stop_reason": None,
        "stop_sequence": None,
        "usage": {**_usage(reckoning, asked), "output_tokens": 0},
    }


def _call(reckoning: Reckoning, place: int, name: str) -> dict[str, Any]:
    return {"type": "tool_use", "id": f"toolu_{reckoning.trace}_{place}", "name": name, "input": {}}


def _stop(reckoning: Reckoning) -> str:
    return "tool_use" if reckoning.calls else "end_turn"


def _usage(reckoning: Reckoning, asked: _Asked) -> dict[str, int]:
    """Words, which is what this agent counts for tokens."""
    came = sum(len(message.said()[1].split()) for message in asked.messages)
    return {"input_tokens": came, "output_tokens": len(reckoning.decision.reply.split())}


def frames(reckoning: Reckoning, asked: _Asked) -> list[bytes]:
    """A reply as named events, one frame per moment: the opening goes with the first, the proof with the last."""
    opening = _event("message_start", message=_opening(reckoning, asked))
    opening += _event("content_block_start", index=0, content_block={"type": "text", "text": ""})
    opening += _event("ping")
    made = [
        _event("content_block_delta", index=0, delta={"type": "text_delta", "text": piece})
        for piece in reckoning.chunks
    ] or [b""]
    made[0] = opening + made[0]
    tail = _event("content_block_stop", index=0)
    for place, (name, given) in enumerate(reckoning.calls, start=1):
        pieces = {"type": "input_json_delta", "partial_json": _encode(given).decode()}
        tail += _event("content_block_start", index=place, content_block=_call(reckoning, place, name))
        tail += _event("content_block_delta", index=place, delta=pieces) + _event("content_block_stop", index=place)
    usage = {"output_tokens": _usage(reckoning, asked)["output_tokens"]}
    tail += _event("message_delta", delta={"stop_reason": _stop(reckoning), "stop_sequence": None}, usage=usage)
    made[-1] += tail + _event("message_stop")
    return made


def _event(kind: str, **said: Any) -> bytes:
    return b"event: " + kind.encode() + b"\ndata: " + _encode({"type": kind, **said}) + b"\n\n"


def _error(status: int, message: str, kind: str, headers: dict[str, str] | None = None) -> web.Response:
    body = {"type": "error", "error": {"type": kind, "message": message}}
    return web.json_response(body, status=status, headers=headers)
