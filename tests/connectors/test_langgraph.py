"""Conversations with a LangGraph server over the wire: threads, runs, interrupts, and messages that come too soon."""

import asyncio

import msgspec
import pytest

from benchmarks.fuzzing import goldens
from hubbub.clock import REAL
from hubbub.connectors.langgraph import connect
from hubbub.errors import ExchangeFailed, UsageError
from hubbub.model import AgentSpec


class Server:
    """Makes threads and answers runs, one of its answers after the other; keeps what it was asked."""

    def __init__(self, servers, reply_of, runs):
        self.servers, self.reply_of, self.runs = servers, reply_of, iter(runs)
        self.asked = []
        self.slow = asyncio.Event()
        self.slow.set()

    async def start(self):
        self.port = await self.servers.serve(self._hold)
        return self

    async def _hold(self, reader, writer, number):
        while True:
            body = await self.servers.read(reader)
            head = self.servers.requests[-1][0]
            path, asked = head.split(b" ")[1].decode(), msgspec.json.decode(body)
            self.asked.append((path, asked))
            if path.endswith("/threads"):
                writer.write(self.reply_of(msgspec.json.encode({"thread_id": asked["thread_id"]})))
            else:
                await self.slow.wait()
                writer.write(next(self.runs))
            await writer.drain()


@pytest.fixture
def against(servers, caller, reply_of):
    async def begin(*runs, **options):
        server = await Server(servers, reply_of, runs).start()
        agent = AgentSpec(connector="langgraph", url=f"http://127.0.0.1:{server.port}/base/", options=options)
        connector = await connect(agent, REAL)
        return server, connector, connector.session(caller)

    return begin


def stream(reply_of, body):
    return reply_of(body, "200 OK", "text/event-stream")


async def test_a_thread_is_made_once_and_every_run_is_in_it(against, seen, reply_of):
    run = stream(reply_of, goldens.LANGGRAPH)
    server, connector, session = await against(run, run, assistant="helper", extra={"config": {"x": 1}})
    first = await session.say(("one", "two"), seen)
    await session.say(("three",), seen)
    await connector.close()
    thread = server.asked[0][1]["thread_id"]
    runs = f"/base/threads/{thread}/runs/stream"
    assert [path for path, _ in server.asked] == ["/base/threads", runs, runs]
    assert server.asked[1][1] == {
        "assistant_id": "helper", "stream_mode": ["messages-tuple", "updates"], "stream_subgraphs": False,
        "config": {"x": 1}, "input": {"messages": [{"role": "user", "content": "one\ntwo"}]},
    }  # fmt: skip
    assert (first.text, first.completed_by) == (goldens.TEXT, "end of stream")


async def test_after_an_interrupt_the_customers_words_resume_the_run(against, seen, reply_of):
    runs = [stream(reply_of, body) for body in (goldens.LANGGRAPH_INTERRUPT, goldens.LANGGRAPH, goldens.LANGGRAPH)]
    server, connector, session = await against(*runs)
    handed = await session.say(("a human, please",), seen)
    for words in ("thanks", "one more thing"):
        await session.say((words,), seen)
    await connector.close()
    assert [signal.state for signal in handed.signals] == ["initiated"]
    assert server.asked[2][1]["command"] == {"resume": "thanks"}
    assert "input" not in server.asked[2][1]
    assert "command" not in server.asked[3][1]


async def test_a_run_may_be_waited_for(against, seen, reply_of):
    state = {
        "messages": [{"type": "human", "id": "1", "content": "hi"}, {"type": "ai", "id": "2", "content": "Hello."}]
    }
    server, connector, session = await against(reply_of(msgspec.json.encode(state)), stream=False)
    reply = await session.say(("hi",), seen)
    await connector.close()
    assert server.asked[1][0].endswith("/runs/wait")
    assert (reply.text, reply.completed_by, reply.events) == ("Hello.", "state", 0)


async def test_two_messages_at_once_make_one_thread_and_the_second_may_be_refused(against, seen, reply_of):
    busy = reply_of(b'{"detail":"Thread is already running a task."}', "409 Conflict")
    server, connector, session = await against(stream(reply_of, goldens.LANGGRAPH), busy, double_text="reject")
    outcomes = await asyncio.gather(session.say(("one",), seen), session.say(("two",), seen), return_exceptions=True)
    await connector.close()
    assert [path.rpartition("/")[2] for path, _ in server.asked] == ["threads", "stream", "stream"]
    assert server.asked[1][1]["multitask_strategy"] == "reject"
    (refused,) = (one for one in outcomes if isinstance(one, ExchangeFailed))
    assert (refused.failure, refused.status) == ("http_4xx", 409)
    assert "already running" in refused.detail


async def test_what_makes_no_threads_is_told_and_tried_again_with_the_next_message(servers, caller, seen, reply_of):
    port = await servers.answering(reply_of(b'{"choices":[]}'))
    connector = await connect(AgentSpec(connector="langgraph", url=f"http://127.0.0.1:{port}"), REAL)
    session = connector.session(caller)
    for _ in range(2):
        with pytest.raises(ExchangeFailed, match="malformed: no thread was made"):
            await session.say(("hi",), seen)
    await connector.close()
    assert len(servers.requests) == 2


async def test_a_path_in_the_state_does_not_go_with_pieces():
    with pytest.raises(UsageError, match="needs `stream: false`"):
        await connect(AgentSpec(connector="langgraph", url="http://127.0.0.1:1", options={"text": "$.answer"}), REAL)
