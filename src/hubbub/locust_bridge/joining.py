"""Who may take part: master and workers seal their messages with a token that both hold.

Locust's own transport believes whoever reaches its port, and one malformed message ends its listener. Here every
message carries a keyed digest (HMAC-SHA-256, RFC 2104), which is looked at before anything else in it: over its bytes,
its direction, its sender's name for this session and its hearer's, a running number and the time. So a stranger's is
refused, and so is one that is repeated, now or to a master that was started since. What is larger than any member's
message is not even taken in: its connection is closed. Nothing is hidden: across open networks, use a tunnel.
"""

import hmac
import logging
import secrets
import sys
import time
from collections.abc import Callable
from functools import cache
from typing import TypeVar

import msgspec
from locust.exception import RPCError
from locust.rpc import zmqrpc
from locust.rpc.protocol import Message
from zmq import MAXMSGSIZE, ROUTER, ZMQError

from hubbub.locust_bridge.gate import Gate, lock
from hubbub.locust_bridge.guard import is_loopback, token_problem

TOKEN_VARIABLE = "HUBBUB_JOIN_TOKEN"  # noqa: S105 - the name of a variable
_OLDEST_S = 300.0  # clocks of machines may differ by this
LARGEST_BYTES = 16 * 1024 * 1024  # reports and pieces of journals stay far below it: see `stories` and `sending`
_KNOCK = "client_ready"  # a worker's first message, when it does not know yet whom it talks to
_USAGE = 2
_log = logging.getLogger("hubbub")
_Bytes = TypeVar("_Bytes", bytes, list[bytes])


class Refused(Exception):
    """A message that is not from a member, or was sent before. Says which."""


class Sealed(msgspec.Struct, frozen=True, array_like=True):
    """A message as it travels. `sender` and `hearer` are the two ends' names for this session."""

    sender: str
    hearer: str
    count: int
    at: float
    content: bytes
    digest: bytes = b""


class Seals:
    """Seals of one end. `out` and `in_` are the directions, so that a message cannot be thrown back at its sender."""

    def __init__(self, token: str, out: str, in_: str, now: Callable[[], float] = time.time) -> None:
        self.own = secrets.token_hex(8)
        self._key = token.encode()
        self._out, self._in = out, in_
        self._now = now
        self._count = 0
        self._seen: dict[str, int] = {}

    def seal(self, content: bytes, hearer: str) -> bytes:
        """The bytes of a message for the end of this name; empty while it is not known."""
        self._count += 1
        sealed = Sealed(self.own, hearer, self._count, self._now(), content)
        return msgspec.msgpack.encode(msgspec.structs.replace(sealed, digest=self._digest(self._out, sealed)))

    def open(self, wire: bytes) -> Sealed:
        """What came. Raises Refused for what a member did not send, or sent before."""
        try:
            sealed = msgspec.msgpack.decode(wire, type=Sealed)
        except msgspec.MsgspecError:
            raise Refused("a message without the join token") from None
        if not hmac.compare_digest(sealed.digest, self._digest(self._in, sealed)):
            raise Refused("a message without the join token")
        if abs(sealed.at - self._now()) > _OLDEST_S or sealed.count <= self._seen.get(sealed.sender, 0):
            raise Refused("a message that was sent before, or long ago")
        self._seen[sealed.sender] = sealed.count
        return sealed

    def _digest(self, direction: str, sealed: Sealed) -> bytes:
        bare = msgspec.structs.replace(sealed, digest=b"")
        return hmac.digest(self._key, msgspec.msgpack.encode((direction, bare)), "sha256")


class Door:
    """The master's end: it knows each worker by the session it knocked from."""

    def __init__(self, seals: Seals) -> None:
        self._seals = seals
        self._sessions: dict[str, str] = {}

    def sealed(self, message: Message) -> bytes:
        """A message for a worker, as it travels."""
        return self._seals.seal(message.serialize(), self._sessions.get(message.node_id, ""))

    def opened(self, address: str, wire: bytes) -> Message:
        """A worker's message. Raises Refused, also for one that was meant for another session's master."""
        sealed = self._seals.open(wire)
        message: Message = Message.unserialize(sealed.content)
        if message.node_id != address:
            raise Refused("a message in another worker's name")
        if message.type == _KNOCK:
            self._sessions[address] = sealed.sender
        elif sealed.hearer != self._seals.own:
            raise Refused("a message for another master")
        return message


class Guest:
    """A worker's end: it hears its own master only."""

    def __init__(self, seals: Seals) -> None:
        self._seals = seals
        self._master = ""

    def sealed(self, message: Message) -> bytes:
        """A message for the master, as it travels."""
        return self._seals.seal(message.serialize(), self._master)

    def opened(self, wire: bytes) -> Message:
        """The master's message. Raises Refused, also for one that was meant for another session's worker."""
        sealed = self._seals.open(wire)
        if sealed.hearer != self._seals.own:
            raise Refused("a message for another worker")
        self._master = sealed.sender
        message: Message = Message.unserialize(sealed.content)
        return message


class _Wire:
    """A message that Locust's transport sends as it is."""

    def __init__(self, node_id: str, wire: bytes) -> None:
        self.node_id = node_id
        self._wire = wire

    def serialize(self) -> bytes:
        return self._wire


class _Refusals:
    """Says what was refused, ever more rarely: a stranger must not fill the log."""

    def __init__(self) -> None:
        self._count = 0

    def add(self, refused: Refused) -> None:
        self._count += 1
        if not self._count & (self._count - 1):  # 1, 2, 4, 8, ...
            _log.error("refused: %s (%d so far)", refused, self._count)


def require_token(token: str) -> None:
    """From now on this process's masters and workers of Locust talk under this token; empty means without.

    A master that would listen beyond this machine without a token ends the process with exit code 2.
    """
    refusals = _Refusals()
    zmqrpc.Server, zmqrpc.Client = _server(token, refusals), _client(token, refusals)  # type: ignore[misc]
    zmqrpc.BaseSocket.__init__ = _bounded(zmqrpc.BaseSocket.__init__, token)  # type: ignore[method-assign]


def _server(token: str, refusals: _Refusals) -> type[zmqrpc.Server]:
    """The master's end."""

    @cache  # sockets may be made anew, and processes by forking: each is one session from its first message on
    def door() -> Door:
        return Door(Seals(token, "down", "up"))

    class Server(zmqrpc.Server):
        """Locust's, that hears members only."""

        def __init__(self, host: str, port: int) -> None:
            _keep_in(host, token)
            self._gate: Gate | None = None
            if not token:
                super().__init__(host, port)
                return
            zmqrpc.BaseSocket.__init__(self, ROUTER, True)
            self._gate = _gate(host, port, lambda: refusals.add(Refused("a connection without the join token")))
            self._gate.open(self.socket)
            self.port = self._gate.port

        def close(self, linger: int | None = None) -> None:
            if self._gate is not None:
                self._gate.close()
            super().close(linger)

        def send_to_client(self, msg: Message) -> None:
            super().send_to_client(_Wire(msg.node_id, door().sealed(msg)) if token else msg)

        def recv_from_client(self) -> tuple[str, Message]:
            while token:
                try:
                    address, wire = _two(_received(self.socket.recv_multipart))
                    return address, door().opened(address, wire)
                except Refused as refused:
                    refusals.add(refused)
            stock: tuple[str, Message] = super().recv_from_client()
            return stock

    return Server


def _client(token: str, refusals: _Refusals) -> type[zmqrpc.Client]:
    """A worker's end."""

    @cache  # as above
    def guest() -> Guest:
        return Guest(Seals(token, "up", "down"))

    class Client(zmqrpc.Client):
        """Locust's, that hears its own master only."""

        def send(self, msg: Message) -> None:
            super().send(_Wire(msg.node_id, guest().sealed(msg)) if token else msg)

        def recv(self) -> Message:
            while token:
                try:
                    return guest().opened(_received(self.socket.recv))
                except Refused as refused:
                    refusals.add(refused)
            message: Message = super().recv()
            return message

    return Client


def _gate(host: str, port: int, refused: Callable[[], None]) -> Gate:
    try:
        return Gate(host, port, refused)
    except OSError as error:  # in the words that Locust looks for
        raise RPCError(f"Socket bind failure: {error.strerror}") from error


def _bounded(stock: Callable[..., None], token: str) -> Callable[..., None]:
    """How a socket is made, locked and with a limit on what it takes in: once it is bound it is too late for that."""

    def make(socket: zmqrpc.BaseSocket, kind: int, ipv4_only: bool) -> None:
        stock(socket, kind, ipv4_only)
        socket.socket.setsockopt(MAXMSGSIZE, LARGEST_BYTES)
        if token:
            lock(socket.socket, token)

    return make


def _received(receive: Callable[[], _Bytes]) -> _Bytes:
    try:
        return receive()
    except ZMQError as error:
        raise RPCError("ZMQ network broken") from error


def _two(frames: list[bytes]) -> tuple[str, bytes]:
    """A sender's address and its message."""
    if len(frames) != 2:
        raise Refused("a message without the join token")
    return frames[0].decode(errors="replace"), frames[1]


def _keep_in(host: str, token: str) -> None:
    problem = token_problem(token)
    if problem and not is_loopback(host):
        print(f"hubbub: {TOKEN_VARIABLE} {problem}, and the master would listen on {host}", file=sys.stderr)
        sys.exit(_USAGE)
