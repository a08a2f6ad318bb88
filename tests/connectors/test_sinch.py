"""Sinch's Conversation API, played to small bots: what goes out, what is served, and what becomes of all that comes."""

import asyncio
import base64
import hashlib
import hmac
import io
import json
import random
from collections import Counter

import pytest
from aiohttp import web
from connectors.bots import PATIENT
from connectors.streams import mutated

from hubbub.connectors.dialing import behind_door
from hubbub.connectors.inbox import Call
from hubbub.connectors.protocol import Caller
from hubbub.errors import ExchangeFailed, UsageError
from hubbub.model import AgentSpec, Inbound

KEY = "Basic " + base64.b64encode(b"key:any").decode()


def said(hook):
    return json.loads(hook.body)["message"]["contact_message"]["text_message"]["text"]


def request(hook, text, **more):
    message = json.loads(hook.body)["message"]
    return {
        "app_id": "01HUBBUBAPP000000000000000", "recipient": {"contact_id": message["contact_id"]},
        "message": {"text_message": {"text": text}}, **more,
    }  # fmt: skip


async def send(bot, hook, text, verb="messages:send", project="hubbub-project", key=KEY, **more):
    url = f"{hook.platform}/v1/projects/{project}/{verb}"
    return await bot.call(url, json=request(hook, text, **more), headers={"Authorization": key})


async def echo(bot, hook):
    if "message" in json.loads(hook.body):
        await send(bot, hook, f"to {said(hook)}")


async def test_a_turn_goes_out_signed_and_its_reply_is_called_back(bot, playing, caller, seen):
    connector = await playing(await bot.serve(echo), "sinch")
    reply = await connector.session(caller).say(("where is it?",), seen)
    assert (reply.text, reply.completed_by) == ("to where is it?", "quiet for 0.05 s")
    hook = bot.hooks[0]
    nonce, stamp = (hook.headers[f"x-sinch-webhook-signature-{name}"] for name in ("nonce", "timestamp"))
    over = hook.body + f".{nonce}.{stamp}".encode()
    signed = base64.b64encode(hmac.new(b"hook-s3cret", over, hashlib.sha256).digest()).decode()
    assert hook.headers["x-sinch-webhook-signature"] == signed
    assert "Authorization" not in hook.headers
    assert b"hook-s3cret" not in hook.body
    assert seen.told == ["byte", "event", "text"]


async def test_messages_soon_after_each_other_are_one_reply_that_was_over_with_the_last(bot, playing, caller, seen):
    async def twice(bot, hook):
        await send(bot, hook, "One moment.")
        await send(bot, hook, "It comes on Friday.")

    connector = await playing(await bot.serve(twice), "sinch", options=PATIENT)
    reply = await connector.session(caller).say(("hi",), seen)
    assert reply.text == "One moment.\nIt comes on Friday."
    assert seen.over is not None
    assert connector.clock.now() - seen.over >= 0.39


async def test_who_the_recipient_is_may_be_said_in_three_ways(bot, playing, caller, seen):
    async def by_phone(bot, hook):
        phone = json.loads(hook.body)["message"]["channel_identity"]
        identity = {"channel": phone["channel"], "identity": "+" + phone["identity"]}
        await send(bot, hook, "hello", recipient={"identified_by": {"channel_identities": [identity]}})

    connector = await playing(await bot.serve(by_phone), "sinch")
    assert (await connector.session(caller).say(("hi",), seen)).text == "hello"


@pytest.mark.parametrize(
    ("verb", "more"),
    [
        ("messages:send", {"agent": {"display_name": "Sam", "type": "HUMAN"}}),
        ("events:send", {"message": None, "event": {"agent_joined_event": {"agent": {"type": "HUMAN"}}}}),
    ],
)
async def test_a_human_who_joins_is_an_escalation(bot, playing, caller, seen, verb, more):
    async def hand_over(bot, hook):
        await send(bot, hook, "I am calling a colleague.")
        await send(bot, hook, "Sam here.", verb, **more)

    connector = await playing(await bot.serve(hand_over), "sinch", options=PATIENT)
    (signal,) = (await connector.session(caller).say(("a human",), seen)).signals
    assert (signal.state, signal.provenance) == ("confirmed", "control")


async def test_a_sign_that_somebody_types_is_no_reply(bot, playing, caller, seen):
    async def type_first(bot, hook):
        await send(bot, hook, "", "events:send", event={"composing_event": {}})
        bot.soon(echo(bot, hook))

    connector = await playing(await bot.serve(type_first), "sinch", options={"quiet_s": 0})
    assert (await connector.session(caller).say(("hi",), seen)).text == "to hi"


async def test_a_token_is_given_for_the_right_key_and_asked_for_afterwards(bot, playing, caller, seen, monkeypatch):
    monkeypatch.setenv("KEY_SECRET", "k3y")

    async def log_in(bot, hook):
        right = "Basic " + base64.b64encode(b"hubbub-key:k3y").decode()
        refused, _ = await bot.call(f"{hook.platform}/oauth2/token", headers={"Authorization": KEY})
        _, told = await bot.call(f"{hook.platform}/oauth2/token", headers={"Authorization": right})
        wrong, _ = await send(bot, hook, "no", key="Bearer made-up")
        assert (refused, wrong, told["token_type"]) == (401, 401, "bearer")
        await send(bot, hook, "yes", key=f"Bearer {told['access_token']}")

    connector = await playing(await bot.serve(log_in), "sinch", options={"key_secret_env": "KEY_SECRET"})
    assert (await connector.session(caller).say(("hi",), seen)).text == "yes"
    assert [one.kind for one in connector.unasked] == ["refused", "refused"]
    assert "k3y" not in str(connector.unasked)


async def test_what_comes_while_nobody_waits_is_late_or_said_before_and_never_lost(bot, playing, seen):
    heard = []
    connector = await playing(await bot.serve(echo), "sinch")
    session = connector.session(Caller(3, "run-3", "sms", "en-US", heard.append))
    await session.say(("hi",), seen)
    hook = bot.hooks[0]
    await send(bot, hook, "and one more thing")
    await send(bot, hook, "to hi")
    assert [(one.kind, one.number, one.turn, one.text) for one in heard] == [
        ("late", 3, 1, "and one more thing"), ("duplicate", 3, 1, "to hi")
    ]  # fmt: skip
    await session.close()
    await send(bot, hook, "hello? still there?")
    await send(bot, hook, "who is this?", recipient={"contact_id": "nobody"})
    assert [(one.kind, one.number, one.to) for one in connector.unasked] == [
        ("late", 3, ""), ("unmatched", None, "nobody")
    ]  # fmt: skip


async def test_a_hand_over_between_turns_still_counts(bot, playing, seen):
    heard = []
    connector = await playing(await bot.serve(echo), "sinch")
    await connector.session(Caller(3, "run-3", "sms", "en-US", heard.append)).say(("hi",), seen)
    await send(bot, bot.hooks[0], "", "events:send", event={"agent_joined_event": {"agent": {"type": "HUMAN"}}})
    assert [signal.state for one in heard for signal in one.signals] == ["confirmed"]


async def test_sixty_at_once_each_get_their_own(bot, playing, seen):
    connector = await playing(await bot.serve(echo), "sinch")

    async def hold(number):
        session = connector.session(Caller(number, f"run-{number}", "sms", "en-US"))
        return [(await session.say((f"{number} {turn}",), seen)).text for turn in range(2)]

    held = await asyncio.gather(*(hold(number) for number in range(60)))
    assert held == [[f"to {number} {turn}" for turn in range(2)] for number in range(60)]
    assert connector.unasked == []


async def test_a_webhook_that_is_not_answered_in_time_misses_the_deadline(bot, playing, caller, seen):
    async def sleep(bot, hook):
        await asyncio.sleep(5)

    connector = await playing(await bot.serve(sleep), "sinch", options={"deadline_s": 0.05, "redeliveries": 0})
    with pytest.raises(ExchangeFailed, match=r"deadline_missed: not answered within the 0\.05 s that Sinch waits"):
        await connector.session(caller).say(("hi",), seen)


@pytest.mark.parametrize(
    ("answer", "limits", "failure"),
    [
        ((500, "hook-s3cret is wrong"), {}, r"http_5xx: 500 \[secret\] is wrong"),
        ((401, "no"), {}, "http_4xx"),
        (None, {"first_text_s": 0.05}, "first_text_timeout"),
        (None, {"turn_s": 0.05}, "total_timeout"),
    ],
)
async def test_a_failure_is_in_its_class_and_without_secrets(bot, playing, caller, seen, answer, limits, failure):
    async def fail(bot, hook):
        return web.Response(status=answer[0], text=answer[1]) if answer else None

    connector = await playing(await bot.serve(fail), "sinch", timeouts=limits, options={"redeliveries": 0})
    with pytest.raises(ExchangeFailed, match=failure):
        await behind_door(connector, AgentSpec(connector="sinch")).session(caller).say(("hi",), seen)


async def test_delivered_messages_are_told_of_where_that_is_wanted(bot, playing, caller, seen):
    told = asyncio.Event()

    async def reply(bot, hook):
        await echo(bot, hook)
        if "message_delivery_report" in json.loads(hook.body):
            told.set()

    connector = await playing(await bot.serve(reply), "sinch", options={"receipts": ["DELIVERED"]})
    await connector.session(caller).say(("hi",), seen)
    await told.wait()
    report = json.loads(bot.hooks[1].body)["message_delivery_report"]
    assert (report["status"], len(report["message_id"])) == ("DELIVERED", 26)


async def test_a_burst_is_one_message_or_as_many_as_it_has_texts(bot, playing, caller, seen):
    port = await bot.serve(echo)
    joined = await playing(port, "sinch")
    apart = await playing(port, "sinch", options=PATIENT | {"bursts": "apart"})
    assert (await joined.session(caller).say(("one", "two"), seen)).text == "to one\ntwo"
    assert (await apart.session(caller).say(("one", "two"), seen)).text == "to one\nto two"


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/v1/projects/other/messages:send", b"{}", 404),
        ("/v1/projects/hubbub-project/messages:delete", b"{}", 404),
        ("/v1/projects/hubbub-project/messages:send", b"nonsense", 400),
        ("/v1/projects/hubbub-project/messages:send", b'{"app_id": "another"}', 404),
        ("/v1/projects/hubbub-project/messages:send", b'{"app_id": "01HUBBUBAPP000000000000000"}', 400),
        ("/elsewhere", b"", 404),
    ],
)
async def test_a_call_that_the_platform_would_refuse_is_refused_and_written_down(bot, playing, path, body, status):
    connector = await playing(await bot.serve(echo), "sinch")
    got, told = await bot.call(connector.place + path, data=body, headers={"Authorization": KEY})
    assert (got, told["error"]["code"]) == (status, status)
    assert [(one.kind, str(status) in one.detail) for one in connector.unasked] == [("refused", True)]


async def test_a_call_larger_than_any_message_is_not_read(bot, playing):
    connector = await playing(await bot.serve(echo), "sinch")
    status, _ = await bot.call(
        f"{connector.place}/v1/projects/hubbub-project/messages:send", data=io.BytesIO(b"x" * 2_000_000)
    )
    assert status == 413


async def test_it_listens_on_loopback_and_says_when_it_cannot(bot, playing):
    port = await bot.serve(echo)
    connector = await playing(port, "sinch")
    assert connector.place.startswith("http://127.0.0.1:")
    with pytest.raises(UsageError, match=rf"agent\.inbound: cannot listen on 127\.0\.0\.1:{port}"):
        await playing(port, "sinch", inbound=Inbound(port=port))


async def test_all_mistakes_in_the_settings_are_told_at_once(playing):
    with pytest.raises(UsageError) as told:
        await playing(1, "sinch", auth={"secret_env": "NONE", "header": "X"}, options={"chanel": "SMS", "quiet_s": -1})
    for part in ("the environment has no NONE", "agent.auth.header", "chanel: unknown setting", "quiet_s: must be"):
        assert part in str(told.value)


GOLDEN = (
    b'{"app_id":"01HUBBUBAPP000000000000000","recipient":{"contact_id":"c"},"message":{"text_message":{"text":"hi"}}}',
    b'{"app_id":"01HUBBUBAPP000000000000000","recipient":{"identified_by":{"channel_identities":[{"channel":"SMS",'
    b'"identity":"+12025550101"}]}},"message":{"choice_message":{"text_message":{"text":"Which?"},"choices":'
    b'[{"text_message":{"text":"This"}}]}}}',
)


async def test_ten_thousand_broken_calls_are_each_taken_or_refused(bot, playing):
    platform = (await playing(await bot.serve(echo), "sinch")).platform
    chance, seen = random.Random(3), Counter()
    path, headers = "/v1/projects/hubbub-project/messages:send", {"Authorization": KEY}
    for _ in range(10_000):
        body = mutated(bytearray(chance.choice(GOLDEN)), chance)
        answer = platform.receive(Call("POST", path, {}, headers, body))
        seen[answer.status] += 1
        assert (answer.delivery is None) == (answer.status != 200) == bool(answer.refused)
        assert answer.delivery is None or len(answer.delivery.text) <= len(body)
    assert set(seen) == {200, 400, 404}


async def test_a_word_in_between_gets_a_message_of_its_own(bot, playing, seen):
    connector = await playing(await bot.serve(echo), "sinch")
    session = connector.session(Caller(3, "run-3", "sms", "en-US"))
    first, nudge = await asyncio.gather(session.say(("where is it?",), seen), session.say(("hello??",), seen))
    assert {first.text, nudge.text} == {"to where is it?", "to hello??"}  # two posts: either may arrive first


async def test_an_agent_that_answers_two_messages_with_one_does_not_fall_out_of_step(bot, playing, seen):
    async def together(bot, hook):
        if "hello" not in said(hook):
            bot.soon(echo(bot, hook))

    connector = await playing(await bot.serve(together), "sinch")
    session = connector.session(Caller(3, "run-3", "sms", "en-US"))
    first = asyncio.ensure_future(session.say(("where is it?",), seen))
    await asyncio.sleep(0)
    nudge = asyncio.ensure_future(session.say(("hello??",), seen))
    assert (await first).text == "to where is it?"
    assert (await session.say(("and now?",), seen)).text == "to and now?"
    assert not nudge.done()
    nudge.cancel()
