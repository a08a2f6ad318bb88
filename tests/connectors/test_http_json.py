"""Any JSON endpoint, by a template and paths."""

import msgspec
import pytest

from hubbub.clock import REAL
from hubbub.connectors.http_json import connect
from hubbub.errors import ExchangeFailed, UsageError
from hubbub.model import AgentSpec, Signal, ToolCall


def _sent(servers, number=0):
    return msgspec.json.decode(servers.requests[number][1])


async def _say(servers, connecting, caller, seen, reply_of, document, **spec):
    connector = await connecting(await servers.answering(reply_of(msgspec.json.encode(document))), **spec)
    return await connector.session(caller).say(("hi",), seen)


async def test_the_session_that_the_agent_names_is_sent_back(servers, connecting, caller, seen, reply_of):
    answers = [reply_of(b'{"reply": "a", "sid": "s-9"}'), reply_of(b'{"reply": "b"}')]
    connector = await connecting(await servers.answering(*answers), options={"reply": {"session": "$.sid"}})
    session = connector.session(caller)
    assert (await session.say(("one",), seen)).session == "s-9"
    await session.say(("two",), seen)
    await session.say(("three",), seen)
    assert [_sent(servers, n)["session"] for n in range(3)] == [None, "s-9", "s-9"]


async def test_an_agent_that_names_none_is_told_the_customers_key(servers, connecting, caller, seen, reply_of):
    await _say(servers, connecting, caller, seen, reply_of, {"reply": "a"})
    assert _sent(servers) == {"session": "run-7", "message": "hi"}


async def test_a_template_of_any_shape_is_filled(servers, connecting, caller, seen, reply_of):
    body = {"who": {"id": "c-$number", "lang": "$locale"}, "input": ["$message", {"all": "$messages"}], "on": True}
    options = {"body": body, "method": "PUT"}
    await _say(servers, connecting, caller, seen, reply_of, {"reply": "a"}, options=options)
    assert servers.requests[0][0].startswith(b"PUT /chat HTTP/1.1\r\n")
    assert _sent(servers) == {
        "who": {"id": "c-7", "lang": "en-US"}, "input": ["hi", {"all": ["hi"]}], "on": True
    }  # fmt: skip


@pytest.mark.parametrize(
    ("document", "path", "text"),
    [
        ({"reply": "a"}, "$.reply", "a"),
        ([{"text": "a"}, {"image": "x"}, {"text": "b"}], "$[*].text", "a\nb"),
        ({"out": {"messages": ["a", "b"]}}, "$.out.messages", "a\nb"),
        ({"list": ["first", "last"]}, "$.list[-1]", "last"),
        ([], "$[*].text", ""),
        ({"reply": None}, "$.reply", ""),
        ({"reply": ""}, "$.reply", ""),
    ],
)
async def test_the_text_is_where_the_path_says(servers, connecting, caller, seen, reply_of, document, path, text):
    options = {"reply": {"text": path}}
    reply = await _say(servers, connecting, caller, seen, reply_of, document, options=options)
    assert reply.text == text
    assert seen.told == ["byte", "event"] + ["text"] * bool(text)


@pytest.mark.parametrize(
    ("document", "detail"),
    [
        ({"answer": "a", "id": 1}, "no $.reply; it has a map of answer, id"),
        (["a"], "a list of 1"),
        ({"reply": 7}, "no text but int 7"),
        ({"reply": {"text": "a"}}, "a map of text"),
    ],
)
async def test_a_missing_text_is_malformed_and_shows_what_is_there(
    servers, connecting, caller, seen, reply_of, document, detail
):
    with pytest.raises(ExchangeFailed) as caught:
        await _say(servers, connecting, caller, seen, reply_of, document)
    assert caught.value.failure == "malformed"
    assert detail in caught.value.detail


async def test_all_that_an_answer_can_say_is_taken_in(servers, connecting, caller, seen, reply_of):
    document = {
        "reply": "Connecting you.",
        "trace": {"id": 42},
        "actions": [{"name": "transfer", "args": {"to": "billing"}}, "log", {"odd": 1}],
        "handoff": {"status": "human", "team": "billing", "why": "angry"},
        "closed": True,
    }
    escalation = {"path": "$.handoff.status", "equals": ["human", "agent"], "queue_path": "$.handoff.team",
                  "reason_path": "$.handoff.why"}  # fmt: skip
    paths = {"trace": "$.trace.id", "tools": "$.actions", "ended": "$.closed", "escalation": escalation}
    reply = await _say(servers, connecting, caller, seen, reply_of, document, options={"reply": paths})
    assert reply.signals == (Signal("initiated", "field", "billing", "angry"),)
    assert reply.tools == (ToolCall("transfer", '{"to":"billing"}'), ToolCall("log"))
    assert (reply.trace, reply.ended) == ("42", True)


@pytest.mark.parametrize(
    ("error", "fails"), [("busy", True), ({"code": 1}, True), (None, False), ("", False), (False, False), ({}, False)]
)
async def test_an_error_that_says_something_is_agent_error(servers, connecting, caller, seen, reply_of, error, fails):
    turn = _say(
        servers, connecting, caller, seen, reply_of, {"reply": "a", "error": error},
        options={"reply": {"error": "$.error"}},
    )  # fmt: skip
    if fails:
        with pytest.raises(ExchangeFailed, match="agent_error"):
            await turn
    else:
        assert (await turn).text == "a"


async def test_what_a_setup_cannot_show_is_named(connecting):
    assert (await connecting(1)).blind == ("phantom_handoff", "agent_error", "affinity_lost", "no_audit_id")
    paths = {"error": "$.error", "session": "$.id", "trace": "$.trace"}
    seeing = {"reply": {**paths, "escalation": {"path": "$.human"}}}
    assert (await connecting(1, options=seeing)).blind == ()


async def test_every_mistake_in_the_settings_is_told_at_once():
    agent = AgentSpec(
        connector="http-json",
        url="ftp://127.0.0.1/",
        escalation="field",
        options={
            "method": "DELETE",
            "body": {"text": "$mesage", "other": "$nothing"},
            "reply": {"text": "reply", "sesion": "$.x", "error": "$.e["},
            "connections": "many",
        },
    )
    with pytest.raises(UsageError) as caught:
        await connect(agent, REAL)
    said = str(caught.value)
    for part in (
        "options.method", "did you mean message?", "there is no $nothing", "reply.text", "did you mean session?",
        "reply.error", "options.connections", "not an http://", "`field` needs",
    ):  # fmt: skip
        assert part in said, part


async def test_an_escalation_without_a_path_is_a_mistake():
    agent = AgentSpec(
        connector="http-json", url="http://127.0.0.1/", options={"reply": {"escalation": {"exists": False}}}
    )
    with pytest.raises(UsageError, match="say where an escalation shows"):
        await connect(agent, REAL)
