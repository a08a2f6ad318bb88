"""Logs of other chat APIs than chat completions are read with their tool calls and what those calls came to."""

import json
from pathlib import Path
from typing import Any

import pytest

from hubbub.transcripts.columns import Columns, Senders
from hubbub.transcripts.reading import read_log
from hubbub.transcripts.values import Message

SAFETY = {"queue": "safety"}
LANGCHAIN = [
    {"type": "human", "content": "my meter sparks"},
    {"type": "ai", "content": "", "tool_calls": [{"name": "to_human", "args": SAFETY, "id": "1"}]},
    {"type": "tool", "content": "error: nobody is in", "tool_call_id": "1"},
    {"type": "ai", "content": "Please stay away from it."},
]
STORED = [{"type": one["type"], "data": {k: v for k, v in one.items() if k != "type"}} for one in LANGCHAIN]
GEMINI = [
    {"role": "user", "parts": [{"text": "my meter sparks"}]},
    {"role": "model", "parts": [{"functionCall": {"name": "to_human", "args": SAFETY}}]},
    {"role": "user", "parts": [{"functionResponse": {"name": "to_human", "response": "error: nobody is in"}}]},
    {"role": "model", "parts": [{"text": "Please stay away from it."}]},
]
ANTHROPIC = [
    {"role": "user", "content": "my meter sparks"},
    {"role": "assistant", "content": [{"type": "tool_use", "id": "1", "name": "to_human", "input": SAFETY}]},
    {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "1", "is_error": True,
                                  "content": [{"type": "text", "text": "nobody is in"}]}]},
    {"role": "assistant", "content": [{"type": "text", "text": "Please stay away from it."}]},
]  # fmt: skip
RESPONSES = [
    {"role": "developer", "content": "be kind"},
    {"role": "user", "content": [{"type": "input_text", "text": "my meter sparks"}]},
    {"type": "reasoning", "summary": []},
    {"type": "function_call", "call_id": "1", "name": "to_human", "arguments": '{"queue": "safety"}'},
    {"type": "function_call_output", "call_id": "1", "output": "error: nobody is in"},
    {"type": "message", "role": "assistant",
     "content": [{"type": "output_text", "text": "Please stay away from it."}]},
]  # fmt: skip
SHAPES: dict[str, dict[str, Any]] = {
    "langchain": {"thread_id": "c", "messages": LANGCHAIN},
    "langchain, stored": {"thread_id": "c", "messages": STORED},
    "gemini": {"id": "c", "contents": GEMINI},
    "anthropic": {"id": "c", "messages": ANTHROPIC},
    "responses": {"id": "c", "items": RESPONSES},
}


def read(tmp_path: Path, *values: object) -> tuple[Message, ...]:
    path = tmp_path / "log.jsonl"
    path.write_text("\n".join(json.dumps(value) for value in values))
    (transcript,) = read_log(path, Columns(), Senders()).transcripts
    return transcript.messages


@pytest.mark.parametrize("name", SHAPES)
def test_a_message_list_of_any_common_api_says_the_same(tmp_path: Path, name: str):
    asked, called, answer, said = read(tmp_path, SHAPES[name])
    assert (asked.sender, asked.text) == ("customer", "my meter sparks")
    assert (called.sender, called.text, called.tools[0].name) == ("agent", "", "to_human")
    assert json.loads(called.tools[0].arguments) == SAFETY
    assert (answer.sender, answer.failed) == ("tool", True)
    assert (said.sender, said.text) == ("agent", "Please stay away from it.")


def test_a_row_whose_type_is_nobodys_role_has_no_sender(tmp_path: Path):
    row = {"conversation": "a", "sender": "customer", "text": "hi"}
    assert len(read(tmp_path, row, {"conversation": "a", "type": "typing", "text": "..."})) == 1


def test_a_type_does_not_overrule_a_sender(tmp_path: Path):
    (message,) = read(tmp_path, {"conversation": "a", "sender": "customer", "type": "ai", "text": "hi"})
    assert message.sender == "customer"


def lc(kind: str, **kwargs: object) -> dict[str, Any]:
    return {"lc": 1, "type": "constructor", "id": ["langchain", "schema", "messages", kind], "kwargs": kwargs}


PLAIN = [{"role": "user", "content": "my meter sparks"}, {"role": "assistant", "content": "Keep away."}]
WRAPPED: dict[str, dict[str, Any]] = {
    "langgraph, a thread's state": {
        "thread_id": "c",
        "values": {
            "messages": [{"type": "human", "content": "my meter sparks"}, {"type": "ai", "content": "Keep away."}]
        },
    },
    "langsmith, a chain's run": {
        "id": "c",
        "run_type": "chain",
        "inputs": {"messages": PLAIN[:1]},
        "outputs": {"messages": [lc("HumanMessage", content="my meter sparks"), lc("AIMessage", content="Keep away.")]},
    },
    "langsmith, a model's run": {
        "id": "run-9",
        "session_id": "a project",
        "run_type": "llm",
        "extra": {"metadata": {"thread_id": "c"}},
        "inputs": {"messages": [[lc("HumanMessage", content="my meter sparks")]]},
        "outputs": lc("AIMessage", content="Keep away."),
    },
    "a request and its response": {
        "id": "c",
        "request": {"model": "m", "messages": PLAIN[:1]},
        "response": {"choices": [{"message": PLAIN[1]}]},
    },
    "sharegpt": {
        "id": "c",
        "conversations": [{"from": "human", "value": "my meter sparks"}, {"from": "gpt", "value": "Keep away."}],
    },
    "assistants": {
        "id": "c",
        "messages": [
            {"role": "user", "content": [{"type": "text", "text": {"value": "my meter sparks", "annotations": []}}]},
            {"role": "assistant", "content": [{"type": "refusal", "refusal": "Keep away."}]},
        ],
    },
    "intercom": {
        "id": "c",
        "source": {"author": {"type": "user"}, "body": "<p>my meter sparks</p>"},
        "conversation_parts": {"conversation_parts": [{"author": {"type": "bot"}, "body": "<p>Keep away.</p>"}]},
    },
    "rasa": {
        "sender_id": "x",
        "id": "c",
        "events": [
            {"event": "slot", "name": "meter"},
            {"event": "user", "text": "my meter sparks"},
            {"event": "bot", "text": "Keep away."},
        ],
    },
    "contact lens": {
        "ContactId": "c",
        "Transcript": [
            {"ParticipantId": "CUSTOMER", "Content": "my meter sparks"},
            {"ParticipantId": "AGENT", "Content": "Keep away."},
        ],
    },
}


@pytest.mark.parametrize("name", WRAPPED)
def test_messages_are_found_in_what_is_wrapped_around_them(tmp_path: Path, name: str):
    path = tmp_path / "log.jsonl"
    path.write_text(json.dumps(WRAPPED[name]))
    (transcript,) = read_log(path, Columns(), Senders()).transcripts
    said = [(m.sender, m.text) for m in transcript.messages]
    assert (transcript.name, said) == ("c", [("customer", "my meter sparks"), ("agent", "Keep away.")])


def test_an_action_of_rasas_is_a_tool_call(tmp_path: Path):
    events = [{"event": "user", "text": "a human"}, {"event": "action", "name": "action_handoff"}]
    assert [tool.name for tool in read(tmp_path, {"id": "c", "events": events})[-1].tools] == ["action_handoff"]


def test_a_conversation_that_a_trace_keeps_once_more_with_every_message_is_one(tmp_path: Path):
    again = {"role": "user", "content": "and now?"}
    grown = [{"id": "c", "messages": said} for said in (PLAIN, [*PLAIN, again], PLAIN[:1])]
    assert [m.text for m in read(tmp_path, *grown)] == ["my meter sparks", "Keep away.", "and now?"]
    path = tmp_path / "log.jsonl"
    path.write_text("\n".join(json.dumps({"id": "c", "messages": said}) for said in (PLAIN, [again, *PLAIN])))
    assert len(read_log(path, Columns(), Senders()).transcripts) == 2


def test_a_tool_message_with_a_status_of_error_came_to_nothing(tmp_path: Path):
    answer = {"type": "tool", "status": "error", "content": "nobody is in"}
    assert read(tmp_path, {"id": "c", "messages": [LANGCHAIN[0], answer]})[-1].failed


def test_tools_of_the_customers_own_are_no_answers_to_the_agents(tmp_path: Path):
    own = {"role": "tool", "requestor": "user", "error": True, "content": "no signal"}
    assert [m.sender for m in read(tmp_path, {"id": "c", "messages": [PLAIN[0], own, PLAIN[1]]})] == [
        "customer",
        "agent",
    ]
