"""http-json whose replies are posted back: by address or by name, with an escalation, a token, several processes."""

import json

import pytest

from hubbub.connectors.inbox import Call
from hubbub.connectors.protocol import Caller
from hubbub.errors import UsageError


async def by_address(bot, hook):
    asked = json.loads(hook.body)
    bot.soon(bot.call(asked["callback"], json={"reply": f"to {asked['message']}"}))


async def test_the_reply_is_posted_to_the_address_that_went_out(bot, playing, caller, seen):
    connector = await playing(
        await bot.serve(by_address), "http-json", plain=True, options={"callback": {}, "quiet_s": 0}
    )
    session = connector.session(caller)
    assert [(await session.say((text,), seen)).text for text in ("one", "two")] == ["to one", "to two"]
    assert json.loads(bot.hooks[0].body)["session"] == "run-7"


async def test_or_it_names_the_conversation_and_goes_out_as_a_form(bot, playing, caller, seen):
    async def by_name(bot, hook):
        who = hook.body.decode().partition("who=")[2].partition("&")[0]
        document = {"user": who, "out": {"text": "hello"}, "handoff": {"queue": "billing"}, "bye": True}
        bot.soon(bot.call(f"{hook.platform}/callback/anything", json=document))

    rule = {"path": "$.handoff", "queue_path": "$.handoff.queue"}
    callback = {"text": "$.out.text", "to": "$.user", "ended": "$.bye", "escalation": rule}
    options = {"callback": callback, "send": "form", "body": {"who": "$customer", "q": "$message"}, "quiet_s": 0}
    connector = await playing(await bot.serve(by_name), "http-json", plain=True, options=options)
    reply = await connector.session(caller).say(("hi",), seen)
    assert (reply.text, reply.ended) == ("hello", True)
    assert [(signal.state, signal.queue) for signal in reply.signals] == [("initiated", "billing")]


@pytest.mark.parametrize(
    ("path", "headers", "body", "status"),
    [
        ("/callback/run-7", {}, b"{}", 401),
        ("/callback/run-7", {"Authorization": "Bearer guess"}, b"{}", 401),
        ("/callback/run-7", {"Authorization": "Bearer t0ken"}, b"nonsense", 400),
        ("/callback/", {"Authorization": "Bearer t0ken"}, b"{}", 400),
        ("/elsewhere", {"Authorization": "Bearer t0ken"}, b"{}", 404),
    ],
)
async def test_what_cannot_be_taken_is_refused_and_written_down(bot, playing, monkeypatch, path, headers, body, status):
    monkeypatch.setenv("TOKEN", "t0ken")
    options = {"callback": {"token_env": "TOKEN"}}
    connector = await playing(await bot.serve(by_address), "http-json", plain=True, options=options)
    assert (await bot.call(connector.place + path, data=body, headers=headers))[0] == status
    assert [one.kind for one in connector.unasked] == ["refused"]
    assert connector.secrets.hide("t0ken") == "[secret]"


async def test_a_key_tells_its_process(bot, playing):
    connector = await playing(await bot.serve(by_address), "http-json", plain=True, options={"callback": {}})
    key = connector.session(Caller(5, "run-5", "sms", "en-US"))._contact.names
    assert connector.platform.worker_of(key, 3) == 2
    assert connector.platform.worker_of(("x",), 3) is None
    assert connector.platform.receive(Call("GET", "/callback/run-5", {}, {}, b"")).status == 404


async def test_mistakes_are_told(playing):
    options = {"callback": {"txt": "$.x", "text": "$["}, "send": "query", "body": {"a": "$calback"}}
    with pytest.raises(UsageError) as told:
        await playing(1, "http-json", plain=True, options=options)
    for part in (
        "callback.txt: unknown",
        "callback.text",
        "options.send",
        "there is no $calback (did you mean callback?)",
    ):
        assert part in str(told.value)
