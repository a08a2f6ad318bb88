"""What the agent does for a customer is a tool call in every protocol of models, as our own connectors read it."""

import json

import pytest
from aiohttp.test_utils import TestServer

from hubbub.clock import REAL
from hubbub.connectors import anthropic_messages, openai_chat, openai_responses
from hubbub.connectors.protocol import Caller
from hubbub.connectors.rawbody import Unwatched
from hubbub.model import AgentSpec
from hubbub.reference_agent.agent import Agent
from hubbub.reference_agent.server import application
from hubbub.reference_agent.settings import AgentSettings
from hubbub.reference_agent.truth import forget

FACES = {
    "chat": (openai_chat, "v1/chat/completions"),
    "responses": (openai_responses, "v1/responses"),
    "messages": (anthropic_messages, "v1/messages"),
}
QUICK = AgentSettings(service_s=0.0, tokens_per_s=10_000.0)


@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize("face", FACES)
async def test_a_deed_and_a_hand_over_are_tool_calls(face: str, streamed: bool):
    room, path = FACES[face]
    async with TestServer(application(Agent(QUICK, REAL, forget))) as server:
        where = AgentSpec(connector="", url=str(server.make_url(path)), options={"stream": streamed})
        connector = await room.connect(where, REAL)
        session = connector.session(Caller(1, "run-1", "web-chat", "en-US"))
        said = ("my money back for the kettle, order A-48213", "what now", "I want to talk to a human")
        done, nothing, handed = [await session.say((text,), Unwatched()) for text in said]
        await connector.close()
    assert [(call.name, json.loads(call.arguments)["order_id"]) for call in done.tools] == [("start_refund", "A-48213")]
    assert done.signals == nothing.tools == ()
    assert [call.name for call in handed.tools] == ["transfer_to_human"]
    assert "A-48213" in json.loads(handed.tools[0].arguments)["summary"]
