"""Chatwoot, played to small bots: what goes out, what bots may do to a conversation, and when people get it."""

import asyncio
import hashlib
import hmac
import json
import random

import pytest
from aiohttp import web
from connectors.bots import PATIENT
from connectors.streams import mutated

from hubbub.connectors.inbox import Call
from hubbub.errors import ExchangeFailed

TOKEN = {"api_access_token": "any"}


def event(hook):
    return json.loads(hook.body)


async def do(bot, hook, verb, headers=TOKEN, **body):
    about = event(hook)
    where = f"/api/v1/accounts/{about['account']['id']}/conversations/{about['conversation']['id']}/{verb}"
    return await bot.call(hook.platform + where, json=body, headers=headers)


async def echo(bot, hook):
    await do(bot, hook, "messages", content=f"to {event(hook)['content']}", message_type="outgoing")


async def test_a_message_goes_out_signed_and_is_answered_in_its_conversation(bot, playing, caller, seen):
    connector = await playing(await bot.serve(echo), "chatwoot")
    assert (await connector.session(caller).say(("where is it?",), seen)).text == "to where is it?"
    hook = bot.hooks[0]
    over = f"{hook.headers['X-Chatwoot-Timestamp']}.".encode() + hook.body
    assert (
        hook.headers["X-Chatwoot-Signature"] == "sha256=" + hmac.new(b"hook-s3cret", over, hashlib.sha256).hexdigest()
    )
    assert (event(hook)["event"], event(hook)["message_type"], event(hook)["conversation"]["status"]) == (
        "message_created", "incoming", "pending"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("verb", "body", "state", "queue"),
    [
        ("toggle_status", {"status": "open"}, "initiated", ""),
        ("assignments", {"team_id": 7}, "initiated", "7"),
        ("assignments", {"assignee_id": 3}, "confirmed", ""),
    ],
)
async def test_a_conversation_that_is_left_to_people_is_an_escalation(
    bot, playing, caller, seen, verb, body, state, queue
):
    async def hand_over(bot, hook):
        await do(bot, hook, "messages", content="A colleague takes over.")
        status, _ = await do(bot, hook, verb, **body)
        assert status == 200

    connector = await playing(await bot.serve(hand_over), "chatwoot", options=PATIENT)
    (signal,) = (await connector.session(caller).say(("a human",), seen)).signals
    assert (signal.state, signal.provenance, signal.queue) == (state, "control", queue)


async def test_a_resolved_conversation_is_ended_and_notes_and_typing_are_no_reply(bot, playing, caller, seen):
    async def busily(bot, hook):
        await do(bot, hook, "toggle_typing_status", typing_status="on")
        await do(bot, hook, "messages", content="checked the order", private=True)
        await do(bot, hook, "labels", labels=["order"])
        await echo(bot, hook)
        await do(bot, hook, "toggle_status", status="resolved")

    connector = await playing(await bot.serve(busily), "chatwoot", options=PATIENT)
    reply = await connector.session(caller).say(("hi",), seen)
    assert (reply.text, reply.ended, reply.signals) == ("to hi", True, ())


@pytest.mark.parametrize("how", ["late", "fails"])
async def test_a_bot_that_does_not_answer_its_webhook_loses_the_conversation_to_people(bot, playing, caller, seen, how):
    async def fail(bot, hook):
        if how == "late":
            await asyncio.sleep(5)
        return web.Response(status=500)

    port = await bot.serve(fail)
    assert (await playing(port, "chatwoot")).deadline_s == 5.0
    connector = await playing(port, "chatwoot", options={"deadline_s": 0.1, "redelivery_s": 0.01})
    with pytest.raises(ExchangeFailed) as failed:
        await connector.session(caller).say(("hi",), seen)
    assert failed.value.failure == ("deadline_missed" if how == "late" else "http_5xx")
    assert "Chatwoot got no good answer" in failed.value.handed_over


@pytest.mark.parametrize(
    ("path", "headers", "body", "status"),
    [
        ("/api/v1/accounts/1/conversations/5/messages", {}, b"{}", 401),
        ("/api/v1/accounts/1/conversations/5/messages", {"api_access_token": "guess"}, b"{}", 401),
        ("/api/v1/accounts/2/conversations/5/messages", TOKEN, b"{}", 404),
        ("/api/v1/accounts/1/conversations/5/delete", {"api_access_token": "t0ken"}, b"{}", 404),
        ("/api/v1/accounts/1/conversations/5/messages", {"api_access_token": "t0ken"}, b"[", 422),
        ("/api/v1/accounts/1/conversations/5/toggle_status", {"api_access_token": "t0ken"}, b'{"status": "x"}', 422),
    ],
)
async def test_what_the_api_refuses_is_refused(bot, playing, monkeypatch, path, headers, body, status):
    monkeypatch.setenv("TOKEN", "t0ken")
    connector = await playing(await bot.serve(echo), "chatwoot", options={"api_access_token_env": "TOKEN"})
    assert (await bot.call(connector.place + path, data=body, headers=headers))[0] == status
    assert [one.kind for one in connector.unasked] == ["refused"]


async def test_ten_thousand_broken_calls_are_each_taken_or_refused(bot, playing):
    platform = (await playing(await bot.serve(echo), "chatwoot")).platform
    chance, seen = random.Random(7), set()
    golden = (
        ("messages", b'{"content":"hi","message_type":"outgoing","private":false}'),
        ("toggle_status", b'{"status":"open"}'),
    )
    for _ in range(10_000):
        verb, body = chance.choice(golden)
        path = mutated(bytearray(f"/api/v1/accounts/1/conversations/5/{verb}".encode()), chance).decode(
            "utf-8", "replace"
        )
        path = path if chance.random() < 0.3 else f"/api/v1/accounts/1/conversations/5/{verb}"
        answer = platform.receive(Call("POST", path, {}, TOKEN, mutated(bytearray(body), chance)))
        seen.add(answer.status)
        assert (answer.delivery is None) == bool(answer.refused)
    assert seen == {200, 404, 422}
