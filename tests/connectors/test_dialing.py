"""No agent is heard saying a secret of ours, whatever it speaks and wherever in its answer it says it."""

import asyncio
import json
from typing import get_args

import pytest
from aiohttp import WSMsgType, web
from msgspec.json import encode
from msgspec.structs import fields, replace

from benchmarks.fuzzing.goldens import sse
from hubbub.clock import REAL
from hubbub.connectors.dialing import KeepsSecrets, behind_door, dial, inside
from hubbub.connectors.in_process import in_process
from hubbub.connectors.protocol import CalledBack, Redelivers
from hubbub.errors import ExchangeFailed
from hubbub.model import AgentSpec, Auth, Reply, Signal, ToolCall, Unasked
from hubbub.registry import BUILT_IN
from tests.connectors.conftest import CALLER

TOKEN = 'sk-live/7f"3a+very=secret'  # looks otherwise in JSON, and in a URL
ARGUMENTS = {"reason": f"they use {TOKEN}", "queue": TOKEN}
CALL = {"name": "transfer_to_human", "arguments": json.dumps(ARGUMENTS)}
HANDOFF = {"type": "handoff", "queue": TOKEN, "reason": f"has {TOKEN}"}
PLACES = {
    "text": "$.reply", "session": "$.session", "trace": "$.id", "tools": "$.tools",
    "escalation": {"path": "$.handoff", "queue_path": "$.handoff.queue", "reason_path": "$.handoff.reason"},
}  # fmt: skip
STATE = {"messages": [{"type": "human", "content": "hi"}, {"type": "ai", "content": TOKEN, "id": TOKEN}]}

# What each answers: its settings, and documents (or streams), the last of which is the reply.
ANSWERS = {
    "http-json": (
        {"options": {"reply": PLACES}, "escalation": "field"},
        [{"reply": TOKEN, "session": TOKEN, "id": TOKEN, "tools": [CALL], "handoff": HANDOFF}],
    ),
    "openai-chat": (
        {},
        [{"id": TOKEN, "choices": [{"finish_reason": "tool_calls", "message": {
            "content": TOKEN, "tool_calls": [{"id": "c", "type": "function", "function": CALL}]}}]}],
    ),
    "openai-responses": (
        {},
        [{"id": TOKEN, "object": "response", "status": "completed", "output": [
            {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": TOKEN}]},
            {"type": "function_call", "call_id": "c", **CALL}]}],
    ),
    "anthropic-messages": (
        {"options": {"model": "m"}},
        [{"id": TOKEN, "type": "message", "role": "assistant", "stop_reason": "tool_use", "content": [
            {"type": "text", "text": TOKEN},
            {"type": "tool_use", "id": "t", "name": "transfer_to_human", "input": ARGUMENTS}]}],
    ),
    "rasa-rest": ({}, [[{"text": TOKEN}, {"custom": {"handoff": HANDOFF}}]]),
    "lex": (
        {},
        [{"sessionId": TOKEN, "messages": [{"content": TOKEN}],
          "sessionState": {"intent": {"name": "TalkToAgent", "state": "Fulfilled"}, "sessionAttributes": ARGUMENTS}}],
    ),
    "dialogflow-cx": (
        {},
        [{"responseId": TOKEN, "queryResult": {"responseMessages": [
            {"text": {"text": [TOKEN]}}, {"liveAgentHandoff": {"metadata": HANDOFF}}]}}],
    ),
    "a2a": (
        {"options": {"stream": False}},
        [{"jsonrpc": "2.0", "id": None, "result": {"task": {
            "id": TOKEN, "contextId": TOKEN, "status": {"state": "TASK_STATE_COMPLETED"},
            "artifacts": [{"artifactId": "1", "parts": [{"text": TOKEN}, {"data": HANDOFF}]}]}}}],
    ),
    "langgraph": ({"options": {"stream": False}}, ["a thread", STATE]),
    "adk": (
        {"options": {"app": "shop"}, "path": "/run"},
        [{}, [{"id": TOKEN, "author": "a", "content": {"role": "model", "parts": [
            {"text": TOKEN}, {"functionCall": {"name": "transfer_to_human", "args": ARGUMENTS}}]}}]],
    ),
    "ag-ui": (
        {},
        [sse(*(("", event) for event in (
            {"type": "RUN_STARTED", "threadId": "k", "runId": TOKEN},
            {"type": "TEXT_MESSAGE_START", "messageId": "m", "role": "assistant"},
            {"type": "TEXT_MESSAGE_CONTENT", "messageId": "m", "delta": TOKEN[:9]},
            {"type": "TEXT_MESSAGE_CONTENT", "messageId": "m", "delta": TOKEN[9:]},
            {"type": "TOOL_CALL_START", "toolCallId": "t", "toolCallName": "transfer_to_human"},
            {"type": "TOOL_CALL_ARGS", "toolCallId": "t", "delta": json.dumps(ARGUMENTS)},
            {"type": "RUN_FINISHED", "threadId": "k", "runId": TOKEN})))],
    ),
    "bot-framework": (
        {},
        [{"activities": [{"type": "message", "text": TOKEN, "id": TOKEN},
                         {"type": "event", "name": "handoff.initiate", "value": {"Skill": TOKEN, "why": TOKEN}}]}],
    ),
}  # fmt: skip
BY_SOCKET = {"websocket", "twilio-relay"}
BY_CALLBACK = {"sinch", "twilio-messaging", "whatsapp-cloud", "chatwoot"}
by_request = pytest.mark.parametrize("name", ANSWERS)


def shown(value):
    """A value as a journal has it; the token may not be in it, in any way of writing."""
    written = encode(value).decode() if not isinstance(value, ExchangeFailed) else f"{value} {value.partial}"
    assert "[secret]" in written
    for shape in ("sk-live", "very=secret", "7f", "very%3Dsecret"):
        assert shape not in written
    return written


@pytest.fixture
async def dialled(monkeypatch):
    monkeypatch.setenv("AGENT_TOKEN", TOKEN)
    held = []

    async def reach(port, name, path="/chat", scheme="http", **spec):
        agent = AgentSpec(
            connector=name, url=f"{scheme}://127.0.0.1:{port}{path}", auth=Auth(bearer_env="AGENT_TOKEN"), **spec
        )
        held.append(await dial(agent, REAL))
        return held[-1]

    yield reach
    for connector in held:
        await connector.close()


@pytest.fixture
def parrot(servers, reply_of):
    """A server that answers each request with the next of these, the last one ever after."""

    async def serve(answers):
        left = list(answers)

        async def script(reader, writer, number):
            asked = await servers.read(reader)
            answer = left.pop(0) if len(left) > 1 else left[0]
            if answer == "a thread":
                answer = {"thread_id": json.loads(asked)["thread_id"]}
            kind = "text/event-stream" if isinstance(answer, bytes) else "application/json"
            writer.write(reply_of(answer if isinstance(answer, bytes) else encode(answer), "200 OK", kind))
            await writer.drain()

        return await servers.serve(script)

    return serve


def test_every_connector_of_ours_says_the_token_here():
    assert ANSWERS.keys() | BY_SOCKET | BY_CALLBACK == BUILT_IN["connector"].keys()


@by_request
async def test_a_reply_does_not_say_the_token(dialled, parrot, servers, caller, seen, name):
    spec, answers = ANSWERS[name]
    connector = await dialled(await parrot(answers), name, **spec)
    assert isinstance(inside(connector), KeepsSecrets)
    reply = await connector.session(caller).say(("hi",), seen)
    assert f"Bearer {TOKEN}".encode() in servers.requests[0][0]
    assert reply.text == "[secret]"
    shown(reply)
    if name != "langgraph":
        assert reply.signals or reply.tools, "it said the token beside the words, too"


@by_request
@pytest.mark.parametrize("before", ["no such token: ", "x" * 280], ids=["whole", "cut"])
async def test_an_errors_explanation_does_not_say_the_token(dialled, servers, caller, seen, reply_of, name, before):
    refused = reply_of(f"{before}{TOKEN} is unknown".encode(), "401 Unauthorized", "text/plain")
    spec, _ = ANSWERS[name]
    connector = await dialled(await servers.answering(refused), name, **spec)
    with pytest.raises(ExchangeFailed, match="http_4xx") as failed:
        await connector.session(caller).say(("hi",), seen)
    shown(failed.value)
    assert failed.value.status == 401


@by_request
async def test_neither_does_an_answer_that_is_none(dialled, parrot, caller, seen, name):
    spec, answers = ANSWERS[name]
    connector = await dialled(await parrot([*answers[:-1], {"error": {"message": TOKEN, "code": 1}}]), name, **spec)
    try:
        got = encode(await connector.session(caller).say(("hi",), seen)).decode()
    except ExchangeFailed as failed:
        got = str(failed)
    assert "sk-live" not in got


@pytest.mark.parametrize("name", sorted(BY_SOCKET))
async def test_a_frame_does_not_say_the_token(dialled, caller, seen, name):
    frames = {
        "websocket": [{"reply": TOKEN}],
        "twilio-relay": [
            {"type": "text", "token": TOKEN, "last": False},
            {"type": "end", "handoffData": json.dumps(HANDOFF)},
        ],
    }[name]

    async def hold(request):
        line = web.WebSocketResponse()
        await line.prepare(request)
        async for message in line:
            if message.type is WSMsgType.TEXT and "setup" not in message.data:
                for frame in frames if "hi" in message.data else ["no JSON: " + TOKEN]:
                    await line.send_str(frame if isinstance(frame, str) else json.dumps(frame))
        return line

    app = web.Application()
    app.router.add_get("/chat", hold)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    connector = await dialled(runner.addresses[0][1], name, scheme="ws")
    session = connector.session(caller)
    reply = await session.say(("hi",), seen)
    assert reply.text == "[secret]"
    shown(reply)
    await session.close()
    session = connector.session(caller)
    with pytest.raises(ExchangeFailed, match="malformed") as failed:
        await session.say(("ho",), seen)
    shown(failed.value)
    await session.close()
    await runner.cleanup()


@pytest.mark.parametrize("name", sorted(BY_CALLBACK))
async def test_a_call_back_does_not_say_the_token(bot, playing, caller, seen, name):
    """The customer says it, for once: agents that echo are at hand. They say it again when nobody waits any more."""
    from connectors import test_chatwoot, test_sinch, test_twilio_messaging, test_whatsapp_cloud

    echo = {
        "sinch": test_sinch.echo, "twilio-messaging": test_twilio_messaging.echo,
        "whatsapp-cloud": test_whatsapp_cloud.echo, "chatwoot": test_chatwoot.echo,
    }[name]  # fmt: skip
    told = asyncio.Queue()

    async def twice(bot, hook):
        answer = await echo(bot, hook)
        hooks.append(hook)
        return answer

    hooks = []
    inner = await playing(await bot.serve(twice), name)
    connector = behind_door(inner, AgentSpec(connector=name))
    assert isinstance(connector, CalledBack)
    connector.tell = told.put_nowait
    session = connector.session(caller)
    reply = await session.say(("the key is hook-s3cret, right?",), seen)
    assert reply.text == "to the key is [secret], right?"
    if name == "twilio-messaging":
        return  # its answers come with the webhook's own
    await session.close()
    await echo(bot, hooks[0])
    late = await told.get()
    assert (late.kind, late.text) == ("late", "to the key is [secret], right?")


# -- the door itself ---------------------------------------------------------------------------------------------------

WHOLE = Reply(
    text=TOKEN, status=200, completed_by=TOKEN, session=TOKEN, trace=TOKEN, tools=(ToolCall(TOKEN, TOKEN),),
    signals=(Signal("initiated", "tool", TOKEN, TOKEN, json.dumps(TOKEN)),),
)  # fmt: skip


def guarded(answer, monkeypatch):
    monkeypatch.setenv("AGENT_TOKEN", TOKEN)
    return behind_door(in_process(answer), AgentSpec(connector="own.py:x", auth=Auth(bearer_env="AGENT_TOKEN")))


async def test_a_connector_of_ones_own_stands_behind_the_same_door(monkeypatch, caller, seen):
    async def answer(caller, texts, watch):
        if "fail" in texts:
            raise ExchangeFailed("agent_error", TOKEN, status=418, retry_after_s=2.0, partial=TOKEN, handed_over=TOKEN)
        caller.overhear(Unasked(1.0, "late", 7, 1, TOKEN, TOKEN, TOKEN, WHOLE.signals))
        return WHOLE

    heard = []
    session = guarded(answer, monkeypatch).session(replace(caller, overhear=heard.append))
    reply = await session.say(("hi",), seen)
    hidden = Signal("initiated", "tool", "[secret]", "[secret]", '"[secret]"')
    assert reply == Reply(
        text="[secret]", status=200, completed_by="[secret]", session="[secret]", trace="[secret]",
        tools=(ToolCall("[secret]", "[secret]"),), signals=(hidden,),
    )  # fmt: skip
    assert heard == [Unasked(1.0, "late", 7, 1, "[secret]", "[secret]", "[secret]", (hidden,))]
    with pytest.raises(ExchangeFailed) as failed:
        await session.say(("fail",), seen)
    error = failed.value
    assert (error.failure, error.detail, error.partial, error.handed_over) == ("agent_error", *("[secret]",) * 3)
    assert (error.status, error.retry_after_s) == (418, 2.0)


async def test_a_reply_without_a_secret_passes_as_it_is(monkeypatch, caller, seen):
    plain = Reply(text="It comes on Friday.", signals=(Signal("initiated", "text"),))

    async def answer(caller, texts, watch):
        return plain

    assert await guarded(answer, monkeypatch).session(caller).say(("hi",), seen) == plain


def test_without_a_secret_there_is_no_door():
    connector = in_process(None)
    assert behind_door(connector, AgentSpec(connector="own.py:x")) is connector


async def test_what_can_deliver_again_still_can_and_no_other(dialled):
    again = await dialled(1, "openai-chat")
    assert isinstance(again.session(CALLER), Redelivers)
    once = await dialled(1, "rasa-rest")
    assert isinstance(once.session(CALLER), Redelivers) == isinstance(inside(once).session(CALLER), Redelivers)


def test_every_text_that_an_agent_has_a_hand_in_is_searched():
    """A field that is added to these is searched, or named here."""
    for kind in (Reply, Unasked, Signal, ToolCall):
        for field in fields(kind):
            words = {field.type, *get_args(field.type)}
            assert str not in words or field.type is str, f"{kind.__name__}.{field.name}: a text that may not be there"
