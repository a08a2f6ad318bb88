"""A bot on Sinch's Conversation API: signed webhooks in, messages:send out, wherever the webhook says the platform is.

It acknowledges first and answers later, as such bots should. A reply that a planted fault breaks is never sent. Only a
platform on this machine is called.
"""

import asyncio
import hmac
import os
from base64 import b64decode, b64encode
from collections.abc import AsyncIterator, Mapping
from ipaddress import ip_address
from typing import Any

import aiohttp
import msgspec
from aiohttp import web
from msgspec import Struct
from yarl import URL

from hubbub.reference_agent.agent import Agent, Reckoning, Request
from hubbub.reference_agent.capacity import Full
from hubbub.reference_agent.faces.body import Unreadable, decoded

SECRET = "HUBBUB_SINCH_SECRET"  # noqa: S105 - the name of a variable: where it is set, signatures are verified
_KEY = b64encode(b"hubbub-key:hubbub").decode()


class _Text(Struct, frozen=True):
    text: str = ""


class _ContactMessage(Struct, frozen=True):
    text_message: _Text | None = None  # a picture or a place has none


class _Identity(Struct, frozen=True):
    contact_id: str
    conversation_id: str
    contact_message: _ContactMessage


class _Event(Struct, frozen=True):
    app_id: str
    project_id: str
    message: _Identity | None = None


_decoder = msgspec.json.Decoder(_Event)


class _Bot:
    """Answers events by calling the platform."""

    def __init__(self, agent: Agent) -> None:
        self._agent = agent
        self._client: aiohttp.ClientSession | None = None
        self._replies: set[asyncio.Task[None]] = set()

    async def running(self, _: web.Application) -> AsyncIterator[None]:
        """Hold the sockets to the platform for as long as the server runs."""
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as self._client:
            yield
            for task in tuple(self._replies):
                task.cancel()

    async def take(self, request: web.Request) -> web.Response:
        """One webhook."""
        arrival_s, body = self._agent.clock.now(), await request.read()
        secret = os.environ.get(SECRET, "")
        if secret and not is_signed(request.headers, body, secret):
            return web.json_response({"error": "the signature does not fit"}, status=401)
        platform = request.headers.get("X-Hubbub-Callback", "")
        try:
            event = decoded(_decoder, body)
        except Unreadable as error:
            return web.json_response({"error": str(error)}, status=400)
        if not is_here(platform):
            return web.json_response({"error": "X-Hubbub-Callback names no platform on this machine"}, status=400)
        if event.message is not None:
            try:
                await self._begin(platform, event, event.message, arrival_s)
            except Full as full:
                return web.json_response(
                    {"error": str(full)}, status=429, headers={"Retry-After": str(full.retry_after_s)}
                )
        return web.json_response({})

    async def _begin(self, platform: str, event: _Event, message: _Identity, arrival_s: float) -> None:
        """Stand in line for a worker, and come back as soon as it is known that there is a place. Raises Full."""
        told = message.contact_message.text_message
        text = told.text if told is not None else ""
        asked = Request(message.conversation_id, text, arrival_s, "sinch", message.contact_id)
        placed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        task = asyncio.get_running_loop().create_task(self._answer(platform, event, message, asked, placed))
        self._replies.add(task)
        task.add_done_callback(self._replies.discard)
        await asyncio.sleep(0)  # one step: a full line refuses at once
        if placed.done():
            placed.result()

    async def _answer(
        self, platform: str, event: _Event, message: _Identity, asked: Request, placed: "asyncio.Future[None]"
    ) -> None:
        try:
            async with self._agent.turn(asked) as reckoning:
                await self._agent.reach(reckoning.whole_s)
                broken = reckoning.draft.breaks
                if broken is not None:
                    reckoning.finished(self._agent.clock.now(), broken.kind)
                    return
                await self._send(platform, event, message, reckoning)
        except Full as full:
            placed.set_exception(full)

    async def _send(self, platform: str, event: _Event, message: _Identity, reckoning: Reckoning) -> None:
        """Call messages:send; the hand-over is an event of a human who joins."""
        to = {"app_id": event.app_id, "recipient": {"contact_id": message.contact_id}}
        base = f"{platform.rstrip('/')}/v1/projects/{event.project_id}"
        reckoning.finished(self._agent.clock.now())
        await self._call(
            f"{base}/messages:send", {**to, "message": {"text_message": {"text": reckoning.decision.reply}}}
        )
        handed = reckoning.escalation
        if handed is not None:
            human = {"agent": {"display_name": handed.queue, "type": "HUMAN"}, **msgspec.to_builtins(handed)}
            await self._call(f"{base}/events:send", {**to, "event": {"agent_joined_event": human}})

    async def _call(self, url: str, document: dict[str, Any]) -> None:
        assert self._client is not None
        try:
            async with self._client.post(url, json=document, headers={"Authorization": f"Basic {_KEY}"}) as got:
                await got.read()
        except (aiohttp.ClientError, OSError):
            pass  # the platform is gone, and with it whoever would have read the reply


def add_routes(app: web.Application, agent: Agent) -> None:
    """Be such a bot on an application."""
    bot = _Bot(agent)
    app.cleanup_ctx.append(bot.running)
    app.router.add_post("/webhooks/sinch", bot.take)


def is_signed(headers: Mapping[str, str], body: bytes, secret: str) -> bool:
    """Whether a webhook bears the signature that this secret gives over body, nonce and time stamp."""
    nonce, stamp = (headers.get(f"x-sinch-webhook-signature-{name}", "") for name in ("nonce", "timestamp"))
    try:
        given = b64decode(headers.get("x-sinch-webhook-signature", ""), validate=True)
    except ValueError:
        return False
    over = b"%b.%b.%b" % (body, nonce.encode(), stamp.encode())
    return hmac.compare_digest(given, hmac.digest(secret.encode(), over, "sha256"))


def is_here(platform: str) -> bool:
    """Whether an address is one of this machine."""
    try:
        url = URL(platform)
        return url.scheme == "http" and (url.host == "localhost" or ip_address(url.host or "").is_loopback)
    except ValueError:
        return False
