"""Conversations over a WebSocket that stays open: frames, ends, losses, interruptions."""

import asyncio
import json
import random

import pytest
from aiohttp import WSMsgType, web

from benchmarks.ports import free_port
from hubbub.clock import REAL
from hubbub.connectors import twilio_relay, websocket
from hubbub.connectors.twilio_relay import RelayGathering
from hubbub.errors import ExchangeFailed, UsageError
from hubbub.exchange import Stopwatch
from hubbub.model import AgentSpec, Auth, Busy, Signal, Timeouts

DELTAS = {"reply": {"text": "$.delta", "done": "$.done", "ended": "$.bye", "error": "$.error", "trace": "$.id"}}


class Line:
    """The agent's side of sockets: each frame that comes is given to an answer, with the line to answer on."""

    def __init__(self):
        self.got, self.heads, self.opened, self.asked = [], [], 0, 0
        self.refusals = []  # answers to the first handshakes
        self.runner = None

    async def serve(self, answer):
        async def hold(request):
            self.asked += 1
            if self.refusals:
                return self.refusals.pop(0)
            line = web.WebSocketResponse()
            await line.prepare(request)
            self.opened += 1
            self.heads.append(request.headers)
            async for message in line:
                if message.type is WSMsgType.TEXT:
                    self.got.append(message.data)
                    await answer(line, message.data, request)
            return line

        app = web.Application()
        app.router.add_get("/ws", hold)
        self.runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self.runner.setup()
        await web.TCPSite(self.runner, "127.0.0.1", 0).start()
        return self.runner.addresses[0][1]


@pytest.fixture
async def line():
    line = Line()
    yield line
    if line.runner is not None:
        await line.runner.cleanup()


@pytest.fixture
async def open_to():
    """A session with an agent that listens on a port, by either connector."""
    held = []

    async def opened(port, caller, room=websocket, path="ws", auth=None, **settings):
        timeouts = Timeouts(**settings.pop("timeouts", {}))
        agent = AgentSpec(connector="x", url=f"ws://127.0.0.1:{port}/{path}", timeouts=timeouts, auth=auth, **settings)
        connector = await room.connect(agent, REAL)
        session = connector.session(caller)
        held.append((session, connector))
        return session

    yield opened
    for session, connector in held:
        await session.close()
        await connector.close()


async def _whole(line, frame, _):
    await line.send_str(json.dumps({"reply": f"to {json.loads(frame)['message']}"}))


async def test_each_frame_is_a_whole_reply_unless_said_otherwise(line, open_to, caller, seen):
    session = await open_to(await line.serve(_whole), caller)
    replies = [await session.say((text,), seen) for text in ("one", "two")]
    assert [(reply.text, reply.completed_by) for reply in replies] == [("to one", "message"), ("to two", "message")]
    assert line.opened == 1
    assert json.loads(line.got[0]) == {"session": "run-7", "message": "one"}
    assert seen.told[:3] == ["byte", "event", "text"]


async def test_deltas_are_joined_and_the_end_is_marked(line, open_to, caller, seen):
    async def answer(line, frame, _):
        for message in (
            {"delta": "Grüße, "},
            {"typing": True},
            {"delta": "🚚."},
            {"done": True, "id": "t-1", "bye": True},
        ):
            await line.send_str(json.dumps(message))

    session = await open_to(await line.serve(answer), caller, options=DELTAS)
    reply = await session.say(("hi",), seen)
    assert (reply.text, reply.completed_by, reply.trace) == ("Grüße, 🚚.", "done at $.done", "t-1")
    assert (reply.ended, reply.events) == (True, 4)


async def test_an_end_can_be_marked_by_a_value_in_every_frame(line, open_to, caller, seen):
    async def answer(line, frame, _):
        for message in ({"ev": "typing"}, {"ev": "piece", "t": "Grü"}, {"ev": "piece", "t": "ße"}, {"ev": "over"}):
            await line.send_str(json.dumps(message))

    reply = {"text": "$.t", "done": {"path": "$.ev", "equals": ["over", "end"]}}
    session = await open_to(await line.serve(answer), caller, options={"reply": reply})
    said = await session.say(("hi",), seen)
    assert (said.text, said.completed_by) == ("Grüße", "done at $.ev")


async def test_a_text_that_grows_is_not_doubled(line, open_to, caller, seen):
    async def answer(line, frame, _):
        for message in ({"delta": "Gr"}, {"delta": "Grü"}, {"delta": "Grüße", "done": True}):
            await line.send_str(json.dumps(message))

    session = await open_to(await line.serve(answer), caller, options={**DELTAS, "growth": "cumulative"})
    assert (await session.say(("hi",), seen)).text == "Grüße"


async def test_plain_text_and_an_end_by_silence(line, open_to, caller, seen):
    async def answer(line, frame, _):
        await line.send_str(f"You said {frame}.")
        await line.send_str(" And so on.")

    session = await open_to(await line.serve(answer), caller, options={"frames": "text", "quiet_s": 0.05})
    reply = await session.say(("hi",), seen)
    assert (line.got, reply.text, reply.completed_by) == (["hi"], "You said hi. And so on.", "quiet for 0.05 s")


async def test_a_first_frame_can_introduce_the_customer(line, open_to, caller, seen):
    async def answer(line, frame, _):
        if "message" in json.loads(frame):
            await line.send_str('{"reply": "hello"}')

    session = await open_to(await line.serve(answer), caller, options={"opening": {"join": "$customer"}})
    await session.say(("hi",), seen)
    assert json.loads(line.got[0]) == {"join": "run-7"}


async def test_what_comes_unasked_belongs_to_no_reply(line, open_to, caller, seen):
    async def answer(line, frame, request):
        await _whole(line, frame, request)
        await line.send_str('{"reply": "Are you still there?"}')

    session = await open_to(await line.serve(answer), caller)
    await session.say(("one",), seen)
    await asyncio.sleep(0.02)
    assert (await session.say(("two",), seen)).text == "to two"


@pytest.mark.parametrize(
    ("sent", "failure"),
    [
        (['{"error": "overloaded"}'], "agent_error: overloaded"),
        (["{nonsense"], "malformed"),
        ([], "closed: closed with code 1011 without a reply"),
        (['{"delta": "half"}'], "truncated: closed with code 1011"),
    ],
)
async def test_a_reply_that_is_not_one_is_in_its_class(line, open_to, caller, seen, sent, failure):
    async def answer(line, frame, _):
        for message in sent:
            await line.send_str(message)
        await line.close(code=1011)

    session = await open_to(await line.serve(answer), caller, options=DELTAS)
    with pytest.raises(ExchangeFailed, match=failure) as failed:
        await session.say(("hi",), seen)
    assert failed.value.partial == ("half" if "truncated" in failure else "")


@pytest.mark.parametrize(
    ("sent", "failure"),
    [
        (b"\xc1\x02hi", "malformed: WebSocketError: .*reserved bits"),
        (b"\x83\x02hi", "malformed: WebSocketError: .*opcode=3"),
        (b"\x81\x02\xff\xfe", "malformed: WebSocketError: .*UTF-8"),
        (b"\x81\x7f\x00\x00\x01\x00\x00\x00\x00\x00", "too_large: WebSocketError"),
        (b"\x88\x02\x03\xf1", "closed: closed with code 1009"),  # our frame, by their word
        (b"", "closed: closed with code 1006 without a reply"),
        (b'\x81\x10{"delta":"half"}', "truncated: closed with code 1006 before"),
        (b'\x81\x10{"delta":', "closed: closed with code 1006 without a reply"),
    ],
)
async def test_what_breaks_the_protocol_of_frames_is_told_from_a_line_that_ends(
    line, open_to, caller, seen, sent, failure
):
    async def answer(line, frame, request):
        request.transport.write(sent)
        request.transport.close()

    session = await open_to(await line.serve(answer), caller, options=DELTAS)
    with pytest.raises(ExchangeFailed, match=failure):
        await session.say(("hi",), seen)


async def test_a_line_that_was_lost_is_opened_again_with_the_next_turn(line, open_to, caller, seen):
    async def answer(line, frame, request):
        if json.loads(frame)["message"] == "one":
            request.transport.abort()
        else:
            await _whole(line, frame, request)

    session = await open_to(await line.serve(answer), caller)
    with pytest.raises(ExchangeFailed, match="closed"):
        await session.say(("one",), seen)
    assert (await session.say(("two",), seen)).text == "to two"
    assert line.opened == 2


@pytest.mark.parametrize(
    ("sent", "limits", "failure"),
    [
        ([], {"first_text_s": 0.05}, "first_text_timeout"),
        (['{"delta": "half"}'], {"gap_s": 0.05}, "stall"),
        (['{"delta": "half"}'], {"turn_s": 0.05}, "total_timeout"),
    ],
)
async def test_a_missed_deadline_is_in_its_class(line, open_to, caller, seen, sent, limits, failure):
    async def answer(line, frame, _):
        for message in sent:
            await line.send_str(message)

    session = await open_to(await line.serve(answer), caller, options=DELTAS, timeouts=limits)
    with pytest.raises(ExchangeFailed, match=failure):
        await session.say(("hi",), seen)


async def test_a_refused_handshake_is_known_by_its_status(line, open_to, caller, seen):
    session = await open_to(await line.serve(_whole), caller, path="nowhere")
    with pytest.raises(ExchangeFailed, match="http_4xx: the handshake was answered 404"):
        await session.say(("hi",), seen)
    nobody = await open_to(free_port(), caller)
    with pytest.raises(ExchangeFailed, match="connect_refused"):
        await nobody.say(("hi",), seen)


async def test_a_handshake_is_never_redirected(servers, open_to, caller, seen, reply_of):
    async def script(reader, writer, number):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(reply_of(b"", "302 Found", "text/plain", "Location: http://127.0.0.1:9/"))

    session = await open_to(await servers.serve(script), caller)
    with pytest.raises(ExchangeFailed, match="redirect"):
        await session.say(("hi",), seen)


# -- twilio-relay ------------------------------------------------------------------------------------------------


def _frames(line):
    return [json.loads(frame) for frame in line.got]


async def test_a_call_is_set_up_prompted_and_ended_with_its_handoff(line, open_to, caller, seen, monkeypatch):
    async def answer(line, frame, _):
        heard = json.loads(frame)
        if heard["type"] == "prompt" and "human" in heard["voicePrompt"]:
            await line.send_str(json.dumps({"type": "end", "handoffData": '{"reason":"asked","queue":"tier-2"}'}))
        elif heard["type"] == "prompt":
            for token, last in (("It is ", False), ("late.", True)):
                await line.send_str(json.dumps({"type": "text", "token": token, "last": last}))

    monkeypatch.setenv("TOKEN", "12345")
    port = await line.serve(answer)
    session = await open_to(
        port, caller, twilio_relay, auth=Auth(secret_env="TOKEN"), options={"parameters": {"a": "b"}}
    )
    reply = await session.say(("where is it?",), seen)
    assert (reply.text, reply.completed_by) == ("It is late.", "last")
    setup, prompt = _frames(line)
    assert (setup["type"], setup["from"], setup["customParameters"]) == ("setup", "+12025550108", {"a": "b"})
    assert prompt == {"type": "prompt", "voicePrompt": "where is it?", "lang": "en-US", "last": True}
    end = await session.say(("a human",), seen)
    handed = Signal("initiated", "control", "tier-2", "asked", '{"reason":"asked","queue":"tier-2"}')
    assert (end.ended, end.completed_by, end.signals) == (True, "end", (handed,))
    assert "Authorization" not in line.heads[0]
    assert len(line.heads[0]["X-Twilio-Signature"]) == 28


async def test_who_speaks_while_the_reply_comes_interrupts_it(line, open_to, caller, seen):
    async def answer(line, frame, _):
        heard = json.loads(frame)
        if heard["type"] == "prompt":
            last = heard["voicePrompt"] == "wait"
            await line.send_str(json.dumps({"type": "text", "token": f"To {heard['voicePrompt']}", "last": last}))

    session = await open_to(await line.serve(answer), caller, twilio_relay)
    first = asyncio.ensure_future(session.say(("one",), seen))
    while "text" not in seen.told:
        await asyncio.sleep(0.001)
    second = await session.say(("wait",), seen)
    assert ((await first).text, (await first).completed_by) == ("To one", "interrupted")
    assert second.text == "To wait"
    assert [frame["type"] for frame in _frames(line)] == ["setup", "prompt", "interrupt", "prompt"]
    assert _frames(line)[2]["utteranceUntilInterrupt"] == "To one"


def test_ten_thousand_broken_frames_each_are_taken_or_malformed():
    chance = random.Random(4)
    frames = ['{"type":"text","token":"hi","last":true}', '{"type":"end","handoffData":"{}"}', '{"type":"play"}']
    tongue, outcomes = twilio_relay._Tongue(None, {}), set()
    for _ in range(10_000):
        frame = list(chance.choice(frames))
        for _ in range(chance.randrange(1, 4)):
            frame[chance.randrange(len(frame))] = chance.choice('{}[]",:x0\\ n\ud83d')
        try:
            tongue.take(RelayGathering(), "".join(frame))
            outcomes.add("taken")
        except ExchangeFailed as failed:
            outcomes.add(failed.failure)
    assert outcomes == {"taken", "malformed"}


async def test_what_is_made_anew_for_each_request_is_refused(monkeypatch):
    monkeypatch.setenv("KEY", "12345")
    auth = Auth(secret_env="KEY", hmac={})
    with pytest.raises(UsageError, match=r"agent\.auth\.hmac: cannot be used with a WebSocket"):
        await websocket.connect(AgentSpec(connector="websocket", url="ws://127.0.0.1:1/", auth=auth), REAL)


def busy(status, wait="0.02"):
    return web.Response(status=status, headers={"Retry-After": wait})


async def hello(line, said, request):
    await line.send_str(json.dumps({"reply": "hello"}))


@pytest.mark.parametrize(("status", "failure"), [(429, "http_429"), (503, "http_5xx"), (403, "http_4xx")])
async def test_a_refused_handshake_counts_and_says_its_status_and_when_to_come_again(
    line, open_to, caller, seen, status, failure
):
    port = await line.serve(hello)
    line.refusals = [busy(status, "7")]
    with pytest.raises(ExchangeFailed, match=failure) as failed:
        await (await open_to(port, caller)).say(("hi",), seen)
    assert (failed.value.status, failed.value.retry_after_s, line.asked) == (status, 7.0, 1)


@pytest.mark.parametrize("policy", ["retry", "back_off"])
async def test_a_busy_handshake_is_tried_again_where_that_is_asked_for_and_noted(line, open_to, caller, policy):
    port = await line.serve(hello)
    line.refusals = [busy(503), busy(429)]
    watch = Stopwatch(REAL.now)
    session = await open_to(port, caller, busy=Busy(policy=policy, base_s=0.01), timeouts={"connect_s": 60})
    assert (await session.say(("hi",), watch)).text == "hello"
    assert [attempt.status for attempt in watch.attempts] == [503, 429]
    assert (await session.say(("ho",), watch)).text == "hello"
    assert (line.asked, line.opened) == (3, 1)


async def test_what_else_goes_wrong_while_opening_is_not_tried_again(line, open_to, caller, seen):
    session = await open_to(free_port(), caller, busy=Busy(policy="retry", base_s=0.01))
    with pytest.raises(ExchangeFailed, match="connect_refused"):
        await session.say(("hi",), seen)
