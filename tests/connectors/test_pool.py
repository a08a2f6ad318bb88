"""Connections kept, lost in a race, and run out of."""

import asyncio
import os
import resource
import select
import socket
import sys

import pytest

from hubbub.errors import FAILURES, ExchangeFailed

OK = b'{"reply": "hello"}'


async def test_turns_share_a_kept_connection(servers, connecting, caller, seen, reply_of):
    async def script(reader, writer, number):
        while True:
            await servers.read(reader)
            writer.write(reply_of(b'{"reply": "%d"}' % number))

    session = (await connecting(await servers.serve(script))).session(caller)
    assert [(await session.say(("hi",), seen)).text for _ in range(3)] == ["0", "0", "0"]
    assert seen.fresh_retries == 0


async def close_unread(writer):
    """Close a connection whose next request has arrived, and will be read by nobody: as it is when both cross."""
    writer.transport.pause_reading()
    await writer.drain()
    with socket.socket(fileno=os.dup(writer.get_extra_info("socket").fileno())) as theirs:
        while not select.select([theirs], [], [], 0)[0]:
            await asyncio.sleep(0.001)
        writer.transport.abort()


async def test_a_kept_connection_that_is_closed_as_a_turn_leaves_is_tried_once_more_afresh(
    servers, connecting, caller, seen, reply_of
):
    async def script(reader, writer, number):
        await servers.read(reader)
        writer.write(reply_of(OK))
        if number == 0:
            await close_unread(writer)

    session = (await connecting(await servers.serve(script))).session(caller)
    assert (await session.say(("one",), seen)).text == "hello"
    assert seen.fresh_retries == 0
    assert (await session.say(("two",), seen)).text == "hello"
    assert seen.fresh_retries == 1
    assert len(servers.requests) == 2


@pytest.mark.skipif(sys.platform != "linux", reason="only there does the kernel tell before the loop does")
async def test_an_agent_that_parts_after_each_answer_and_reads_on_fails_no_turn(
    servers, connecting, caller, seen, reply_of
):
    """As llama.cpp's server does after each stream: it ends its half, reads away what still comes, and closes."""

    async def script(reader, writer, number):
        await servers.read(reader)
        writer.write(reply_of(OK))
        writer.write_eof()
        await reader.read()

    session = (await connecting(await servers.serve(script))).session(caller)
    for _ in range(5):
        assert (await session.say(("one",), seen)).text == "hello"
    assert (seen.fresh_retries, len(servers.requests)) == (0, 5)


async def test_a_farewell_right_after_an_answer_is_the_end_of_that_one(servers, connecting, caller, seen, reply_of):
    async def script(reader, writer, number):
        await servers.read(reader)
        writer.write(reply_of(OK))
        await servers.read(reader)  # the next turn was faster than the farewell; nobody looks at it

    session = (await connecting(await servers.serve(script))).session(caller)
    await session.say(("one",), seen)
    assert (await session.say(("two",), seen)).text == "hello"
    assert (seen.fresh_retries, len(servers.requests)) == (1, 3)


@pytest.mark.skipif(sys.platform != "linux", reason="only there does the kernel tell a race from an answer")
async def test_an_agent_that_reads_a_turn_and_hangs_up_fails_it_and_is_not_sent_it_twice(
    servers, connecting, caller, seen, reply_of
):
    async def script(reader, writer, number):
        await servers.read(reader)
        writer.write(reply_of(OK))
        await servers.read(reader)  # the second turn comes, and the answer is to hang up
        await asyncio.sleep(0.06)  # too late to be the end of the first answer

    session = (await connecting(await servers.serve(script))).session(caller)
    await session.say(("one",), seen)
    with pytest.raises(ExchangeFailed, match="closed"):
        await session.say(("two",), seen)
    assert (seen.fresh_retries, len(servers.requests)) == (0, 2)


async def test_the_second_try_is_the_last(servers, connecting, caller, seen, reply_of):
    async def script(reader, writer, number):
        await servers.read(reader)
        if number == 0:
            writer.write(reply_of(OK))
            await close_unread(writer)

    session = (await connecting(await servers.serve(script))).session(caller)
    await session.say(("one",), seen)
    with pytest.raises(ExchangeFailed, match="closed"):
        await session.say(("two",), seen)
    assert seen.fresh_retries == 1
    assert len(servers.requests) == 2


async def test_a_kept_connection_that_dies_after_a_byte_is_not_tried_again(servers, connecting, caller, seen, reply_of):
    async def script(reader, writer, number):
        await servers.read(reader)
        writer.write(reply_of(OK))
        await servers.read(reader)
        writer.write(b"HT")

    session = (await connecting(await servers.serve(script))).session(caller)
    await session.say(("one",), seen)
    with pytest.raises(ExchangeFailed):
        await session.say(("two",), seen)
    assert (seen.fresh_retries, len(servers.requests)) == (0, 2)


async def test_a_fresh_connection_that_dies_is_closed_and_not_tried_again(servers, connecting, caller, seen):
    async def script(reader, writer, number):
        await servers.read(reader)

    session = (await connecting(await servers.serve(script))).session(caller)
    with pytest.raises(ExchangeFailed, match="closed"):
        await session.say(("hi",), seen)
    assert (seen.fresh_retries, len(servers.requests)) == (0, 1)


async def test_words_that_nobody_asked_for_are_no_answer_to_the_next_turn(servers, connecting, caller, seen, reply_of):
    heard = asyncio.Event()

    async def script(reader, writer, number):
        await servers.read(reader)
        writer.write(reply_of(OK))
        if number == 0:
            await heard.wait()
            writer.write(reply_of(b'{"reply": "stale"}', "408 Request Timeout"))
            await writer.drain()
            await reader.read()

    connector = await connecting(await servers.serve(script))
    session = connector.session(caller)
    await session.say(("one",), seen)
    heard.set()
    while any(line.is_connected() for _, line, _ in connector.wire.pool._idle):
        await asyncio.sleep(0.005)
    assert (await session.say(("two",), seen)).text == "hello"


async def test_a_stream_that_ends_a_moment_after_done_gives_its_connection_back(servers, connecting, caller, seen):
    body = b'data: {"choices":[{"delta":{"content":"hi"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'
    go_on = asyncio.Event()

    async def script(reader, writer, number):
        while True:
            await servers.read(reader)
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
            writer.write(b"%x\r\n%b\r\n" % (len(body), body))
            await go_on.wait()
            writer.write(b"0\r\n\r\n")
            await writer.drain()
            connections.add(number)

    connections = set()
    connector = await connecting(await servers.serve(script), "openai-chat")
    session = connector.session(caller)
    assert (await session.say(("one",), seen)).text == "hi"  # did not wait for the end of the body
    go_on.set()
    while not connector.wire.pool._idle:
        await asyncio.sleep(0.005)
    await session.say(("two",), seen)
    assert connections == {0}


async def test_waiting_for_a_connection_of_our_own_is_counted_apart(servers, connecting, caller, reply_of):
    async def script(reader, writer, number):
        while True:
            await servers.read(reader)
            await asyncio.sleep(0.04)
            writer.write(reply_of(OK))

    connector = await connecting(await servers.serve(script), options={"connections": 1})
    watches = [_Watch(), _Watch()]
    await asyncio.gather(*(connector.session(caller).say(("hi",), watch) for watch in watches))
    waits = sorted(watch.pool_wait_s for watch in watches)
    assert waits[0] == 0.0
    assert 0.03 < waits[1] < 60


async def test_a_wait_of_our_own_that_is_too_long_is_pool_wait_and_not_the_agents(
    servers, connecting, caller, reply_of
):
    async def script(reader, writer, number):
        await servers.read(reader)
        await asyncio.sleep(0.6)
        writer.write(reply_of(OK))

    # The first two are in time, by half a second; the third waits for both
    limits = {"first_text_s": 1.1, "turn_s": 1.1, "connect_s": 60}
    connector = await connecting(await servers.serve(script), options={"connections": 1}, timeouts=limits)
    turns = [connector.session(caller).say(("hi",), _Watch()) for _ in range(4)]
    ended = await asyncio.gather(*turns, return_exceptions=True)
    failed = {error.failure for error in ended if isinstance(error, ExchangeFailed)}
    assert failed == {"pool_wait"}
    assert FAILURES["pool_wait"].layer == "generator"


async def test_running_out_of_descriptors_is_ours(servers, connecting, caller, seen, reply_of):
    connector = await connecting(await servers.answering(reply_of(OK)))
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    lowest_free = os.dup(0)
    os.close(lowest_free)
    resource.setrlimit(resource.RLIMIT_NOFILE, (lowest_free, hard))
    try:
        with pytest.raises(ExchangeFailed) as caught:
            await connector.session(caller).say(("hi",), seen)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert caught.value.failure == "fd_exhausted"
    assert (await connector.session(caller).say(("hi",), seen)).text == "hello"


class _Watch:
    def __init__(self):
        self.pool_wait_s = 0.0
        self.fresh_retries = 0

    def byte(self): ...
    def event(self): ...
    def text(self): ...


async def test_after_a_storm_of_failures_no_connection_is_held_and_turns_go_well_again(
    servers, connecting, caller, reply_of
):
    storm = True

    async def script(reader, writer, number):
        while True:
            await servers.read(reader)
            turn = len(servers.requests)
            match turn % 6 if storm else 5:
                case 0:
                    return
                case 1:
                    writer.transport.abort()
                case 2:
                    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{")
                    return
                case 3:
                    await reader.read()
                    return
                case 4:
                    writer.write(reply_of(b"busy", "503 Busy"))
                case _:
                    writer.write(reply_of(OK))

    limits = {"first_text_s": 3, "gap_s": 3}  # more than a busy machine needs for all the others
    connector = await connecting(await servers.serve(script, backlog=1024), timeouts=limits)
    turns = [asyncio.create_task(connector.session(caller).say(("hi",), _Watch())) for _ in range(60)]
    for turn in turns[::9]:
        asyncio.get_running_loop().call_later(0.01, turn.cancel)
    ended = await asyncio.gather(*turns, return_exceptions=True)
    classes = {error.failure for error in ended if isinstance(error, ExchangeFailed)}
    assert {"truncated", "first_text_timeout", "http_5xx"} <= classes
    assert classes <= {"closed", "reset", "truncated", "first_text_timeout", "http_5xx"}
    assert {type(end).__name__ for end in ended} == {"Reply", "ExchangeFailed", "CancelledError"}
    unused = {line for _, line, _ in connector.wire.pool._idle}
    assert connector.wire.pool._kept._acquired == unused
    assert all(line.complete for line in unused)
    assert not connector.wire.pool._fresh._acquired
    storm = False
    assert (await connector.session(caller).say(("hi",), _Watch())).text == "hello"
