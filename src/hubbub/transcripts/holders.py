"""Where a value of a file keeps its messages: in itself, or in what frameworks and traces wrap around them."""

from collections.abc import Iterator, Mapping
from typing import Any

from hubbub.transcripts.columns import Columns
from hubbub.transcripts.told import messages_told

_AROUND = ("values", "state", "channel_values", "outputs", "output", "conversation_parts")  # of the whole conversation
_ASKED = ("inputs", "input", "request", "body")  # of what a model was sent, and with the next what it answered
_ANSWERED = ("outputs", "output", "response")

Row = Mapping[str, Any]


def messages_of(value: Row, columns: Columns) -> list[Any]:
    """The messages of a conversation that stands whole in one value; none where it is something else.

    Read from the published shapes of LangGraph's thread states (`values`), LangSmith's runs (`inputs` and `outputs`),
    records of a chat API's requests and responses, ShareGPT's `conversations` and Intercom's `conversation_parts`.
    """
    direct = _listed(value, columns)
    if direct:
        return direct
    for key in _AROUND:
        held = _listed(value.get(key), columns)
        if held:
            return [*_first_words(value), *held]
    asked = next((held for key in _ASKED if (held := _listed(value.get(key), columns))), [])
    if len(asked) == 1 and isinstance(asked[0], list):
        asked = asked[0]  # LangSmith keeps the one prompt of a model's run as a batch of one
    return [*asked, *_answers(value)] if asked else _sharegpt(value, columns)


def exchange_of(value: Row, columns: Columns) -> list[Row]:
    """The two messages of a row that holds what was asked and what was answered; none of any other row.

    Its time is the question's: when the answer came is not known.
    """
    asked, answered = columns.find(value, "asked"), columns.find(value, "answered")
    if not (isinstance(asked, str) and isinstance(answered, str)) or columns.find(value, "sender") is not None:
        return []
    said = {"tools": columns.find(value, "tools"), "trace": columns.find(value, "trace")}
    return [
        {"role": "user", "content": asked, "time": columns.find(value, "time")},
        {"role": "assistant", "content": answered, **said},
    ]


def name_of(value: Row, columns: Columns) -> Any:
    """What a conversation is called. A run of LangSmith's belongs to the thread that its metadata name."""
    if "run_type" not in value:
        return columns.find(value, "conversation")
    extra = value.get("extra")
    metadata = extra.get("metadata") if isinstance(extra, dict) else None
    said = metadata if isinstance(metadata, dict) else {}
    return next((said[key] for key in ("thread_id", "session_id", "conversation_id") if said.get(key)), value.get("id"))


def _listed(value: Any, columns: Columns) -> list[Any]:
    found = columns.find(value, "messages") if isinstance(value, dict) else None
    return found if isinstance(found, list) else messages_told(found) if isinstance(found, str) else []


def _first_words(value: Row) -> list[Any]:
    """What began a conversation of Intercom's, which stands beside its parts."""
    source = value.get("source")
    return [source] if isinstance(source, dict) and source.get("body") and source.get("author") else []


def _answers(value: Row) -> Iterator[Any]:
    """What a model answered to a list of messages, where it stands beside them."""
    held: Row = next((value[key] for key in _ANSWERED if isinstance(value.get(key), dict)), {})
    choices = held.get("choices")
    if isinstance(choices, list) and choices and isinstance(choices[0], dict):
        yield choices[0].get("message")
    elif "role" in held or "lc" in held:
        yield held


def _sharegpt(value: Row, columns: Columns) -> list[Any]:
    """`conversations`, where it is a list of messages and not of conversations."""
    held = value.get("conversations")
    if not isinstance(held, list) or not all(isinstance(one, dict) and "from" in one for one in held):
        return []
    return held if all(columns.find(one, "conversation") is None for one in held) else []
