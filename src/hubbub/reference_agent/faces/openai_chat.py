"""The OpenAI chat-completions protocol: POST /v1/chat/completions, whole or as server-sent events."""

from typing import Any

import msgspec
from aiohttp import web
from msgspec import Struct

from hubbub.reference_agent.agent import Agent, Reckoning, Request
from hubbub.reference_agent.capacity import Full
from hubbub.reference_agent.faces.body import decoded
from hubbub.reference_agent.faces.threads import Said, Threads
from hubbub.reference_agent.wire import give_stream, give_whole

MODEL = "hubbub-reference"


class _Part(Struct, frozen=True):
    type: str
    text: str = ""


class _Message(Struct, frozen=True):
    role: str
    content: str | tuple[_Part, ...] | None = None

    def plain(self) -> str:
        """Its text."""
        if isinstance(self.content, tuple):
            return "\n".join(part.text for part in self.content if part.type == "text")
        return self.content or ""


class _StreamOptions(Struct, frozen=True):
    include_usage: bool = False


class _Chat(Struct, frozen=True):
    messages: tuple[_Message, ...]
    model: str = MODEL
    stream: bool | None = False
    stream_options: _StreamOptions | None = None
    user: str | None = None
    metadata: dict[str, Any] | None = None


_decoder = msgspec.json.Decoder(_Chat)
_encode = msgspec.json.encode


def add_routes(app: web.Application, agent: Agent) -> None:
    """Speak this protocol on an application."""
    threads = Threads()

    async def complete(request: web.Request) -> web.StreamResponse:
        arrival_s = agent.clock.now()
        try:
            chat = decoded(_decoder, await request.read())
            said = _last_said(chat.messages)
        except ValueError as error:
            return _error(400, str(error), "invalid_request_error")
        return await _complete(request, agent, threads, chat, said, arrival_s)

    async def models(_: web.Request) -> web.Response:
        return web.json_response({"object": "list", "data": [{"id": MODEL, "object": "model", "owned_by": "hubbub"}]})

    app.router.add_post("/v1/chat/completions", complete)
    app.router.add_get("/v1/models", models)


def _pairs(messages: tuple[_Message, ...]) -> tuple[Said, ...]:
    return tuple((m.role, m.plain()) for m in messages)


def _last_said(messages: tuple[_Message, ...]) -> int:
    """Where the customer's latest words start: the messages after the last of the assistant. Raises ValueError."""
    for message in messages:
        if message.role not in ("system", "developer", "user", "assistant", "tool"):
            raise ValueError(f"messages: unknown role {message.role!r}")
    start = len(messages)
    while start and messages[start - 1].role not in ("assistant", "tool"):
        start -= 1
    if not any(m.role == "user" for m in messages[start:]):
        raise ValueError("messages: the last one must be from the user")
    return start


async def _complete(
    request: web.Request, agent: Agent, threads: Threads, chat: _Chat, start: int, arrival_s: float
) -> web.StreamResponse:
    session = chat.user or threads.named(_pairs(chat.messages[:start]))
    asked = Request(
        session=session,
        text="\n".join(m.plain() for m in chat.messages[start:] if m.role == "user"),
        arrival_s=arrival_s,
        face="openai-chat",
        conversation=str((chat.metadata or {}).get("conversation", "")),
        history=tuple(m.plain() for m in chat.messages[:start] if m.role == "user"),
        id=f"{chat.user or ''} {key}" if (key := request.headers.get("Idempotency-Key", "")) else "",
        begins=start <= sum(m.role in ("system", "developer") for m in chat.messages)
        and sum(m.role == "user" for m in chat.messages) == 1,
    )
    try:
        async with agent.turn(asked) as reckoning:
            if not chat.user:
                threads.said(session, _pairs(chat.messages), reckoning.decision.reply)
            if chat.stream:
                return await give_stream(request, agent, reckoning, frames(reckoning, chat))
            return await give_whole(request, agent, reckoning, whole(reckoning, chat))
    except Full as full:
        return _error(429, str(full), "rate_limit_error", {"Retry-After": str(full.retry_after_s)})


def whole(reckoning: Reckoning, chat: _Chat) -> bytes:
    """A reply as one JSON document."""
    message: dict[str, object] = {"role": "assistant", "content": reckoning.decision.reply}
    if calls := _tool_calls(reckoning):
        message["tool_calls"] = calls
    return _encode(
        {
            "id": _id(reckoning),
            "object": "chat.completion",
            "created": 0,
            "model": chat.model,
            "choices": [{"index": 0, "message": message, "finish_reason": _finish(reckoning)}],
            "usage": _usage(reckoning, chat),
        }
    )


def frames(reckoning: Reckoning, chat: _Chat) -> list[bytes]:
    """A reply as server-sent events, one frame per moment: the role goes with the first, the proof with the last."""
    head = _encode({"id": _id(reckoning), "object": "chat.completion.chunk", "created": 0, "model": chat.model})
    opening = b"data: " + head[:-1] + b',"choices":[{"index":0,"delta":'
    delta, closing = opening + b'{"content":', b'},"finish_reason":null}]}\n\n'
    made = [delta + _encode(piece) + closing for piece in reckoning.chunks] or [b""]
    made[0] = opening + b'{"role":"assistant","content":""' + closing + made[0]
    tail = b""
    if calls := _tool_calls(reckoning):
        indexed = [{"index": place, **call} for place, call in enumerate(calls)]
        tail += opening + _encode({"tool_calls": indexed})[:-1] + closing
    tail += opening + b'{},"finish_reason":' + _encode(_finish(reckoning)) + b"}]}\n\n"
    if chat.stream_options is not None and chat.stream_options.include_usage:
        tail += b"data: " + head[:-1] + b',"choices":[],"usage":' + _encode(_usage(reckoning, chat)) + b"}\n\n"
    made[-1] += tail + b"data: [DONE]\n\n"
    return made


def _id(reckoning: Reckoning) -> str:
    return f"chatcmpl-{reckoning.trace}" if reckoning.trace else ""


def _finish(reckoning: Reckoning) -> str:
    return "tool_calls" if reckoning.calls else "stop"


def _tool_calls(reckoning: Reckoning) -> list[dict[str, object]]:
    return [
        {
            "id": f"call_{reckoning.trace}_{place}",
            "type": "function",
            "function": {"name": name, "arguments": _encode(arguments).decode()},
        }
        for place, (name, arguments) in enumerate(reckoning.calls)
    ]


def _usage(reckoning: Reckoning, chat: _Chat) -> dict[str, int]:
    """Words, which is what this agent counts for tokens."""
    came = sum(len(m.plain().split()) for m in chat.messages)
    gone = len(reckoning.decision.reply.split())
    return {"prompt_tokens": came, "completion_tokens": gone, "total_tokens": came + gone}


def _error(status: int, message: str, kind: str, headers: dict[str, str] | None = None) -> web.Response:
    body = {"error": {"message": message, "type": kind, "param": None, "code": None}}
    return web.json_response(body, status=status, headers=headers)
