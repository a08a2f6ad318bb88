import asyncio
import json
import time

import aiohttp
import pytest
from aiohttp import web
from aiohttp.typedefs import Handler

from hubbub.clock import REAL
from tests.reference_agent.conftest import Serve


def _said(events: list) -> str:
    return "".join(c["delta"].get("content", "") for e in events[:-1] for c in e["choices"])


async def test_plain_json_holds_a_conversation(served: Serve):
    async with served() as s:
        _, first = await s.chat("me", "where is my order?")
        status, second = await s.chat("me", ["here it is", "A-48213"])
    assert status == 200
    assert "order number" in first["reply"]
    assert "A-48213" in second["reply"]
    assert second["escalation"] is None
    assert second["session"] == "me"
    assert second["trace"]


async def test_plain_json_shows_an_escalation_in_a_field(served: Serve):
    async with served() as s:
        _, body = await s.chat("me", "my card was stolen")
    assert body["escalation"]["queue"] == "fraud"
    assert body["escalation"]["reason"] == "identity_fraud"


async def test_a_stream_is_whole_and_in_the_protocols_order(served: Serve):
    async with served() as s:
        events = await s.stream("where is my order?", user="me", stream_options={"include_usage": True})
    assert events[-1] == "[DONE]"
    assert events[0]["choices"][0]["delta"] == {"role": "assistant", "content": ""}
    assert events[-3]["choices"][0]["finish_reason"] == "stop"
    assert events[-2]["usage"]["completion_tokens"] == len(_said(events).split())
    assert "order number" in _said(events)


@pytest.mark.parametrize("streamed", [True, False])
async def test_an_escalation_is_a_tool_call(served: Serve, streamed: bool):
    async with served() as s:
        if streamed:
            events = await s.stream("get me a human", user="me")
            calls = [c for e in events[:-1] for c in e["choices"][0]["delta"].get("tool_calls", [])]
            finish = events[-2]["choices"][0]["finish_reason"]
        else:
            _, raw = await s.complete(messages=[{"role": "user", "content": "get me a human"}])
            (choice,) = json.loads(raw)["choices"]
            calls, finish = choice["message"]["tool_calls"], choice["finish_reason"]
    assert finish == "tool_calls"
    assert calls[0]["function"]["name"] == "transfer_to_human"
    assert json.loads(calls[0]["function"]["arguments"])["queue"] == "general"


async def test_without_a_user_the_messages_tell_the_session(served: Serve):
    async with served() as s:
        history: list[dict] = []
        for text in ("hi", "where is my order", "A-48213"):
            history.append({"role": "user", "content": text})
            _, raw = await s.complete(messages=history)
            history.append(json.loads(raw)["choices"][0]["message"])
    assert "A-48213" in history[-1]["content"]
    assert len({t.session for t in s.truth}) == 1
    assert [t.turn for t in s.truth] == [1, 2, 3]


async def test_two_who_say_the_same_are_two(served: Serve):
    async with served() as s:
        for _ in range(2):
            await s.complete(messages=[{"role": "user", "content": "hi"}])
    assert len({t.session for t in s.truth}) == 2


async def test_an_unknown_history_is_understood_from_its_words(served: Serve):
    history = [
        {"role": "system", "content": "Be kind."},
        {"role": "user", "content": "I want to cancel my order A-48213"},
        {"role": "assistant", "content": "Shall I?"},
        {"role": "user", "content": [{"type": "text", "text": "yes"}]},
    ]
    async with served() as s:
        _, raw = await s.complete(messages=history, user="unseen")
    assert "cancelled" in json.loads(raw)["choices"][0]["message"]["content"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"messages": []},
        {"messages": "hi"},
        {"messages": [{"role": "user"}, {"role": "assistant", "content": "x"}]},
        {"messages": [{"role": "customer", "content": "hi"}]},
        {"messages": [{"role": "user", "content": 5}]},
        {"messages": [{"role": "user", "content": "hi"}], "stream": "yes"},
    ],
)
async def test_a_malformed_completion_is_refused(served: Serve, body: dict):
    async with served() as s:
        status, raw = await s.complete(**body)
    assert status == 400
    assert json.loads(raw)["error"]["type"] == "invalid_request_error"


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'{"session": "x"}', b'{"session": "", "message": "hi"}', b"\xff"])
async def test_malformed_json_is_refused(served: Serve, raw: bytes):
    async with served() as s, s.client.post(s.server.make_url("/chat"), data=raw) as response:
        assert response.status == 400
        assert (await response.json())["error"]


async def test_a_full_line_answers_429_with_a_time(served: Serve):
    async with served(workers=1, queue=0, service_s=600, service_sigma=0) as s:
        slow = asyncio.create_task(s.chat("a", "hi"))
        while not s.agent.capacity.busy:
            await asyncio.sleep(0.001)
        async with s.client.post(s.server.make_url("/chat"), json={"session": "b", "message": "hi"}) as response:
            assert response.status == 429
            assert int(response.headers["Retry-After"]) >= 1
        slow.cancel()


async def test_hanging_up_frees_the_worker(served: Serve):
    async with served(workers=1, service_s=30, service_sigma=0) as s:
        call = asyncio.create_task(s.chat("a", "hi"))
        while not s.agent.capacity.busy:
            await asyncio.sleep(0.001)
        call.cancel()
        while s.agent.capacity.busy:
            await asyncio.sleep(0.001)
    assert [t.ended for t in s.truth] == ["gone"]


@pytest.mark.parametrize("streamed", [True, False])
async def test_a_customer_who_is_gone_as_the_reply_is_written_is_no_error(
    served: Serve, streamed: bool, caplog: pytest.LogCaptureFixture
):
    @web.middleware
    async def left_just_now(request: web.Request, handler: Handler) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.close()  # and connection_lost, which cancels the handler, comes in the loop's next round
        return await handler(request)

    async with served(left_just_now, fixed_first_text_s=0.0, fixed_gap_s=0.0) as s:
        with pytest.raises(aiohttp.ServerDisconnectedError):
            await s.complete(messages=[{"role": "user", "content": "hi"}], user="me", stream=streamed)
    assert caplog.text == ""


@pytest.mark.parametrize("streamed", [True, False])
@pytest.mark.parametrize("fault", ["resets", "truncates", "errors-500", "stalls"])
async def test_a_planted_break_shows_on_the_wire(served: Serve, fault: str, streamed: bool):
    async with served(faults=(fault,)) as s:
        body = {"messages": [{"role": "user", "content": "hi"}], "user": "me", "stream": streamed}
        limit = aiohttp.ClientTimeout(total=1.0 if fault == "stalls" else 60.0)
        if fault == "errors-500":
            assert (await s.complete(**body))[0] == 500
        elif fault == "truncates" and streamed:
            status, raw = await s.complete(**body)
            assert status == 200
            assert b"[DONE]" not in raw
            assert b"content" in raw
        else:
            expected = {"resets": ConnectionResetError, "truncates": aiohttp.ClientPayloadError, "stalls": TimeoutError}
            url = s.server.make_url("/v1/chat/completions")
            with pytest.raises((expected[fault], aiohttp.ClientError) if fault == "resets" else expected[fault]):
                async with s.client.post(url, json=body, timeout=limit) as response:
                    await response.read()
    ends = {"resets": "reset", "truncates": "truncated", "errors-500": "status", "stalls": "stalled"}
    assert [t.ended for t in s.truth] == [ends[fault]]
    assert [f.fault for f in s.truth[0].faults] == [fault]


@pytest.mark.parametrize("gap_s", [0.004, 0.0])
async def test_true_times_lie_within_what_the_client_saw(served: Serve, gap_s: float):
    async with served(fixed_first_text_s=0.05, fixed_chunks=8, fixed_gap_s=gap_s) as s:
        before_s = time.monotonic()
        events = await s.stream("where is my order?", user="me")
        after_s = time.monotonic()
    (turn,) = s.truth
    assert turn.first_s is not None
    assert before_s <= turn.arrival_s < turn.first_s <= turn.end_s <= after_s
    assert turn.first_s - turn.arrival_s >= 0.049
    assert turn.end_s - turn.arrival_s >= 0.049 + 7 * gap_s
    assert turn.chunks == 8
    assert sum(bool(e["choices"][0]["delta"].get("content")) for e in events[:-1]) == 8


async def test_a_freeze_holds_up_a_stream_that_is_on_its_way(served: Serve):
    timing = {"fixed_first_text_s": 0.02, "fixed_chunks": 20, "fixed_gap_s": 0.04}
    async with served(faults=("freeze@turn>1:0.4s",), **timing) as s:
        await s.stream("hi", user="b")
        on_its_way = asyncio.create_task(s.stream("hi", user="a"))
        while s.agent.sessions.count_open(REAL.now()) < 2:
            await asyncio.sleep(0.001)
        await s.stream("hi", user="b")
        await on_its_way
    ends = {t.session: t for t in s.truth}
    assert ends["b"].faults[0].fault == "freeze"
    assert ends["a"].end_s - ends["b"].arrival_s >= 0.4
    assert ends["b"].end_s - ends["b"].arrival_s >= 0.4


async def test_health_and_models_answer(served: Serve):
    async with served() as s:
        await s.chat("me", "hi")
        async with s.client.get(s.server.make_url("/healthz")) as response:
            assert (await response.json())["open"] == 1
        async with s.client.get(s.server.make_url("/v1/models")) as response:
            assert (await response.json())["data"][0]["id"] == "hubbub-reference"
