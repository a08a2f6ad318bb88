"""The faces over WebSockets, as our connectors meet them."""

import asyncio

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from hubbub.clock import REAL
from hubbub.connectors import twilio_relay, websocket
from hubbub.connectors.protocol import Caller
from hubbub.connectors.rawbody import Unwatched
from hubbub.errors import ExchangeFailed
from hubbub.model import AgentSpec
from hubbub.reference_agent.agent import Agent
from hubbub.reference_agent.server import application, serve
from hubbub.reference_agent.settings import AgentSettings
from hubbub.reference_agent.truth import TrueTurn, forget

SAID = ("Hi, where is my order? The order number is A-48213.", "I want to talk to a human agent, please.")
STREAMED = {
    "body": {"session": "$session", "message": "$message", "stream": True},
    "reply": {"done": "$.done", "escalation": {"path": "$.escalation", "queue_path": "$.escalation.queue"}},
}
KINDS = {
    "whole": (websocket, "ws", {"reply": {"escalation": STREAMED["reply"]["escalation"]}}),
    "stream": (websocket, "ws", STREAMED),
    "relay": (twilio_relay, "relay", {}),
}


async def _talk(kind, *faults):
    stop, place = asyncio.Event(), asyncio.get_running_loop().create_future()
    settings = AgentSettings(service_s=0.005, tokens_per_s=5000.0, faults=faults)
    serving = asyncio.ensure_future(serve(settings, "127.0.0.1", 0, stop=stop, ready=place.set_result))
    room, path, options = KINDS[kind]
    url = f"ws://127.0.0.1:{(await place).port}/{path}"
    connector = await room.connect(AgentSpec(connector="x", url=url, options=options), REAL)
    session = connector.session(Caller(1, "c-1", "web-chat", "en-US"))
    try:
        return [await session.say((said,), Unwatched()) for said in SAID]
    finally:
        await session.close()
        await connector.close()
        stop.set()
        await serving


@pytest.mark.parametrize("kind", KINDS)
async def test_it_answers_and_hands_over(kind):
    first, second = await _talk(kind)
    assert "A-48213" in first.text
    assert first.text.count("A-48213") == 1
    assert first.signals == ()
    assert (second.signals[0].state, second.signals[0].queue) == ("initiated", "general")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("fault", "failures"), [("truncates", ("truncated", "closed")), ("resets", ("reset", "closed"))]
)
async def test_a_planted_break_is_a_loss_of_the_line(kind, fault, failures):
    with pytest.raises(ExchangeFailed) as failed:
        await _talk(kind, fault)
    assert failed.value.failure in (*failures, "truncated")


async def test_two_prompts_are_answered_one_after_the_other_and_an_unnamed_call_is_nobody_elses():
    """Over the raw socket: our connector waits for an answer before it asks again, and names its calls."""
    truth: list[TrueTurn] = []
    server = TestServer(application(Agent(AgentSettings(service_s=0.01, tokens_per_s=400.0), REAL, truth.append)))
    await server.start_server()
    async with (
        aiohttp.ClientSession() as client,
        client.ws_connect(server.make_url("/relay")) as first,
        client.ws_connect(server.make_url("/relay")) as other,
    ):
        for prompt in ("where is my order", "A-48213"):
            await first.send_json({"type": "prompt", "voicePrompt": prompt})
        await other.send_json({"type": "prompt", "voicePrompt": "A-77777"})
        said, lasts = "", 0
        while lasts < 2:
            frame = await first.receive_json()
            said, lasts = said + frame["token"], lasts + frame["last"]
            said += "|" if frame["last"] else ""
        while not (await other.receive_json())["last"]:
            pass
    await server.close()
    asked, answered, _ = said.split("|")
    assert asked.endswith("?")
    assert "A-48213" in answered
    assert len({turn.session for turn in truth}) == 2


async def test_a_frame_without_a_session_is_told_so():
    server = TestServer(application(Agent(AgentSettings(), REAL, forget)))
    await server.start_server()
    async with aiohttp.ClientSession() as client, client.ws_connect(server.make_url("/ws")) as line:
        await line.send_json({"session": "", "message": "hi"})
        assert "session" in (await line.receive_json())["error"]
    await server.close()
