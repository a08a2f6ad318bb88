"""Conversations with an A2A agent over the wire: contexts, tasks, versions, and tasks that are looked at until done."""

import msgspec
import pytest

from hubbub.clock import REAL
from hubbub.connectors.a2a import connect
from hubbub.errors import ExchangeFailed, UsageError
from hubbub.model import AgentSpec, Timeouts


def answer(state, *, words="", artifacts=(), task="t-1", context="c-1"):
    said = {"message": {"parts": [{"text": words}]}} if words else {}
    parts = [{"artifactId": str(n), "parts": [{"text": text}]} for n, text in enumerate(artifacts)]
    body = {"id": task, "contextId": context, "status": {"state": f"TASK_STATE_{state}", **said}, "artifacts": parts}
    return msgspec.json.encode({"jsonrpc": "2.0", "id": None, "result": {"task": body}})


@pytest.fixture
def talk(servers, caller, seen, reply_of):
    async def begin(*bodies, timeouts=None, **options):
        port = await servers.answering(*(reply_of(body) for body in bodies))
        agent = AgentSpec(connector="a2a", url=f"http://127.0.0.1:{port}/rpc", options={"stream": False, **options},
                          timeouts=Timeouts(**(timeouts or {})))  # fmt: skip
        connector = await connect(agent, REAL)
        session = connector.session(caller)

        async def say(*texts):
            return await session.say(texts, seen)

        return say, connector

    return begin


def asked(servers):
    return [msgspec.json.decode(body) for _, body in servers.requests]


async def test_a_context_is_opened_by_the_agent_and_goes_with_every_later_message(talk, servers):
    say, connector = await talk(answer("COMPLETED", artifacts=["Hi."]))
    first, second = await say("one", "two"), await say("three")
    await connector.close()
    messages = [request["params"]["message"] for request in asked(servers)]
    assert messages[0] == {"messageId": "run-7-1", "role": "ROLE_USER", "parts": [{"text": "one\ntwo"}]}
    assert (messages[1]["contextId"], messages[1].get("taskId")) == ("c-1", None)
    assert [request["method"] for request in asked(servers)] == ["SendMessage"] * 2
    assert b"A2A-Version: 1.0\r\n" in servers.requests[0][0]
    assert (first.text, first.session, first.trace, second.text) == ("Hi.", "c-1", "t-1", "Hi.")


async def test_the_answer_to_a_task_that_waits_carries_its_name_and_the_one_after_does_not(talk, servers):
    say, connector = await talk(answer("INPUT_REQUIRED", words="Which order?"), answer("COMPLETED", artifacts=["Ok."]))
    question = await say("where is it?")
    await say("A-1")
    await say("thanks")
    await connector.close()
    assert (question.text, question.completed_by) == ("Which order?", "state=input-required")
    assert [request["params"]["message"].get("taskId") for request in asked(servers)] == [None, "t-1", None]


async def test_version_0_3_has_its_own_methods_roles_and_no_header(talk, servers):
    body = msgspec.json.encode({"jsonrpc": "2.0", "id": None, "result": {
        "kind": "message", "messageId": "m", "contextId": "c", "role": "agent",
        "parts": [{"kind": "text", "text": "Hi."}],
    }})  # fmt: skip
    say, connector = await talk(body, version=0.3)
    assert (await say("hello")).text == "Hi."
    await connector.close()
    (request,) = asked(servers)
    assert request["method"] == "message/send"
    assert request["params"]["message"] == {
        "kind": "message", "messageId": "run-7-1", "role": "user", "parts": [{"kind": "text", "text": "hello"}],
    }  # fmt: skip
    assert b"A2A-Version" not in servers.requests[0][0]


@pytest.mark.parametrize("settings", [{}, {"return_immediately": True}])
async def test_a_task_that_is_only_submitted_is_looked_at_until_it_is_done(talk, servers, settings):
    states = (answer("SUBMITTED"), answer("WORKING", words="Wait ..."), answer("COMPLETED", artifacts=["Done."]))
    say, connector = await talk(*states, poll_s=0.001, **settings)
    reply = await say("go")
    await connector.close()
    assert (reply.text, reply.completed_by) == ("Done.", "state=completed")
    assert [request["method"] for request in asked(servers)] == ["SendMessage", "GetTask", "GetTask"]
    assert [request["params"].get("id") for request in asked(servers)] == [None, "t-1", "t-1"]
    assert ("configuration" in asked(servers)[0]["params"]) == bool(settings)


async def test_a_task_that_is_never_done_is_missed_by_the_turns_own_clock(talk):
    say, connector = await talk(answer("WORKING"), poll_s=0.001, timeouts={"first_text_s": 0.05, "turn_s": 5})
    with pytest.raises(ExchangeFailed, match=r"first_text_timeout: not there within 0\.05 s"):
        await say("go")
    await connector.close()
    say, connector = await talk(answer("WORKING", artifacts=["Par"]), poll_s=0.001, timeouts={"turn_s": 0.05})
    with pytest.raises(ExchangeFailed, match="total_timeout"):
        await say("go")
    await connector.close()


async def test_a_task_that_fails_while_it_is_looked_at_is_the_agents_error(talk):
    say, connector = await talk(answer("SUBMITTED"), answer("FAILED", words="no quota"), poll_s=0.001)
    with pytest.raises(ExchangeFailed, match="agent_error: the task is failed: no quota"):
        await say("go")
    await connector.close()


async def test_settings_that_fit_nothing_are_told_at_once():
    options = {"version": "0.9", "input_required": "maybe", "poll_s": 0, "colour": "red"}
    with pytest.raises(UsageError) as told:
        await connect(AgentSpec(connector="a2a", url="http://127.0.0.1:1/", options=options), REAL)
    for word in (
        "'0.9' is none of 1.0, 0.3",
        "'maybe' is none of",
        "poll_s: must be above 0",
        "colour: unknown setting",
    ):
        assert word in str(told.value)
