"""Golden streams of the agent frameworks, in the shapes that their own servers wrote."""

from typing import Any

import msgspec

TEXT = "Grüße, 🚚 late."
_HANDOFF = {"type": "handoff", "queue": "tier-2", "reason": "asked for a human"}


def sse(*events: tuple[str, Any]) -> bytes:
    """Server-sent events: the type of each ("" for none), and its data."""
    named = ((b"event: " + name.encode() + b"\n" if name else b"", msgspec.json.encode(data)) for name, data in events)
    return b"".join(b"%bdata: %b\n\n" % event for event in named)


def _rpc(*results: dict[str, Any]) -> bytes:
    return sse(*(("", {"jsonrpc": "2.0", "id": "r-1", "result": result}) for result in results))


def status(state: str, words: str = "", *, old: bool = False, **more: Any) -> dict[str, Any]:
    """An update of a task's status, in 1.0 or 0.3."""
    said = {"message": {"messageId": "m", "role": "agent", "parts": [{"text": words}]}} if words else {}
    body = {"taskId": "t-1", "contextId": "c-1", "status": {"state": state, **said}, **more}
    return {"kind": "status-update", **body} if old else {"statusUpdate": body}


def artifact(text: str, *, append: bool, name: str = "a-1", old: bool = False, data: Any = None) -> dict[str, Any]:
    """An update of an artifact, in 1.0 or 0.3."""
    part: dict[str, Any] = {"text": text} if data is None else {"data": data}
    part |= {"kind": "text" if data is None else "data"} if old else {}
    body = {"taskId": "t-1", "contextId": "c-1", "append": append, "artifact": {"artifactId": name, "parts": [part]}}
    return {"kind": "artifact-update", **body} if old else {"artifactUpdate": body}


A2A = _rpc(
    {"task": {"id": "t-1", "contextId": "c-1", "status": {"state": "TASK_STATE_SUBMITTED"}}},
    status("TASK_STATE_WORKING", "Looking that up ..."),
    artifact("Grüße, ", append=False),
    artifact("🚚 la", append=True),
    artifact("te.", append=True),
    status("TASK_STATE_COMPLETED"),
)
A2A_REPLACED = _rpc(
    artifact("something else", append=False), artifact(TEXT, append=False),
    artifact("", append=False, name="a-2", data=_HANDOFF),
    status("TASK_STATE_COMPLETED", TEXT),
)  # fmt: skip
A2A_OLD = _rpc(
    {
        "kind": "task",
        "id": "t-1",
        "contextId": "c-1",
        "status": {"state": "submitted", "timestamp": "2026-11-23T17:00:00"},
    },
    status("working", old=True, final=False),
    artifact("Grüße, 🚚", append=False, old=True),
    artifact(" late.", append=True, old=True),
    status("completed", old=True, final=True),
)
A2A_QUESTION = _rpc(status("TASK_STATE_INPUT_REQUIRED", TEXT))
A2A_MESSAGE = _rpc({"message": {"messageId": "m", "contextId": "c-1", "role": "ROLE_AGENT", "parts": [{"text": TEXT}]}})


def chunk(text: str, kind: str = "AIMessageChunk", name: str = "run-1", node: str = "speak") -> tuple[str, Any]:
    """A message of LangGraph's, or a piece of one."""
    return "messages", [{"content": text, "type": kind, "id": name, "tool_calls": []}, {"langgraph_node": node}]


def update(**nodes: Any) -> tuple[str, Any]:
    """What a node of LangGraph's left."""
    return "updates", nodes


_SPOKEN = {"messages": [{"content": TEXT, "type": "ai", "id": "run-1"}]}
LANGGRAPH = sse(
    ("metadata", {"run_id": "r-1", "attempt": 1}), chunk("Grüße, "), chunk("🚚 la"), chunk("te."), chunk(""),
    chunk(TEXT, "ai"), update(speak=_SPOKEN),
)  # fmt: skip
LANGGRAPH_GROWING = sse(
    ("metadata", {"run_id": "r-1"}), ("messages/metadata", {"run-1": {}}),
    ("messages/partial", [{"content": "Grüße, 🚚", "type": "ai", "id": "run-1"}]),
    ("messages/partial", [{"content": [{"type": "text", "text": TEXT}], "type": "ai", "id": "run-1"}]),
    ("messages/complete", [{"content": TEXT, "type": "ai", "id": "run-1"}]), update(speak=_SPOKEN), ("end", None),
)  # fmt: skip
LANGGRAPH_INTERRUPT = sse(
    ("metadata", {"run_id": "r-1"}), chunk(TEXT, "ai"), update(speak=_SPOKEN),
    update(__interrupt__=[{"value": _HANDOFF, "id": "i-1"}]),
)  # fmt: skip


def turn(text: str, *, partial: bool = False, author: str = "helper", **more: Any) -> tuple[str, Any]:
    """An event of ADK's that says something."""
    content = {"role": "model", "parts": [{"text": text}]}
    return "", {
        "content": content,
        "author": author,
        "invocationId": "e-1",
        **({"partial": True} if partial else {}),
        **more,
    }


ADK_CALL = ("", {
    "author": "helper", "invocationId": "e-1",
    "content": {"role": "model", "parts": [
        {"functionCall": {"id": "f", "name": "transfer_to_human", "args": _HANDOFF}},
    ]},
})  # fmt: skip
_ADK_DONE = ("", {
    "author": "helper", "invocationId": "e-1",
    "content": {"role": "user", "parts": [{"functionResponse": {"id": "f", "response": {"text": "queued"}}}]},
})  # fmt: skip
ADK = sse(turn("Grüße, ", partial=True), turn("🚚 la", partial=True), turn("te.", partial=True), turn(TEXT))
ADK_TOOL = sse(ADK_CALL, _ADK_DONE, turn("Grüße,", partial=True), turn(" 🚚 late.", partial=True), turn(TEXT))


def _said(kind: str, **more: Any) -> tuple[str, Any]:
    return "", {"type": kind, **more}


_OPEN = _said("RUN_STARTED", threadId="k", runId="r-1")
AG_UI = sse(
    _OPEN, _said("TEXT_MESSAGE_START", messageId="m", role="assistant"),
    _said("TEXT_MESSAGE_CONTENT", messageId="m", delta="Grüße, "),
    _said("TEXT_MESSAGE_CONTENT", messageId="m", delta=""),
    _said("TEXT_MESSAGE_CONTENT", messageId="m", delta="🚚 late."), _said("TEXT_MESSAGE_END", messageId="m"),
    _said("MESSAGES_SNAPSHOT", messages=[
        {"id": "u", "role": "user", "content": "hi"}, {"id": "m", "role": "assistant", "content": TEXT},
    ]),
    _said("RUN_FINISHED", threadId="k", runId="r-1"),
)  # fmt: skip
AG_UI_CHUNKS = sse(
    _OPEN, _said("TEXT_MESSAGE_CHUNK", messageId="m", role="assistant", delta="Grüße, "),
    _said("TEXT_MESSAGE_CHUNK", delta="🚚 late."),
    _said("TOOL_CALL_CHUNK", toolCallId="f", toolCallName="transfer_to_human", delta='{"queue":'),
    _said("TOOL_CALL_CHUNK", delta='"tier-2"}'),
    _said("RUN_FINISHED", threadId="k", runId="r-1", outcome={"type": "success"}),
)  # fmt: skip
AG_UI_INTERRUPT = sse(
    _OPEN, _said("TEXT_MESSAGE_CHUNK", messageId="m", delta=TEXT),
    _said("RUN_FINISHED", threadId="k", runId="r-1", outcome={
        "type": "interrupt",
        "interrupts": [{"id": "i-1", "reason": "handoff", "message": "A human takes over.", "metadata": _HANDOFF}],
    }),
)  # fmt: skip


# Calls of the APIs that Hubbub serves: connector, path, which credentials, body.
CALLS: tuple[tuple[str, str, str, bytes], ...] = (
    (
        "sinch", "/v1/projects/hubbub-project/messages:send", "key",
        b'{"app_id":"01HUBBUBAPP000000000000000","recipient":{"identified_by":{"channel_identities":[{"channel":"SMS",'
        b'"identity":"+12025550101"}]}},"message":{"choice_message":{"text_message":{"text":"Which?"},"choices":'
        b'[{"text_message":{"text":"This"}}]}}}',
    ),
    (
        "twilio-messaging", f"/2010-04-01/Accounts/AC{'0' * 32}/Messages.json", "key",
        b"To=%2B12025550101&From=%2B18005550199&Body=hi+%26+ho",
    ),
    (
        "whatsapp-cloud", "/v23.0/100000000000001/messages", "bearer",
        b'{"messaging_product":"whatsapp","to":"12025550101","type":"interactive","interactive":{"body":{"text":"a"},'
        b'"action":{"buttons":[{"reply":{"title":"b"}}]}}}',
    ),
    (
        "chatwoot", "/api/v1/accounts/1/conversations/5/messages", "key",
        b'{"content":"hi","message_type":"outgoing","private":false}',
    ),
    ("chatwoot", "/api/v1/accounts/1/conversations/5/toggle_status", "key", b'{"status":"open"}'),
    ("http-json", "/callback/k-1", "key", b'{"reply":"It comes on Friday.","ended":false}'),
)  # fmt: skip
TWIML = b"<Response><Message>one</Message><Message><Body>two</Body></Message></Response>"
