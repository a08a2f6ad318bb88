"""The responses protocol: golden streams under every cut, broken ones, and what goes out."""

import msgspec
import pytest
from connectors.streams import cut, fuzz, read
from hypothesis import given
from hypothesis import strategies as st

from hubbub.clock import REAL
from hubbub.connectors.gathering import DocumentBody
from hubbub.connectors.openai_responses import ResponseGathering, connect
from hubbub.errors import ExchangeFailed
from hubbub.model import AgentSpec, Signal, ToolCall, Usage


def _event(kind, **said):
    return f"event: {kind}\n".encode() + b"data: " + msgspec.json.encode({"type": kind, **said}) + b"\n\n"


def _delta(text):
    return _event("response.output_text.delta", item_id="m", output_index=0, content_index=0, delta=text)


CALL = {"type": "function_call", "id": "f", "call_id": "c", "name": "transfer_to_human", "arguments": '{"reason":"x"}'}
MESSAGE = {"type": "message", "id": "m", "content": [{"type": "output_text", "text": "Grüße, 🚚 late."}]}
WHOLE = {"id": "r-1", "object": "response", "status": "completed", "output": [MESSAGE], "error": None,
         "usage": {"input_tokens": 3, "output_tokens": 2}}  # fmt: skip
OPENING = _event("response.created", response={"id": "r-1", "status": "in_progress", "output": []})
TEXT = (
    OPENING + _delta("Grüße, ") + _delta("🚚 late.") + _event("response.output_text.done", text="Grüße, 🚚 late.")
    + _event("response.output_item.done", item=MESSAGE) + _event("response.completed", response=WHOLE)
)  # fmt: skip
TOOL = (
    OPENING + _delta("One moment.") + _event("response.output_item.added", item={**CALL, "arguments": ""})
    + _event("response.function_call_arguments.delta", item_id="f", delta='{"reason":')
    + _event("response.function_call_arguments.delta", item_id="f", delta='"x"}')
    + _event("response.function_call_arguments.done", item_id="f", arguments='{"reason":"x"}')
    + _event("response.completed", response={**WHOLE, "output": [MESSAGE, CALL]})
)  # fmt: skip
LATE = OPENING + _event("response.completed", response={**WHOLE, "output": [MESSAGE, CALL]})
SPOKEN = {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "Grüße, 🚚 late."}]}
EXPECTED = {
    TEXT: ("Grüße, 🚚 late.", ()),
    TOOL: ("One moment.", (ToolCall("transfer_to_human", '{"reason":"x"}'),)),
    LATE: ("Grüße, 🚚 late.", (ToolCall("transfer_to_human", '{"reason":"x"}'),)),
    TEXT.replace(b"\n", b"\r\n"): ("Grüße, 🚚 late.", ()),
}


@pytest.mark.parametrize("stream", EXPECTED, ids=["text", "tool", "late", "crlf"])
@given(places=st.lists(st.integers(0, 5000), max_size=8))
def test_a_stream_says_the_same_however_it_is_cut_and_nothing_twice(stream, places):
    said = read(ResponseGathering(), cut(stream, places))
    assert (said.text, said.tools) == EXPECTED[stream]
    assert (said.proof, said.trace, said.usage) == ("status=completed", "r-1", Usage(3, 2))


@pytest.mark.parametrize("stream", EXPECTED, ids=["text", "tool", "late", "crlf"])
def test_a_stream_that_ends_anywhere_before_its_last_event_is_truncated(stream):
    blank = b"\r\n\r\n" if b"\r" in stream else b"\n\n"
    events = stream.split(blank)[:-1]
    for count in range(len(events)):
        with pytest.raises(ExchangeFailed, match=r"truncated: .*response.completed"):
            read(ResponseGathering(), [blank.join(events[:count]) + blank])


@pytest.mark.parametrize(
    "event",
    [
        _event("error", code="server_error", message="no capacity"),
        _event("error", error={"type": "server_error", "message": "no capacity"}),
        _event("response.failed", response={"status": "failed", "error": {"code": "x", "message": "no capacity"}}),
    ],
)
def test_an_error_in_midstream_is_the_agents_own(event):
    with pytest.raises(ExchangeFailed, match=r"agent_error: .*no capacity"):
        read(ResponseGathering(), [OPENING + _delta("half") + event])


def test_a_reply_cut_by_its_token_limit_is_whole_and_says_so():
    last = {**WHOLE, "status": "incomplete", "incomplete_details": {"reason": "max_output_tokens"}}
    said = read(ResponseGathering(), [OPENING + _delta("half") + _event("response.incomplete", response=last)])
    assert (said.text, said.proof) == ("half", "status=incomplete:max_output_tokens")


def test_ten_thousand_mutated_streams_each_end_in_one_outcome():
    outcomes = fuzz(ResponseGathering, list(EXPECTED), 10_000, seed=5)
    assert outcomes.keys() <= {"ok", "truncated", "malformed", "agent_error", "too_large"}
    assert outcomes["ok"] > 100 < outcomes["malformed"]


def test_a_document_without_output_is_not_an_answer_and_says_whose_it_may_be():
    body = DocumentBody(ResponseGathering(), "application/json")
    body._pieces.append(b'{"choices": []}')
    with pytest.raises(ExchangeFailed, match=r"malformed: .*connector openai-chat"):
        body.end()


async def _said(servers, caller, seen, reply_of, **options):
    answers = [reply_of(msgspec.json.encode({**WHOLE, "id": f"r-{n}", "output": [MESSAGE, CALL]})) for n in (1, 2)]
    port = await servers.answering(*answers)
    options = {"model": "m", "system": "Be kind.", "stream": False, **options}
    agent = AgentSpec(connector="openai-responses", url=f"http://127.0.0.1:{port}/v1/responses", options=options)
    connector = await connect(agent, REAL)
    session = connector.session(caller)
    replies = [await session.say(texts, seen) for texts in (("one", "two"), ("three",))]
    await connector.close()
    return replies, [msgspec.json.decode(body) for _, body in servers.requests]


async def test_the_history_is_sent_again_with_each_turn(servers, caller, seen, reply_of):
    replies, bodies = await _said(servers, caller, seen, reply_of)
    assert bodies[1] == {
        "model": "m", "stream": False, "instructions": "Be kind.", "user": "run-7",
        "input": [
            {"role": "user", "content": "one\ntwo"}, SPOKEN,
            {"role": "user", "content": "three"},
        ],
    }  # fmt: skip
    assert replies[0].signals == (Signal("initiated", "tool", "", "x", '{"reason":"x"}'),)


async def test_history_server_continues_the_response_before(servers, caller, seen, reply_of):
    _, bodies = await _said(servers, caller, seen, reply_of, history="server")
    assert "previous_response_id" not in bodies[0]
    assert bodies[1]["previous_response_id"] == "r-1"
    assert bodies[1]["input"] == [{"role": "user", "content": "three"}]
