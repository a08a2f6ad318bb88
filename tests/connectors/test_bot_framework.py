"""Microsoft's bots: replies in the answer, and over Direct Line, looked for by watermark."""

import asyncio
import json

import pytest
from aiohttp import web

from hubbub.connectors.protocol import Caller
from hubbub.errors import ExchangeFailed, UsageError

HANDOFF = {"type": "event", "name": "handoff.initiate", "value": {"Skill": "credit-cards"}}


def replies(*activities):
    return web.json_response({"activities": list(activities)})


async def test_the_replies_come_in_the_answer(bot, playing, caller, seen):
    async def answer(bot, hook):
        activity = json.loads(hook.body)
        assert (activity["deliveryMode"], activity["type"]) == ("expectReplies", "message")
        card = {"content": {"title": "Order", "text": "On its way", "buttons": [{"title": "Track"}]}}
        return replies(
            {"type": "typing"}, {"type": "message", "text": f"to {activity['text']}", "id": "r-1"},
            {"type": "message", "attachments": [card]}, {"type": "trace", "text": "inside"},
        )  # fmt: skip

    connector = await playing(await bot.serve(answer), "bot-framework", plain=True)
    reply = await connector.session(caller).say(("where is it?",), seen)
    assert reply.text == "to where is it?\nOrder\nOn its way\nTrack"
    assert (reply.completed_by, reply.trace, reply.ended) == ("expected replies", "r-1", False)
    about = json.loads(bot.hooks[0].body)
    assert (about["conversation"]["id"], about["from"]["role"]) == ("run-7", "user")


async def test_a_handoff_event_is_an_escalation_and_the_end_is_the_end(bot, playing, caller, seen):
    async def answer(bot, hook):
        return replies({"type": "message", "text": "One moment."}, HANDOFF, {"type": "endOfConversation"})

    connector = await playing(await bot.serve(answer), "bot-framework", plain=True)
    reply = await connector.session(caller).say(("a human",), seen)
    assert [(signal.state, signal.queue) for signal in reply.signals] == [("initiated", "credit-cards")]
    assert reply.ended


@pytest.mark.parametrize(
    ("status", "body", "failure"),
    [
        (200, '{"reply": "x"}', "malformed: not an answer of bot-framework"), (202, "", "malformed"),
        (401, "{}", "http_4xx"), (500, "", "http_5xx"),
    ],
)  # fmt: skip
async def test_what_is_no_answer_is_in_its_class(bot, playing, caller, seen, status, body, failure):
    async def answer(bot, hook):
        return web.Response(status=status, text=body, content_type="application/json")

    connector = await playing(await bot.serve(answer), "bot-framework", plain=True)
    with pytest.raises(ExchangeFailed, match=failure):
        await connector.session(caller).say(("hi",), seen)


class Line:
    """A Direct Line service of one bot, whose replies are put in when it is told to."""

    def __init__(self):
        self.activities, self.started, self.looks = {}, 0, []

    async def __call__(self, bot, hook):
        path, _, query = hook.path.partition("?")
        parts = path.removeprefix("/hook").strip("/").split("/")
        if parts == ["conversations"]:
            self.started += 1
            name = f"c/{self.started}"
            self.activities[name] = []
            return web.json_response({"conversationId": name, "token": "t", "expires_in": 1800}, status=201)
        told = self.activities[parts[1].replace("%2F", "/")]
        if hook.body:
            return await self.posted(bot, told, json.loads(hook.body))
        mark = int(query.partition("=")[2] or 0)
        self.looks.append(mark)
        return web.json_response({"activities": told[mark:], "watermark": str(len(told))})

    async def posted(self, bot, told, activity):
        id = f"a-{len(told)}"
        told.append({**activity, "id": id})
        bot.soon(self.reply(told, activity, id))
        return web.json_response({"id": id})

    async def reply(self, told, activity, id):
        told.append({"type": "message", "from": {"id": "bot"}, "text": f"to {activity['text']}", "replyToId": id})
        if "human" in activity["text"]:
            looks = len(self.looks)
            while len(self.looks) == looks:  # the text is seen before there is more
                await asyncio.sleep(0.001)
            told.append({**HANDOFF, "from": {"id": "bot"}, "replyToId": id})


QUICK = {"delivery": "directLine", "poll_s": 0.02, "quiet_s": 0.4}


async def test_over_direct_line_each_activity_is_seen_once(bot, playing, caller, seen):
    line = Line()
    connector = await playing(await bot.serve(line), "bot-framework", plain=True, options=QUICK)
    session = connector.session(caller)
    told = [await session.say((text,), seen) for text in ("one", "two", "a human")]
    assert [reply.text for reply in told] == ["to one", "to two", "to a human"]
    assert [signal.state for reply in told for signal in reply.signals] == ["initiated"]
    assert line.started == 1
    assert line.looks == sorted(line.looks)
    assert told[0].completed_by == "quiet for 0.4 s"
    await session.close()


async def test_two_turns_at_once_get_the_replies_that_name_them(bot, playing, seen):
    connector = await playing(await bot.serve(Line()), "bot-framework", plain=True, options=QUICK)
    session = connector.session(Caller(3, "run-3", "web-chat", "en-US"))
    one, two = await asyncio.gather(session.say(("one",), seen), session.say(("two",), seen))
    assert (one.text, two.text) == ("to one", "to two")
    await session.close()


async def test_a_service_that_fails_while_it_is_looked_at_fails_the_turn(bot, playing, caller, seen):
    line = Line()

    async def fail(bot, hook):
        return await line(bot, hook) if hook.body else web.Response(status=502, text="BotError")

    connector = await playing(await bot.serve(fail), "bot-framework", plain=True, options=QUICK)
    session = connector.session(caller)
    with pytest.raises(ExchangeFailed, match="http_5xx: 502 BotError"):
        await session.say(("hi",), seen)
    await session.close()


async def test_looking_too_seldom_is_a_mistake(playing):
    with pytest.raises(UsageError, match="poll_s: must be above 0 and at most `quiet_s`"):
        await playing(1, "bot-framework", plain=True, options={"delivery": "directLine", "poll_s": 5, "quiet_s": 1})
