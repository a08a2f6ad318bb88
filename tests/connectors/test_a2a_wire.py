"""A2A streams of both versions: golden ones under every cut, cut off ones, artifacts by their rule, and failures."""

import pytest
from connectors.streams import cut, fuzz, read
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.fuzzing import goldens
from benchmarks.fuzzing.goldens import TEXT, artifact, status
from hubbub.connectors.a2a_wire import TaskGathering
from hubbub.connectors.escalation import Parts
from hubbub.connectors.platforms import a2a
from hubbub.errors import ExchangeFailed
from hubbub.model import Signal

STREAMS = {
    "appended": (goldens.A2A, "state=completed"),
    "replaced": (goldens.A2A_REPLACED, "state=completed"),
    "0.3": (goldens.A2A_OLD, "state=completed"),
    "question": (goldens.A2A_QUESTION, "state=input-required"),
    "message": (goldens.A2A_MESSAGE, "message"),
}


def gathering(**settings):
    return TaskGathering("r-1", **settings)


def said(*results, **settings):
    return read(gathering(**settings), [goldens._rpc(*results)])


def document(result, **settings):
    whole = gathering(**settings)
    whole.document({"jsonrpc": "2.0", "id": "r-1", "result": result})
    return whole


@pytest.mark.parametrize("name", STREAMS)
@given(places=st.lists(st.integers(0, 5000), max_size=8))
def test_a_stream_says_the_same_however_it_is_cut(name, places):
    stream, proof = STREAMS[name]
    whole = read(gathering(), cut(stream, places))
    assert (whole.text, whole.proof, whole.session) == (TEXT, proof, "c-1")


@pytest.mark.parametrize("name", STREAMS)
def test_a_stream_without_a_last_word_is_truncated(name):
    events = STREAMS[name][0].split(b"\n\n")[:-1]
    for count in range(len(events)):
        with pytest.raises(ExchangeFailed, match=r"truncated: .*waits for input"):
            read(gathering(), [b"".join(event + b"\n\n" for event in events[:count])])


def test_a_handoff_in_a_data_part_is_found_among_the_events_of_a_stream():
    whole = read(gathering(), [goldens.A2A_REPLACED])
    (signal,) = a2a(Parts(document=whole.last))
    assert (signal.state, signal.provenance, signal.queue) == ("initiated", "field", "tier-2")


def test_a_task_that_waits_for_input_is_a_question_or_a_handoff_as_the_workload_says():
    assert read(gathering(), [goldens.A2A_QUESTION]).signals == []
    handed = read(gathering(waiting_is_handoff=True), [goldens.A2A_QUESTION])
    assert handed.signals == [Signal("initiated", "control", "", TEXT)]


def test_two_artifacts_and_a_last_word_stand_on_lines_of_their_own_and_nothing_stands_twice():
    end = status("TASK_STATE_COMPLETED", "All done.")
    whole = said(artifact("one", append=False), artifact("two", append=False, name="b"), end)
    assert whole.text == "one\ntwo\nAll done."
    assert said(artifact("All done. Bye.", append=False), end).text == "All done. Bye."


def test_what_a_task_says_on_its_way_is_the_reply_only_when_nothing_else_is_or_when_it_is_wanted():
    way, end = status("TASK_STATE_WORKING", "Looking ..."), status("TASK_STATE_COMPLETED", "Found.")
    assert said(way, end).text == "Found."
    assert said(way, status("TASK_STATE_COMPLETED")).text == "Looking ..."
    assert said(way, end, progress=True).text == "Looking ...\nFound."


def test_a_whole_task_replaces_what_its_updates_had_said():
    task = {"id": "t-1", "contextId": "c-1", "status": {"state": "TASK_STATE_COMPLETED"},
            "artifacts": [{"artifactId": "a-1", "parts": [{"text": "Grüße, "}, {"text": "🚚 late."}]}]}  # fmt: skip
    assert said(artifact("Grü", append=False), {"task": task}).text == TEXT
    assert document(task).text == document({"task": task}).text == TEXT


def test_an_agent_that_keeps_its_words_in_the_history_is_heard_since_the_customers_last_message():
    spoken = [{"role": "agent", "parts": [{"text": "old"}]}, {"role": "user", "parts": [{"text": "and?"}]},
              {"role": "agent", "parts": [{"text": TEXT}]}]  # fmt: skip
    task = {"kind": "task", "id": "t", "contextId": "c", "status": {"state": "completed"}, "history": spoken}
    assert document(task).text == TEXT


@pytest.mark.parametrize("state", ["TASK_STATE_SUBMITTED", "TASK_STATE_WORKING", "submitted", "working"])
@pytest.mark.parametrize("stamp", ["2026-11-23T17:45:03.123Z", "2026-11-23T17:45:03", "yesterday", None, 7])
def test_a_task_that_is_only_under_way_is_a_receipt_whatever_its_timestamp(state, stamp):
    receipt = document({"id": "t-9", "contextId": "c", "status": {"state": state, "timestamp": stamp}})
    assert (receipt.pending, receipt.task) == (True, "t-9")


@pytest.mark.parametrize("state", ["TASK_STATE_FAILED", "rejected", "TASK_STATE_CANCELED"])
def test_a_task_that_failed_is_the_agents_error_with_its_words(state):
    with pytest.raises(ExchangeFailed, match=r"agent_error: the task is .*: no quota"):
        said(status(state, "no quota"))


@pytest.mark.parametrize(
    ("error", "told"),
    [
        ({"code": -32009, "message": "Version not supported"}, "agent.options.version"),
        ({"code": -32601, "message": "Method not found"}, "agent.options.version"),
        ({"code": -32603, "message": "the model went away"}, "-32603: the model went away"),
        ("broken", "None: broken"),
    ],
)
def test_a_json_rpc_error_is_the_agents_and_one_of_versions_names_the_setting(error, told):
    with pytest.raises(ExchangeFailed, match="agent_error") as failed:
        gathering().document({"jsonrpc": "2.0", "id": "r-1", "error": error})
    assert told in failed.value.detail


@pytest.mark.parametrize("wrong", [{"choices": []}, {"result": {"text": "hi"}}, {"result": 7}, {"id": "r-2", "result": {
    "message": {"parts": [{"text": "for another"}]}}}])  # fmt: skip
def test_what_is_no_answer_to_this_request_is_malformed(wrong):
    with pytest.raises(ExchangeFailed, match="malformed"):
        gathering().document(wrong)


def test_five_thousand_mutated_streams_each_end_in_one_outcome():
    outcomes = fuzz(gathering, [stream for stream, _ in STREAMS.values()], 5_000, seed=11)
    assert outcomes.keys() <= {"ok", "truncated", "malformed", "agent_error", "too_large"}
    assert outcomes["ok"] > 50 < outcomes["malformed"]
