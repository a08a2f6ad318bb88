"""How an escalation shows on the common platforms: one preset each, from the JSON that the platform publishes.

A reply may hold the platform's event as the whole document, in a list of messages or activities, or under a name of the
bridge's own; so each preset looks for its event in every map of the document. Where the shape of an event was read is
said beside each.
"""

import re
from collections.abc import Iterator
from typing import Any

from msgspec.json import decode, encode

from hubbub.connectors.escalation import Parts, means_escalation, openai_tools
from hubbub.model import Provenance, Signal, SignalState

_DEEPEST = 8
_MOST = 500  # maps of one reply
_QUEUE_KEYS = ("queue", "department", "team", "skill", "group", "workflow", "Skill", "Queue", "destination", "team_id")
_REASON_KEYS = ("reason", "reasonCode", "reason_code", "reasoning", "description", "message", "title", "query", "text")
_HANDS_OVER = re.compile(
    r"hand_?-?(?:off|over)|(?:^|need[s_]*|to_)human(?:$|_?agent|_?takeover|_?needed|_?required)|live_?-?agent|escalat",
    re.IGNORECASE,
)
_ONLY_MAY = re.compile(r"(?:polic(?:y|ies)|enabled|available|allowed|possible|url|hint)$", re.IGNORECASE)
_TO_AN_AGENT = re.compile(r"(?:transfer|talk|speak|connect|route|request|need)\w*agent", re.IGNORECASE)
_ESCALATES: dict[str, SignalState] = {
    "Fulfilled": "initiated",
    "ReadyForFulfillment": "initiated",
    "Failed": "failed",
}
_NO = (None, False, "", 0, "none", "no", "false", "never")

Map = dict[str, Any]


def rasa(parts: Parts) -> tuple[Signal, ...]:
    """Rasa: a message of the REST channel whose `custom` part says handoff, or a `pause` event of the tracker.

    rasa.com/docs, Channels: REST (`recipient_id`, `text`, `custom`) and Action server: Events (`ConversationPaused`).
    """
    for one in _maps(parts.document):
        custom = one.get("custom")
        if isinstance(custom, dict) and _says_handoff(custom):
            return (_signal("initiated", "field", custom),)
        if one.get("event") == "pause":
            return (Signal("initiated", "control"),)
    return ()


def dialogflow_cx(parts: Parts) -> tuple[Signal, ...]:
    """Dialogflow CX: `liveAgentHandoff` among the response messages; `liveAgentHandoff.metadata` is the payload.

    cloud.google.com, REST reference of v3: ResponseMessage.LiveAgentHandoff.
    """
    for one in _maps(parts.document):
        handoff = one.get("liveAgentHandoff", one.get("live_agent_handoff"))
        if isinstance(handoff, dict):
            metadata = handoff.get("metadata")
            return (_signal("initiated", "field", metadata if isinstance(metadata, dict) else {}),)
    return ()


def lex_connect(parts: Parts) -> tuple[Signal, ...]:
    """Lex V2 behind Amazon Connect: the flow branches on a fulfilled intent, or a session attribute, that escalates.

    docs.aws.amazon.com, Lex V2 runtime: RecognizeText (`sessionState.intent`, `sessionAttributes`), and the Connect
    administrator guide: Lex session attributes in flow blocks (`Tool`: `Escalate` for self-service).
    """
    for one in _maps(parts.document):
        state = one.get("sessionState")
        if not isinstance(state, dict):
            continue
        intent, attributes = state.get("intent"), state.get("sessionAttributes")
        values = attributes if isinstance(attributes, dict) else {}
        outcome = _ESCALATES.get(str(intent.get("state"))) if isinstance(intent, dict) and _escalates(intent) else None
        if outcome is not None:
            return (_signal(outcome, "control", values),)
        if str(values.get("Tool", values.get("tool", ""))).lower() in ("escalate", "escalation"):
            return (_signal("initiated", "field", values),)
    return ()


def _escalates(intent: Map) -> bool:
    """Whether an intent is by its name for calling a human; in a contact centre an agent is one."""
    name = str(intent.get("name", ""))
    return means_escalation(name) or _TO_AN_AGENT.search(name) is not None


def twilio_relay(parts: Parts) -> tuple[Signal, ...]:
    """Twilio ConversationRelay: the `end` message, whose `handoffData` (a JSON text) gives the reason.

    twilio.com/docs/voice/conversationrelay: WebSocket messages to Twilio, `end`. Without handoffData it hangs up.
    """
    for one in _maps(parts.document):
        data = one.get("handoffData")
        if one.get("type") == "end" and data:
            carried = _decoded(data) if isinstance(data, str) else data
            payload = data if isinstance(data, str) else encode(data).decode()
            found = carried if isinstance(carried, dict) else {}
            return (Signal("initiated", "control", _first(found, _QUEUE_KEYS), _first(found, _REASON_KEYS), payload),)
    return ()


def intercom_fin(parts: Parts) -> tuple[Signal, ...]:
    """Intercom's Fin Agent API: the event `fin_status_updated` with status `escalated`, and its reason.

    developers.intercom.com, REST API 2.14: Fin Agent Status Updated Event.
    """
    for one in _maps(parts.document):
        if one.get("event_name", "fin_status_updated") == "fin_status_updated" and one.get("status") == "escalated":
            return (Signal("initiated", "field", "", str(one.get("reason", "")), ""),)
    return ()


_SWITCHBOARD: dict[str, SignalState] = {
    "switchboard:offerControl": "initiated",
    "switchboard:passControl": "initiated",
    "switchboard:acceptControl": "confirmed",
    "switchboard:offerControl:failure": "failed",
    "switchboard:passControl:failure": "failed",
    "switchboard:acceptControl:failure": "failed",
}


def zendesk(parts: Parts) -> tuple[Signal, ...]:
    """Zendesk messaging (Sunshine Conversations): switchboard events that offer, pass or accept control.

    docs.smooch.io and the sunshine-conversations clients: SwitchboardPassControl, its payload and metadata.
    """
    found = []
    for one in _maps(parts.document):
        state = _SWITCHBOARD.get(str(one.get("type", "")))
        if state is not None:
            payload = one.get("payload")
            carried = payload if isinstance(payload, dict) else {}
            metadata = carried.get("metadata")
            about = metadata if isinstance(metadata, dict) else {}
            found.append(_signal(state, "control", about, reason=str(carried.get("reason", ""))))
    return tuple(found)


_HITL: dict[str, SignalState] = {
    "hitlStarted": "initiated",
    "startHitl": "initiated",
    "hitlAssigned": "confirmed",
}


def botpress(parts: Parts) -> tuple[Signal, ...]:
    """Botpress: the HITL interface's `hitlStarted` (or a `startHitl` action) and `hitlAssigned`.

    github.com/botpress/botpress: interfaces/hitl and plugins/hitl, the events' and actions' schemas.
    """
    found = []
    for one in _maps(parts.document):
        state = _HITL.get(str(one.get("type", one.get("action", ""))).rpartition(":")[2])
        if state is not None:
            payload = one.get("payload", one.get("input"))
            found.append(_signal(state, "control", payload if isinstance(payload, dict) else {}))
    return tuple(found)


_STATUS: dict[str, SignalState] = {"accepted": "confirmed", "completed": "confirmed", "failed": "failed"}


def bot_framework(parts: Parts) -> tuple[Signal, ...]:
    """Microsoft Bot Framework: event activities `handoff.initiate` and `handoff.status`; the type `handoff`, too.

    learn.microsoft.com: Transition conversations from bot to human; EventFactory.CreateHandoffStatus for the states.
    """
    found = []
    for one in _maps(parts.document):
        value = one.get("value")
        carried = value if isinstance(value, dict) else {}
        if one.get("name") == "handoff.initiate" or one.get("type") == "handoff":
            found.append(_signal("initiated", "control", carried))
        elif one.get("name") == "handoff.status":
            state = _STATUS.get(str(carried.get("state", "")).lower())
            if state is not None:
                found.append(_signal(state, "control", carried))
    return tuple(found)


def a2a(parts: Parts) -> tuple[Signal, ...]:
    """Agent2Agent: a data part, or metadata, that says handoff; the protocol has no state of its own for it.

    a2a-protocol.org, specification 0.3: Task, TaskStatus, Message, DataPart (`kind: data`) and `metadata`; 1.0: Part,
    whose `data` needs no kind.
    """
    for one in _maps(parts.document):
        for carried in (
            one.get("data") if one.get("kind", one.get("type", "data")) == "data" else None,
            one.get("metadata"),
        ):
            if isinstance(carried, dict) and _says_handoff(carried):
                return (_signal("initiated", "field", carried),)
    return ()


def langgraph(parts: Parts) -> tuple[Signal, ...]:
    """LangGraph: an `__interrupt__`, by which a graph stops and waits for a person.

    langchain-ai.github.io/langgraph: Human-in-the-loop, `interrupt`; each entry's `value` is what the person gets.
    """
    for one in _maps(parts.document):
        interrupts = one.get("__interrupt__")
        if isinstance(interrupts, list) and interrupts:
            first = interrupts[0]
            value = first.get("value") if isinstance(first, dict) else None
            if isinstance(value, dict):
                return (_signal("initiated", "control", value),)
            return (Signal("initiated", "control", "", value if isinstance(value, str) else "", ""),)
    return ()


def ag_ui(parts: Parts) -> tuple[Signal, ...]:
    """AG-UI: a tool call that means a human, or a run whose outcome is an interrupt: something is wanted from outside.

    docs.ag-ui.com, schema 1.0: RunFinishedInterruptOutcome, Interrupt (`reason`, `message`, `metadata`).
    """
    for one in _maps(parts.document):
        outcome = one.get("outcome")
        if isinstance(outcome, dict) and outcome.get("type") == "interrupt":
            found = outcome.get("interrupts")
            first = found[0] if isinstance(found, list) and found and isinstance(found[0], dict) else {}
            carried = first.get("metadata")
            about = carried if isinstance(carried, dict) else {}
            return (_signal("initiated", "control", about, str(first.get("message") or first.get("reason") or "")),)
    return openai_tools(parts)


def sinch(parts: Parts) -> tuple[Signal, ...]:
    """Sinch Conversation API: an `agent_joined_event` of a HUMAN, or a message that a human agent sent.

    developers.sinch.com: Conversation API, app events (`agent_joined_event.agent.type`: HUMAN or BOT).
    """
    for one in _maps(parts.document):
        joined = one.get("agent_joined_event")
        agent = joined.get("agent") if isinstance(joined, dict) else one.get("agent")
        if isinstance(agent, dict) and str(agent.get("type", "")).upper() == "HUMAN":
            return (_signal("confirmed", "control", joined if isinstance(joined, dict) else {}),)
    return ()


def twilio_flex(parts: Parts) -> tuple[Signal, ...]:
    """Twilio: a TaskRouter task, or a Flex interaction, made for a person.

    twilio.com/docs: TaskRouter, Task resource (`Attributes`, `WorkflowSid`, `TaskChannel`); Flex, Interactions
    (`Channel`, `Routing` with `properties`).
    """
    for one in _maps(parts.document):
        routing, attributes = one.get("Routing"), one.get("Attributes")
        if isinstance(routing, dict):
            properties = routing.get("properties")
            carried = properties if isinstance(properties, dict) else {}
            more = carried.get("attributes")
            return (_signal("initiated", "control", {**carried, **(more if isinstance(more, dict) else {})}),)
        if isinstance(attributes, dict) and ("WorkflowSid" in one or "TaskChannel" in one):
            return (_signal("initiated", "control", attributes),)
    return ()


def chatwoot(parts: Parts) -> tuple[Signal, ...]:
    """Chatwoot: the bot sets a conversation to `open`, by which it leaves it to people, or assigns it to a team.

    developers.chatwoot.com: Toggle Status (`status`), Conversation Assignment (`assignee_id`, `team_id`).
    """
    found: list[Signal] = []
    for one in _maps(parts.document):
        status, assigned = one.get("toggle_status"), one.get("assignments")
        if isinstance(status, dict) and status.get("status") == "open":
            found.append(Signal("initiated", "control"))
        if isinstance(assigned, dict) and (assigned.get("assignee_id") or assigned.get("team_id")):
            found.append(_signal("confirmed" if assigned.get("assignee_id") else "initiated", "control", assigned))
    return tuple(found)


def _maps(document: Any, deep: int = 0) -> Iterator[Map]:
    """Every map in a document, the outer ones first, as far as is reasonable."""
    level = [document]
    left = _MOST
    while level and deep < _DEEPEST:
        below: list[Any] = []
        for one in level:
            if isinstance(one, dict):
                left -= 1
                if left < 0:
                    return
                yield one
                below += one.values()
            elif isinstance(one, list):
                below += one[:_MOST]
        level, deep = below, deep + 1


def _says_handoff(carried: Map) -> bool:
    """Whether a map names a hand-off: as a key that is set, or as the value of a type, an event or an action."""
    for key, value in carried.items():
        if any(value is no or value == no for no in _NO):
            continue
        if _HANDS_OVER.search(key) is not None and _ONLY_MAY.search(key) is None:
            return True
        named = key.lower() in ("type", "event", "action", "intent", "state", "status", "command")
        if named and isinstance(value, str) and _HANDS_OVER.search(value):
            return True
    return False


def _signal(state: SignalState, provenance: Provenance, carried: Map, reason: str = "") -> Signal:
    payload = encode(carried).decode() if carried else ""
    return Signal(state, provenance, _first(carried, _QUEUE_KEYS), reason or _first(carried, _REASON_KEYS), payload)


def _first(carried: Map, keys: tuple[str, ...]) -> str:
    return next((str(carried[key]) for key in keys if isinstance(carried.get(key), str | int) and carried[key]), "")


def _decoded(text: str) -> Any:
    try:
        return decode(text)
    except (ValueError, RecursionError):  # what a bot wrote need not be JSON; the hand-off still stands
        return None
