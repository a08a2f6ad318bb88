"""What an answer that was not understood looks like: where its text may be, and which protocol it may be of."""

from typing import Any

_MANY = 5
_TEXT_NAMES = ("text", "reply", "content", "message", "answer", "output", "response", "body", "result")
_DEPTH = 6


def text_paths(document: Any) -> tuple[str, ...]:
    """Where texts are in a document, as JSON paths; those with telling names and of some length first."""
    found: list[tuple[int, int, str]] = []
    _collect(document, "$", "", found, 0)
    return tuple(path for _, _, path in sorted(found)[:_MANY])


def _collect(value: Any, path: str, name: str, found: list[tuple[int, int, str]], depth: int) -> None:
    if isinstance(value, str) and value.strip():
        telling = 0 if name.lower() in _TEXT_NAMES else 1
        found.append((telling + 2 * (" " not in value), -len(value), path))
    elif isinstance(value, dict) and depth < _DEPTH:
        for key, child in value.items():
            step = f".{key}" if key.isidentifier() else f"['{key}']"
            _collect(child, path + step, key, found, depth + 1)
    elif isinstance(value, list) and depth < _DEPTH:
        for index, child in enumerate(value[:3]):
            _collect(child, f"{path}[{index}]", name, found, depth + 1)


def protocol_of(document: Any) -> str:
    """The connector that a JSON answer is made for, by its own marks; nothing when none is known."""
    if (
        isinstance(document, list)
        and document
        and all(isinstance(one, dict) and "invocationId" in one for one in document)
    ):
        return "adk"
    if isinstance(document, list):
        rasa = bool(document) and all(isinstance(part, dict) and "recipient_id" in part for part in document)
        return "rasa-rest" if rasa else ""
    if not isinstance(document, dict):
        return ""
    if document.get("object") == "chat.completion" or "choices" in document:
        return "openai-chat"
    if document.get("object") == "response" or ("output" in document and "status" in document):
        return "openai-responses"
    if document.get("type") == "message" and isinstance(document.get("content"), list):
        return "anthropic-messages"
    if document.get("jsonrpc") == "2.0":
        return "a2a"
    if "queryResult" in document:
        return "dialogflow-cx"
    return "lex" if "sessionState" in document else ""


def hint(document: Any, connector: str) -> str:
    """A clause that says what to set instead, to go behind a failure's words; nothing when nothing is known."""
    protocol = protocol_of(document)
    if protocol and protocol != connector:
        return f"; it looks like the protocol of the connector {protocol}"
    paths = text_paths(document)
    return f"; there is text at {', '.join(paths)}" if paths else ""
