"""The benchmarks stand on servers that say what they should, and on loops that count right."""

import asyncio
import json
import os
import re
import signal
from collections.abc import AsyncIterator

import aiohttp
import pytest

from benchmarks.clients import bare_aiohttp
from benchmarks.clients.figures import Figures
from benchmarks.ground.bodies import reply, requests
from benchmarks.ground.nginx import find_nginx, nginx
from benchmarks.ground.raw import BURST_EVENTS, FIRST_TEXT_S, GAP_S, PACED_EVENTS, serve
from benchmarks.turns import table


@pytest.fixture
async def url() -> AsyncIterator[str]:
    port: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    serving = asyncio.create_task(serve(port.set_result))
    yield f"http://127.0.0.1:{await port}"
    os.kill(os.getpid(), signal.SIGTERM)
    await serving


async def post(url: str, *, stream: bool = True) -> bytes:
    async with aiohttp.ClientSession() as session, session.post(url, data=requests(stream=stream)[2]) as answer:
        assert answer.status == 200
        return await answer.read()


def said(text: str) -> str:
    """The reply without its reference, which is another each time."""
    return re.sub(r"[0-9a-f]{32}", "", text)


def told(stream: bytes) -> list[str]:
    *events, done = [line.removeprefix("data: ") for line in stream.decode().split("\n\n") if line]
    assert done == "[DONE]"
    choices = [json.loads(event)["choices"][0] for event in events]
    assert choices.pop()["finish_reason"] == "stop"
    return [choice["delta"]["content"] for choice in choices]


@pytest.mark.parametrize(("shape", "count"), [("packet", PACED_EVENTS), ("burst", BURST_EVENTS)])
async def test_a_stream_says_the_reply_in_that_many_events(url: str, shape: str, count: int) -> None:
    pieces = told(await post(f"{url}/{shape}"))
    assert len(pieces) == count
    assert said("".join(pieces)) == reply("")


async def test_a_paced_stream_keeps_its_pace_and_tells_the_truth_of_it(url: str) -> None:
    """Never early, and at its best, which a busy machine allows now and then, on time."""
    late_s = [1.0]
    while min(late_s) > 0.1:
        assert said("".join(told(await post(f"{url}/paced")))) == reply("")
        async with aiohttp.ClientSession() as session, session.get(f"{url}/truth") as answer:
            arrived, first, last = (await answer.json())[-1]
        late_s.append(last - arrived - FIRST_TEXT_S - GAP_S * (PACED_EVENTS - 1))
        assert min(first - arrived - FIRST_TEXT_S, *late_s) >= 0


async def test_whole_replies_are_alike_on_both_grounds_and_no_two_the_same(url: str) -> None:
    texts = [text for _ in range(2) for text in await whole(url)]
    if find_nginx():
        with nginx() as other:
            texts += await whole(other)
    assert {said(text) for text in texts} == {reply("")}
    assert len(set(texts)) == len(texts)


async def whole(url: str) -> tuple[str, str]:
    chat, plain = await post(f"{url}/json", stream=False), await post(f"{url}/plain", stream=False)
    return json.loads(chat)["choices"][0]["message"]["content"], json.loads(plain)["reply"]


async def test_the_bare_loop_holds_as_many_turns_as_asked(url: str) -> None:
    figures = await bare_aiohttp.drive(f"{url}/json", 40, 4, stream=False)
    assert (figures.turns, figures.failed) == (40, 0)
    assert figures.cpu_s > 0
    assert (await bare_aiohttp.drive(f"{url}/missing", 8, 4, stream=False)).failed == 8


def test_ratios_are_taken_within_a_round() -> None:
    ours = [Figures("hubbub", 1000, 0, cpu_s, 1.0, 50.0) for cpu_s in (1.0, 3.0, 2.0)]
    theirs = [Figures("locust", 1000, 0, cpu_s, 1.0, 50.0) for cpu_s in (2.0, 2.0, 4.0)]
    rows = table("json", [list(pair) for pair in zip(ours, theirs, strict=True)]).splitlines()
    assert rows[1].split()[:4] == ["hubbub", "1000", "2.000", "(1.000-3.000)"]
    assert rows[2].split()[-2:] == ["0.50", "(0.50-1.50)"]
