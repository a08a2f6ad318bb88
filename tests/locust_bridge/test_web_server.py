"""What strangers may cost the page: so many connections, for so long, and so many bytes; and who is let in, nothing."""

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from locust_bridge_sessions import PATIENCE_S, asked, serve

from hubbub.locust_bridge.web_server import BODY_BYTES, HEAD_BYTES, MOST_STRANGERS

pytestmark = pytest.mark.slow
TOKEN = "a token for the page, long enough"
Connect = Callable[[], socket.socket]


@pytest.fixture
def page(locust: Callable[..., object], until: Callable[..., None]) -> tuple[str, int]:
    """A page that wants a token, as every page does that is served beyond this machine; its address and port."""
    url = serve(locust, until, "--web-host", "127.1", HUBBUB_WEB_TOKEN=TOKEN)
    return url, int(url.rpartition(":")[2])


@pytest.fixture
def connect(page: tuple[str, int]) -> Iterator[Connect]:
    with ExitStack() as there:
        yield lambda: there.enter_context(socket.create_connection(("127.0.0.1", page[1]), timeout=PATIENCE_S))


def said(one: socket.socket) -> bytes:
    """All that comes until the connection ends."""
    parts = []
    try:
        while part := one.recv(65_536):
            parts.append(part)
    except ConnectionError:
        pass
    return b"".join(parts)


def serves(one: socket.socket) -> bool:
    """Whether a request over this connection is answered, which stays open."""
    one.sendall(f"GET /hubbub/state HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {TOKEN}\r\n\r\n".encode())
    answer = b""
    while b'"problem": ""}' not in answer:
        part = one.recv(65_536)
        if not part:
            return False
        answer += part
    return answer.startswith(b"HTTP/1.1 200")


def test_a_crowd_keeps_nobody_out_who_has_the_token(page: tuple[str, int], connect: Connect) -> None:
    url, _ = page
    let_in = connect()
    assert serves(let_in)
    silent = [connect() for _ in range(MOST_STRANGERS * 3)]
    for one in silent[: MOST_STRANGERS * 2]:
        assert said(one) == b"", "those who came later made it go"
    assert asked(url, "/hubbub/state", Authorization=f"Bearer {TOKEN}")[0] == 200
    slow = connect()
    slow.sendall(b"POST /hubbub/login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\ntok")
    for one in (*silent, slow):
        said(one)  # it ends, or this times out
    assert serves(let_in), "who is known may stay"


def test_long_headers_and_bodies_are_not_taken_in(page: tuple[str, int], connect: Connect) -> None:
    for lines in (b"X: " + b"y" * HEAD_BYTES, b"X: y\r\n" * (HEAD_BYTES // 6), b"X: y\r\n" * 101):
        one = connect()
        one.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + lines + b"\r\n\r\n")
        assert said(one).startswith(b"HTTP/1.1 400"), lines[:20]
    one = connect()
    one.sendall(
        b"POST /hubbub/login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    )
    one.sendall(f"Content-Length: {BODY_BYTES + 1}\r\nConnection: close\r\n\r\n".encode() + bytes(BODY_BYTES + 1))
    assert said(one).startswith(b"HTTP/1.1 413")
    assert asked(page[0], "/hubbub/state", Authorization=f"Bearer {TOKEN}")[0] == 200
