"""Small agents on messaging platforms: webhooks in on a port of 127.0.0.1, calls of the platform's API out."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
from aiohttp import web

PATIENT = {"quiet_s": 0.4}  # for bots that send one message after another: a busy machine stands still in between


class Hook:
    """A webhook as it came."""

    def __init__(self, request: web.Request, body: bytes) -> None:
        self.path, self.headers, self.body = request.path_qs, request.headers, body
        self.url, self.query, self.method = str(request.url), request.query, request.method

    @property
    def platform(self) -> str:
        """Where Hubbub says that it plays the platform."""
        return self.headers["X-Hubbub-Callback"]


Answer = Callable[["Bot", Hook], Awaitable[web.Response | None]]


class Bot:
    """Answers each webhook by a function, which may call the platform while it does, or afterwards."""

    def __init__(self) -> None:
        self.hooks: list[Hook] = []
        self.later: set[asyncio.Task[Any]] = set()
        self._runner: web.ServerRunner | None = None
        self._client: aiohttp.ClientSession | None = None
        self.port = 0

    async def serve(self, answer: Answer) -> int:
        async def take(request: web.BaseRequest) -> web.StreamResponse:
            hook = Hook(request, await request.read())
            self.hooks.append(hook)
            return await answer(self, hook) or web.Response(text="{}", content_type="application/json")

        self._client = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        self._runner = web.ServerRunner(web.Server(take), shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0, backlog=4096)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self.port

    async def call(self, url: str, method: str = "POST", **how: Any) -> tuple[int, Any]:
        """Call the platform: its status, and its answer."""
        assert self._client is not None
        async with self._client.request(method, url, **how) as got:
            body = await got.read()
            return got.status, await got.json(content_type=None) if body[:1] in (b"{", b"[") else body

    def soon(self, doing: Awaitable[Any]) -> None:
        """Do something after the webhook was answered."""
        task = asyncio.ensure_future(doing)
        self.later.add(task)
        task.add_done_callback(self.later.discard)

    async def close(self) -> None:
        for task in tuple(self.later):
            task.cancel()
        if self._runner is not None:
            await self._runner.cleanup()
        if self._client is not None:
            await self._client.close()
