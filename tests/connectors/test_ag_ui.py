"""AG-UI: golden streams under every cut, errors, interrupts, and the messages that go out again with each run."""

import msgspec
import pytest
from connectors.streams import cut, fuzz, read
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.fuzzing import goldens
from benchmarks.fuzzing.goldens import TEXT, _said, sse
from hubbub.clock import REAL
from hubbub.connectors.ag_ui import RunGathering, connect
from hubbub.connectors.escalation import Parts
from hubbub.connectors.platforms import ag_ui
from hubbub.errors import ExchangeFailed
from hubbub.model import AgentSpec, ToolCall, Usage

STREAMS = {
    "text": (goldens.AG_UI, "RUN_FINISHED=success"),
    "chunks": (goldens.AG_UI_CHUNKS, "RUN_FINISHED=success"),
    "interrupt": (goldens.AG_UI_INTERRUPT, "RUN_FINISHED=interrupt"),
}


def said(*events, **settings):
    return read(RunGathering(**settings), [sse(*events)])


@pytest.mark.parametrize("name", STREAMS)
@given(places=st.lists(st.integers(0, 5000), max_size=8))
def test_a_stream_says_the_same_however_it_is_cut_and_nothing_twice(name, places):
    stream, proof = STREAMS[name]
    whole = read(RunGathering(), cut(stream, places))
    assert (whole.text, whole.proof, whole.trace) == (TEXT, proof, "r-1")


@pytest.mark.parametrize("name", STREAMS)
def test_a_stream_without_run_finished_is_truncated(name):
    events = STREAMS[name][0].split(b"\n\n")[:-1]
    for count in range(len(events)):
        with pytest.raises(ExchangeFailed, match=r"truncated: .*RUN_FINISHED"):
            read(RunGathering(), [b"".join(event + b"\n\n" for event in events[:count])])


def test_tools_are_put_together_and_one_that_calls_a_human_is_an_escalation():
    whole = read(RunGathering(), [goldens.AG_UI_CHUNKS])
    assert whole.tools == (ToolCall("transfer_to_human", '{"queue":"tier-2"}'),)
    (signal,) = ag_ui(Parts(tools=whole.tools, document=whole.last))
    assert (signal.provenance, signal.queue) == ("tool", "tier-2")


def test_an_interrupt_calls_a_human_or_asks_the_customer_as_the_workload_says():
    handed = read(RunGathering(), [goldens.AG_UI_INTERRUPT])
    (signal,) = ag_ui(Parts(document=handed.last))
    assert (signal.provenance, signal.queue, signal.reason) == ("control", "tier-2", "A human takes over.")
    asks = read(RunGathering(asks=True), [goldens.AG_UI_INTERRUPT])
    assert asks.text == f"{TEXT}\nA human takes over."
    assert ag_ui(Parts(document=asks.last)) == ()


@pytest.mark.parametrize(("event", "words"), [
    (_said("RUN_ERROR", code="MODEL", message="no quota"), "MODEL: no quota"),
    (_said("RUN_ERROR", message="no quota"), "no quota"),
    (_said("RUN_FINISHED", outcome={"type": "cancelled"}), "the run was cancelled"),
])  # fmt: skip
def test_a_run_that_fails_is_the_agents_error_with_what_it_had_said(event, words):
    with pytest.raises(ExchangeFailed, match=f"agent_error: {words}"):
        said(_said("TEXT_MESSAGE_CHUNK", messageId="m", delta="half"), event)


def test_messages_stand_on_lines_of_their_own_and_those_of_others_are_not_said():
    whole = said(
        _said("TEXT_MESSAGE_CHUNK", messageId="a", delta="one"),
        _said("TEXT_MESSAGE_CHUNK", messageId="b", delta="two"),
        _said("TEXT_MESSAGE_START", messageId="c", role="user"),
        _said("TEXT_MESSAGE_CONTENT", messageId="c", delta="x"),
        _said("RUN_FINISHED", usage=[{"inputTokens": 3, "outputTokens": 2}, {"inputTokens": 1}]),
    )  # fmt: skip
    assert (whole.text, whole.usage) == ("one\ntwo", Usage(4, 2))


def test_five_thousand_mutated_streams_each_end_in_one_outcome():
    outcomes = fuzz(RunGathering, [stream for stream, _ in STREAMS.values()], 5_000, seed=14)
    assert outcomes.keys() <= {"ok", "truncated", "malformed", "agent_error", "too_large"}
    assert outcomes["ok"] > 50 < outcomes["malformed"]


@pytest.mark.parametrize("history", ["resend", "server"])
async def test_messages_go_out_again_under_their_own_ids_and_an_interrupt_is_resumed(
    servers, caller, seen, reply_of, history
):
    run = reply_of(goldens.AG_UI_INTERRUPT, "200 OK", "text/event-stream")
    url = f"http://127.0.0.1:{await servers.answering(run)}/agent"
    options = {"history": history, "state": {"tier": "gold"}}
    connector = await connect(AgentSpec(connector="ag-ui", url=url, options=options), REAL)
    session = connector.session(caller)
    await session.say(("one", "two"), seen)
    await session.say(("three",), seen)
    await connector.close()
    first, second = (msgspec.json.decode(body) for _, body in servers.requests)
    assert first == {
        "threadId": "run-7", "runId": "run-7-run-1", "state": {"tier": "gold"}, "tools": [], "context": [],
        "forwardedProps": {}, "messages": [{"id": "run-7-1", "role": "user", "content": "one\ntwo"}],
    }  # fmt: skip
    before = [*first["messages"], {"id": "m", "role": "assistant", "content": TEXT}] if history == "resend" else []
    assert second["messages"] == [*before, {"id": "run-7-2", "role": "user", "content": "three"}]
    assert second["resume"] == [{"interruptId": "i-1", "status": "resolved", "payload": "three"}]
