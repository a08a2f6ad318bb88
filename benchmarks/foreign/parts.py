"""Who plays the script of 20 turns: every foreign server, by each way that its connector can speak to it."""

import json
from collections.abc import Mapping
from typing import Any

from benchmarks.foreign.agents import answers
from benchmarks.foreign.frameworks import a2a, adk, ag_ui, langgraph, litellm
from benchmarks.foreign.messaging import bot_framework, scripted, sinch, twilio
from benchmarks.foreign.script import SAID, Part
from benchmarks.foreign.servers import Fixture, aimock, llmock, smollm_saying

_OPENAI = {
    "openai-chat": "/v1/chat/completions",
    "openai-responses": "/v1/responses",
    "anthropic-messages": "/v1/messages",
}


def _fixture(number: int, said: str) -> Fixture:
    """What aimock is to answer to a message of the script."""
    call = {"name": "transfer_to_human", "arguments": json.dumps(answers.HANDOFF)}
    calls = {"toolCalls": [call]} if answers.wants_human(said) else {}
    return said, {"content": answers.text_of(number, said), **calls}


_aimock = aimock(says=[_fixture(number, said) for number, said in enumerate(SAID, 1)])
_llmock = llmock("--response-style", "echo")
_MODELS_WORDS = "Grüße 🙂: 12,50 €, on its way."
_smollm = smollm_saying(_MODELS_WORDS)
_BROKEN = {"break": "agent_error", "error": "agent_error"}
_CHAT = _OPENAI["openai-chat"]
_MOCKED = {"busy": "http_429", "broken": "http_5xx"}


def _a2a(name: str, faults: Mapping[str, str] = _BROKEN, **options: Any) -> Part:
    return Part(f"a2a-{name}", a2a, "a2a", options=options, faults=faults)


def _langgraph(name: str, faults: Mapping[str, str] = _BROKEN, **options: Any) -> Part:
    return Part(f"langgraph-{name}", langgraph, "langgraph", "", {"assistant": "scripted", **options}, faults=faults)


def _adk(name: str, path: str, faults: Mapping[str, str], **options: Any) -> Part:
    return Part(f"adk-{name}", adk, "adk", path, {"app": "scripted", **options}, faults=faults)


_PARTS = (
    _a2a("1.0-stream"),
    _a2a("1.0-whole", stream=False),
    _a2a("1.0-polled", stream=False, return_immediately=True, poll_s=0.02),
    _a2a("0.3-stream", version="0.3"),
    _a2a("0.3-whole", version="0.3", stream=False),
    _a2a("0.3-polled", version="0.3", stream=False, return_immediately=True, poll_s=0.02),
    _langgraph("pieces"),
    _langgraph("growing", stream_mode="messages"),
    _langgraph("states", {"error": "agent_error"}, stream_mode="values"),
    _langgraph("waited-for", {"error": "agent_error"}, stream=False),
    _adk("sse", "/run_sse", _BROKEN),
    _adk("sse-whole", "/run_sse", {"error": "agent_error"}, stream=False),
    _adk("run", "/run", {"error": "agent_error"}),
    Part("agui", ag_ui, "ag-ui", faults={"break": "truncated", "error": "agent_error"}),
    Part(
        "litellm", litellm, "openai-chat", _CHAT, {"model": "scripted"}, faults={"break": "agent_error"},
        models=_MOCKED,
    ),
    Part("litellm-whole", litellm, "openai-chat", _CHAT, {"model": "scripted", "stream": False}, models=_MOCKED),
    Part(
        "litellm-mocked", litellm, "openai-chat", _CHAT, {"model": "mocked"}, lambda number, said: "Grüße, 🚚 late.",
        calls_humans=False,
    ),
    Part("sinch_sdk", scripted(sinch), "sinch"),
    Part("twilio_twiml", scripted(twilio("twiml")), "twilio-messaging"),
    Part("twilio_rest", scripted(twilio("rest")), "twilio-messaging"),
    Part("bot_framework", scripted(bot_framework), "bot-framework"),
    *(
        Part(f"aimock-{name}-{how}", _aimock, name, path, {"model": "m", "stream": how == "stream"})
        for name, path in _OPENAI.items()
        for how in ("stream", "whole")
    ),
    *(
        Part(
            f"llmock-{how}", _llmock, "openai-chat", _CHAT,
            {"model": "gpt-4o", "stream": how == "stream", "history": "server"},
            lambda number, said: f"Hello! You said: {said}", calls_humans=False,
        )
        for how in ("stream", "whole")
    ),
    *(
        Part(
            f"xllamacpp-{name}-{how}", _smollm, name, _OPENAI[name], {"model": "smollm2", "stream": how == "stream"},
            lambda number, said: _MODELS_WORDS, calls_humans=False,
        )
        for name, how in (*((name, "stream") for name in _OPENAI), ("openai-chat", "whole"))
    ),
)  # fmt: skip

SERVERS: Mapping[str, tuple[Part, ...]] = {
    name: tuple(part for part in _PARTS if part.name.partition("-")[0] == name)
    for name in dict.fromkeys(part.name.partition("-")[0] for part in _PARTS)
}
