"""The agent as a server: every protocol that it speaks on one port, until it is told to stop."""

import asyncio
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler
from msgspec import Struct

from hubbub.clock import REAL
from hubbub.errors import UsageError
from hubbub.reference_agent.agent import Agent
from hubbub.reference_agent.faces import (
    a2a,
    anthropic_messages,
    http_json,
    openai_chat,
    openai_responses,
    sinch,
    sockets,
)
from hubbub.reference_agent.settings import AgentSettings
from hubbub.reference_agent.truth import Record, TruthLog, forget

_BACKLOG = 4096
_GRACE_S = 1.0  # for replies being given when the server stops


class Listening(Struct, frozen=True):
    """Where a server listens."""

    url_openai: str
    url_json: str
    port: int


@web.middleware
async def _leaves_with_the_customer(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A customer may be gone before aiohttp cancels the handler: its writes fail then, and that is nobody's error.

    Raises CancelledError, as the handler would have a moment later.
    """
    try:
        return await handler(request)
    except ConnectionResetError:
        raise asyncio.CancelledError from None


def application(agent: Agent) -> web.Application:
    """The agent's routes, to be served by whoever holds them."""
    app = web.Application(middlewares=(_leaves_with_the_customer,))
    for face in (openai_chat, openai_responses, anthropic_messages, a2a, http_json, sockets, sinch):
        face.add_routes(app, agent)

    async def health(_: web.Request) -> web.Response:
        capacity, now_s = agent.capacity, agent.clock.now()
        return web.json_response(
            {
                "status": "ok",
                "busy": capacity.busy,
                "waiting": capacity.waiting,
                "open": agent.sessions.count_open(now_s),
            }
        )

    app.router.add_get("/healthz", health)
    return app


async def serve(
    settings: AgentSettings,
    host: str,
    port: int,
    *,
    stop: asyncio.Event,
    ready: Callable[[Listening], None] = lambda _: None,
    truth: Path | None = None,
) -> None:
    """Serve until `stop` is set. `ready` is told where, as soon as connections are accepted; port 0 picks a free one.

    Raises UsageError when the address cannot be listened on or the truth log cannot be written.
    """
    with ExitStack() as held:
        runner = web.AppRunner(
            application(Agent(settings, REAL, _record(truth, held))),
            access_log=None,
            handler_cancellation=True,  # a customer who hangs up frees the worker
            shutdown_timeout=_GRACE_S,
        )
        await runner.setup()
        try:
            site = web.TCPSite(runner, host, port, backlog=_BACKLOG)
            try:
                await site.start()
            except OSError as error:
                raise UsageError(f"cannot listen on {host}:{port}: {error.strerror or error}") from error
            ready(_listening(host, runner.addresses[0][1]))
            await stop.wait()
        finally:
            await runner.cleanup()


def _record(truth: Path | None, held: ExitStack) -> Record:
    if truth is None:
        return forget
    try:
        return held.enter_context(TruthLog(truth)).record
    except OSError as error:
        raise UsageError(f"cannot write the truth log {truth}: {error.strerror or error}") from error


def _listening(host: str, port: int) -> Listening:
    base = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    return Listening(f"{base}/v1/chat/completions", f"{base}/chat", port)
