"""ADK: pieces and then the whole text, said once; golden streams under every cut; a session before the first run."""

import msgspec
import pytest
from connectors.streams import cut, fuzz, read
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.fuzzing import goldens
from benchmarks.fuzzing.goldens import TEXT, sse, turn
from hubbub.clock import REAL
from hubbub.connectors.adk import EventGathering, connect
from hubbub.errors import ExchangeFailed, UsageError
from hubbub.model import AgentSpec

STREAMS = {"text": goldens.ADK, "tool": goldens.ADK_TOOL}


def said(*events):
    return read(EventGathering(), [sse(*events)])


@pytest.mark.parametrize("name", STREAMS)
@given(places=st.lists(st.integers(0, 5000), max_size=8))
def test_a_stream_says_the_same_however_it_is_cut_and_never_twice(name, places):
    whole = read(EventGathering(), cut(STREAMS[name], places))
    assert (whole.text, whole.proof, whole.trace) == (TEXT, "end of stream", "e-1")


def test_a_stream_that_ends_after_a_piece_is_truncated():
    events = goldens.ADK.split(b"\n\n")[:-1]
    for count in range(len(events)):
        with pytest.raises(ExchangeFailed, match=r"truncated: .*not partial after its last piece"):
            read(EventGathering(), [b"".join(event + b"\n\n" for event in events[:count])])


def test_two_agents_that_speak_at_once_keep_their_pieces_apart():
    whole = said(
        turn("He", partial=True, author="a"), turn("By", partial=True, author="b"),
        turn("llo.", partial=True, author="a"),
        turn("e.", partial=True, author="b"), turn("Bye.", author="b"), turn("Hello.", author="a"),
    )  # fmt: skip
    assert whole.text == "Hello.\nBye."


def test_the_whole_text_stands_even_where_it_is_not_what_its_pieces_were():
    assert said(turn("Your PIN is 1234", partial=True), turn("Your PIN is ****")).text == "Your PIN is ****"
    assert said(turn("Hi."), turn("Hi.")).text == "Hi.\nHi.", "said twice by the agent itself"


def test_thoughts_and_the_customers_own_words_are_not_said_and_calls_are_kept():
    thought = (
        "",
        {"author": "a", "content": {"role": "model", "parts": [{"text": "hm", "thought": True}, {"text": "Hi."}]}},
    )
    own = ("", {"author": "user", "content": {"role": "user", "parts": [{"text": "hello"}]}})
    whole = said(own, goldens.ADK_CALL, thought)
    assert whole.text == "Hi."
    assert [call.name for call in whole.tools] == ["transfer_to_human"]


@pytest.mark.parametrize("event", [
    {"errorCode": "RESOURCE_EXHAUSTED", "errorMessage": "no quota", "author": "a"}, {"error": "RuntimeError: no quota"},
])  # fmt: skip
def test_an_error_in_midstream_is_the_agents_own(event):
    with pytest.raises(ExchangeFailed, match=r"agent_error: .*no quota"):
        said(turn("half", partial=True), ("", event))


def test_five_thousand_mutated_streams_each_end_in_one_outcome():
    outcomes = fuzz(EventGathering, list(STREAMS.values()), 5_000, seed=13)
    assert outcomes.keys() <= {"ok", "truncated", "malformed", "agent_error", "too_large"}
    assert outcomes["ok"] > 50 < outcomes["malformed"]


@pytest.fixture
def against(servers, caller, reply_of):
    async def begin(path, *answers, **options):
        port = await servers.answering(*answers)
        agent = AgentSpec(connector="adk", url=f"http://127.0.0.1:{port}{path}", options={"app": "shop", **options})
        connector = await connect(agent, REAL)
        return connector, connector.session(caller)

    return begin


async def test_a_session_is_made_once_and_runs_are_streamed_in_it(against, servers, seen, reply_of):
    run = reply_of(goldens.ADK, "200 OK", "text/event-stream")
    connector, session = await against("/api/run_sse", reply_of(b"{}"), run, state={"tier": "gold"})
    reply = await session.say(("hi",), seen)
    await session.say(("again",), seen)
    await connector.close()
    paths = [head.split(b" ")[1] for head, _ in servers.requests]
    assert paths == [b"/api/apps/shop/users/run-7/sessions/run-7", b"/api/run_sse", b"/api/run_sse"]
    assert servers.requests[0][1] == b'{"state":{"tier":"gold"}}'
    assert msgspec.json.decode(servers.requests[1][1]) == {
        "appName": "shop", "userId": "run-7", "sessionId": "run-7", "streaming": True,
        "newMessage": {"role": "user", "parts": [{"text": "hi"}]},
    }  # fmt: skip
    assert (reply.text, reply.events) == (TEXT, 4)


async def test_a_session_that_is_there_already_will_do(against, seen, reply_of):
    there = reply_of(b'{"detail":"Session already exists: run-7"}', "409 Conflict")
    run = reply_of(msgspec.json.encode([turn(TEXT)[1]]))
    connector, session = await against("/run", there, run)
    reply = await session.say(("hi",), seen)
    await connector.close()
    assert (reply.text, reply.completed_by) == (TEXT, "events")


async def test_an_app_that_is_not_there_is_refused_with_the_servers_words(against, seen, reply_of):
    connector, session = await against("/run", reply_of(b'{"detail":"No root_agent found"}', "404 Not Found"))
    with pytest.raises(ExchangeFailed, match=r"http_4xx: 404 .*No root_agent"):
        await session.say(("hi",), seen)
    await connector.close()


async def test_the_app_and_the_end_of_the_address_must_be_told():
    with pytest.raises(UsageError) as told:
        await connect(AgentSpec(connector="adk", url="http://127.0.0.1:1/chat"), REAL)
    assert "agent.options.app: not set" in str(told.value)
    with pytest.raises(UsageError, match=r"run_sse or .../run"):
        await connect(AgentSpec(connector="adk", url="http://127.0.0.1:1/chat", options={"app": "x"}), REAL)
