"""Webhooks that were not taken: which are delivered again, how often, and what becomes of the turn meanwhile."""

import asyncio
import json

import pytest
from aiohttp import web
from connectors.test_chatwoot import echo as chatwoot_echo
from connectors.test_sinch import echo, said, send
from connectors.test_whatsapp_cloud import echo as whatsapp_echo

from benchmarks.ports import free_port
from hubbub.connectors import chatwoot, sinch, twilio_messaging, whatsapp_cloud
from hubbub.connectors.callback import Callback
from hubbub.connectors.dialing import behind_door
from hubbub.connectors.redelivery import NEVER
from hubbub.errors import ExchangeFailed, UsageError
from hubbub.exchange import Stopwatch
from hubbub.model import AgentSpec

QUICK = {"redelivery_s": 0.01}
LATER = {"redelivery_s": 0.8}  # when the turn is over, also where the machine is busy
STATUS = {503: "http_5xx", 500: "http_5xx", 429: "http_429", 404: "http_4xx"}


def failed(failure):
    if isinstance(failure, int):
        return ExchangeFailed(STATUS[failure], status=failure)
    return ExchangeFailed(failure)


@pytest.mark.parametrize(
    ("platform", "failure", "pauses"),
    [
        (sinch, 503, [5, 10, 20, 40, 80, None]),
        (sinch, 429, [5, 10, 20, 40, 80, None]),
        (sinch, "connect_refused", [5, 10, 20, 40, 80, None]),
        (sinch, 404, [None]),
        (whatsapp_cloud, 404, [0, 5, 15, 45, 135, None]),
        (whatsapp_cloud, "deadline_missed", [0, 5, 15, 45, 135, None]),
        (twilio_messaging, "connect_refused", [0, None]),
        (twilio_messaging, 503, [None]),
        (twilio_messaging, "deadline_missed", [None]),
        (chatwoot, 500, [3, 3, None]),
        (chatwoot, 429, [3, 3, None]),
        (chatwoot, 503, [None]),
        (chatwoot, "deadline_missed", [None]),
    ],
)
def test_a_platform_delivers_again_what_its_makers_say(platform, failure, pauses):
    told = [platform._REDELIVERY.pause_s(failed(failure), again) for again in range(1, len(pauses) + 1)]
    assert told == pauses


@pytest.mark.parametrize("failure", ["pool_wait", "fd_exhausted", "own_error"])
def test_a_failure_of_our_own_is_no_platforms(failure):
    assert whatsapp_cloud._REDELIVERY.pause_s(failed(failure), 1) is None
    assert NEVER.pause_s(failed(503), 1) is None


async def test_a_message_that_was_not_taken_comes_again_as_it_was_and_the_turn_waits(bot, playing, caller):
    async def late(bot, hook):
        return web.Response(status=503, text="busy") if len(bot.hooks) < 3 else await echo(bot, hook)

    connector = await playing(await bot.serve(late), "sinch", options=QUICK)
    watch = Stopwatch(connector.clock.now)
    reply = await connector.session(caller).say(("hi",), watch)
    assert reply.text == "to hi"
    assert len({(hook.body, hook.headers["x-sinch-webhook-signature"]) for hook in bot.hooks}) == 1
    assert [(one.failure, one.status, one.waited_s) for one in watch.attempts] == [
        ("http_5xx", 503, 0.01),
        ("http_5xx", 503, 0.02),
    ]
    assert connector.unasked == []


async def test_one_that_is_never_taken_fails_by_the_last_answer_and_says_how_often(bot, playing, caller, seen):
    async def never(bot, hook):
        return web.Response(status=503, text="busy")

    connector = await playing(await bot.serve(never), "sinch", options=QUICK | {"redeliveries": 2})
    with pytest.raises(ExchangeFailed, match=r"http_5xx: 503 busy \(delivered 3 times\)"):
        await connector.session(caller).say(("hi",), seen)
    assert len(bot.hooks) == 3


async def test_when_the_turns_time_is_over_the_failure_is_that_of_the_delivery(bot, playing, caller, seen):
    async def never(bot, hook):
        return web.Response(status=429)

    connector = await playing(
        await bot.serve(never), "sinch", options={"redelivery_s": 60}, timeouts={"first_text_s": 1.0}
    )
    with pytest.raises(ExchangeFailed, match="http_429"):
        await connector.session(caller).say(("hi",), seen)
    assert len(bot.hooks) == 1


async def test_an_agent_that_answers_and_then_fails_is_heard_and_gets_the_message_again(bot, playing, caller, seen):
    done = asyncio.Event()

    async def crash(bot, hook):
        await send(bot, hook, f"to {said(hook)}")
        if len(bot.hooks) == 2:
            done.set()
            return web.Response(text="{}")
        return web.Response(status=500)

    connector = await playing(await bot.serve(crash), "sinch", options=LATER)
    session = connector.session(caller)
    assert (await session.say(("hi",), seen)).text == "to hi"
    await done.wait()
    assert [(one.kind, one.text) for one in connector.unasked] == [("duplicate", "to hi")]


async def test_what_is_given_up_after_its_turn_is_written_down(bot, playing, caller, seen):
    async def crash(bot, hook):
        await send(bot, hook, f"to {said(hook)}") if len(bot.hooks) == 1 else None
        return web.Response(status=500)

    connector = await playing(await bot.serve(crash), "sinch", options=LATER | {"redeliveries": 1})
    session = connector.session(caller)
    assert (await session.say(("hi",), seen)).text == "to hi"
    while not connector.unasked:
        await asyncio.sleep(0.01)
    (one,) = connector.unasked
    assert (one.kind, one.number, one.turn) == ("refused", caller.number, 1)
    assert "of turn 1 was not taken, and given up: http_5xx: 500 (delivered 2 times)" in one.detail


async def test_meta_delivers_again_at_once_whatever_the_status(bot, playing, caller, seen):
    async def second(bot, hook):
        return web.Response(status=404) if len(bot.hooks) == 1 else await whatsapp_echo(bot, hook)

    connector = await playing(await bot.serve(second), "whatsapp-cloud", options={"redelivery_s": 60})
    assert (await connector.session(caller).say(("hi",), seen)).text == "to hi"
    assert bot.hooks[0].body == bot.hooks[1].body


async def test_twilio_tries_once_more_when_there_is_no_connection_and_never_after_an_answer(bot, playing, caller, seen):
    async def fail(bot, hook):
        return web.Response(status=500)

    connector = await playing(free_port(), "twilio-messaging")
    with pytest.raises(ExchangeFailed, match=r"connect_refused: .* \(delivered 2 times\)"):
        await connector.session(caller).say(("hi",), seen)
    connector = await playing(await bot.serve(fail), "twilio-messaging")
    with pytest.raises(ExchangeFailed, match="http_5xx"):
        await connector.session(caller).say(("hi",), seen)
    assert len(bot.hooks) == 1


@pytest.mark.parametrize(("status", "good", "times"), [(500, True, 3), (500, False, 3), (503, False, 1)])
async def test_chatwoot_hands_over_only_after_its_last_try(bot, playing, caller, seen, status, good, times):
    async def fail(bot, hook):
        if good and len(bot.hooks) == 3:
            return await chatwoot_echo(bot, hook)
        return web.Response(status=status)

    connector = await playing(await bot.serve(fail), "chatwoot", options=QUICK)
    saying = connector.session(caller).say(("hi",), seen)
    if good:
        assert (await saying).text == "to hi"
    else:
        with pytest.raises(ExchangeFailed) as failed:
            await saying
        assert "Chatwoot got no good answer" in failed.value.handed_over
    assert len(bot.hooks) == times


async def test_a_first_look_at_an_agent_waits_for_no_second_delivery(bot, playing, caller, seen):
    async def fail(bot, hook):
        return web.Response(status=503)

    connector = await playing(await bot.serve(fail), "sinch")
    assert isinstance(connector, Callback)
    connector.redelivers = False
    with pytest.raises(ExchangeFailed, match="http_5xx"):
        await connector.session(caller).say(("hi",), seen)
    assert len(bot.hooks) == 1


async def test_no_redelivery_is_a_setting_and_a_wrong_one_is_told(bot, playing, caller, seen):
    async def fail(bot, hook):
        return web.Response(status=503)

    port = await bot.serve(fail)
    connector = await playing(port, "whatsapp-cloud", options={"redeliveries": 0})
    with pytest.raises(ExchangeFailed, match="http_5xx"):
        await connector.session(caller).say(("hi",), seen)
    assert len(bot.hooks) == 1
    with pytest.raises(UsageError, match=r"(?s)redeliveries: must be from 0 to 20.*redelivery_s: must be 0 or more"):
        await playing(port, "sinch", options={"redeliveries": 21, "redelivery_s": -1})


def verifying(token, answer):
    """A webhook that answers Meta's verification by this function, and messages as `echo` does."""

    async def take(bot, hook):
        if not hook.body:
            return web.Response(text=answer(hook.query))
        return await whatsapp_echo(bot, hook)

    return take


def meta_asks(query):
    assert query["hub.mode"] == "subscribe"
    return query["hub.challenge"] if query["hub.verify_token"] == "v3rify" else "no"


@pytest.fixture
def verify_token(monkeypatch):
    monkeypatch.setenv("META_VERIFY", "v3rify")
    return {"verify_token_env": "META_VERIFY"}


async def test_meta_verifies_a_webhook_once_before_the_first_message(bot, playing, caller, seen, verify_token):
    connector = await playing(await bot.serve(verifying("v3rify", meta_asks)), "whatsapp-cloud", options=verify_token)
    session = connector.session(caller)
    one, two = await asyncio.gather(session.say(("hi",), seen), session.say(("ho",), seen))
    assert {one.text, two.text} == {"to hi", "to ho"}
    assert [hook.method for hook in bot.hooks] == ["GET", "POST", "POST"]


@pytest.mark.parametrize("said", ["no", '"12"', ""])
async def test_a_webhook_that_does_not_answer_the_challenge_gets_no_message(
    bot, playing, caller, seen, verify_token, said
):
    take = verifying("v3rify", lambda query: said)
    connector = await playing(await bot.serve(take), "whatsapp-cloud", options=verify_token | {"redeliveries": 0})
    with pytest.raises(ExchangeFailed, match=r"malformed: WhatsApp's verification of the webhook .*, not the chall"):
        await connector.session(caller).say(("hi",), seen)
    assert [hook.method for hook in bot.hooks] == ["GET"]


async def test_a_verification_that_is_refused_says_so_without_the_token(bot, playing, caller, seen, verify_token):
    async def forbid(bot, hook):
        return web.Response(status=403, text=json.dumps(dict(hook.query)))

    connector = await playing(await bot.serve(forbid), "whatsapp-cloud", options=verify_token | {"redeliveries": 0})
    with pytest.raises(ExchangeFailed, match="http_4xx: WhatsApp's verification of the webhook") as failed:
        await behind_door(connector, AgentSpec(connector="x")).session(caller).say(("hi",), seen)
    assert "v3rify" not in str(failed.value)
