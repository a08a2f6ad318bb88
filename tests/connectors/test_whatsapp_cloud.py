"""WhatsApp's Cloud API, played to small bots: what goes out, what the Graph API takes, and how it throttles."""

import asyncio
import hashlib
import hmac
import json
import random

import pytest
from connectors.bots import PATIENT
from connectors.streams import mutated

from hubbub.connectors.inbox import Call
from hubbub.connectors.protocol import Caller
from hubbub.connectors.whatsapp_cloud import Bucket

BEARER = {"Authorization": "Bearer any"}


def message(hook):
    return json.loads(hook.body)["entry"][0]["changes"][0]["value"]["messages"][0]


async def send(bot, hook, text, headers=BEARER, version="v23.0", **more):
    body = {
        "messaging_product": "whatsapp",
        "to": message(hook)["from"],
        "type": "text",
        "text": {"body": text},
        **more,
    }
    return await bot.call(f"{hook.platform}/{version}/100000000000001/messages", json=body, headers=headers)


async def echo(bot, hook):
    if b"statuses" not in hook.body:
        await send(bot, hook, f"to {message(hook)['text']['body']}")


async def test_a_message_goes_out_signed_and_its_reply_is_sent_by_graph(bot, playing, caller, seen):
    connector = await playing(await bot.serve(echo), "whatsapp-cloud")
    assert (await connector.session(caller).say(("where is it?",), seen)).text == "to where is it?"
    hook = bot.hooks[0]
    assert (
        hook.headers["X-Hub-Signature-256"]
        == "sha256=" + hmac.new(b"hook-s3cret", hook.body, hashlib.sha256).hexdigest()
    )
    assert (message(hook)["type"], message(hook)["id"][:6]) == ("text", "wamid.")


async def test_too_many_a_second_are_throttled_as_meta_does(bot, playing, caller, seen):
    async def flood(bot, hook):
        while [status for status, _ in told].count(400) < 2:  # a machine that stands still for a second sends more
            told.append(await send(bot, hook, f"message {len(told)}"))

    told = []
    connector = await playing(await bot.serve(flood), "whatsapp-cloud", options=PATIENT | {"messages_per_s": 2})
    reply = await connector.session(caller).say(("hi",), seen)
    sent = [n for n, (status, _) in enumerate(told) if status == 200]
    assert sent[:2] == [0, 1]
    assert reply.text == "\n".join(f"message {n}" for n in sent)
    assert told[-1][1]["error"]["code"] == 130429
    assert [(one.kind, "throttled" in one.detail) for one in connector.unasked] == [("refused", True)] * 2


def test_a_bucket_fills_as_time_goes_by():
    now = [0.0]
    bucket = Bucket(2.0, lambda: now[0])
    assert [bucket.take() for _ in range(3)] == [True, True, False]
    now[0] = 0.5
    assert [bucket.take() for _ in range(2)] == [True, False]
    now[0] = 100.0
    assert [bucket.take() for _ in range(3)] == [True, True, False]
    assert all(Bucket(0.0, lambda: 0.0).take() for _ in range(1000))


async def test_a_reply_that_names_its_message_belongs_to_that_turn(bot, playing, seen):
    hooks = {}

    async def hold(bot, hook):
        hooks[message(hook)["text"]["body"]] = hook
        if len(hooks) == 2:
            for text in ("two", "one"):
                await send(bot, hooks[text], f"to {text}", context={"message_id": message(hooks[text])["id"]})

    connector = await playing(await bot.serve(hold), "whatsapp-cloud")
    session = connector.session(Caller(3, "run-3", "whatsapp", "en-US"))
    first, second = await asyncio.gather(session.say(("one",), seen), session.say(("two",), seen))
    assert (first.text, second.text) == ("to one", "to two")


async def test_buttons_and_captions_are_words_too_and_a_read_mark_is_no_reply(bot, playing, caller, seen):
    async def richly(bot, hook):
        status, told = await send(bot, hook, "", status="read", message_id=message(hook)["id"])
        assert (status, told) == (200, {"success": True})
        action = {"buttons": [{"type": "reply", "reply": {"id": "1", "title": "Yes"}}]}
        await send(bot, hook, "", type="interactive", interactive={"body": {"text": "Shall I?"}, "action": action})

    connector = await playing(await bot.serve(richly), "whatsapp-cloud")
    assert (await connector.session(caller).say(("hi",), seen)).text == "Shall I?\nYes"


async def test_statuses_are_told_where_that_is_wanted(bot, playing, caller, seen):
    told = asyncio.Event()

    async def reply(bot, hook):
        await echo(bot, hook)
        if b"statuses" in hook.body:
            told.set()

    connector = await playing(await bot.serve(reply), "whatsapp-cloud", options={"receipts": ["read"]})
    await connector.session(caller).say(("hi",), seen)
    await told.wait()
    value = json.loads(bot.hooks[1].body)["entry"][0]["changes"][0]["value"]
    assert value["statuses"][0]["status"] == "read"


@pytest.mark.parametrize(
    ("path", "headers", "body", "code"),
    [
        ("/v23.0/1/messages", BEARER, b"{}", 100),
        ("/v23.0/100000000000001/messages", {}, b"{}", 190),
        ("/v23.0/100000000000001/messages", {"Authorization": "Bearer wrong"}, b"{}", 190),
        ("/v23.0/100000000000001/messages", {"Authorization": "Bearer t0ken"}, b"{}", 100),
        (
            "/v23.0/100000000000001/messages",
            {"Authorization": "Bearer t0ken"},
            b'{"messaging_product":"whatsapp"}',
            100,
        ),
    ],
)
async def test_what_graph_refuses_is_refused(bot, playing, monkeypatch, path, headers, body, code):
    monkeypatch.setenv("TOKEN", "t0ken")
    connector = await playing(await bot.serve(echo), "whatsapp-cloud", options={"access_token_env": "TOKEN"})
    status, told = await bot.call(connector.place + path, data=body, headers=headers)
    assert (status in (400, 401), told["error"]["code"]) == (True, code)
    assert "t0ken" not in str(connector.unasked)


async def test_ten_thousand_broken_calls_are_each_taken_or_refused(bot, playing):
    platform = (await playing(await bot.serve(echo), "whatsapp-cloud", options={"messages_per_s": 0})).platform
    chance, seen = random.Random(6), set()
    golden = b'{"messaging_product":"whatsapp","to":"12025550101","type":"interactive","interactive":'
    golden += b'{"body":{"text":"a"},"action":{"buttons":[{"reply":{"title":"b"}}]}}}'
    for _ in range(10_000):
        body = mutated(bytearray(golden), chance)
        answer = platform.receive(Call("POST", "/v1/100000000000001/messages", {}, BEARER, body))
        seen.add(answer.status)
        assert (answer.delivery is None) == bool(answer.refused) or answer.body == b'{"success":true}'
    assert seen == {200, 400}
