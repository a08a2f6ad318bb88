"""Twilio's Programmable Messaging, played to small bots: what goes out, TwiML, the REST API, and what is refused."""

import asyncio
import base64
import hashlib
import hmac
import json
import random
from collections import Counter
from urllib.parse import parse_qsl, urlencode

import pytest
from aiohttp import web
from connectors.bots import PATIENT
from connectors.streams import mutated

from hubbub.connectors.inbox import Call
from hubbub.connectors.protocol import Caller
from hubbub.connectors.twilio_messaging import twiml_messages
from hubbub.errors import ExchangeFailed

SID = "AC" + "0" * 32


def login(token):
    return {"Authorization": "Basic " + base64.b64encode(f"{SID}:{token}".encode()).decode()}


def fields(hook):
    return dict(parse_qsl(hook.body.decode(), keep_blank_values=True))


def twiml(text, kind="text/xml", status=200):
    return web.Response(text=text, content_type=kind, status=status)


async def echo(bot, hook):
    return twiml(f"<Response><Message>to {fields(hook)['Body']}</Message></Response>")


async def create(bot, hook, token="hook-s3cret", path=f"/2010-04-01/Accounts/{SID}/Messages.json", **form):
    form = {"To": fields(hook)["From"], "From": fields(hook)["To"], **form}
    return await bot.call(hook.platform + path, data=form, headers=login(token))


async def test_a_message_is_posted_signed_and_answered_by_twiml(bot, playing, caller, seen):
    connector = await playing(await bot.serve(echo), "twilio-messaging")
    reply = await connector.session(caller).say(("where is it?",), seen)
    assert (reply.text, reply.completed_by) == ("to where is it?", "the webhook's answer")
    hook = bot.hooks[0]
    over = hook.url + "".join(name + value for name, value in sorted(fields(hook).items()))
    signed = base64.b64encode(hmac.new(b"hook-s3cret", over.encode(), hashlib.sha1).digest()).decode()
    assert hook.headers["X-Twilio-Signature"] == signed
    assert fields(hook)["SmsStatus"] == "received"
    assert "hook-s3cret" not in str(dict(hook.headers)) + str(fields(hook))


@pytest.mark.parametrize(
    ("answer", "texts"),
    [
        ("<Response/>", []),
        ("<Response><Message>one</Message><Message><Body>two</Body></Message></Response>", ["one", "two"]),
        (
            '<?xml version="1.0" encoding="UTF-8"?>\n<Response><!-- hi --><Message>a &amp; b</Message></Response>',
            ["a & b"],
        ),
        ("<Response><Message><Body>see</Body><Media>http://x/</Media></Message></Response>", ["see"]),
    ],
)
def test_twiml_says_what_it_says(answer, texts):
    assert [delivery.text for delivery in twiml_messages(answer.encode())] == texts


@pytest.mark.parametrize(
    "answer",
    [
        b"<Response><Message>", b"<html></html>", b"<Response><Redirect>/x</Redirect></Response>",
        b'<!DOCTYPE r [<!ENTITY a "b">]><Response>&a;</Response>', b"<Response>\xff</Response>",
    ],
)  # fmt: skip
def test_what_twilio_would_stumble_over_is_malformed(answer):
    with pytest.raises(ExchangeFailed, match="malformed"):
        twiml_messages(answer)


async def test_an_answer_of_plain_text_is_the_message(bot, playing, caller, seen):
    async def plainly(bot, hook):
        return twiml("It comes on Friday.", "text/plain")

    connector = await playing(await bot.serve(plainly), "twilio-messaging")
    assert (await connector.session(caller).say(("hi",), seen)).text == "It comes on Friday."


async def test_the_reply_may_come_by_the_rest_api_later(bot, playing, caller, seen):
    async def later(bot, hook):
        bot.soon(create(bot, hook, Body="by REST"))
        return twiml("<Response/>")

    connector = await playing(await bot.serve(later), "twilio-messaging")
    reply = await connector.session(caller).say(("hi",), seen)
    assert (reply.text, reply.completed_by) == ("by REST", "quiet for 0.05 s")


async def test_a_task_for_a_person_is_an_escalation(bot, playing, caller, seen):
    async def to_flex(bot, hook):
        about = json.dumps({"customerAddress": fields(hook)["From"], "queue": "billing", "reason": "asked"})
        path = "/v1/Workspaces/WS1/Tasks"
        status, told = await create(bot, hook, path=path, WorkflowSid="WW1", Attributes=about)
        assert (status, told["sid"][:2]) == (201, "WT")
        await create(bot, hook, Body="A colleague will write to you.")

    connector = await playing(await bot.serve(to_flex), "twilio-messaging", options=PATIENT)
    (signal,) = (await connector.session(caller).say(("a human",), seen)).signals
    assert (signal.state, signal.queue, signal.reason) == ("initiated", "billing", "asked")


async def test_fifteen_seconds_are_what_it_waits_and_a_miss_is_no_hand_over(bot, playing, caller, seen):
    async def sleep(bot, hook):
        await asyncio.sleep(5)

    port = await bot.serve(sleep)
    assert (await playing(port, "twilio-messaging")).deadline_s == 15.0
    connector = await playing(port, "twilio-messaging", options={"deadline_s": 0.05})
    with pytest.raises(ExchangeFailed, match="deadline_missed") as failed:
        await connector.session(caller).say(("hi",), seen)
    assert failed.value.handed_over == ""


def signed(url, form):
    over = url + "".join(name + form[name] for name in sorted(form))
    return base64.b64encode(hmac.new(b"hook-s3cret", over.encode(), hashlib.sha1).digest()).decode()


@pytest.mark.parametrize("how", ["rest", "twiml"])
async def test_a_status_callback_is_told_in_order_what_became_of_a_message(bot, playing, caller, seen, how):
    told = asyncio.Event()

    async def reply(bot, hook):
        if hook.path.startswith("/status"):
            told.set() if fields(hook)["MessageStatus"] == "delivered" else None
            return None
        base = hook.url.removesuffix("/hook")
        if how == "twiml":
            return twiml('<Response><Message statusCallback="/status?a=1">hello</Message></Response>')
        status, made = await create(bot, hook, Body="hello", StatusCallback=f"{base}/status?a=1")
        assert (status, made["status"]) == (201, "queued")
        return twiml("<Response/>")

    connector = await playing(await bot.serve(reply), "twilio-messaging")
    assert (await connector.session(caller).say(("hi",), seen)).text == "hello"
    await told.wait()
    message, *statuses = bot.hooks
    assert [(hook.path, fields(hook)["MessageStatus"]) for hook in statuses] == [
        ("/status?a=1", "sent"), ("/status?a=1", "delivered")
    ]  # fmt: skip
    for hook in statuses:
        assert hook.headers["X-Twilio-Signature"] == signed(hook.url, fields(hook))
        assert (fields(hook)["To"], fields(hook)["MessageSid"][:2]) == (fields(message)["From"], "SM")
    assert connector.unasked == []


async def test_a_status_callback_elsewhere_is_not_called_and_written_down(bot, playing, caller, seen):
    async def away(bot, hook):
        await create(bot, hook, Body="hello", StatusCallback="https://elsewhere.example/status")
        return twiml("<Response/>")

    connector = await playing(await bot.serve(away), "twilio-messaging")
    assert (await connector.session(caller).say(("hi",), seen)).text == "hello"
    (one,) = connector.unasked
    assert (one.kind, "elsewhere.example" in one.detail) == ("refused", True)


async def test_what_the_api_refuses_is_refused_and_written_down(bot, playing, caller, seen):
    async def wrongly(bot, hook):
        wrong = await create(bot, hook, "guess", Body="x")
        nowhere = await create(bot, hook, path="/2010-04-01/Accounts/AC1/Messages.json", Body="x")
        nobody = await create(bot, hook, To="", Body="x")
        assert [(status, told["code"]) for status, told in (wrong, nowhere, nobody)] == [
            (401, 20003), (404, 20404), (400, 21211)
        ]  # fmt: skip
        await create(bot, hook, To="+15005550006", Body="to another")
        return await echo(bot, hook)

    connector = await playing(await bot.serve(wrongly), "twilio-messaging")
    await connector.session(caller).say(("hi",), seen)
    kinds = [(one.kind, one.to) for one in connector.unasked]
    assert kinds == [("refused", "")] * 3 + [("unmatched", "+15005550006")]


async def test_a_message_in_twiml_for_someone_else_is_not_the_customers(bot, playing, seen):
    async def to_both(bot, hook):
        return twiml('<Response><Message to="+15005550006">psst</Message><Message>hello</Message></Response>')

    connector = await playing(await bot.serve(to_both), "twilio-messaging")
    assert (await connector.session(Caller(1, "k", "sms", "en-US")).say(("hi",), seen)).text == "hello"
    assert [(one.kind, one.text) for one in connector.unasked] == [("unmatched", "psst")]


async def test_ten_thousand_broken_calls_and_answers_are_each_taken_or_refused(bot, playing):
    connector = await playing(await bot.serve(echo), "twilio-messaging", signed=False)
    chance, seen = random.Random(5), Counter()
    golden = urlencode({"To": "+12025550101", "From": "+18005550199", "Body": "hi & ho"}).encode()
    answers = (b"<Response><Message>one</Message><Message><Body>two</Body></Message></Response>",)
    contact = connector.session(Caller(1, "k", "sms", "en-US"))._contact
    path, headers = f"/2010-04-01/Accounts/{SID}/Messages.json", {"Authorization": "Basic eDp5"}
    for _ in range(10_000):
        answer = connector.platform.receive(Call("POST", path, {}, headers, mutated(bytearray(golden), chance)))
        assert (answer.delivery is None) == bool(answer.refused)
        try:
            connector.platform.answered(contact, mutated(bytearray(chance.choice(answers)), chance))
            seen["taken"] += 1
        except ExchangeFailed as failed:
            seen[failed.failure] += 1
    assert set(seen) == {"taken", "malformed"}
