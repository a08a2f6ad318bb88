"""Messages as the common chat APIs and frameworks write them, brought into one shape: role, content, tool_calls."""

from collections.abc import Mapping
from typing import Any

_WORDS = (
    "text",
    "input_text",
    "output_text",
    "refusal",
)  # types of parts that hold words: chat completions, Responses API
_RESULTS = ("tool_result", "function_call_output")  # of parts and items that hold a tool's answer
_CALLS = ("tool_use", "tool_call", "function_call")
_ITEMS = ("function_call", "function_call_output", "reasoning", "message")  # of items of the Responses API
_ROLES = ("human", "ai", "user", "assistant", "system", "tool")  # what LangChain calls a message's type
_CLASSES = {"human": "human", "ai": "ai", "system": "system", "tool": "tool", "function": "tool"}  # of its messages
_RASA = ("user", "bot")  # events of a tracker that are words; of the others, `action` is what the bot did

Row = Mapping[str, Any]


def in_one_shape(row: Row) -> Row:
    """The same message with its role and its tool's answer where chat completions have them; others as they are.

    Read from the published shapes of the Responses API (items), Anthropic's Messages API (`tool_use` and `tool_result`
    blocks), Gemini's `contents` (`parts` with `functionCall` and `functionResponse`), LangChain's messages (`type`,
    also as it serializes them) and the events of Rasa's trackers.
    """
    row = _unpacked(row)
    kind = row.get("type")
    if kind in _ITEMS and "role" not in row:
        return _item(row, str(kind))
    if kind in _ROLES and "role" not in row and "sender" not in row:
        data = row.get("data")
        row = {**row, **(data if isinstance(data, dict) else {}), "role": kind}
    parts = row.get("parts") if isinstance(row.get("parts"), list) else row.get("content")
    answers = [answer for part in parts if (answer := _answer(part))] if isinstance(parts, list) else []
    if not answers:
        return row
    words = "\n".join(_words(answer) for answer in answers)
    failed = any(answer.get("is_error") is True for answer in answers)
    return {**row, "role": "tool", "content": words, "is_error": failed, "name": answers[0].get("name")}


def _unpacked(row: Row) -> Row:
    """LangChain's message out of its serialized constructor, Rasa's event with a role; others as they are."""
    path, kept = row.get("id"), row.get("kwargs")
    if "lc" in row and isinstance(path, list) and path and isinstance(kept, dict):
        kind = str(path[-1]).removesuffix("Chunk").removesuffix("Message").lower()
        return {**kept, "type": _CLASSES.get(kind, kind)}
    event = row.get("event")
    if not isinstance(event, str) or "role" in row or "sender" in row:
        return row
    if event in _RASA:
        return {**row, "role": event}
    return {"role": "assistant", "tool_calls": [row]} if event == "action" else {"role": "system"}


def _item(row: Row, kind: str) -> Row:
    if kind == "function_call":
        return {**row, "role": "assistant", "content": "", "tool_calls": [row]}
    if kind == "function_call_output":
        return {**row, "role": "tool", "content": _words(row)}
    return {**row, "role": "assistant" if kind == "message" else "system"}


def _answer(part: Any) -> Row | None:
    """A tool's answer that stands among the parts of a user's message."""
    if not isinstance(part, dict):
        return None
    if part.get("type") in _RESULTS:
        return part
    response = part.get("functionResponse", part.get("function_response"))
    return response if isinstance(response, dict) else None


def _words(answer: Row) -> str:
    held = next((answer[key] for key in ("content", "output", "response") if key in answer), "")
    parts = held if isinstance(held, list) else [held]
    return "\n".join(words_of(part) if isinstance(part, dict) and "text" in part else str(part) for part in parts)


def words_of(part: Any) -> str:
    """The words of one part of a content; none of a part that is something else, such as a picture or a call."""
    if isinstance(part, str):
        return part
    if not isinstance(part, dict) or part.get("type", "text") not in _WORDS:
        return ""
    text = part.get("text", part.get("refusal"))
    if isinstance(text, dict):  # as the Assistants API keeps it, with its annotations
        text = text.get("value")
    return str(text or "")


def call_of(part: Any) -> Any:
    """The tool call that one part of a content is, or None."""
    if not isinstance(part, dict):
        return None
    return part if part.get("type") in _CALLS else part.get("functionCall", part.get("function_call"))
