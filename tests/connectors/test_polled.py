"""http-json's submit and poll: a receipt is followed until the reply is there, fails, or is too late."""

import msgspec
import pytest

from hubbub.clock import REAL
from hubbub.connectors.http_json import connect
from hubbub.errors import ExchangeFailed, UsageError
from hubbub.model import AgentSpec, Timeouts

DONE = {"path": "$.state", "equals": "done"}
POLL = {"path": "/jobs/$id", "done": DONE, "failed": {"path": "$.state", "equals": ["error"]}, "every_s": 0.001}


@pytest.fixture
def talk(servers, caller, seen, reply_of):
    async def begin(*answers, poll=POLL, **timeouts):
        said = [a if isinstance(a, bytes) else reply_of(msgspec.json.encode(a)) for a in answers]
        port = await servers.answering(*said)
        options = {"poll": poll, "reply": {"text": "$.answer"}, "body": {"text": "$message"}}
        agent = AgentSpec(connector="http-json", url=f"http://127.0.0.1:{port}/say?k=1", options=options,
                          timeouts=Timeouts(**timeouts))  # fmt: skip
        connector = await connect(agent, REAL)
        try:
            return await connector.session(caller).say(("hi",), seen)
        finally:
            await connector.close()

    return begin


def lines(servers):
    return [head.split(b" HTTP")[0] for head, _ in servers.requests]


async def test_a_receipt_is_looked_after_until_the_reply_is_there(talk, servers, seen):
    reply = await talk({"id": "a/7", "state": "queued"}, {"state": "working"}, {"state": "done", "answer": "Hi."})
    assert (reply.text, reply.completed_by) == ("Hi.", "body")
    assert lines(servers) == [b"POST /say?k=1", b"GET /jobs/a%2F7?k=1", b"GET /jobs/a%2F7?k=1"]
    assert servers.requests[0][1] == b'{"text":"hi"}'
    assert servers.requests[1][1] == b""
    assert seen.told.count("text") == 1


async def test_a_reply_that_is_there_at_once_is_not_looked_for(talk, servers):
    assert (await talk({"state": "done", "answer": "Hi."})).text == "Hi."
    assert len(servers.requests) == 1


async def test_a_location_says_where_to_look_when_the_settings_do_not(talk, servers, reply_of):
    receipt = reply_of(b"{}", "202 Accepted", "application/json", "Location: status/7?v=2")
    poll = {"done": DONE, "every_s": 0.001}
    assert (await talk(receipt, {"state": "done", "answer": "Hi."}, poll=poll)).text == "Hi."
    assert lines(servers)[1] == b"GET /status/7?v=2&k=1"


@pytest.mark.parametrize("place", ["http://127.0.0.2:80/x", "https://elsewhere.example.com/x"])
async def test_a_location_on_another_host_is_not_followed(talk, servers, reply_of, place):
    receipt = reply_of(b"{}", "202 Accepted", "application/json", f"Location: {place}")
    with pytest.raises(ExchangeFailed, match="malformed: the receipt has no Location on the agent's own host"):
        await talk(receipt, poll={"done": DONE})
    assert len(servers.requests) == 1


async def test_a_receipt_that_names_nothing_is_malformed(talk):
    with pytest.raises(ExchangeFailed, match=r"malformed: the receipt has no \$\.id"):
        await talk({"state": "queued"})


async def test_a_task_that_failed_is_the_agents_error(talk):
    with pytest.raises(ExchangeFailed, match=r'agent_error: \$\.state is "error"'):
        await talk({"id": 7}, {"state": "error"})


async def test_a_task_that_is_never_done_is_missed_by_the_turns_own_clock(talk):
    with pytest.raises(ExchangeFailed, match=r"first_text_timeout: not there within 0\.03 s, after \d+ looks"):
        await talk({"id": 7}, first_text_s=0.03)


async def test_a_failure_while_looking_is_the_turns(talk, reply_of):
    with pytest.raises(ExchangeFailed, match="http_4xx: 404"):
        await talk({"id": 7}, reply_of(b"{}", "404 Not Found"))


@pytest.mark.parametrize(
    ("poll", "told"),
    [
        ({"path": "/jobs/$id"}, "poll.done.path: say where it shows"),
        ({"path": "jobs/$id", "done": DONE}, "begins with /"),
        ({"path": "/jobs", "done": DONE}, r"has no \$id"),
        ({"done": DONE, "every_s": -1}, "every_s: must be above 0"),
        ({"done": DONE, "until": 1}, "until: unknown setting"),
    ],
)
async def test_settings_that_cannot_work_are_told_before_anything_is_sent(poll, told):
    agent = AgentSpec(connector="http-json", url="http://127.0.0.1:1/", options={"poll": poll})
    with pytest.raises(UsageError, match=told):
        await connect(agent, REAL)
