"""One exchange over HTTP: send a body, take in the answer, and end in a reply or in one failure class."""

import asyncio
import re
from collections.abc import Callable, Coroutine
from typing import Any, NoReturn, Protocol, TypeVar, cast

import aiohttp
from msgspec import Struct
from yarl import URL

from hubbub.clock import Clock
from hubbub.connectors.auth import Credentials
from hubbub.connectors.busy import patience_of
from hubbub.connectors.deadlines import Deadlines
from hubbub.connectors.failures import describe, failure_of
from hubbub.connectors.head import Head as Head
from hubbub.connectors.head import Raw, head_of
from hubbub.connectors.inflate import Inflate, inflater
from hubbub.connectors.pool import Connection, Line, Pool
from hubbub.connectors.protocol import Watch
from hubbub.connectors.rawbody import RawBody, Unwatched
from hubbub.connectors.retry_after import retry_after_s
from hubbub.connectors.secrecy import Secrets
from hubbub.connectors.signing import Signature, Tokens, token_request
from hubbub.connectors.sigv4 import Keys, SigV4
from hubbub.errors import ExchangeFailed
from hubbub.model import Busy, Hmac, OAuth2, Timeouts

_ERROR_BODY_BYTES = 2048
_ERROR_BODY_S = 1.0  # the status is known: its explanation is not worth a longer wait
_DETAIL_CHARS = 300
_LENGTH = b"Content-Length: "
_BLANKS = re.compile(r"[\s\x00-\x1f]+")


class Reading(Protocol):
    """Takes in the body of a good answer, piece by piece; pure, so that every cut of the bytes can be tried on it."""

    spoken: bool  # visible text has come

    def feed(self, data: bytes, watch: Watch) -> bool:
        """Take a piece. True when the protocol's own end mark is there. Raises ExchangeFailed."""

    def end(self) -> None:
        """The body is over. Raises ExchangeFailed when the protocol's proof of completion is missing."""

    def whole(self) -> bool:
        """The protocol's proof of completion has come, so that a connection lost afterwards loses nothing."""

    def partial(self) -> str:
        """The text that came so far."""


R = TypeVar("R", bound=Reading)


class Target(Struct, frozen=True):
    """Where and how to send: made once, when connecting. `prefix` is the request up to its content length."""

    url: URL
    prefix: bytes
    credentials: Credentials
    timeouts: Timeouts
    max_bytes: int
    connections: int = 0
    traced: bool = True  # send a traceparent; not where the workload sets one itself
    tokens: "Target | None" = None
    oauth2: OAuth2 | None = None
    hmac: Hmac | None = None
    sigv4: Keys | None = None
    busy: Busy = Busy()


def _signature_of(target: Target) -> Signature | SigV4 | None:
    """What signs each request, where something does."""
    if target.sigv4 is not None:
        return SigV4(target.sigv4)
    return Signature(target.hmac, target.credentials.secret) if target.hmac is not None else None


class Wire:
    """The sockets to one agent. Every way in which an exchange over them can fail becomes one of ours here."""

    def __init__(self, target: Target, clock: Clock) -> None:
        self.target = target
        self.now = clock.now
        self.loop = asyncio.get_running_loop()
        self.pool = Pool(target.url, target.connections)
        self._token_wire = Wire(target.tokens, clock) if target.tokens is not None else None
        self._tokens: Tokens | None = None
        if target.oauth2 is not None:
            asked = token_request(target.oauth2, target.credentials.secret)
            self._tokens = Tokens(self._fetch, asked, clock.now, target.credentials.secrets.add)
        self._patience = patience_of(target.busy, clock.now)
        self._signature = _signature_of(target)

    async def close(self) -> None:
        """Close all sockets."""
        await self.pool.close()
        if self._token_wire is not None:
            await self._token_wire.close()

    @property
    def secrets(self) -> Secrets:
        """What the agent may not be heard saying, tokens that were fetched included."""
        return self.target.credentials.secrets

    async def _fetch(self, request: bytes) -> bytes:
        assert self._token_wire is not None
        _, body = await self._token_wire.exchange(request, Unwatched(), lambda head: RawBody())
        return body.whole_body()

    async def _signed(self, prefix: bytes, body: bytes) -> tuple[bytes, str]:
        """A request head with the headers that are made anew for each, and the token in it."""
        lines, token = b"", ""
        if self._tokens is not None:
            token = await self._tokens.current()
            lines += b"Authorization: Bearer " + token.encode() + b"\r\n"
        if self._signature is not None:
            lines += self._signature.lines(prefix, body)
        return prefix.removesuffix(_LENGTH) + lines + _LENGTH, token

    def exchange(
        self, body: bytes, watch: Watch, choose: Callable[[Head], R], prefix: bytes | None = None
    ) -> Coroutine[Any, Any, tuple[Head, R]]:
        """Send a body; `choose` picks how to read the answer by its head. Raises ExchangeFailed, and only that.

        `prefix` is another request head than the target's, up to its content length.
        """
        if getattr(watch, "message_id", "") and watch.request is None:  # type: ignore[attr-defined]
            watch.request = (body, prefix)  # type: ignore[attr-defined]
        if self._patience is None:
            return self._once(body, watch, choose, prefix)
        return self._patience.see_through(lambda: self._once(body, watch, choose, prefix), body, watch)

    async def _once(
        self, body: bytes, watch: Watch, choose: Callable[[Head], R], prefix: bytes | None
    ) -> tuple[Head, R]:
        head, token = prefix or self.target.prefix, ""
        if self._tokens is not None or self._signature is not None:
            head, token = await self._signed(head, body)
        exchange = _Exchange(self, watch, choose)
        try:
            await exchange.run(body, head)
            return cast(Head, exchange.head_of_it), cast(R, exchange.reading)
        except asyncio.CancelledError:
            missed = exchange.deadlines.why_cancelled()
            if not missed:
                raise
            raise exchange.failed(missed, exchange.deadlines.explain()) from None
        except ExchangeFailed as error:
            if error.status == 401 and self._tokens is not None:
                self._tokens.refused(token)
            raise exchange.failed(error.failure, error.detail, error.status, error.retry_after_s) from None
        except Exception as error:  # noqa: BLE001 - whatever a library raises becomes one of our classes, by one table
            raise exchange.failed(exchange.class_of(error), describe(error)) from None
        finally:
            exchange.deadlines.stop()
            if exchange.connection is not None:
                exchange.connection.close()


class _Exchange:
    """The state of one exchange. A connection still held at its end is closed: only a whole answer gives it back."""

    __slots__ = (
        "_choose",
        "_ended",
        "_inflate",
        "_left",
        "_refusal",
        "connection",
        "deadlines",
        "head_of_it",
        "line",
        "reading",
        "watch",
        "wire",
    )

    def __init__(self, wire: Wire, watch: Watch, choose: Callable[[Head], Reading]) -> None:
        self.wire = wire
        self.watch = watch
        self.deadlines = Deadlines(wire.target.timeouts, wire.now, wire.loop)
        self.connection: Connection | None = None
        self.line: Line | None = None
        self.reading: Reading | None = None
        self.head_of_it: Head | None = None
        self._choose = choose
        self._ended: asyncio.Future[None] = wire.loop.create_future()
        self._inflate: Inflate | None = None
        self._left = wire.target.max_bytes
        self._refusal: bytearray | None = None  # the beginning of an error's body

    @property
    def status(self) -> int:
        """The status of the answer, 0 while there is none."""
        return self.head_of_it.status if self.head_of_it is not None else 0

    async def run(self, body: bytes, prefix: bytes) -> None:
        """Send, and take in the answer; raises whatever came in the way."""
        request = b"%b%d%b\r\n\r\n%b" % (prefix, len(body), self._trace(), body)
        try:
            await self._asked(request)
        except asyncio.CancelledError:  # an error's explanation is not waited for
            if self._refusal is None or not self.deadlines.why_cancelled():
                raise
        if self._refusal is not None:
            self._refuse(bytes(self._refusal))
        connection, self.connection = self.connection, None
        assert connection is not None
        assert self.line is not None
        self.wire.pool.give_back(connection, self.line)

    def _trace(self) -> bytes:
        """The header that lets the agent's traces join ours; nothing for a watch that does not name its turn."""
        name = getattr(self.watch, "traceparent", "") if self.wire.target.traced else ""
        own = getattr(self.watch, "message_id", "")
        trace = b"\r\ntraceparent: " + name.encode() if name else b""
        return trace + b"\r\nIdempotency-Key: " + own.encode() if own else trace

    async def _asked(self, request: bytes) -> None:
        """Ask for an answer. A kept connection that dies before a byte of it lost a race: once more, afresh.

        But who read the whole question and hung up on it has answered: asked again, they would have it twice.
        """
        lying = self.wire.pool.idle()
        if lying is not None:
            self.connection, line = lying
        else:
            self.connection, line, waited_s = await self.wire.pool.connection(self.deadlines)
            self.watch.pool_wait_s += waited_s
        self.line = line
        self.deadlines.connected = True
        try:
            line.ask(request, self)
            await self._ended
            return
        except (aiohttp.ClientConnectionError, ConnectionError):
            if not line.used or line.first or line.heard_out:
                raise
        self.connection.close()
        self.watch.fresh_retries += 1
        self.deadlines.connected = False
        self._ended = self.wire.loop.create_future()
        self.connection, self.line = await self.wire.pool.fresh()
        self.deadlines.connected = True
        self.line.ask(request, self)
        await self._ended

    # -- what the line hands over: nothing here may raise into it --------------------------------------------------

    def head(self, status: int, headers: Raw) -> None:
        """The answer begins."""
        self.watch.byte()
        head = self.head_of_it = head_of(status, headers)
        if not 200 <= status < 300:
            self._refusal = bytearray()
            self.deadlines.allow(min(_ERROR_BODY_S, self.wire.target.timeouts.gap_s))
            return
        try:
            self.reading = self._choose(head)
            self._inflate = self._inflater(head)
        except Exception as error:  # noqa: BLE001 - it is raised where the turn waits
            self._end(error)

    def body(self, data: bytes) -> None:
        """A piece of the answer; what comes after the protocol's own end of it is none."""
        if self._ended.done():
            return
        if self._refusal is not None:
            self._refusal += data
            if len(self._refusal) >= _ERROR_BODY_BYTES:
                self._end()
            return
        reading = self.reading
        assert reading is not None
        self.deadlines.last = self.wire.now()
        self._left -= len(data)
        try:
            if self._inflate is not None:
                data = self._inflate.feed(data)
            done = bool(data) and reading.feed(data, self.watch)
        except Exception as error:  # noqa: BLE001 - it is raised where the turn waits
            self._end(error)
            return
        if self._left < 0:
            limit = self.wire.target.max_bytes
            self._end(ExchangeFailed("too_large", f"the answer is larger than {limit} bytes"))
            return
        self.deadlines.spoken = reading.spoken
        if done:
            self._end()

    def over(self) -> None:
        """HTTP says that the answer is whole: now the protocol must say so too."""
        if self._ended.done():
            return
        try:
            if self._inflate is not None:
                self._inflate.end()
            if self.reading is not None:
                self.reading.end()
        except Exception as error:  # noqa: BLE001 - it is raised where the turn waits
            self._end(error)
        else:
            self._end()

    def lost(self, error: Exception) -> None:
        """The answer breaks off, which loses nothing when the protocol's proof of completion was there."""
        head = self.head_of_it
        if self._ended.done():
            return
        if self._refusal is not None or (self.reading is not None and self.reading.whole()):
            self._end()
        elif not isinstance(error, aiohttp.ServerDisconnectedError) or head is None:
            self._end(error)
        elif head.framed:
            self._end(aiohttp.ClientPayloadError("the connection was closed before the body was whole"))
        else:
            self.over()

    def _end(self, error: Exception | None = None) -> None:
        if self._ended.done():
            return
        self.watch.ended = self.wire.now()
        if error is None:
            self._ended.set_result(None)
        else:
            self._ended.set_exception(error)

    def _inflater(self, head: Head) -> Inflate | None:
        coding = head.coding
        limit = self.wire.target.max_bytes
        length = head.length
        if length is not None and length.isdigit() and int(length) > limit:
            raise ExchangeFailed("too_large", f"the answer announces {length} bytes, of {limit} allowed")
        return None if coding is None else inflater(coding, limit)

    # -- failures --------------------------------------------------------------------------------------------------

    def class_of(self, error: Exception) -> str:
        """The class of an error, with what we know of the line: a TLS alert is not just an answer that is no HTTP."""
        if self.line is not None and self.line.first[:2] == b"\x15\x03":
            return "tls"
        return failure_of(error)

    def failed(self, failure: str, detail: str, status: int = 0, wait_s: float | None = None) -> ExchangeFailed:
        """The failure as it leaves us: one line, with the text that had come."""
        said = _BLANKS.sub(" ", detail).strip()[:_DETAIL_CHARS]
        partial = self.reading.partial() if self.reading is not None else ""
        return ExchangeFailed(failure, said, status=status or self.status, retry_after_s=wait_s, partial=partial)

    def _refuse(self, explanation: bytes) -> NoReturn:
        assert self.head_of_it is not None
        status, headers = self.head_of_it.status, self.head_of_it.headers
        detail = f"{status} {explanation[:_ERROR_BODY_BYTES].decode('utf-8', 'replace')}".strip()
        if 300 <= status < 400 and status != 304:  # not modified: an answer to a question that nobody put
            place = headers.get("Location", "").partition("?")[0]
            raise ExchangeFailed("redirect", f"{status} to {place or 'nowhere'}", status=status)
        wait_s = retry_after_s(headers)
        if status == 429:
            raise ExchangeFailed("http_429", detail, status=status, retry_after_s=wait_s)
        if 400 <= status < 600:
            raise ExchangeFailed(f"http_{status // 100}xx", detail, status=status, retry_after_s=wait_s)
        raise ExchangeFailed("malformed", f"status {status} has no meaning here", status=status)
