"""Who read a request and hung up is told from who closed a connection that a request was on its way over."""

import asyncio
import socket
import sys

import pytest

from hubbub.connectors.farewell import has_left, lookout, read_it_all

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="nothing tells elsewhere")


class Ours(asyncio.Protocol):
    """Notes what is told of the other side's farewell."""

    def __init__(self):
        self.told = None
        self.over = asyncio.get_running_loop().create_future()

    def connection_made(self, transport):
        self.transport = transport

    def eof_received(self):
        self.told = read_it_all(self.transport)

    def connection_lost(self, error):
        self.over.set_result(error)


async def ended(how):
    """A request over a connection that is ended like this; what was told, and the error that it ended in."""
    loop = asyncio.get_running_loop()
    with socket.create_server(("127.0.0.1", 0)) as server:
        _, ours = await loop.create_connection(Ours, *server.getsockname())
        theirs, _ = server.accept()
    theirs.setblocking(False)
    with theirs:
        if how == "closed before it left":
            theirs.close()
        ours.transport.write(b"a request")
        if how == "read and closed":
            assert await loop.sock_recv(theirs, 100) == b"a request"
        if how == "half read and closed":
            assert await loop.sock_recv(theirs, 3) == b"a r"
    error = await ours.over
    return ours.told, error


async def test_who_read_it_all_and_closed_has_answered():
    assert await ended("read and closed") == (True, None)


@pytest.mark.parametrize("how", ["closed before it left", "half read and closed"])
async def test_who_did_not_has_not(how):
    told, error = await ended(how)
    assert not told
    assert error is None or isinstance(error, ConnectionResetError)


async def test_a_farewell_is_seen_before_the_loop_hears_of_it():
    loop = asyncio.get_running_loop()
    with socket.create_server(("127.0.0.1", 0)) as server:
        _, ours = await loop.create_connection(Ours, *server.getsockname())
        theirs, _ = server.accept()
    with theirs:
        ask = lookout(ours.transport)
        assert not has_left(ask)
        theirs.sendall(b"bytes are no farewell")
        assert not has_left(ask)
        theirs.shutdown(socket.SHUT_WR)
        assert has_left(ask)
        assert ours.told is None
    await ours.over


def test_without_a_connection_nothing_is_told():
    assert not has_left(lookout(None))
    assert not has_left(lookout(asyncio.BaseTransport()))
    assert not read_it_all(None)
    assert not read_it_all(asyncio.BaseTransport())
