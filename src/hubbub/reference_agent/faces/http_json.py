"""A plain JSON protocol: POST /chat with a session and a message, one document back."""

import msgspec
from aiohttp import web
from msgspec import Struct

from hubbub.reference_agent.agent import Agent, Reckoning, Request
from hubbub.reference_agent.capacity import Full
from hubbub.reference_agent.faces.body import Unreadable, decoded
from hubbub.reference_agent.wire import give_whole


class _Said(Struct, frozen=True):
    """Messages may come as a burst; `conversation` is the caller's own number, kept in the truth log.

    A message whose `message_id` (or `Idempotency-Key` header) was there before is answered as before, and nothing more
    is done.
    A `customer` who is named is known again in another session, and on another `channel`.
    """

    session: str
    message: str | tuple[str, ...]
    conversation: str | int = ""
    customer: str = ""
    channel: str = ""
    message_id: str = ""


_decoder = msgspec.json.Decoder(_Said)


def add_routes(app: web.Application, agent: Agent) -> None:
    """Speak this protocol on an application."""

    async def chat(request: web.Request) -> web.StreamResponse:
        arrival_s = agent.clock.now()
        try:
            said = decoded(_decoder, await request.read())
        except Unreadable as error:
            return web.json_response({"error": str(error)}, status=400)
        if not said.session:
            return web.json_response({"error": "session: must not be empty"}, status=400)
        return await _chat(request, agent, said, arrival_s)

    app.router.add_post("/chat", chat)


async def _chat(request: web.Request, agent: Agent, said: _Said, arrival_s: float) -> web.StreamResponse:
    text = said.message if isinstance(said.message, str) else "\n".join(said.message)
    who = said.customer or said.session
    name = said.message_id or request.headers.get("Idempotency-Key", "")
    name = f"{who} {name}" if name else ""  # two customers may well count their messages alike
    asked = Request(who, text, arrival_s, "http-json", str(said.conversation), channel=said.channel, id=name)
    try:
        async with agent.turn(asked) as reckoning:
            return await give_whole(request, agent, reckoning, whole(reckoning, said.session))
    except Full as full:
        headers = {"Retry-After": str(full.retry_after_s)}
        return web.json_response({"error": str(full)}, status=429, headers=headers)


def whole(reckoning: Reckoning, session: str) -> bytes:
    """A reply as a JSON document."""
    handed = reckoning.escalation
    return msgspec.json.encode(
        {
            "reply": reckoning.decision.reply,
            "session": session,
            "escalation": msgspec.to_builtins(handed) if handed is not None else None,
            "actions": msgspec.to_builtins(reckoning.decision.actions),
            "trace": reckoning.trace or None,
            "ended": reckoning.decision.memory.ended,
        }
    )
