"""http-json, set up for platforms that publish their protocol: a name in place of a page of settings."""

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from hubbub.clock import Clock
from hubbub.connectors.http_json import connect
from hubbub.connectors.protocol import Connector
from hubbub.model import AgentSpec

# What a workload sets itself wins, key by key.
SETTINGS: Mapping[str, tuple[str, dict[str, Any]]] = {
    # rasa.com/docs: Channels, REST
    "rasa-rest": ("rasa", {"body": {"sender": "$session", "message": "$message"}, "reply": {"text": "$[*].text"}}),
    # docs.aws.amazon.com: Lex V2 runtime, RecognizeText
    "lex": (
        "lex-connect",
        {
            "body": {"text": "$message"},
            "reply": {"text": "$.messages[*].content", "session": "$.sessionId", "error": "$.message"},
        },
    ),
    # cloud.google.com: Dialogflow CX REST reference v3, sessions.detectIntent
    "dialogflow-cx": (
        "dialogflow-cx",
        {
            "body": {"queryInput": {"text": {"text": "$message"}, "languageCode": "$locale"}},
            "reply": {
                "text": "$.queryResult.responseMessages[*].text.text[*]",
                "trace": "$.responseId",
                "error": "$.error",
            },
        },
    ),
}


def _set_up(agent: AgentSpec, name: str) -> AgentSpec:
    escalation, settings = SETTINGS[name]
    options = {**settings, **agent.options, "reply": {**settings["reply"], **agent.options.get("reply", {})}}
    return replace(agent, options=options, escalation=agent.escalation or escalation)


async def connect_rasa_rest(agent: AgentSpec, clock: Clock) -> Connector:
    """A connector to Rasa's REST channel. Raises UsageError."""
    return await connect(_set_up(agent, "rasa-rest"), clock)


async def connect_lex(agent: AgentSpec, clock: Clock) -> Connector:
    """A connector to what speaks Lex V2's RecognizeText. Raises UsageError."""
    return await connect(_set_up(agent, "lex"), clock)


async def connect_dialogflow_cx(agent: AgentSpec, clock: Clock) -> Connector:
    """A connector to what speaks Dialogflow CX's detectIntent. Raises UsageError."""
    return await connect(_set_up(agent, "dialogflow-cx"), clock)
