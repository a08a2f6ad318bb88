"""The faces over WebSockets, as our connectors meet them."""

import asyncio

import pytest

from hubbub.clock import REAL
from hubbub.connectors import twilio_relay, websocket
from hubbub.connectors.protocol import Caller
from hubbub.connectors.rawbody import Unwatched
from hubbub.errors import ExchangeFailed
from hubbub.model import AgentSpec
from hubbub.reference_agent.server import serve
from hubbub.reference_agent.settings import AgentSettings

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
