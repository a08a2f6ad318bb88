"""429 and 503: counted, sent again, or everybody held back; and never more than was asked for."""

import asyncio

import pytest

from hubbub.clock import REAL
from hubbub.connectors.http_json import connect
from hubbub.connectors.protocol import Caller
from hubbub.errors import ExchangeFailed
from hubbub.exchange import Stopwatch
from hubbub.model import AgentSpec, Busy

OK = b'{"reply": "hello"}'
QUICK = {"base_s": 0.01, "longest_wait_s": 0.5}


@pytest.fixture
async def asking(servers, reply_of):
    """Sends turns to an agent that refuses so many times; what came, and how often it was asked."""
    held = []

    async def ask(refusals, *headers, status="429 Busy", turns=1, **busy):
        refused = reply_of(b"", status, "text/plain", *headers)
        port = await servers.answering(*[refused] * refusals, reply_of(OK))
        agent = AgentSpec(connector="http-json", url=f"http://127.0.0.1:{port}/", busy=Busy(**busy))
        held.append(await connect(agent, REAL))
        watches = [Stopwatch(REAL.now) for _ in range(turns)]
        said = (held[-1].session(Caller(n, f"c-{n}", "sms", "en-US")).say(("hi",), w) for n, w in enumerate(watches))
        return await asyncio.gather(*said, return_exceptions=True), watches, len(servers.requests)

    yield ask
    for connector in held:
        await connector.close()


async def test_the_usual_policy_sends_nothing_again(asking):
    (came,), (watch,), asked = await asking(1, "Retry-After: 0")
    assert (came.failure, asked, watch.attempts) == ("http_429", 1, ())


@pytest.mark.parametrize("status", ["429 Busy", "503 Loading"])
async def test_a_retry_waits_as_long_as_the_agent_says_and_notes_what_was_refused(asking, status):
    (came,), (watch,), asked = await asking(2, "Retry-After-Ms: 20", status=status, policy="retry", **QUICK)
    assert (came.text, asked) == ("hello", 3)
    assert [attempt.status for attempt in watch.attempts] == [int(status[:3])] * 2
    assert all(0.02 <= attempt.waited_s <= 0.03 for attempt in watch.attempts)


async def test_retries_end_at_their_number_with_the_agents_failure(asking):
    (came,), (watch,), asked = await asking(9, policy="retry", attempts=3, **QUICK)
    assert (came.failure, asked, len(watch.attempts)) == ("http_429", 3, 2)
    assert watch.attempts[1].waited_s > watch.attempts[0].waited_s  # no word from the agent: the wait doubles


async def test_a_wait_that_is_too_long_is_not_waited(asking):
    (came,), _, asked = await asking(1, "Retry-After: 3600", policy="retry", **QUICK)
    assert (came.failure, came.retry_after_s, asked) == ("http_429", 3600.0, 1)


async def test_a_word_that_is_garbage_is_as_good_as_none(asking):
    (came,), (watch,), _ = await asking(1, "Retry-After: soon", policy="retry", **QUICK)
    assert came.text == "hello"
    assert watch.attempts[0].waited_s <= 0.015


async def test_other_failures_are_never_sent_again(asking):
    (came,), _, asked = await asking(1, status="500 Oops", policy="retry", **QUICK)
    assert isinstance(came, ExchangeFailed)
    assert asked == 1


async def test_with_back_off_nobody_sends_while_one_waits(servers, connecting, reply_of):
    came = []

    async def script(reader, writer, number):
        await servers.read(reader)
        came.append(REAL.now())
        busy = reply_of(b"", "429 Busy", "text/plain", "Retry-After-Ms: 60")
        writer.write(busy if len(came) == 1 else reply_of(OK))

    connector = await connecting(await servers.serve(script), busy=Busy(policy="back_off", base_s=0.01))
    watch = Stopwatch(REAL.now)
    first = asyncio.ensure_future(connector.session(Caller(1, "a", "sms", "en-US")).say(("hi",), watch))
    while not watch.attempts:
        await asyncio.sleep(0.001)
    assert (await connector.session(Caller(2, "b", "sms", "en-US")).say(("hi",), Stopwatch(REAL.now))).text == "hello"
    assert (await first).text == "hello"
    assert len(came) == 3
    assert came[1] - came[0] > 0.059
