"""Which setting to look at when a turn with an agent fails, by what is known of the failure and of the settings."""

import re
from collections.abc import Mapping
from typing import Any

from hubbub.model import AgentSpec
from hubbub.specs.schema import option_schemas

# What to look at by class alone, where neither the status nor the address says more.
_LOOK_AT: Mapping[str, str] = {
    "connect_refused": "agent.url (host and port)",
    "dns": "agent.url (host)",
    "tls": "agent.url (http or https)",
    "connect_timeout": "agent.url, agent.timeouts.connect_s",
    "reset": "agent.url (http or https, port), agent.connector",
    "closed": "agent.url (http or https, port), agent.connector",
    "redirect": "agent.url: the address that it redirects to",
    "http_5xx": "the agent's log",
    "http_429": "the agent: it is busy, or its limit is low",
    "truncated": "agent.connector: the end of a reply is not marked as this protocol marks it",
    "first_text_timeout": "agent.timeouts.first_text_s",
    "stall": "agent.timeouts.gap_s",
    "total_timeout": "agent.timeouts.turn_s",
    "too_large": "agent.max_reply_bytes",
    "agent_error": "agent.options, for what the error says; agent.connector, if another protocol is spoken there",
}
# Ends of addresses that are spoken to by these connectors, as their makers have them.
_ENDS: Mapping[str, tuple[str, ...]] = {
    "/chat/completions": ("openai-chat",),
    "/v1/responses": ("openai-responses",),
    "/v1/messages": ("anthropic-messages",),
    "/webhooks/rest/webhook": ("rasa-rest",),
    ":detectIntent": ("dialogflow-cx",),
    "/run_sse": ("adk",),
    "/directline": ("bot-framework",),
    "/api/messages": ("bot-framework",),
}
_MISREAD = ("http_4xx", "malformed", "truncated", "agent_error", "closed")
_LOCKED = (401, 403)
_MISSING = (404, 405)
_TOKEN = "from the token endpoint"  # noqa: S105 - how the detail of a failure begins, and no password
_JSON_RPC = re.compile(r"-32\d{3}\b")
_TIMES = ("first_text_timeout", "total_timeout")


def options_of(connector: str) -> Mapping[str, Any]:
    """The schema of each setting of a built-in connector; nothing is known of others."""
    properties: Mapping[str, Any] = option_schemas().get(connector, {}).get("properties", {})
    return properties


def look_at(agent: AgentSpec, failure: str, status: int = 0, detail: str = "", *, called_back: bool = False) -> str:
    """The setting to look at, in words; empty when there is none. `called_back`: replies come as calls of their own."""
    if detail.startswith(_TOKEN):
        return "agent.auth.oauth2 (token_url, client_id, scope) and the secret under agent.auth"
    if status in _LOCKED:
        return (
            "agent.auth" if agent.auth is not None else "agent.auth, which is not set: the agent wants to know who asks"
        )
    if called_back and failure in _TIMES:
        return "agent.inbound, and the agent's own setting of where it calls back: its reply did not come there"
    if "text/html" in detail:
        return "agent.url (path): a web page answers there"
    if status == 400 and "https" in detail.lower():
        return "agent.url (https instead of http)"
    other = _by_address(agent) if failure in _MISREAD else ""
    if other:
        return other
    if failure == "agent_error" and _JSON_RPC.match(detail) and agent.connector != "a2a":
        return "agent.connector: that is an error of JSON-RPC, which a2a speaks"
    if failure == "http_4xx":
        return _refused(agent.connector, status)
    if failure == "malformed":
        return "agent.connector" + (", or agent.options.reply.text" if "reply" in options_of(agent.connector) else "")
    return _LOOK_AT.get(failure, "")


def _by_address(agent: AgentSpec) -> str:
    path = (agent.url or "").partition("?")[0].rstrip("/")
    for end, connectors in _ENDS.items():
        if path.endswith(end) and agent.connector not in connectors:
            return f"agent.connector: an address that ends in {end} is one for {' or '.join(connectors)}"
    return ""


def _refused(connector: str, status: int) -> str:
    """What to look at after a refusal that is not about who asks."""
    options = options_of(connector)
    named = next((name for name in ("app", "assistant") if name in options), "")
    if status in _MISSING:
        return "agent.url (path)" + (f", or agent.options.{named}" if named else "")
    body = "agent.options.body" if "body" in options else "agent.options"
    return f"{body}, or agent.connector, if another protocol is spoken there"
