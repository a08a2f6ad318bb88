"""What servers do to us, on real sockets, and the class that it becomes."""

import asyncio
import gzip
import socket
import ssl
import struct

import pytest

from hubbub.errors import ExchangeFailed

OK = b'{"reply": "hello"}'
# What is not missed on purpose is long: a busy machine stands still for a tenth of a second, and longer.
SILENT = {"connect_s": 60.0, "first_text_s": 0.05, "gap_s": 60.0, "turn_s": 60.0}
STREAM = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
HELLO = b'data: {"choices":[{"delta":{"content":"hello"}}]}\n\n'
STOP = b'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\n'


def chunk(data):
    return b"%x\r\n%b\r\n" % (len(data), data)


def reset(writer):
    """Close with a reset instead of a farewell."""
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def failure(connecting, caller, seen, port, name="http-json", **spec):
    """The ExchangeFailed that one turn ends in."""
    connector = await connecting(port, name, **spec)
    with pytest.raises(ExchangeFailed) as caught:
        await connector.session(caller).say(("hi",), seen)
    return caught.value


async def test_a_good_answer_is_a_reply_and_the_watch_is_told_in_order(servers, connecting, caller, seen, reply_of):
    connector = await connecting(await servers.answering(reply_of(OK)))
    reply = await connector.session(caller).say(("hi", "there"), seen)
    assert (reply.text, reply.status, reply.size, reply.completed_by) == ("hello", 200, len(OK), "body")
    assert seen.told == ["byte", "event", "text"]
    assert servers.requests[0][1] == b'{"session":"run-7","message":"hi\\nthere"}'
    assert b"Accept-Encoding: identity\r\n" in servers.requests[0][0]


async def test_nobody_listening_is_connect_refused(connecting, caller, seen):
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        error = await failure(connecting, caller, seen, held.getsockname()[1])
    assert error.failure == "connect_refused"


async def test_a_full_accept_queue_is_connect_timeout(connecting, caller, seen):
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        place = deaf.getsockname()
        waiting = [socket.socket() for _ in range(4)]
        for line in waiting:
            line.setblocking(False)
            line.connect_ex(place)
        error = await failure(connecting, caller, seen, place[1], timeouts={"connect_s": 0.05})
        for line in waiting:
            line.close()
    assert error.failure == "connect_timeout"


async def test_a_name_without_an_address_is_dns(caller, seen):
    from hubbub.clock import REAL
    from hubbub.connectors.http_json import connect
    from hubbub.model import AgentSpec

    agent = AgentSpec(connector="http-json", url="http://no-such-host.invalid/", allow_hosts=("no-such-host.invalid",))
    connector = await connect(agent, REAL)
    with pytest.raises(ExchangeFailed, match="dns"):
        await connector.session(caller).say(("hi",), seen)
    await connector.close()


@pytest.mark.parametrize(
    ("sent", "ending", "class_"),
    [
        (b"", "close", "closed"),
        (b"", "reset", "reset"),
        (b"HTTP/1.1 200 OK\r\nContent-Le", "close", "closed"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{", "close", "truncated"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{", "reset", "reset"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n", "close", "truncated"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n", "reset", "reset"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{", "close", "malformed"),
        (b"HTTP/1.0 200 OK\r\n\r\n{\"reply\": ", "close", "truncated"),
        (b"SSH-2.0-OpenSSH_9.6\r\n", "close", "malformed"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", "close", "malformed"),
        (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n", "close", "malformed"),
        (b"HTTP/1.1 204 No Content\r\n\r\n", "close", "malformed"),
    ],
)  # fmt: skip
async def test_a_connection_lost_at_any_point_has_its_class(servers, connecting, caller, seen, sent, ending, class_):
    async def script(reader, writer, number):
        await servers.read(reader)
        writer.write(sent)
        await writer.drain()
        if ending == "reset":
            await asyncio.sleep(0.01)  # so that what was sent is read before the reset throws it away
            reset(writer)

    error = await failure(connecting, caller, seen, await servers.serve(script))
    assert error.failure == class_, error


async def test_a_body_framed_by_closing_is_whole_when_its_json_is(servers, connecting, caller, seen):
    connector = await connecting(await servers.answering(b"HTTP/1.0 200 OK\r\n\r\n" + OK))
    assert (await connector.session(caller).say(("hi",), seen)).text == "hello"


@pytest.mark.parametrize(
    ("status", "headers", "class_", "wait_s"),
    [
        ("301 Moved", ["Location: /there?token=abc"], "redirect", None),
        ("307 Temporary", [], "redirect", None),
        ("304 Not Modified", [], "malformed", None),
        ("429 Too Many", ["Retry-After: 3"], "http_429", 3.0),
        ("429 Too Many", ["Retry-After: Tue, 15 Nov 1994 08:12:41 GMT", "Date: Tue, 15 Nov 1994 08:12:31 GMT"], "http_429", 10.0),  # noqa: E501
        ("429 Too Many", ["Retry-After: later"], "http_429", None),
        ("429 Too Many", [], "http_429", None),
        ("401 Unauthorized", [], "http_4xx", None),
        ("500 Oops", [], "http_5xx", None),
        ("503 Busy", ["Retry-After: 1"], "http_5xx", 1.0),
        ("600 What", [], "malformed", None),
    ],
)  # fmt: skip
async def test_the_status_is_read_before_the_body(
    servers, connecting, caller, seen, reply_of, status, headers, class_, wait_s
):
    port = await servers.answering(reply_of(b'{"reply": "never read"}', status, "application/json", *headers))
    error = await failure(connecting, caller, seen, port)
    assert (error.failure, error.retry_after_s, error.status) == (class_, wait_s, int(status[:3]))
    assert "token" not in error.detail
    assert len(servers.requests) == 1, "a redirect must not be followed, nor a failure repeated"


async def test_an_errors_explanation_that_never_comes_is_not_waited_for(servers, connecting, caller, seen):
    async def script(reader, writer, number):
        await servers.read(reader)
        writer.write(b"HTTP/1.1 500 Oops\r\nContent-Length: 1000\r\n\r\nout of mem")
        await reader.read()

    error = await failure(connecting, caller, seen, await servers.serve(script), timeouts={"gap_s": 0.05})
    assert (error.failure, error.status, error.detail) == ("http_5xx", 500, "500 out of mem")


async def test_a_secret_that_the_agent_echoes_is_not_in_the_detail(
    servers, connecting, caller, seen, reply_of, monkeypatch
):
    monkeypatch.setenv("AGENT_TOKEN", "sk-very-secret")
    port = await servers.answering(reply_of(b"bad token: sk-very-secret", "401 Unauthorized", "text/plain"))
    error = await failure(connecting, caller, seen, port, auth={"bearer_env": "AGENT_TOKEN"})
    assert b"Authorization: Bearer sk-very-secret" in servers.requests[0][0]
    assert "sk-very" not in str(error)
    assert "[secret]" in error.detail


@pytest.mark.parametrize(
    ("name", "body", "kind", "told"),
    [
        ("http-json", b"", "application/json", "the answer is empty"),
        ("openai-chat", b"", "application/json", "the answer is empty"),
        ("openai-chat", b'{"choices": []}', "text/plain", "of type text/plain; a stream"),
    ],
)
async def test_an_answer_of_no_use_is_told_as_it_is(
    servers, connecting, caller, seen, reply_of, name, body, kind, told
):
    port = await servers.answering(reply_of(body, "200 OK", kind))
    error = await failure(connecting, caller, seen, port, name)
    assert error.failure == "malformed"
    assert told in error.detail


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("http-json", '{"reply": "SAID"}'),
        ("openai-chat", '{"choices": [{"message": {"content": "SAID"}, "finish_reason": "stop"}]}'),
    ],
)
async def test_a_secret_that_the_agent_echoes_is_not_in_its_reply(
    servers, connecting, caller, seen, reply_of, monkeypatch, name, answer
):
    monkeypatch.setenv("AGENT_TOKEN", "sk-very-secret")
    port = await servers.answering(reply_of(answer.replace("SAID", "You are sk-very-secret, I see.").encode()))
    connector = await connecting(port, name, auth={"bearer_env": "AGENT_TOKEN"})
    reply = await connector.session(caller).say(("hi",), seen)
    assert reply.text == "You are [secret], I see."


@pytest.mark.parametrize("name", ["http-json", "openai-chat"])
async def test_html_instead_of_json_is_malformed_and_shows_how_it_begins(
    servers, connecting, caller, seen, reply_of, name
):
    port = await servers.answering(reply_of(b"<!doctype html><h1>Welcome</h1>", "200 OK", "text/html; charset=utf-8"))
    error = await failure(connecting, caller, seen, port, name)
    assert error.failure == "malformed"
    assert "text/html" in error.detail
    assert "<!doctype" in error.detail


async def test_a_gzipped_answer_is_unpacked_though_nobody_asked(servers, connecting, caller, seen, reply_of):
    packed = reply_of(gzip.compress(OK), "200 OK", "application/json", "Content-Encoding: gzip")
    connector = await connecting(await servers.answering(packed))
    assert (await connector.session(caller).say(("hi",), seen)).text == "hello"


@pytest.mark.parametrize(
    "answer",
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 900000\r\n\r\n" + b" " * 900),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk(b" " * 3000)),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(bytes(10_000_000))[:2000]),
    ],
)
async def test_too_large_is_found_announced_counted_or_unpacked(servers, connecting, caller, seen, answer):
    error = await failure(connecting, caller, seen, await servers.answering(answer), max_reply_bytes=2048)
    assert error.failure == "too_large"


async def test_an_endless_stream_ends_at_the_limit(servers, connecting, caller, seen):
    async def script(reader, writer, number):
        await servers.read(reader)
        writer.write(STREAM)
        while True:
            writer.write(chunk(HELLO * 10))
            await writer.drain()

    port = await servers.serve(script)
    error = await failure(connecting, caller, seen, port, "openai-chat", max_reply_bytes=100_000)
    assert error.failure == "too_large"
    assert error.partial.startswith("hellohello")


async def _stream_then_stand_still(servers, *pieces):
    async def script(reader, writer, number):
        await servers.read(reader)
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        await reader.read()

    return await servers.serve(script)


async def test_no_answer_at_all_is_first_text_timeout(servers, connecting, caller, seen):
    error = await failure(connecting, caller, seen, await _stream_then_stand_still(servers), timeouts=SILENT)
    assert error.failure == "first_text_timeout"
    assert seen.told == []


async def test_pings_without_text_are_first_text_timeout(servers, connecting, caller, seen):
    async def script(reader, writer, number):
        await servers.read(reader)
        writer.write(STREAM)
        while True:
            writer.write(chunk(b": ping\n\n"))
            await writer.drain()
            await asyncio.sleep(0.01)

    limits = SILENT | {"first_text_s": 1.0}
    error = await failure(connecting, caller, seen, await servers.serve(script), "openai-chat", timeouts=limits)
    assert error.failure == "first_text_timeout"
    assert seen.told == ["byte"]


async def test_a_stream_that_stands_still_is_stall_and_keeps_what_came(servers, connecting, caller, seen):
    port = await _stream_then_stand_still(servers, STREAM, chunk(HELLO))
    limits = SILENT | {"first_text_s": 60.0, "gap_s": 0.05}
    error = await failure(connecting, caller, seen, port, "openai-chat", timeouts=limits)
    assert (error.failure, error.partial, error.status) == ("stall", "hello", 200)
    assert error.detail == "nothing for 0.05 s"


async def test_a_stream_that_dribbles_for_ever_is_total_timeout(servers, connecting, caller, seen):
    async def script(reader, writer, number):
        await servers.read(reader)
        writer.write(STREAM)
        while True:
            writer.write(chunk(HELLO))
            await writer.drain()
            await asyncio.sleep(0.01)

    limits = SILENT | {"first_text_s": 60.0, "turn_s": 0.12}
    error = await failure(connecting, caller, seen, await servers.serve(script), "openai-chat", timeouts=limits)
    assert error.failure == "total_timeout"


async def test_cancelling_from_outside_passes_through_and_closes_the_socket(servers, connecting, caller, seen):
    closed = asyncio.Event()

    async def script(reader, writer, number):
        await servers.read(reader)
        assert await reader.read() == b""
        closed.set()

    connector = await connecting(await servers.serve(script))
    turn = asyncio.create_task(connector.session(caller).say(("hi",), seen))
    while not servers.requests:
        await asyncio.sleep(0)
    turn.cancel()
    with pytest.raises(asyncio.CancelledError):
        await turn
    await asyncio.wait_for(closed.wait(), 60)


async def test_an_outer_timeout_is_not_mistaken_for_one_of_ours(servers, connecting, caller, seen):
    connector = await connecting(await _stream_then_stand_still(servers))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.03):
            await connector.session(caller).say(("hi",), seen)


async def test_after_a_missed_deadline_the_task_can_still_be_cancelled_and_wait(servers, connecting, caller, seen):
    await failure(connecting, caller, seen, await _stream_then_stand_still(servers), timeouts=SILENT)
    assert asyncio.current_task().cancelling() == 0
    await asyncio.sleep(0)


async def test_http_spoken_to_a_tls_server_and_the_reverse_are_tls(
    servers, connecting, caller, seen, tls_context, reply_of
):
    async def script(reader, writer, number):
        await servers.read(reader)

    async def plain(reader, writer, number):
        await reader.read(1)
        writer.write(reply_of(b"speak http", "400 Bad Request"))
        await writer.drain()

    error = await failure(connecting, caller, seen, await servers.serve(script, ssl=tls_context))
    assert error.failure in ("tls", "closed", "reset"), error  # some TLS servers hang up without an alert
    error = await failure(connecting, caller, seen, await servers.serve(plain), scheme="https")
    assert error.failure == "tls", error


async def test_a_certificate_that_nobody_vouches_for_is_tls(servers, connecting, caller, seen, tls_context):
    async def script(reader, writer, number):
        await servers.read(reader)

    port = await servers.serve(script, ssl=tls_context)
    error = await failure(connecting, caller, seen, port, scheme="https")
    assert error.failure == "tls"


async def test_a_tls_alert_in_place_of_an_answer_is_tls(servers, connecting, caller, seen):
    port = await servers.answering(b"\x15\x03\x01\x00\x02\x02\x46")
    assert (await failure(connecting, caller, seen, port)).failure == "tls"


@pytest.fixture(scope="session")
def tls_context(tmp_path_factory):
    """A server's context with a certificate of its own making."""
    import subprocess

    place = tmp_path_factory.mktemp("tls")
    words = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",
             "1", "-subj", "/CN=localhost", "-keyout", place / "key.pem", "-out", place / "cert.pem"]  # fmt: skip
    try:
        subprocess.run(words, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("needs the openssl command")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(place / "cert.pem", place / "key.pem")
    return context
