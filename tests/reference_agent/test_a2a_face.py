"""The agent's A2A face: what our connector understands of it, its card, and what it refuses."""

import asyncio

import aiohttp
import pytest

from hubbub.clock import REAL
from hubbub.connectors.a2a import connect
from hubbub.connectors.protocol import Caller
from hubbub.connectors.rawbody import Unwatched
from hubbub.model import AgentSpec
from hubbub.reference_agent.server import serve
from hubbub.reference_agent.settings import AgentSettings


@pytest.fixture
async def agent():
    stop, place = asyncio.Event(), asyncio.get_running_loop().create_future()
    settings = AgentSettings(service_s=0.0, tokens_per_s=10_000.0)
    serving = asyncio.ensure_future(serve(settings, "127.0.0.1", 0, stop=stop, ready=place.set_result))
    yield f"http://127.0.0.1:{(await place).port}"
    stop.set()
    await serving


async def _call(agent, body, **headers):
    async with aiohttp.ClientSession() as client, client.post(f"{agent}/a2a", json=body, headers=headers) as answer:
        return await answer.json()


def _message(text, method="SendMessage"):
    message = {"messageId": "m-1", "role": "ROLE_USER", "parts": [{"text": text}]}
    return {"jsonrpc": "2.0", "id": "r", "method": method, "params": {"message": message}}


@pytest.mark.parametrize("stream", [True, False])
async def test_a_conversation_keeps_its_context_asks_in_a_task_that_waits_and_hands_over_in_a_data_part(agent, stream):
    connector = await connect(AgentSpec(connector="a2a", url=f"{agent}/a2a", options={"stream": stream}), REAL)
    session = connector.session(Caller(1, "run-1", "web-chat", "en-US"))
    asked = await session.say(("where is my order?",), Unwatched())
    told = await session.say(("the order number is A-48213",), Unwatched())
    handed = await session.say(("I want to talk to a human, please",), Unwatched())
    await connector.close()
    assert "order number" in asked.text
    assert asked.completed_by == "state=input-required"
    assert "A-48213" in told.text
    assert (told.session, told.completed_by) == (asked.session, "state=completed")
    (signal,) = handed.signals
    assert (signal.state, signal.provenance, signal.queue) == ("initiated", "field", "general")
    assert handed.text.count(handed.text[:20]) == 1


async def test_its_card_says_where_it_is_and_a_task_can_be_looked_at_again(agent):
    async with aiohttp.ClientSession() as client, client.get(f"{agent}/.well-known/agent-card.json") as answer:
        (interface,) = (await answer.json())["supportedInterfaces"]
    assert interface == {"url": f"{agent}/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0"}
    version = {"A2A-Version": "1.0"}
    task = (await _call(agent, _message("hi"), **version))["result"]["task"]
    look = {"jsonrpc": "2.0", "id": 2, "method": "GetTask", "params": {"id": task["id"]}}
    assert (await _call(agent, look, **version))["result"] == task
    look["params"]["id"] = "task-none"
    assert (await _call(agent, look, **version))["error"]["code"] == -32001


@pytest.mark.parametrize(("body", "version", "code"), [
    (_message("hi"), "0.3", -32009), (_message("hi"), "2.0", -32009), (_message("hi", "message/send"), "1.0", -32601),
    ({"jsonrpc": "2.0", "id": 1, "method": "SendMessage"}, "1.0", -32602), ({"jsonrpc": "2.0"}, "1.0", -32602),
])  # fmt: skip
async def test_what_it_does_not_speak_is_refused_by_the_protocols_codes(agent, body, version, code):
    assert (await _call(agent, body, **{"A2A-Version": version}))["error"]["code"] == code
