"""Each platform's published shapes are read as what they mean, wherever a bridge puts them, and look-alikes are not."""

from typing import Any

import pytest

from hubbub.connectors import platforms
from hubbub.connectors.escalation import Parts, load_preset
from hubbub.model import Signal
from hubbub.registry import BUILT_IN

RASA_TEXT = {"recipient_id": "c1", "text": "I'm handing you over."}
RASA_CUSTOM = {"recipient_id": "c1", "custom": {"type": "handoff", "queue": "billing", "reason": "double charge"}}
DIALOGFLOW = {
    "responseId": "r1",
    "queryResult": {
        "responseMessages": [
            {"text": {"text": ["One moment."]}},
            {"liveAgentHandoff": {"metadata": {"queue": "fraud", "order": "A-12345"}}},
        ],
        "currentPage": {"displayName": "Escalation"},
    },
}
LEX = {
    "messages": [{"content": "Transferring you.", "contentType": "PlainText"}],
    "sessionState": {
        "dialogAction": {"type": "Close"},
        "intent": {"name": "TransferToAgent", "state": "Fulfilled", "slots": {}},
        "sessionAttributes": {"queue": "billing"},
    },
}
LEX_TOOL = {
    "sessionState": {"intent": {"name": "Welcome", "state": "InProgress"}, "sessionAttributes": {"Tool": "Escalate"}}
}
RELAY = {"type": "end", "handoffData": '{"reasonCode":"live-agent-handoff","reason":"wants a person"}'}
FIN = {
    "event_name": "fin_status_updated", "conversation_id": "123456", "user_id": "7891", "status": "escalated",
    "reason": "Escalation requested by user", "created_at_ms": "2025-01-24T10:00:00.123Z",
}  # fmt: skip
PASS_CONTROL = {
    "type": "switchboard:passControl",
    "payload": {"conversation": {"id": "c"}, "reason": "agent asked", "metadata": {"team": "billing"}},
}
BOTPRESS = {"type": "hitl:hitlStarted", "payload": {"userId": "u", "title": "Refund", "conversationId": "c"}}
BOT_FRAMEWORK = {"type": "event", "name": "handoff.initiate", "value": {"Skill": "credit-cards", "Order": "A-12345"}}
A2A = {
    "kind": "task", "id": "t", "contextId": "c",
    "status": {
        "state": "input-required",
        "message": {
            "kind": "message", "role": "agent", "messageId": "m",
            "parts": [
                {"kind": "text", "text": "A colleague takes over."},
                {"kind": "data", "data": {"type": "handoff", "queue": "billing"}},
            ],
        },
    },
}  # fmt: skip
LANGGRAPH = {
    "messages": [{"type": "ai", "content": "One moment."}],
    "__interrupt__": [
        {"value": {"query": "Refund of 500 USD?"}, "resumable": True, "ns": ["human:1"], "when": "during"}
    ],
}
AG_UI = {
    "type": "RUN_FINISHED", "threadId": "t", "runId": "r",
    "outcome": {"type": "interrupt", "interrupts": [
        {"id": "i", "reason": "handoff", "message": "A human takes over.", "metadata": {"queue": "tier-2"}}]},
}  # fmt: skip
SINCH = {
    "app_event": {"agent_joined_event": {"agent": {"display_name": "Sam", "type": "HUMAN", "picture_url": ""}}},
}
TASK = {
    "WorkflowSid": "WW1", "TaskChannel": "sms", "Timeout": "3600",
    "Attributes": {"type": "inbound", "customerAddress": "+12025550101", "queue": "billing"},
}  # fmt: skip
INTERACTION = {
    "Channel": {"type": "sms", "initiated_by": "customer", "participants": [{"address": "+12025550101"}]},
    "Routing": {
        "type": "TaskRouter",
        "properties": {"workspace_sid": "WS1", "workflow_sid": "WW1", "attributes": {"reason": "asked for a person"}},
    },
}

GOLDEN: list[tuple[str, Any, Signal]] = [
    ("rasa", [RASA_TEXT, RASA_CUSTOM], Signal("initiated", "field", "billing", "double charge", "?")),
    ("rasa", {"events": [{"event": "action"}, {"event": "pause"}]}, Signal("initiated", "control")),
    ("dialogflow-cx", DIALOGFLOW, Signal("initiated", "field", "fraud", "", '{"queue":"fraud","order":"A-12345"}')),
    ("lex-connect", LEX, Signal("initiated", "control", "billing", "", '{"queue":"billing"}')),
    ("lex-connect", LEX_TOOL, Signal("initiated", "field", "", "", '{"Tool":"Escalate"}')),
    ("twilio-relay", RELAY, Signal("initiated", "control", "", "wants a person", RELAY["handoffData"])),
    ("intercom-fin", FIN, Signal("initiated", "field", "", "Escalation requested by user")),
    (
        "zendesk",
        {"events": [PASS_CONTROL]},
        Signal("initiated", "control", "billing", "agent asked", '{"team":"billing"}'),
    ),
    ("zendesk", {"type": "switchboard:acceptControl"}, Signal("confirmed", "control")),
    ("zendesk", {"type": "switchboard:passControl:failure"}, Signal("failed", "control")),
    ("botpress", BOTPRESS, Signal("initiated", "control", "", "Refund", "?")),
    ("botpress", {"type": "hitl:hitlAssigned", "payload": {}}, Signal("confirmed", "control")),
    ("bot-framework", {"activities": [BOT_FRAMEWORK]}, Signal("initiated", "control", "credit-cards", "", "?")),
    (
        "bot-framework",
        {"name": "handoff.status", "value": {"state": "failed"}},
        Signal("failed", "control", "", "", "?"),
    ),
    ("a2a", {"jsonrpc": "2.0", "id": 1, "result": A2A}, Signal("initiated", "field", "billing", "", "?")),
    ("a2a", {"metadata": {"escalation": {"team": "x"}}}, Signal("initiated", "field", "", "", "?")),
    ("langgraph", LANGGRAPH, Signal("initiated", "control", "", "Refund of 500 USD?", "?")),
    (
        "a2a",
        {"statusUpdate": {"status": {"message": {"parts": [{"data": {"action": "escalate"}}]}}}},
        Signal("initiated", "field", "", "", "?"),
    ),
    ("ag-ui", AG_UI, Signal("initiated", "control", "tier-2", "A human takes over.", "?")),
    ("sinch", SINCH, Signal("confirmed", "control", "", "", "?")),
    ("twilio-flex", [TASK], Signal("initiated", "control", "billing", "", "?")),
    ("twilio-flex", INTERACTION, Signal("initiated", "control", "", "asked for a person", "?")),
    ("chatwoot", [{"toggle_status": {"status": "open"}}], Signal("initiated", "control")),
    ("chatwoot", {"assignments": {"team_id": 4}}, Signal("initiated", "control", "4", "", "?")),
]
LOOK_ALIKES: list[tuple[str, Any]] = [
    ("rasa", [RASA_TEXT, {"recipient_id": "c1", "custom": {"type": "carousel", "handoff": False}}]),
    ("rasa", {"custom": {"escalation_policy": "standard", "human_readable": True}}),
    ("dialogflow-cx", {"queryResult": {"responseMessages": [{"endInteraction": {}}]}}),
    ("lex-connect", {"sessionState": {"intent": {"name": "TransferToAgent", "state": "InProgress"}}}),
    ("lex-connect", {"sessionState": {"intent": {"name": "TransferMoney", "state": "Fulfilled"}}}),
    ("twilio-relay", {"type": "end"}),
    ("twilio-relay", {"type": "text", "token": "handoffData", "last": True}),
    ("intercom-fin", {**FIN, "status": "resolved"}),
    ("zendesk", {"type": "conversation:message", "payload": {"switchboard": "passControl"}}),
    ("botpress", {"type": "text", "payload": {"text": "hitlStarted"}}),
    ("bot-framework", {"type": "message", "text": "handoff.initiate"}),
    ("a2a", {"kind": "task", "status": {"state": "completed"}, "metadata": {"handoff": None}}),
    ("langgraph", {"messages": [], "__interrupt__": []}),
    ("ag-ui", {"type": "RUN_FINISHED", "outcome": {"type": "success"}}),
    ("sinch", {"agent": {"display_name": "Bot", "type": "BOT"}}),
    ("twilio-flex", {"To": "+12025550101", "Body": "Routing you to our team"}),
    ("twilio-flex", {"Attributes": {"queue": "billing"}}),
    ("chatwoot", {"toggle_status": {"status": "resolved"}}),
    ("chatwoot", {"assignments": {"assignee_id": None}}),
]


def signals(name: str, document: Any) -> tuple[Signal, ...]:
    preset, _ = load_preset(name)
    return preset(Parts(document=document))


@pytest.mark.parametrize(("name", "document", "wanted"), GOLDEN, ids=[f"{g[0]}-{n}" for n, g in enumerate(GOLDEN)])
def test_a_published_shape_is_read_as_what_it_means(name: str, document: Any, wanted: Signal) -> None:
    (found,) = signals(name, document)
    assert (found.state, found.provenance, found.queue, found.reason) == (
        *(wanted.state, wanted.provenance, wanted.queue, wanted.reason),
    )
    assert bool(found.payload) if wanted.payload == "?" else found.payload == wanted.payload


@pytest.mark.parametrize(("name", "document"), LOOK_ALIKES, ids=[f"{g[0]}-{n}" for n, g in enumerate(LOOK_ALIKES)])
def test_what_only_looks_like_it_is_none(name: str, document: Any) -> None:
    assert signals(name, document) == ()


@pytest.mark.parametrize("name", sorted({name for name, _, _ in GOLDEN}))
@pytest.mark.parametrize("document", [None, "handoff", 7, [], {}, [[[[[[[[[{"type": "handoff"}]]]]]]]]]])
def test_anything_else_is_no_signal_and_no_error(name: str, document: Any) -> None:
    assert signals(name, document) == ()


@pytest.mark.parametrize("name", sorted({name for name, _, _ in GOLDEN}))
def test_a_huge_document_is_searched_within_reason(name: str) -> None:
    document = {"messages": [{"text": "x", "n": n} for n in range(20_000)]}
    assert signals(name, document) == ()


def test_every_platform_has_a_golden_payload() -> None:
    ours = {name for name, path in BUILT_IN["escalation"].items() if path.startswith(platforms.__name__)}
    assert ours == {name for name, _, _ in GOLDEN} == {name for name, _ in LOOK_ALIKES}
