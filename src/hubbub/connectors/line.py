"""A connection that hands an answer over while it comes, a piece at a time, without a task or a buffer in between.

The connecting, and what becomes of a connection, are aiohttp's; llhttp (by way of httptools) reads the answers.
"""

import asyncio
import select
from collections.abc import Callable
from typing import Protocol

import aiohttp
import httptools
from aiohttp.client_proto import ResponseHandler

from hubbub.connectors.farewell import has_left, lookout, read_it_all
from hubbub.connectors.head import Raw

_SWITCHING = 101
_PARTING_S = 0.05  # a farewell this soon after an answer is the end of that one, whatever has left since
_ROOM = 2**17  # bytes of head or trailers, which no answer needs; of a body the exchange sets the limit


class Taker(Protocol):
    """What an answer is handed to. None of these raises."""

    def head(self, status: int, headers: Raw) -> None:
        """The status and headers; interim answers (1xx) are left out."""

    def body(self, data: bytes) -> None:
        """A piece of the body."""

    def over(self) -> None:
        """HTTP says that the answer is whole."""

    def lost(self, error: Exception) -> None:
        """The answer ends here, before HTTP says so: the connection is gone, or what came is no HTTP.

        A farewell of the agent's own is ServerDisconnectedError.
        """


class Line(ResponseHandler):
    """One connection. It remembers whether it was used before, and the first bytes of its present answer."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(loop)
        self.used = False
        self.first = b""
        self.heard_out = False  # they read the whole request, and hung up on it
        self.complete = True  # no answer is under way
        self.when_complete: Callable[[], None] | None = None  # told when the present answer is over
        self._answered_at = 0.0
        self._lookout: select.poll | None = None  # once it is used again
        self._taker: Taker | None = None
        self._headers: Raw = {}
        self.on_header = self._headers.setdefault  # each header, and each trailer, of which no more is made
        self._interim = False
        self._room = _ROOM
        self._reader = httptools.HttpResponseParser(self)
        # what agents write by hand and every other client takes: other ends of lines, blanks after a chunk's size
        self._reader.set_dangerous_leniencies(
            lenient_headers=True, lenient_optional_cr_before_lf=True, lenient_spaces_after_chunk_size=True
        )

    @property
    def should_close(self) -> bool:
        """Whether the connection must not be used for another exchange."""
        return self._should_close or not self.complete

    def is_connected(self) -> bool:
        """Whether another exchange may be begun here: the other side is still there."""
        if not super().is_connected():
            return False
        if self.used and self._lookout is None:
            self._lookout = lookout(self.transport)
        return not has_left(self._lookout)

    def ask(self, request: bytes, taker: Taker) -> None:
        """Send a request, and hand its answer over. Raises ServerDisconnectedError when the line is already dead."""
        if self.transport is None or self.transport.is_closing():
            raise aiohttp.ServerDisconnectedError
        self._taker = taker
        self.complete = self._interim = self.heard_out = False
        self.first = b""
        self._room = _ROOM
        self.transport.write(request)

    # -- what the transport tells ----------------------------------------------------------------------------------

    def data_received(self, data: bytes) -> None:
        """Bytes that come while nothing was asked belong to no reply: the connection is given up."""
        if self.complete:
            self._hang_up()
            return
        if not self.first:
            self.first = data[:8]
        self._room -= len(data)
        try:
            self._reader.feed_data(data)
            if self._room < 0 and not self.complete:
                raise httptools.HttpParserError(f"more than {_ROOM} bytes of head")
        except httptools.HttpParserUpgrade:
            self._end(httptools.HttpParserInvalidStatusError("the agent would speak another protocol"))
        except httptools.HttpParserError as error:
            self._end(error)

    def eof_received(self) -> None:
        """The other side will say no more."""
        since_s = self._loop.time() - self._answered_at
        self.heard_out = not self.complete and since_s > _PARTING_S and read_it_all(self.transport)
        super().eof_received()

    def connection_lost(self, exc: BaseException | None) -> None:
        """Tell whoever waits for an answer how it ended."""
        super().connection_lost(exc)
        self._end(aiohttp.ClientOSError(*exc.args) if isinstance(exc, OSError) else aiohttp.ServerDisconnectedError())

    # -- what llhttp tells -----------------------------------------------------------------------------------------

    def on_message_begin(self) -> None:
        """An answer begins; a second one to a single question makes the connection unfit for more."""
        if self.complete:
            self._should_close = True
        self._headers.clear()

    def on_headers_complete(self) -> None:
        """The head is there."""
        status = self._reader.get_status_code()
        self._interim = 100 <= status < 200 and status != _SWITCHING
        if self._taker is not None and not self._interim:
            self._taker.head(status, self._headers.copy())

    def on_body(self, data: bytes) -> None:
        """A piece of the body."""
        self._room = _ROOM
        if self._taker is not None:
            self._taker.body(data)

    def on_message_complete(self) -> None:
        """The answer is whole, or an interim one is and the real one follows."""
        if self._interim:
            self._interim = False
        elif self._taker is not None:
            taker, self._taker = self._taker, None
            self._should_close = self._should_close or not self._reader.should_keep_alive()
            self._completed()
            taker.over()

    # -- ends ------------------------------------------------------------------------------------------------------

    def _end(self, error: Exception) -> None:
        taker, self._taker = self._taker, None
        self._hang_up()
        self._completed()
        if taker is not None:
            taker.lost(error)

    def _completed(self) -> None:
        self.complete = True
        self._answered_at = self._loop.time()
        if self.when_complete is not None:
            self.when_complete()

    def _hang_up(self) -> None:
        self._should_close = True
        if self.transport is not None:
            self.transport.close()
