"""A line that stays open in both directions: one WebSocket per conversation, frames out, frames in."""

import asyncio
from collections import deque
from typing import Any, Protocol

import aiohttp
from msgspec import Struct

from hubbub.clock import Clock
from hubbub.connectors.busy import Patience
from hubbub.connectors.deadlines import Deadlines
from hubbub.connectors.failures import describe, failure_of
from hubbub.connectors.gathering import Gathering
from hubbub.connectors.protocol import Caller, Session, Watch
from hubbub.connectors.retry_after import retry_after_s
from hubbub.connectors.secrecy import Secrets
from hubbub.connectors.spoken import Presets
from hubbub.connectors.wire import Target
from hubbub.errors import ExchangeFailed
from hubbub.model import Reply

_DETAIL_CHARS = 300
_CLOSES_WITHIN_S = 1.0


class Tongue(Protocol):
    """A protocol of frames, for one conversation."""

    quiet_s: float  # a reply is over after so long a silence; 0 where the protocol marks its end

    def opening(self) -> tuple[str, ...]:
        """What is sent when the line is open, before the first turn."""

    def frames(self, texts: tuple[str, ...]) -> tuple[str, ...]:
        """A turn."""

    def interruption(self, said: str, for_s: float) -> str | None:
        """What to send when the customer speaks while a reply comes; None where turns wait in line."""

    def gathering(self) -> Gathering:
        """Where a reply is gathered."""

    def take(self, gathering: Gathering, frame: str) -> bool:
        """Take in a frame. True when it brought visible text. Raises ExchangeFailed."""


class Settings(Struct, frozen=True):
    """What all conversations of a connector share."""

    target: Target
    clock: Clock
    presets: Presets
    patience: Patience | None = None  # what is done about a handshake that is refused with 429 or 503; None: nothing


class _Turn:
    """A turn that waits for its reply."""

    __slots__ = ("deadlines", "events", "future", "gathering", "quiet", "since", "size", "watch")

    def __init__(self, gathering: Gathering, watch: Watch, deadlines: Deadlines, now: float) -> None:
        self.gathering = gathering
        self.watch = watch
        self.deadlines = deadlines
        self.future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.since = now
        self.events = self.size = 0
        self.quiet: asyncio.TimerHandle | None = None

    def finish(self, error: ExchangeFailed | None = None) -> None:
        """The reply is over, well or not."""
        if self.quiet is not None:
            self.quiet.cancel()
        if not self.future.done():
            if error is None:
                self.future.set_result(None)
            else:
                self.future.set_exception(error)


async def _refuse_redirect(*_: Any) -> None:
    raise ExchangeFailed("redirect", "the handshake was redirected")


def open_client() -> aiohttp.ClientSession:
    """Sockets for all conversations: no cookies, no proxies, no redirects, no limits."""
    tracing = aiohttp.TraceConfig()
    tracing.on_request_redirect.append(_refuse_redirect)
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0, force_close=True),
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=None, connect=None, sock_connect=None, sock_read=None),
        trace_configs=[tracing],
    )


class DuplexSession:
    """One conversation's line. It is opened with the first turn, and again when it was lost in between."""

    def __init__(self, settings: Settings, client: aiohttp.ClientSession, tongue: Tongue) -> None:
        self._settings = settings
        self._client = client
        self._tongue = tongue
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._opening = asyncio.Lock()
        self._reader: asyncio.Task[None] | None = None
        self._waiting: deque[_Turn] = deque()

    async def say(self, texts: tuple[str, ...], watch: Watch) -> Reply:
        """Send a turn and take in the whole reply; see Session."""
        now, patience = self._settings.clock.now, self._settings.patience
        if patience is not None and not self._is_open:
            about = "".join((*self._tongue.opening(), *texts)).encode()
            await patience.see_through(self._open_in_time, about, watch)
        deadlines = Deadlines(self._settings.target.timeouts, now, asyncio.get_running_loop())
        turn = _Turn(self._tongue.gathering(), watch, deadlines, now())
        try:
            await self._ask(turn, texts)
            await turn.future
        except asyncio.CancelledError:
            missed = deadlines.why_cancelled()
            if not missed:
                raise
            raise self._failed(ExchangeFailed(missed, deadlines.explain()), turn) from None
        except Exception as error:  # noqa: BLE001 - whatever a library raises becomes one of our classes, by one table
            raise self._failed(_failure(error), turn) from None
        finally:
            deadlines.stop()
            turn.finish()
            if not turn.future.cancelled():
                turn.future.exception()  # looked at, so that the loop does not report it as lost
            if turn in self._waiting:
                self._waiting.remove(turn)
        return self._reply(turn)

    async def _ask(self, turn: _Turn, texts: tuple[str, ...]) -> None:
        socket = await self._open()
        turn.deadlines.connected = True
        for earlier in list(self._waiting):
            said = earlier.gathering.text
            frame = self._tongue.interruption(said, self._settings.clock.now() - earlier.since) if said else None
            if frame is not None:
                earlier.gathering.proof = "interrupted"
                self._waiting.remove(earlier)
                earlier.finish()
                await socket.send_str(frame)
        self._waiting.append(turn)
        for frame in self._tongue.frames(texts):
            await socket.send_str(frame)

    @property
    def _is_open(self) -> bool:
        return self._socket is not None and not self._socket.closed

    async def _open_in_time(self) -> None:
        """Open the line on clocks of its own, as it may have to be tried again. Raises ExchangeFailed."""
        deadlines = Deadlines(self._settings.target.timeouts, self._settings.clock.now, asyncio.get_running_loop())
        try:
            await self._open()
        except asyncio.CancelledError:
            missed = deadlines.why_cancelled()
            if not missed:
                raise
            raise ExchangeFailed(missed, deadlines.explain()) from None
        except Exception as error:  # noqa: BLE001 - whatever a library raises becomes one of our classes, by one table
            raise self._failed(_failure(error)) from None
        finally:
            deadlines.stop()

    async def _open(self) -> aiohttp.ClientWebSocketResponse:
        async with self._opening:
            if self._socket is None or self._socket.closed:
                target = self._settings.target
                self._socket = await self._client.ws_connect(
                    target.url, headers=dict(target.credentials.headers), max_msg_size=target.max_bytes
                )
                self._reader = asyncio.get_running_loop().create_task(self._read(self._socket))
                for frame in self._tongue.opening():
                    await self._socket.send_str(frame)
            return self._socket

    async def _read(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        """Hand each frame to the turn that has waited longest; what comes while nobody waits belongs to no reply."""
        error: BaseException | None = None
        async for message in socket:
            if message.type is aiohttp.WSMsgType.ERROR:
                error = message.data
            elif message.type in (aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY) and self._waiting:
                self._hand(self._waiting[0], message.data)
        error = error or socket.exception()
        for turn in list(self._waiting):
            turn.finish(_lost(socket.close_code, error, turn.gathering))
        self._waiting.clear()

    def _hand(self, turn: _Turn, data: str | bytes) -> None:
        if not turn.size:
            turn.watch.byte()
        turn.size += len(data)
        turn.events += 1
        turn.deadlines.last = self._settings.clock.now()
        turn.watch.event()
        try:
            frame = data if isinstance(data, str) else data.decode()
            said = self._tongue.take(turn.gathering, frame)
            if turn.size > self._settings.target.max_bytes:
                raise ExchangeFailed("too_large", f"the reply is larger than {self._settings.target.max_bytes} bytes")
        except (ExchangeFailed, UnicodeDecodeError, RecursionError) as error:
            self._waiting.popleft()
            turn.finish(error if isinstance(error, ExchangeFailed) else ExchangeFailed("malformed", describe(error)))
            return
        if said:
            turn.deadlines.spoken = True
            turn.watch.text()
        if turn.gathering.proof:
            self._waiting.popleft()
            turn.finish()
        elif said and self._tongue.quiet_s:
            self._await_quiet(turn)

    def _await_quiet(self, turn: _Turn) -> None:
        if turn.quiet is not None:
            turn.quiet.cancel()
        turn.quiet = asyncio.get_running_loop().call_later(self._tongue.quiet_s, self._quiet, turn)

    def _quiet(self, turn: _Turn) -> None:
        turn.gathering.proof = f"quiet for {self._tongue.quiet_s:g} s"
        if turn in self._waiting:
            self._waiting.remove(turn)
        turn.finish()

    def _reply(self, turn: _Turn) -> Reply:
        gathering = turn.gathering
        return Reply(
            text=gathering.text,
            status=101,
            completed_by=gathering.proof,
            events=turn.events,
            size=turn.size,
            session=gathering.session,
            trace=gathering.trace,
            signals=self._settings.presets.apply(gathering, gathering.proof),
            tools=gathering.tools,
            ended=gathering.ended,
        )

    def _failed(self, error: ExchangeFailed, turn: _Turn | None = None) -> ExchangeFailed:
        said = " ".join(error.detail.split())[:_DETAIL_CHARS]
        partial = turn.gathering.text if turn is not None else ""
        return ExchangeFailed(
            error.failure, said, status=error.status, retry_after_s=error.retry_after_s, partial=partial
        )

    async def close(self) -> None:
        """Hang up, and do not wait long for the other side to agree."""
        if self._reader is not None:
            self._reader.cancel()
        if self._socket is not None and not self._socket.closed:
            try:
                async with asyncio.timeout(_CLOSES_WITHIN_S):
                    await self._socket.close()
            except (TimeoutError, aiohttp.ClientError, OSError):
                pass


class Duplex:
    """A way to reach one agent over WebSockets."""

    def __init__(self, settings: Settings, speak: "Speak", blind: tuple[str, ...] = ()) -> None:
        self._settings = settings
        self._speak = speak
        self._client = open_client()
        self.blind = (*settings.presets.blind, *blind)

    @property
    def secrets(self) -> Secrets:
        """What the agent may not be heard saying."""
        return self._settings.target.credentials.secrets

    def session(self, caller: Caller) -> Session:
        """A line for one conversation."""
        return DuplexSession(self._settings, self._client, self._speak(caller))

    async def close(self) -> None:
        """Release sockets."""
        await self._client.close()


class Speak(Protocol):
    """Makes the tongue of a conversation."""

    def __call__(self, caller: Caller) -> Tongue:
        """The tongue of this customer's conversation."""


def _failure(error: Exception) -> ExchangeFailed:
    """An error as a failure of ours; a refused handshake is known by its status."""
    if isinstance(error, ExchangeFailed):
        return error
    if not isinstance(error, aiohttp.WSServerHandshakeError):
        return ExchangeFailed(failure_of(error), describe(error))
    status, words = error.status, f"the handshake was answered {error.status}"
    if not 400 <= status < 600:
        why = f" and is none: {error.message}" if status == 101 else ", not 101"
        return ExchangeFailed("malformed", words + why, status=status)
    failure = "http_429" if status == 429 else f"http_{status // 100}xx"
    return ExchangeFailed(failure, words, status=status, retry_after_s=retry_after_s(error.headers or {}))


def _lost(code: int | None, error: BaseException | None, gathering: Gathering) -> ExchangeFailed:
    """The line is gone while a reply was expected."""
    if isinstance(error, aiohttp.WebSocketError):  # a frame of theirs, on which aiohttp hangs up
        large = error.code == aiohttp.WSCloseCode.MESSAGE_TOO_BIG
        return ExchangeFailed("too_large" if large else "malformed", describe(error))
    if error is not None and not isinstance(error, aiohttp.ClientConnectionResetError):  # our own farewell, too late
        return ExchangeFailed(failure_of(error), describe(error))
    if gathering.text:
        return ExchangeFailed("truncated", f"closed with code {code} before {gathering.wanted}")
    return ExchangeFailed("closed", f"closed with code {code} without a reply")
