"""The messages protocol: golden streams under every cut, broken ones, and what goes out."""

import msgspec
import pytest
from connectors.streams import cut, fuzz, read
from hypothesis import given
from hypothesis import strategies as st

from hubbub.clock import REAL
from hubbub.connectors.anthropic_messages import MessageGathering, connect
from hubbub.errors import ExchangeFailed
from hubbub.model import AgentSpec, Signal, ToolCall, Usage


def _event(kind, **said):
    return f"event: {kind}\n".encode() + b"data: " + msgspec.json.encode({"type": kind, **said}) + b"\n\n"


def _delta(index, **delta):
    return _event("content_block_delta", index=index, delta=delta)


CALL = {"type": "tool_use", "id": "t", "name": "escalate", "input": {}}
START = _event(
    "message_start", message={"id": "msg-1", "content": [], "usage": {"input_tokens": 9, "output_tokens": 1}}
)
BLOCK = _event("content_block_start", index=0, content_block={"type": "text", "text": ""})
END = (
    _event("message_delta", delta={"stop_reason": "end_turn"}, usage={"output_tokens": 4}) + _event("message_stop")
)  # fmt: skip
TEXT = (
    START + _event("ping") + BLOCK + _delta(0, type="text_delta", text="Grüße, ")
    + _delta(0, type="text_delta", text="🚚 late.") + _event("content_block_stop", index=0) + END
)  # fmt: skip
TOOL = (
    START + _event("content_block_start", index=0, content_block={"type": "thinking", "thinking": ""})
    + _delta(0, type="thinking_delta", thinking="hm") + _event("content_block_stop", index=0)
    + _event("content_block_start", index=1, content_block={"type": "text", "text": ""})
    + _delta(1, type="text_delta", text="One moment.") + _event("content_block_stop", index=1)
    + _event("content_block_start", index=2, content_block=CALL)
    + _delta(2, type="input_json_delta", partial_json='{"rea')
    + _delta(2, type="input_json_delta", partial_json='son":"x"}')
    + _event("content_block_stop", index=2)
    + _event("message_delta", delta={"stop_reason": "tool_use"}, usage={"output_tokens": 4}) + _event("message_stop")
)  # fmt: skip
EXPECTED = {
    TEXT: ("Grüße, 🚚 late.", (), "stop_reason=end_turn"),
    TOOL: ("One moment.", (ToolCall("escalate", '{"reason":"x"}'),), "stop_reason=tool_use"),
    TEXT.replace(b"\n", b"\r\n"): ("Grüße, 🚚 late.", (), "stop_reason=end_turn"),
}


@pytest.mark.parametrize("stream", EXPECTED, ids=["text", "tool", "crlf"])
@given(places=st.lists(st.integers(0, 5000), max_size=8))
def test_a_stream_says_the_same_however_it_is_cut_and_thinking_is_not_said(stream, places):
    said = read(MessageGathering(), cut(stream, places))
    assert (said.text, said.tools, said.proof) == EXPECTED[stream]
    assert (said.trace, said.usage) == ("msg-1", Usage(9, 4))


@pytest.mark.parametrize("stream", EXPECTED, ids=["text", "tool", "crlf"])
def test_a_stream_without_message_stop_is_truncated_even_after_its_stop_reason(stream):
    blank = b"\r\n\r\n" if b"\r" in stream else b"\n\n"
    events = stream.split(blank)[:-1]
    for count in range(len(events)):
        with pytest.raises(ExchangeFailed, match=r"truncated: .*message_stop"):
            read(MessageGathering(), [blank.join(events[:count]) + blank])


def test_an_error_in_midstream_is_the_agents_own():
    overloaded = _event("error", error={"type": "overloaded_error", "message": "Overloaded"})
    with pytest.raises(ExchangeFailed, match="agent_error: overloaded_error: Overloaded"):
        read(MessageGathering(), [START + BLOCK + _delta(0, type="text_delta", text="half") + overloaded])


def test_ten_thousand_mutated_streams_each_end_in_one_outcome():
    outcomes = fuzz(MessageGathering, list(EXPECTED), 10_000, seed=6)
    assert outcomes.keys() <= {"ok", "truncated", "malformed", "agent_error", "too_large"}
    assert outcomes["ok"] > 100 < outcomes["malformed"]


WHOLE = {
    "id": "msg-1", "type": "message", "role": "assistant", "stop_reason": "tool_use",
    "content": [{"type": "text", "text": "A"}, {**CALL, "input": {"reason": "x"}}],
    "usage": {"input_tokens": 9, "output_tokens": 4},
}  # fmt: skip


async def _connector(port, **options):
    options = {"model": "m", "system": "Be kind.", "stream": False, **options}
    agent = AgentSpec(connector="anthropic-messages", url=f"http://127.0.0.1:{port}/v1/messages", options=options)
    return await connect(agent, REAL)


async def test_history_version_and_user_go_out_and_a_document_comes_back(servers, caller, seen, reply_of):
    connector = await _connector(await servers.answering(reply_of(msgspec.json.encode(WHOLE))))
    session = connector.session(caller)
    await session.say(("one", "two"), seen)
    reply = await session.say(("three",), seen)
    await connector.close()
    head, body = servers.requests[1]
    assert b"anthropic-version: 2023-06-01\r\n" in head
    assert msgspec.json.decode(body) == {
        "model": "m", "max_tokens": 1024, "stream": False, "system": "Be kind.", "metadata": {"user_id": "run-7"},
        "messages": [
            {"role": "user", "content": "one\ntwo"}, {"role": "assistant", "content": "A"},
            {"role": "user", "content": "three"},
        ],
    }  # fmt: skip
    assert (reply.text, reply.completed_by, reply.usage) == ("A", "stop_reason=tool_use", Usage(9, 4))
    assert reply.signals == (Signal("initiated", "tool", "", "x", '{"reason":"x"}'),)


async def test_529_is_an_error_of_the_agents_with_its_words(servers, caller, seen, reply_of):
    body = b'{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}'
    connector = await _connector(await servers.answering(reply_of(body, "529 Overloaded")))
    with pytest.raises(ExchangeFailed, match=r"http_5xx: 529 .*Overloaded"):
        await connector.session(caller).say(("hi",), seen)
    await connector.close()
