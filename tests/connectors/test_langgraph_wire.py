"""LangGraph's streams and states: golden ones under every cut, cut off ones, interrupts, and messages said once."""

import pytest
from connectors.streams import cut, fuzz, read
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.fuzzing import goldens
from benchmarks.fuzzing.goldens import TEXT, chunk, sse, update
from hubbub.connectors.escalation import Parts
from hubbub.connectors.json_path import compile_path
from hubbub.connectors.langgraph_wire import RunGathering
from hubbub.connectors.platforms import langgraph
from hubbub.errors import ExchangeFailed

STREAMS = {
    "pieces": goldens.LANGGRAPH,
    "growing": goldens.LANGGRAPH_GROWING,
    "interrupt": goldens.LANGGRAPH_INTERRUPT,
}


def said(*events, **settings):
    return read(RunGathering(**settings), [sse(*events)])


@pytest.mark.parametrize("name", STREAMS)
@given(places=st.lists(st.integers(0, 5000), max_size=8))
def test_a_stream_says_the_same_however_it_is_cut_and_nothing_twice(name, places):
    whole = read(RunGathering(), cut(STREAMS[name], places))
    assert (whole.text, whole.proof, whole.trace) == (TEXT, "end of stream", "r-1")


def test_a_stream_that_ends_before_the_update_after_its_last_text_is_truncated():
    events = goldens.LANGGRAPH.split(b"\n\n")[:-1]
    for count in range(len(events)):
        with pytest.raises(ExchangeFailed, match=r"truncated: .*an update after its last message"):
            read(RunGathering(), [b"".join(event + b"\n\n" for event in events[:count])])


@pytest.mark.parametrize("event", [
    ("error", {"error": "RuntimeError", "message": "the model went away"}),
    ("updates", {"__error__": {"error": "RuntimeError", "message": "the model went away"}}),
])  # fmt: skip
def test_an_error_in_midstream_is_the_agents_own(event):
    with pytest.raises(ExchangeFailed, match=r"agent_error: .*the model went away"):
        said(chunk("half"), event)


def test_an_error_under_status_200_of_a_run_that_was_waited_for_is_the_agents_own():
    with pytest.raises(ExchangeFailed, match="agent_error: RuntimeError: the model went away"):
        RunGathering().document({"__error__": {"error": "RuntimeError", "message": "the model went away"}})


def test_an_interrupt_is_seen_by_the_preset_or_asks_the_customer_as_the_workload_says():
    handed = read(RunGathering(), [goldens.LANGGRAPH_INTERRUPT])
    (signal,) = langgraph(Parts(document=handed.last))
    assert (handed.interrupted, signal.state, signal.queue) == (True, "initiated", "tier-2")
    for value in ("Which order?", {"question": "Which order?"}):
        asks = said(update(__interrupt__=[{"value": value, "id": "i"}]), asks=True)
        assert (asks.interrupted, asks.text, asks.last) == (True, "Which order?", [])


def test_only_the_named_nodes_speak_to_the_customer():
    events = (chunk("thinking", name="a", node="plan"), chunk("Hello.", name="b", node="answer"), update(answer={}))
    assert said(*events, nodes=("answer",)).text == "Hello."
    assert said(*events).text == "thinking\nHello."


def test_subgraphs_speak_tools_do_not_and_calls_are_put_together():
    pieces = [
        {"type": "AIMessageChunk", "id": "a", "content": "", "tool_call_chunks": [
            {"index": 0, "id": "f", "name": "transfer_to_human", "args": '{"queue":'}]},
        {"type": "AIMessageChunk", "id": "a", "content": "", "tool_call_chunks": [{"index": 0, "args": '"x"}'}]},
    ]  # fmt: skip
    tool = ("messages", [{"type": "tool", "id": "t", "content": "queued"}, {}])
    deep = ("messages|sub:1", [{"type": "ai", "id": "b", "content": "Hi."}, {}])
    whole = said(*(("messages", [piece, {}]) for piece in pieces), tool, deep, update(x=None))
    assert whole.text == "Hi."
    assert [(call.name, call.arguments) for call in whole.tools] == [("transfer_to_human", '{"queue":"x"}')]


def test_a_state_says_what_came_after_the_customers_last_message_and_nothing_known():
    old, asked = {"type": "ai", "id": "1", "content": "Old."}, {"type": "human", "id": "2", "content": "And?"}
    new = {"type": "ai", "id": "3", "content": [{"type": "text", "text": TEXT}]}
    whole = RunGathering()
    whole.document({"messages": [old, asked, new]})
    assert (whole.text, whole.proof) == (TEXT, "state")
    resumed = RunGathering(known=frozenset({"1"}))
    resumed.document({"messages": [asked, old, new]})
    assert resumed.text == TEXT
    states = said(("values", {"messages": [asked]}), ("values", {"messages": [old, asked, new]}), states=True)
    assert states.text == TEXT


def test_a_state_without_messages_needs_a_path():
    whole = RunGathering(path=compile_path("$.answer"))
    whole.document({"answer": TEXT})
    assert (whole.text, whole.proof) == (TEXT, "state")
    for strange in ({"answer": TEXT}, [1], "x", None):
        lost = RunGathering()
        lost.document(strange)
        assert lost.proof == ""


def test_five_thousand_mutated_streams_each_end_in_one_outcome():
    outcomes = fuzz(RunGathering, list(STREAMS.values()), 5_000, seed=12)
    assert outcomes.keys() <= {"ok", "truncated", "malformed", "agent_error", "too_large"}
    assert outcomes["ok"] > 50 < outcomes["malformed"]
