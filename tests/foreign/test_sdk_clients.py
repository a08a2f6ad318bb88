"""Clients that nobody here wrote talk to the reference agent, and understand of it what our connectors do."""

import asyncio
import json
from pathlib import Path

import pytest

from benchmarks.foreign.servers import PLACE
from hubbub.clock import REAL
from hubbub.connectors.protocol import Caller
from hubbub.model import AgentSpec
from hubbub.reference_agent.server import serve
from hubbub.reference_agent.settings import AgentSettings
from hubbub.registry import load
from hubbub.runs.embedded import PATH_OF

pytestmark = pytest.mark.foreign
SAID = ("Hi, where is my order? The order number is A-48213.", "I want to talk to a human agent, please.")
DONE = {
    "openai-chat": ["stop", "tool_calls"],
    "openai-responses": ["completed", "completed"],
    "anthropic-messages": ["end_turn", "tool_use"],
    "a2a": ["TASK_STATE_COMPLETED", "TASK_STATE_COMPLETED"],
}


@pytest.fixture
async def agent():
    stop, place = asyncio.Event(), asyncio.get_running_loop().create_future()
    settings = AgentSettings(service_s=0.01, tokens_per_s=5000.0)
    serving = asyncio.ensure_future(serve(settings, "127.0.0.1", 0, stop=stop, ready=place.set_result))
    yield f"http://127.0.0.1:{(await place).port}"
    stop.set()
    await serving


async def _by_sdk(connector, base):
    python = PLACE / "bin" / "python"
    if not python.exists():
        pytest.skip("needs .foreign: scripts/setup --foreign")
    script = Path(__file__).with_name("sdk_talk.py")
    process = await asyncio.create_subprocess_exec(
        python, script, connector, base, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    out, err = await process.communicate()
    assert process.returncode == 0, err.decode()
    return json.loads(out)


async def _by_us(name, base, how, seen):
    spec = AgentSpec(connector=name, url=base + PATH_OF[name], options={"stream": how == "stream"})
    connector = await load("connector", name)(spec, REAL)
    session = connector.session(Caller(1, f"us-{name}-{how}", "web-chat", "en-US"))
    replies = [await session.say((said,), seen) for said in SAID]
    await connector.close()
    return [[reply.text, [tool.name for tool in reply.tools] or _handed(reply)] for reply in replies]


def _handed(reply):
    return [json.loads(signal.payload)["type"] for signal in reply.signals if signal.provenance == "field"]


@pytest.mark.parametrize("connector", DONE)
async def test_an_sdk_and_our_connector_understand_the_agent_alike_streamed_and_whole(connector, agent, silent):
    told = await _by_sdk(connector, agent)  # one process for both: its imports are what takes time
    for how in ("stream", "whole"):
        _assert_alike(connector, told[how], await _by_us(connector, agent, how, silent))


def _assert_alike(connector, by_sdk, by_us):
    assert [finish for _, _, finish in by_sdk] == DONE[connector]
    handed = "handoff" if connector == "a2a" else "transfer_to_human"  # A2A has data parts where others have tools
    assert [calls for _, calls, _ in by_sdk] == [calls for _, calls in by_us] == [[], [handed]]
    assert "A-48213" in by_sdk[0][0]
    assert "A-48213" in by_us[0][0]
    assert all(text and text.count(text[:25]) == 1 for text, *_ in (*by_sdk, *by_us))
