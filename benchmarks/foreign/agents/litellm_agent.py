"""The scripted agent as a custom provider of LiteLLM's proxy."""

import json
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import litellm
from litellm import CustomLLM, ModelResponse
from litellm.types.utils import GenericStreamingChunk

sys.path.insert(0, str(Path(__file__).parent))
import answers


def _said(messages: list[dict[str, Any]]) -> list[str]:
    return [message["content"] for message in messages if message["role"] == "user"]


def _call() -> dict[str, Any]:
    return {
        "id": "call-1",
        "type": "function",
        "function": {"name": "transfer_to_human", "arguments": json.dumps(answers.HANDOFF)},
        "index": 0,
    }


def _chunk(text: str, finish: str = "", call: dict[str, Any] | None = None) -> GenericStreamingChunk:
    return {
        "text": text, "is_finished": bool(finish), "finish_reason": finish, "usage": None, "index": 0, "tool_use": call,
    }  # fmt: skip


class Scripted(CustomLLM):
    """Its answer is a function of what was said."""

    def completion(self, *_: Any, **given: Any) -> ModelResponse:
        said = _said(given["messages"])
        text = answers.text_of(len(said), said[-1])
        message: dict[str, Any] = {"role": "assistant", "content": text}
        if answers.wants_human(said[-1]):
            message["tool_calls"] = [_call()]
        finish = "tool_calls" if answers.wants_human(said[-1]) else "stop"
        return ModelResponse(choices=[{"index": 0, "message": message, "finish_reason": finish}])

    async def acompletion(self, *_: Any, **given: Any) -> ModelResponse:
        return self.completion(**given)

    def streaming(self, *_: Any, **given: Any) -> Iterator[GenericStreamingChunk]:
        said = _said(given["messages"])
        for number, piece in enumerate(answers.pieces_of(answers.text_of(len(said), said[-1]))):
            if number == 2 and answers.fault_of(said[-1]) == "break":
                raise litellm.APIConnectionError("the model went away", "scripted", "agent")
            yield _chunk(piece)
        human = answers.wants_human(said[-1])
        yield _chunk("", "tool_calls" if human else "stop", _call() if human else None)

    async def astreaming(self, *_: Any, **given: Any) -> AsyncIterator[GenericStreamingChunk]:
        for chunk in self.streaming(**given):
            yield chunk


scripted = Scripted()
