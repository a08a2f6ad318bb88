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
