"""The page's HTTP server, with bounds on what those may cost who have shown no token: connections, seconds and bytes.

gevent's server takes in every connection, waits for ever for a request's next byte, and reads up to 6.5 MB of headers.
"""

import socket
from collections.abc import Callable
from http.client import LineTooLong
from types import SimpleNamespace
from typing import Any

import gevent
from gevent import pywsgi
from locust import web

from hubbub.locust_bridge.strangers import Strangers

MOST_STRANGERS = 64
PATIENCE_S = 15.0  # from the connection to the first request that may be served: slow headers and bodies end here
MOST_CONNECTIONS = 512  # in all, so also of those who know the token
HEAD_BYTES = 32_768  # a browser's headers take 1 to 4 kB; cookies of other pages on this host may add to them
BODY_BYTES = 1_048_576  # forms of the page take less than 2 kB
_IDLE_S = 75.0  # without a byte on a connection, also between requests; browsers keep theirs for as long


class _Head:
    """The start of a request, read line by line: LineTooLong after so many bytes, which gevent answers with 400."""

    def __init__(self, rfile: Any) -> None:
        self._readline = rfile.readline
        self._left = HEAD_BYTES

    def readline(self, most: int) -> bytes:
        """The next line."""
        line: bytes = self._readline(min(most, self._left + 1))
        self._left -= len(line)
        if self._left < 0:
            raise LineTooLong("header lines together")
        return line


class _Request(pywsgi.WSGIHandler):  # type: ignore[misc]
    """A connection's requests."""

    def MessageClass(self, rfile: Any, *rest: Any) -> Any:
        """A request's headers."""
        return super().MessageClass(_Head(rfile), *rest)

    def _handle_client_error(self, ex: Exception) -> Any:
        """A request that is none: 400, whatever is wrong with it, and no traceback."""
        return super()._handle_client_error(ex if isinstance(ex, ValueError) else ValueError(str(ex)))

    def log_error(self, msg: str, *args: Any) -> None:
        """Says what strangers sent, ever more rarely: they must not fill the log."""
        self.server.rubbish += 1
        if not self.server.rubbish & (self.server.rubbish - 1):  # 1, 2, 4, 8, ...
            super().log_error(msg, *args)


def bound_pages() -> Callable[[], None]:
    """From now on this process serves Locust's pages within bounds. Call what is returned when a request is let in."""
    strangers = Strangers(MOST_STRANGERS, PATIENCE_S)

    class Server(pywsgi.WSGIServer):  # type: ignore[misc]
        """Whom it speaks to is a stranger until a request of its connection is let in."""

        handler_class = _Request
        rubbish = 0

        def __init__(self, *args: Any, **rest: Any) -> None:
            super().__init__(*args, spawn=MOST_CONNECTIONS, **rest)

        def init_socket(self) -> None:
            super().init_socket()
            self._handle: Callable[..., None] = _seated(self._handle, strangers)

    vars(web)["pywsgi"] = SimpleNamespace(WSGIServer=Server)
    return lambda: _admit(strangers)


def _admit(strangers: Strangers) -> None:
    strangers.leave(gevent.getcurrent())  # a connection is a greenlet


def _seated(stock: Callable[..., None], strangers: Strangers) -> Callable[..., None]:
    """How a connection is served. Its descriptor is held twice meanwhile, as TLS takes the socket for its own."""

    def serve(one: socket.socket, address: object) -> None:
        who = gevent.getcurrent()
        one.settimeout(_IDLE_S)
        with one.dup() as door:
            strangers.arrive(who, lambda: _end(door))
            try:
                stock(one, address)
            except OSError:
                pass  # a handshake of TLS that came to nothing
            finally:
                strangers.leave(who)

    return serve


def _end(door: socket.socket) -> None:
    try:
        door.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass  # it has ended
