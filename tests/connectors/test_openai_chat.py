"""Conversations over the chat completions protocol, on real sockets."""

import asyncio

import msgspec
import pytest

from hubbub.clock import REAL
from hubbub.connectors.openai_chat import connect
from hubbub.errors import ExchangeFailed, UsageError
from hubbub.model import AgentSpec, Signal

STREAM = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"


def _streamed(*deltas, finish="stop"):
    lines = [{"id": "c-1", "choices": [{"index": 0, "delta": delta}]} for delta in deltas]
    lines.append({"choices": [{"index": 0, "delta": {}, "finish_reason": finish}]})
    body = b"".join(b"data: " + msgspec.json.encode(line) + b"\n\n" for line in lines) + b"data: [DONE]\n\n"
    return STREAM + b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)


def _said(text):
    return _streamed({"content": text})


def _messages(servers, number):
    body = msgspec.json.decode(servers.requests[number][1])
    return [(line["role"], line["content"]) for line in body["messages"]]


async def test_a_streamed_reply_says_how_it_ended(servers, connecting, caller, seen):
    connector = await connecting(
        await servers.answering(_streamed({"content": "Hel"}, {"content": "lo"})), "openai-chat"
    )
    reply = await connector.session(caller).say(("hi",), seen)
    assert (reply.text, reply.completed_by, reply.events, reply.trace) == ("Hello", "finish_reason=stop", 3, "c-1")
    assert seen.told == ["byte", "event", "text"]


async def test_the_body_carries_model_extras_user_and_history(servers, connecting, caller, seen):
    options = {"model": "m-1", "system": "Be kind.", "extra": {"temperature": 0}, "include_usage": True}
    connector = await connecting(await servers.answering(_said("A"), _said("B")), "openai-chat", options=options)
    session = connector.session(caller)
    await session.say(("one", "two"), seen)
    await session.say(("three",), seen)
    body = msgspec.json.decode(servers.requests[1][1])
    assert body == {
        "model": "m-1",
        "stream": True,
        "stream_options": {"include_usage": True},
        "temperature": 0,
        "user": "run-7",
        "messages": [
            {"role": "system", "content": "Be kind."},
            {"role": "user", "content": "one\ntwo"},
            {"role": "assistant", "content": "A"},
            {"role": "user", "content": "three"},
        ],
    }


async def test_history_server_sends_only_what_is_new(servers, connecting, caller, seen):
    connector = await connecting(await servers.answering(_said("A")), "openai-chat", options={"history": "server"})
    session = connector.session(caller)
    await session.say(("one",), seen)
    await session.say(("two",), seen)
    assert _messages(servers, 1) == [("user", "two")]


async def test_a_reply_that_comes_whole_needs_no_stream(servers, connecting, caller, seen, reply_of):
    whole = reply_of(b'{"choices":[{"message":{"content":"Hi"},"finish_reason":"stop"}]}')
    for stream in (True, False):  # asked for a stream and was given a document: that is understood too
        connector = await connecting(await servers.answering(whole), "openai-chat", options={"stream": stream})
        reply = await connector.session(caller).say(("hi",), seen)
        assert (reply.text, reply.events, reply.completed_by) == ("Hi", 0, "finish_reason=stop")


async def test_a_stream_under_another_name_is_read_and_other_text_is_malformed(
    servers, connecting, caller, seen, reply_of
):
    events = b'data: {"choices":[{"delta":{"content":"Hi"},"finish_reason":"stop"}]}\n\n'
    answers = [reply_of(events, "200 OK", "text/plain"), reply_of(b"All is well.", "200 OK", "text/plain")]
    session = (await connecting(await servers.answering(*answers), "openai-chat")).session(caller)
    assert (await session.say(("hi",), seen)).text == "Hi"
    with pytest.raises(ExchangeFailed, match="malformed: of type text/plain"):
        await session.say(("hi",), seen)


async def test_a_tool_call_is_an_escalation_with_what_was_handed_over(servers, connecting, caller, seen):
    call = {"tool_calls": [{"index": 0, "function": {"name": "transfer_to_human", "arguments": '{"reason":"angry"}'}}]}
    connector = await connecting(await servers.answering(_streamed(call, finish="tool_calls")), "openai-chat")
    reply = await connector.session(caller).say(("a human!",), seen)
    assert reply.signals == (Signal("initiated", "tool", "", "angry", '{"reason":"angry"}'),)


async def test_a_failed_turn_stays_in_the_history_without_an_answer(servers, connecting, caller, seen, reply_of):
    cut = STREAM + b'33\r\ndata: {"choices":[{"delta":{"content":"half"}}]}\n\n\r\n'
    port = await servers.answering(_said("A"), reply_of(b"", "500 Oops"), cut, _said("D"))
    session = (await connecting(port, "openai-chat")).session(caller)
    await session.say(("one",), seen)
    for text in ("two", "three"):
        with pytest.raises(ExchangeFailed):
            await session.say((text,), seen)
    await session.say(("four",), seen)
    assert _messages(servers, 3) == [
        ("user", "one"), ("assistant", "A"), ("user", "two"), ("user", "three"), ("user", "four")
    ]  # fmt: skip


async def test_a_turn_said_while_another_waits_does_not_mix_their_answers(servers, connecting, caller, seen):
    second_came = asyncio.Event()

    async def script(reader, writer, number):
        body = msgspec.json.decode(await servers.read(reader))
        last = body["messages"][-1]["content"]
        if last == "one":
            await second_came.wait()
        second_came.set()
        writer.write(_said(f"to {last}"))

    session = (await connecting(await servers.serve(script), "openai-chat")).session(caller)
    replies = await asyncio.gather(session.say(("one",), seen), session.say(("two",), seen))
    assert [reply.text for reply in replies] == ["to one", "to two"]
    await session.say(("three",), seen)
    assert _messages(servers, 2) == [
        ("user", "one"), ("assistant", "to one"), ("user", "two"), ("assistant", "to two"), ("user", "three")
    ]  # fmt: skip


async def test_sessions_of_one_connector_share_nothing(servers, connecting, caller, seen):
    connector = await connecting(await servers.answering(_said("A")), "openai-chat")
    await connector.session(caller).say(("mine",), seen)
    await connector.session(caller).say(("yours",), seen)
    assert _messages(servers, 1) == [("user", "yours")]


async def test_every_mistake_in_the_settings_is_told_at_once(monkeypatch):
    monkeypatch.delenv("NO_SUCH", raising=False)
    agent = AgentSpec(
        connector="openai-chat",
        url="http://example.com/v1",
        escalation="openai-tool",
        headers={"X-Key": "${env:NO_SUCH}"},
        options={"modell": "m", "stream": "yes", "history": "resent", "extra": {"messages": []}},
    )
    with pytest.raises(UsageError) as caught:
        await connect(agent, REAL)
    said = str(caught.value)
    for part in ("did you mean model?", "options.stream", "did you mean resend?", "'messages' is set", "NO_SUCH",
                 "allow_hosts", "did you mean openai-tools?"):  # fmt: skip
        assert part in said, part
