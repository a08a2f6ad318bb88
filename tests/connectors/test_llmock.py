"""llmock, a server that nobody here wrote, breaks streams on demand and keeps a record of what it did: ours must agree.

Its verdict has one rule that does not fit a client that reports failures instead of retrying: whoever does not retry a
cut stream is taken to have accepted it. So that rule is checked here by its record instead.
"""

import asyncio
import contextlib
import shutil
import sys
from collections import Counter
from pathlib import Path

import aiohttp
import msgspec
import pytest

from benchmarks.ports import free_port
from hubbub.clock import REAL
from hubbub.connectors.openai_chat import connect
from hubbub.errors import ExchangeFailed
from hubbub.model import AgentSpec, Timeouts

pytestmark = pytest.mark.foreign

CLASS_OF = {"truncate": "truncated", "disconnect": "truncated", "stall": "stall", "malformed": "malformed"}
AFTERWARDS = "ok, and broken after its proof of completion"  # between finish_reason and the usage that follows it
CHAOS = ["--error-rate", "429=0.1", "--error-rate", "500=0.1", "--stream-stall-seconds", "6"]


def _program():
    beside = Path(sys.executable).parent / "llmock"
    return str(beside) if beside.exists() else shutil.which("llmock")


@contextlib.asynccontextmanager
async def _llmock(*words):
    program = _program()
    if program is None:
        pytest.skip("needs the package llmock")
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        program, "serve", "--host", "127.0.0.1", "--port", str(port), "--log-level", "error", *CHAOS, *words,
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for _ in range(5000):
            with contextlib.suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.close()
                break
            await asyncio.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        await process.wait()


async def _talk(base, caller, seen, turns):
    """Say so many things one after another; the class of each, `ok` included."""
    agent = AgentSpec(
        connector="openai-chat", url=f"{base}/v1/chat/completions", timeouts=Timeouts(gap_s=1.0),
        headers={"Authorization": "Bearer none"}, options={"model": "gpt-4o", "include_usage": True},
    )  # fmt: skip
    connector = await connect(agent, REAL)
    session = connector.session(caller)
    classes = []
    for number in range(turns):
        try:
            reply = await session.say((f"Where is order {number}?",), seen)
            assert reply.text
            assert reply.completed_by
            classes.append("ok" if reply.usage else AFTERWARDS)
        except ExchangeFailed as error:
            classes.append(error.failure)
    await connector.close()
    return classes


async def _asked(base, path):
    async with aiohttp.ClientSession() as session, session.get(base + path) as response:
        return msgspec.json.decode(await response.read())


def _class_of(record):
    if record["fault"] and record["fault"].startswith("stream:"):
        return CLASS_OF[record["fault"].removeprefix("stream:").partition("@")[0]]
    return {200: "ok", 429: "http_429", 500: "http_5xx"}[record["status"]]


async def test_every_fault_that_llmock_planted_is_in_its_class(caller, seen):
    faults = [word for kind in CLASS_OF for word in ("--stream-fault", f"{kind}=0.1")]
    async with _llmock(*faults) as base:
        classes = await _talk(base, caller, seen, 80)
        records = await _asked(base, "/_llmock/requests")
    records = records if isinstance(records, list) else records["requests"]
    assert seen.fresh_retries == 0
    assert len(classes) == len(records)
    for ours, record in zip(classes, records, strict=True):
        broken = str(record["fault"]).startswith("stream:")
        assert ours == _class_of(record) or (ours == AFTERWARDS and broken), record
    assert len(Counter(classes)) >= 5


async def test_llmocks_verdict_on_us_has_no_fail(caller, seen):
    faults = [word for kind in ("disconnect", "stall", "malformed") for word in ("--stream-fault", f"{kind}=0.1")]
    async with _llmock(*faults) as base:
        await _talk(base, caller, seen, 60)
        verdict = await _asked(base, "/_llmock/verdict?format=json")
    assert verdict["passed"] is True
    assert [finding for finding in verdict["findings"] if finding["severity"] == "error"] == []
