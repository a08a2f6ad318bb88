"""OpenAI's responses protocol: POST /v1/responses, whole or as named events."""

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

_REMEMBERED = 100_000  # responses that a later one may continue


class _Part(Struct, frozen=True):
    text: str = ""


class _Item(Struct, frozen=True):
    role: str = ""
    content: str | tuple[_Part, ...] = ""

    def said(self) -> Said:
        text = self.content if isinstance(self.content, str) else "\n".join(part.text for part in self.content)
        return self.role, text


class _Asked(Struct, frozen=True):
    input: str | tuple[_Item, ...]
    model: str = MODEL
    stream: bool | None = False
    previous_response_id: str | None = None
    user: str | None = None

    def said(self) -> tuple[Said, ...]:
        return (("user", self.input),) if isinstance(self.input, str) else tuple(item.said() for item in self.input)


_decoder = msgspec.json.Decoder(_Asked)
_encode = msgspec.json.encode


class _Chain:
    """Which session each response belongs to, for those that are continued by id."""

    def __init__(self) -> None:
        self._sessions: dict[str, str] = {}
        self.threads = Threads()

    def session(self, asked: _Asked, before: tuple[Said, ...]) -> str | None:
        """The session that a request belongs to; None when it continues a response that is not known."""
        if asked.previous_response_id is not None:
            return self._sessions.get(asked.previous_response_id)
        return asked.user or self.threads.named(before)

    def answered(self, response: str, session: str) -> None:
        """A response was given in a session."""
        self._sessions[response] = session
        if len(self._sessions) > _REMEMBERED:
            del self._sessions[next(iter(self._sessions))]


def add_routes(app: web.Application, agent: Agent) -> None:
    """Speak this protocol on an application."""
    chain = _Chain()

    async def respond(request: web.Request) -> web.StreamResponse:
        arrival_s = agent.clock.now()
        try:
            asked = decoded(_decoder, await request.read())
        except Unreadable as error:
            return _error(400, str(error), "invalid_request_error")
        said = asked.said()
        start = max((at + 1 for at, (role, _) in enumerate(said) if role == "assistant"), default=0)
        latest = "\n".join(text for role, text in said[start:] if role == "user")
        if not latest:
            return _error(400, "input: the last item must be from the user", "invalid_request_error")
        session = chain.session(asked, said[:start])
        if session is None:
            return _error(400, f"no response {asked.previous_response_id}", "invalid_request_error")
        history = tuple(text for role, text in said[:start] if role == "user")
        turn = Request(session, latest, arrival_s, "openai-responses", "", history)
        return await _respond(request, agent, chain, asked, said, turn)

    app.router.add_post("/v1/responses", respond)


async def _respond(
    request: web.Request, agent: Agent, chain: _Chain, asked: _Asked, said: tuple[Said, ...], turn: Request
) -> web.StreamResponse:
    try:
        async with agent.turn(turn) as reckoning:
            chain.answered(f"resp_{reckoning.trace}", turn.session)
            if not asked.user and asked.previous_response_id is None:
                chain.threads.said(turn.session, said, reckoning.decision.reply)
            if asked.stream:
                return await give_stream(request, agent, reckoning, frames(reckoning, asked))
            return await give_whole(request, agent, reckoning, _encode(_response(reckoning, asked, "completed")))
    except Full as full:
        return _error(429, str(full), "rate_limit_exceeded", {"Retry-After": str(full.retry_after_s)})


def _response(reckoning: Reckoning, asked: _Asked, status: str) -> dict[str, Any]:
    done = status == "completed"
    return {
        "id": f"resp_{reckoning.trace}",
        "object": "response",
        "created_at": 0,
        "status": status,
        "error": None,
        "incomplete_details": None,
        "model": asked.model,
        "output": _output(reckoning) if done else [],
        "previous_response_id": asked.previous_response_id,
        "parallel_tool_calls": True,
        "tool_choice": "auto",
        "tools": [],
        "usage": _usage(reckoning, asked) if done else None,
    }


def _output(reckoning: Reckoning) -> list[dict[str, Any]]:
    return [_message(reckoning, "completed", [_text(reckoning.decision.reply)]), *_calls(reckoning)]


def _message(reckoning: Reckoning, status: str, content: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": f"msg_{reckoning.trace}",
        "type": "message",
        "status": status,
        "role": "assistant",
        "content": content,
    }


def _text(text: str) -> dict[str, Any]:
    return {"type": "output_text", "text": text, "annotations": []}


def _calls(reckoning: Reckoning) -> list[dict[str, Any]]:
    """What was done for the customer, and then the hand-over, if any."""
    return [
        {
            "id": f"fc_{reckoning.trace}_{place}",
            "call_id": f"call_{reckoning.trace}_{place}",
            "type": "function_call",
            "status": "completed",
            "name": name,
            "arguments": _encode(arguments).decode(),
        }
        for place, (name, arguments) in enumerate(reckoning.calls)
    ]


def _usage(reckoning: Reckoning, asked: _Asked) -> dict[str, Any]:
    """Words, which is what this agent counts for tokens."""
    came = sum(len(text.split()) for _, text in asked.said())
    gone = len(reckoning.decision.reply.split())
    return {
        "input_tokens": came,
        "input_tokens_details": {"cached_tokens": 0},
        "output_tokens": gone,
        "output_tokens_details": {"reasoning_tokens": 0},
        "total_tokens": came + gone,
    }


def frames(reckoning: Reckoning, asked: _Asked) -> list[bytes]:
    """A reply as named events, one frame per moment: the opening goes with the first, the proof with the last."""
    story = _Story()
    item = {"item_id": f"msg_{reckoning.trace}", "output_index": 0, "content_index": 0}
    opening = story.tell("response.created", response=_response(reckoning, asked, "in_progress"))
    opening += story.tell("response.output_item.added", output_index=0, item=_message(reckoning, "in_progress", []))
    opening += story.tell("response.content_part.added", **item, part=_text(""))
    made = [
        story.tell("response.output_text.delta", **item, delta=piece, logprobs=[]) for piece in reckoning.chunks
    ] or [b""]
    made[0] = opening + made[0]
    made[-1] += story.tell("response.output_text.done", **item, text=reckoning.decision.reply, logprobs=[])
    made[-1] += story.tell("response.content_part.done", **item, part=_text(reckoning.decision.reply))
    output = _output(reckoning)
    made[-1] += story.tell("response.output_item.done", output_index=0, item=output[0])
    for place, call in enumerate(output[1:], start=1):
        made[-1] += _told_call(story, call, place)
    made[-1] += story.tell("response.completed", response=_response(reckoning, asked, "completed"))
    return made


def _told_call(story: "_Story", call: dict[str, Any], at: int) -> bytes:
    place = {"item_id": call["id"], "output_index": at}
    opened = {**call, "arguments": "", "status": "in_progress"}
    told = story.tell("response.output_item.added", output_index=at, item=opened)
    told += story.tell("response.function_call_arguments.delta", **place, delta=call["arguments"])
    told += story.tell("response.function_call_arguments.done", **place, arguments=call["arguments"], name=call["name"])
    return told + story.tell("response.output_item.done", output_index=at, item=call)


class _Story:
    """Numbers events as they are told."""

    def __init__(self) -> None:
        self._told = 0

    def tell(self, kind: str, **said: Any) -> bytes:
        event = {"type": kind, "sequence_number": self._told, **said}
        self._told += 1
        return b"event: " + kind.encode() + b"\ndata: " + _encode(event) + b"\n\n"


def _error(status: int, message: str, kind: str, headers: dict[str, str] | None = None) -> web.Response:
    body = {"error": {"message": message, "type": kind, "param": None, "code": kind}}
    return web.json_response(body, status=status, headers=headers)
