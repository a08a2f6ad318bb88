"""The floor: aiohttp on uvloop posting prepared bytes and reading the answer, and nothing else.

python -m benchmarks.clients.bare_aiohttp URL TURNS OPEN [stream]
"""

import asyncio
import sys
from itertools import cycle

import aiohttp
import uvloop

from benchmarks.clients.figures import Figures, Meter, tell
from benchmarks.ground.bodies import requests

_HEADERS = {"Content-Type": "application/json"}


async def drive(url: str, turns: int, at_once: int, *, stream: bool) -> Figures:
    """Post `turns` requests, `at_once` of them open at any time."""
    bodies = cycle(requests(stream=stream))
    left = iter(range(turns))
    failed = 0
    async with aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0), cookie_jar=aiohttp.DummyCookieJar(), headers=_HEADERS
    ) as session:

        async def one() -> None:
            nonlocal failed
            for _ in left:
                async with session.post(url, data=next(bodies)) as answer:
                    if stream:
                        async for _part in answer.content.iter_any():
                            pass
                    else:
                        await answer.read()
                    failed += answer.status != 200

        meter = Meter()
        async with asyncio.TaskGroup() as group:
            for _ in range(at_once):
                group.create_task(one())
        return meter.read("aiohttp", turns, failed)


if __name__ == "__main__":
    url, turns, at_once, *rest = sys.argv[1:]
    tell(uvloop.run(drive(url, int(turns), int(at_once), stream=bool(rest))))
