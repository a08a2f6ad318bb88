"""A scripted chat-completions server, on the running loop."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

Script = Callable[[dict[str, Any]], Any]


def said(words: str, sent: int = 50, received: int = 10) -> dict[str, Any]:
    """An answer with these words."""
    usage = {"prompt_tokens": sent, "completion_tokens": received}
    return {"choices": [{"message": {"role": "assistant", "content": words}}], "usage": usage}


@asynccontextmanager
async def serving(script: Script) -> AsyncIterator[tuple[str, list[dict[str, Any]]]]:
    """Where it listens, and the bodies it is sent. A script gives an answer, a status, or seconds to keep silent."""
    bodies: list[dict[str, Any]] = []

    async def answer(request: web.Request) -> web.Response:
        bodies.append(await request.json())
        found = script(bodies[-1])
        if isinstance(found, float):
            await asyncio.sleep(found)
            return web.Response(status=500)
        if isinstance(found, int):
            return web.Response(status=found, headers={"Location": "/elsewhere"})
        return web.Response(text=found if isinstance(found, str) else json.dumps(found))

    app = web.Application()
    app.router.add_post("/v1/chat/completions", answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    try:
        yield f"http://127.0.0.1:{port}/v1/chat/completions", bodies
    finally:
        await runner.cleanup()
