"""Who may take part: master and workers seal their messages with a token that both hold.

Locust's own transport believes whoever reaches its port. Here every message carries a keyed digest (HMAC-SHA-256, RFC
2104) over its bytes, its direction, its sender's name for this session, a running number and the time, so that a
stranger's is refused and a message that is repeated is too. Nothing is hidden: across open networks, use a tunnel.
"""

import hmac
import secrets
import sys
import time
from collections.abc import Callable
from typing import Any

import msgspec
from locust.exception import RPCReceiveError
from locust.rpc import zmqrpc
from locust.rpc.protocol import Message

from hubbub.locust_bridge.guard import is_loopback, token_problem

TOKEN_VARIABLE = "HUBBUB_JOIN_TOKEN"  # noqa: S105 - the name of a variable
_SEALED = "hubbub_sealed"
_OLDEST_S = 300.0  # clocks of machines may differ by this
_USAGE = 2


class Seals:
    """Seals of one end. `out` and `in_` are the directions, so that a message cannot be thrown back at its sender."""

    def __init__(self, token: str, out: str, in_: str, now: Callable[[], float] = time.time) -> None:
        self._key = token.encode()
        self._out, self._in = out, in_
        self._now = now
        self._own = secrets.token_hex(8)
        self._count = 0
        self._seen: dict[str, int] = {}

    def seal(self, message: Message) -> Message:
        """A message that carries another, and the proof of who sent it."""
        self._count += 1
        content = message.serialize()
        head = [self._own, self._count, self._now()]
        return Message(_SEALED, [*head, content, self._digest(self._out, head, content)], message.node_id)

    def open(self, sealed: Message) -> Message:
        """The message within. Raises RPCReceiveError for what a member did not send, or sent before."""
        try:
            own, count, at, content, digest = sealed.data
            head = [str(own), int(count), float(at)]
            genuine = sealed.type == _SEALED and hmac.compare_digest(digest, self._digest(self._in, head, content))
        except (TypeError, ValueError):
            genuine = False
        if not genuine:
            raise RPCReceiveError("refused: a message without the join token")
        if abs(at - self._now()) > _OLDEST_S or count <= self._seen.get(own, 0):
            raise RPCReceiveError("refused: a message that was sent before, or long ago")
        self._seen[own] = count
        message: Message = Message.unserialize(content)
        return message

    def _digest(self, direction: str, head: list[Any], content: bytes) -> bytes:
        return hmac.digest(self._key, msgspec.msgpack.encode([direction, *head]) + content, "sha256")


def require_token(token: str) -> None:
    """From now on this process's masters and workers of Locust talk under this token; empty means without.

    A master that would listen beyond this machine without a token ends the process with exit code 2.
    """

    class Server(zmqrpc.Server):
        """The master's end."""

        def __init__(self, host: str, port: int) -> None:
            _keep_in(host, token)
            super().__init__(host, port)
            self._seals = Seals(token, "down", "up")

        def send_to_client(self, msg: Message) -> None:
            super().send_to_client(self._seals.seal(msg) if token else msg)

        def recv_from_client(self) -> tuple[str, Message]:
            address, message = super().recv_from_client()
            return address, self._seals.open(message) if token else message

    class Client(zmqrpc.Client):
        """A worker's end."""

        def __init__(self, host: str, port: int, identity: str) -> None:
            super().__init__(host, port, identity)
            self._seals = Seals(token, "up", "down")

        def send(self, msg: Message) -> None:
            super().send(self._seals.seal(msg) if token else msg)

        def recv(self) -> Message:
            message: Message = super().recv()
            return self._seals.open(message) if token else message

    zmqrpc.Server, zmqrpc.Client = Server, Client  # type: ignore[misc]


def _keep_in(host: str, token: str) -> None:
    problem = token_problem(token)
    if problem and not is_loopback(host):
        print(f"hubbub: {TOKEN_VARIABLE} {problem}, and the master would listen on {host}", file=sys.stderr)
        sys.exit(_USAGE)
