"""One exchange over HTTP: send a body, take in the answer, and end in a reply or in one failure class."""

import asyncio
import re
from collections.abc import Callable
from typing import NoReturn, Protocol, TypeVar

import aiohttp
from msgspec import Struct
from multidict import CIMultiDictProxy
from yarl import URL

from hubbub.clock import Clock
from hubbub.connectors.auth import Credentials
from hubbub.connectors.busy import Patience
from hubbub.connectors.deadlines import Deadlines
from hubbub.connectors.failures import describe, failure_of
from hubbub.connectors.inflate import Inflate, inflater
from hubbub.connectors.pool import Answer, Connection, Line, Pool, left_over
from hubbub.connectors.protocol import Watch
from hubbub.connectors.rawbody import RawBody, Unwatched
from hubbub.connectors.retry_after import retry_after_s
from hubbub.connectors.signing import Signature, Tokens, token_request
from hubbub.errors import ExchangeFailed
from hubbub.model import Busy, Hmac, OAuth2, Timeouts

_ERROR_BODY_BYTES = 2048
_ERROR_BODY_S = 1.0  # the status is known: its explanation is not worth a longer wait
_DETAIL_CHARS = 300
_LENGTH = b"Content-Length: "
_BLANKS = re.compile(r"[\s\x00-\x1f]+")


class Head(Struct, frozen=True):
    """The status and headers of a good answer."""

    status: int
    headers: CIMultiDictProxy[str]

    @property
    def media_type(self) -> str:
        """The content type in lower case, without parameters."""
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()

    @property
    def framed(self) -> bool:
        """The body says itself where it ends; otherwise the closing of the connection does, early or not."""
        return self.status == 204 or "Content-Length" in self.headers or "Transfer-Encoding" in self.headers


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
    busy: Busy = Busy()


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
            self._tokens = Tokens(self._fetch, token_request(target.oauth2, target.credentials.secret), clock.now)
        self._patience = Patience(target.busy, clock.now) if target.busy.policy != "count" else None
        self._signature = Signature(target.hmac, target.credentials.secret) if target.hmac is not None else None

    async def close(self) -> None:
        """Close all sockets."""
        await self.pool.close()
        if self._token_wire is not None:
            await self._token_wire.close()

    def hide(self, text: str) -> str:
        """The text without secrets, those that were fetched included."""
        return self.target.credentials.hide(text, self._tokens.secrets if self._tokens is not None else ())

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
            lines += self._signature.lines(body)
        return prefix.removesuffix(_LENGTH) + lines + _LENGTH, token

    async def exchange(
        self, body: bytes, watch: Watch, choose: Callable[[Head], R], prefix: bytes | None = None
    ) -> tuple[Head, R]:
        """Send a body; `choose` picks how to read the answer by its head. Raises ExchangeFailed, and only that.

        `prefix` is another request head than the target's, up to its content length.
        """
        if self._patience is None:
            return await self._once(body, watch, choose, prefix)
        return await self._patience.see_through(lambda: self._once(body, watch, choose, prefix), body, watch)

    async def _once(
        self, body: bytes, watch: Watch, choose: Callable[[Head], R], prefix: bytes | None
    ) -> tuple[Head, R]:
        head, token = prefix or self.target.prefix, ""
        if self._tokens is not None or self._signature is not None:
            head, token = await self._signed(head, body)
        exchange = _Exchange(self, watch)
        try:
            return await exchange.run(body, choose, head)
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

    __slots__ = ("connection", "deadlines", "line", "reading", "status", "watch", "wire")

    def __init__(self, wire: Wire, watch: Watch) -> None:
        self.wire = wire
        self.watch = watch
        self.deadlines = Deadlines(wire.target.timeouts, wire.now, wire.loop)
        self.connection: Connection | None = None
        self.line: Line | None = None
        self.reading: Reading | None = None
        self.status = 0

    async def run(self, body: bytes, choose: Callable[[Head], R], prefix: bytes) -> tuple[Head, R]:
        request = b"%b%d%b\r\n\r\n%b" % (prefix, len(body), self._trace(), body)
        message, content = await self._asked(request)
        self.watch.byte()
        self.status = message.code
        if not 200 <= message.code < 300:
            await self._refused(message.code, message.headers, content)
        head = Head(message.code, message.headers)
        self.reading = reading = choose(head)
        await self._read(content, reading, self._inflater(head))
        connection, self.connection = self.connection, None
        assert connection is not None
        assert self.line is not None
        self.wire.pool.give_back(connection, self.line, content)
        return head, reading

    def _trace(self) -> bytes:
        """The header that lets the agent's traces join ours; nothing for a watch that does not name its turn."""
        name = getattr(self.watch, "traceparent", "") if self.wire.target.traced else ""
        return b"\r\ntraceparent: " + name.encode() if name else b""

    async def _asked(self, request: bytes) -> Answer:
        """The head of the answer. A kept connection that dies before a byte of it lost a race: once more, afresh."""
        self.connection, line, waited_s = await self.wire.pool.connection(self.deadlines)
        self.watch.pool_wait_s += waited_s
        self.line = line
        self.deadlines.connected = True
        try:
            line.ask(request)
            return await line.answer()
        except (aiohttp.ClientConnectionError, ConnectionError):
            if not line.used or line.first:
                raise
        self.connection.close()
        self.watch.fresh_retries += 1
        self.deadlines.connected = False
        self.connection, self.line = await self.wire.pool.fresh()
        self.deadlines.connected = True
        self.line.ask(request)
        return await self.line.answer()

    def _inflater(self, head: Head) -> Inflate | None:
        coding = head.headers.get("Content-Encoding")
        limit = self.wire.target.max_bytes
        length = head.headers.get("Content-Length", "")
        if length.isdigit() and int(length) > limit:
            raise ExchangeFailed("too_large", f"the answer announces {length} bytes, of {limit} allowed")
        return None if coding is None else inflater(coding, limit)

    async def _read(self, content: aiohttp.StreamReader, reading: Reading, inflate: Inflate | None) -> None:
        """Feed the body to its reading. Bytes that came together with a failure are read before the failure counts."""
        assert self.line is not None
        left = self.wire.target.max_bytes
        broken: BaseException | None = None
        data = b"more"
        while data and broken is None:
            try:
                data = await content.readany()
            except (aiohttp.ClientError, OSError) as error:
                broken, data = error, left_over(content)
            left -= len(data)
            if data and self._take(data, left, reading, inflate):
                return
        broken = broken or self.line.exception()
        if broken is None or isinstance(broken, aiohttp.ServerDisconnectedError):
            if inflate is not None:
                inflate.end()
            reading.end()
        elif not reading.whole():
            lost = self.line.exception()  # says whether it was reset, which the body's own error does not
            raise lost if isinstance(lost, aiohttp.ClientOSError) else broken

    def _take(self, data: bytes, left: int, reading: Reading, inflate: Inflate | None) -> bool:
        self.deadlines.last = self.wire.now()
        if inflate is not None:
            data = inflate.feed(data)
        done = bool(data) and reading.feed(data, self.watch)
        if left < 0:
            raise ExchangeFailed("too_large", f"the answer is larger than {self.wire.target.max_bytes} bytes")
        if done:
            return True
        self.deadlines.spoken = reading.spoken
        return False

    def class_of(self, error: Exception) -> str:
        """The class of an error, with what we know of the line: a TLS alert is not just an answer that is no HTTP."""
        if self.line is not None and self.line.first[:2] == b"\x15\x03":
            return "tls"
        return failure_of(error)

    def failed(self, failure: str, detail: str, status: int = 0, wait_s: float | None = None) -> ExchangeFailed:
        """The failure as it leaves us: one line, no secrets, with the text that had come."""
        said = self.wire.hide(_BLANKS.sub(" ", detail)).strip()[:_DETAIL_CHARS]
        partial = self.reading.partial() if self.reading is not None else ""
        return ExchangeFailed(failure, said, status=status or self.status, retry_after_s=wait_s, partial=partial)

    async def _refused(self, status: int, headers: CIMultiDictProxy[str], content: aiohttp.StreamReader) -> NoReturn:
        detail = f"{status} {await self._explanation(content)}".strip()
        if 300 <= status < 400:
            place = headers.get("Location", "").partition("?")[0]
            raise ExchangeFailed("redirect", f"{status} to {place or 'nowhere'}", status=status)
        wait_s = retry_after_s(headers)
        if status == 429:
            raise ExchangeFailed("http_429", detail, status=status, retry_after_s=wait_s)
        if 400 <= status < 600:
            raise ExchangeFailed(f"http_{status // 100}xx", detail, status=status, retry_after_s=wait_s)
        raise ExchangeFailed("malformed", f"status {status} has no meaning here", status=status)

    async def _explanation(self, content: aiohttp.StreamReader) -> str:
        """The first bytes of an error's body, as far as they come soon."""
        said = b""
        self.deadlines.allow(min(_ERROR_BODY_S, self.wire.target.timeouts.gap_s))
        try:
            while len(said) < _ERROR_BODY_BYTES and (data := await content.readany()):
                said += data
        except asyncio.CancelledError:
            if not self.deadlines.why_cancelled():
                raise
        except (aiohttp.ClientError, OSError):
            pass
        return said[:_ERROR_BODY_BYTES].decode("utf-8", "replace")
