"""The gate before the master's socket: no more than some strangers at a time, for seconds, and for a few bytes each.

ZeroMQ takes in every connection and whatever it says, as fast as it comes. So the master's socket listens in a folder
of its own, and the gate on the port: it passes bytes on both ways. Under a token ZeroMQ speaks CURVE (RFC 26 of its
makers) with keys that are made of the token: who has it not fails at its first command, and none of its messages
exists. The gate reads nothing. That the handshake is over shows in the bytes that went to the worker: the greeting and
the welcome are of one size, and what follows is said to a member only.
"""

import hmac
import socket
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import gevent
import zmq
from gevent.server import StreamServer
from zmq.utils import z85

from hubbub.locust_bridge.strangers import Strangers

MOST_STRANGERS = 128
PATIENCE_S = 10.0  # for a handshake, which takes a member two round trips
STRANGERS_BYTES = 4096  # a member has said 64 + 202 + some 300 of them when it is let in
_GREETING_AND_WELCOME = 64 + 170  # ZMTP 3.1's greeting; CURVE's WELCOME of 168 with two before it
_IDLE_S = 30  # before the system asks whether the other end is still there, as Locust's transport has it
_PIECE = 65_536
_WAITING = 128  # connections that the system keeps for us


def lock(own: zmq.Socket[bytes], token: str) -> None:
    """Make a master's or a worker's socket speak to those with the same token only. To be done before it is bound."""
    secret = z85.encode(hmac.digest(token.encode(), b"hubbub: the master's key", "sha256"))
    if own.type == zmq.ROUTER:
        own.curve_secretkey, own.curve_server = secret, True
    else:
        own.curve_publickey, own.curve_secretkey = zmq.curve_keypair()
        own.curve_serverkey = zmq.curve_public(secret)
    own.setsockopt(zmq.HANDSHAKE_IVL, int(PATIENCE_S * 1000))


class Gate:
    """Listens on the port from when it is made. Raises OSError where it cannot. `refused` is told of each stranger."""

    def __init__(self, host: str, port: int, refused: Callable[[], None]) -> None:
        self._refused = refused
        self._strangers = Strangers(MOST_STRANGERS, PATIENCE_S)
        self._folder = TemporaryDirectory(prefix="hubbub-")
        self._behind = str(Path(self._folder.name) / "master")
        self._server = StreamServer(_listener(host, port), self._pass)
        self.port = int(self._server.address[1])

    def open(self, own: zmq.Socket[bytes]) -> None:
        """Let members through to this socket."""
        own.bind(f"ipc://{self._behind}")
        self._server.start()

    def close(self) -> None:
        """Nobody comes any more."""
        self._server.stop(timeout=0)
        self._folder.cleanup()

    def _pass(self, outside: socket.socket, _: object) -> None:
        """One connection, from its first byte to its last."""
        who = gevent.getcurrent()
        self._strangers.arrive(who, lambda: _end(outside))
        with outside, socket.socket(socket.AF_UNIX) as inside:
            try:
                _settle(outside)
                inside.connect(self._behind)
                upwards = gevent.spawn(self._upwards, outside, inside, who)
                self._downwards(inside, outside, who)
                _end(outside)
                upwards.join()
            except OSError:
                pass  # gone: ZeroMQ's ends notice by themselves
            finally:
                if self._strangers.leave(who):
                    self._refused()

    def _upwards(self, outside: socket.socket, inside: socket.socket, who: object) -> None:
        """What a worker says. A stranger may not say much."""
        said = 0
        try:
            while piece := outside.recv(_PIECE):
                said += len(piece)
                if said > STRANGERS_BYTES and who in self._strangers:
                    break
                inside.sendall(piece)
        except OSError:
            pass  # as above
        _end(inside)

    def _downwards(self, inside: socket.socket, outside: socket.socket, who: object) -> None:
        """What the master says, which tells a member from a stranger."""
        heard = 0
        while piece := inside.recv(_PIECE):
            heard += len(piece)
            if heard > _GREETING_AND_WELCOME:
                self._strangers.leave(who)
            outside.sendall(piece)


def _listener(host: str, port: int) -> socket.socket:
    """Where workers connect. `*` is every address, of both kinds where the system has both."""
    everywhere = host in ("", "*", "::")
    if everywhere and socket.has_dualstack_ipv6():
        both = {"family": socket.AF_INET6, "dualstack_ipv6": True}
        return socket.create_server(("", port), backlog=_WAITING, **both)  # type: ignore[arg-type]
    name = "" if everywhere else host.strip("[]")
    family = socket.getaddrinfo(name or "0.0.0.0", port, proto=socket.IPPROTO_TCP)[0][0]  # noqa: S104 - as was asked
    return socket.create_server((name, port), family=family, backlog=_WAITING)


def _settle(outside: socket.socket) -> None:
    outside.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    outside.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    if hasattr(socket, "TCP_KEEPIDLE"):
        outside.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, _IDLE_S)


def _end(one: socket.socket) -> None:
    """End a connection both ways; who reads from it wakes up."""
    try:
        one.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass  # it has ended
