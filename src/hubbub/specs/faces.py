"""The faces of the reference agent: which connectors it can be spoken to by, and where."""

from collections.abc import Mapping

PATH_OF: Mapping[str, str] = {
    "openai-chat": "/v1/chat/completions",
    "openai-responses": "/v1/responses",
    "anthropic-messages": "/v1/messages",
    "a2a": "/a2a",
    "http-json": "/chat",
    "websocket": "/ws",
    "twilio-relay": "/relay",
    "sinch": "/webhooks/sinch",
}


def no_face_for(connector: str) -> str | None:
    """Why the reference agent cannot be spoken to by this connector; None when it can, or by one of the user's own."""
    if connector in PATH_OF or ":" in connector:
        return None
    return f"the reference agent does not speak {connector}: give a `url`, or use one of {', '.join(PATH_OF)}"
