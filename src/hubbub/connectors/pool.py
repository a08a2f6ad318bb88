"""Connections to one agent: kept alive, known to be used or fresh. It and its lines alone know aiohttp's insides.

aiohttp gives us look-ups, connecting, TLS and the limit. Its request machinery (cookies, proxies, redirects, silent
repeats, timeouts) is left out: we send bytes made beforehand, and lines hand the answers over as they come.
"""

import asyncio
from collections import deque
from functools import partial
from typing import Any, cast

import aiohttp

from hubbub.connectors import aiohttp_insides  # isort: skip - before the insides themselves, to say what is amiss
from aiohttp.client_reqrep import ConnectionKey
from aiohttp.connector import Connection as Connection
from yarl import URL

from hubbub.connectors.deadlines import Deadlines
from hubbub.connectors.line import Line as Line

_KEEP_ALIVE_S = 30.0
_LOOK_UP_LIVES_S = 60.0
_LINGER_S = 1.0  # how long the rest of a stream may take after its own end mark, before the connection is given up
_NO_TIMEOUTS = aiohttp.ClientTimeout(total=None, connect=None, sock_connect=None, sock_read=None)


class _Place(aiohttp.ClientRequest):
    """Where to connect to; stands in for a request when asking aiohttp for a connection."""

    connection_key = cast(ConnectionKey, None)  # made once, where aiohttp makes it anew for each request

    def __init__(self, url: URL, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__("POST", url, loop=loop)
        self.connection_key = cast(ConnectionKey, aiohttp.ClientRequest.connection_key.fget(self))  # type: ignore[attr-defined]


class _Queued:
    """Tells the clocks of an exchange that it stands in our own queue for a connection. An aiohttp Trace by shape."""

    def __init__(self, deadlines: Deadlines) -> None:
        self._deadlines = deadlines
        self.waited_s = 0.0

    async def send_connection_queued_start(self) -> None:
        self._deadlines.queue()

    async def send_connection_queued_end(self) -> None:
        self.waited_s += self._deadlines.dequeue()

    async def _nothing(self, *told: Any) -> None:
        """What else a pool tells is of no interest."""

    send_connection_create_start = send_connection_create_end = send_connection_reuseconn = _nothing
    send_dns_resolvehost_start = send_dns_resolvehost_end = send_dns_cache_hit = send_dns_cache_miss = _nothing


class Pool:
    """All connections of this process to one agent. `limit` 0 means as many as there are exchanges.

    Without a limit, the connections that nobody uses lie here, the last used on top; with one they go back to aiohttp,
    which wakes those who wait for one.
    """

    def __init__(self, url: URL, limit: int = 0) -> None:
        self._loop = asyncio.get_running_loop()
        self._limit = limit
        self._place = _Place(url, self._loop)
        self._kept = self._connector(limit=limit, keepalive_timeout=_KEEP_ALIVE_S)
        self._fresh = self._connector(limit=0, force_close=True)
        self._idle: deque[tuple[Connection, Line, float]] = deque()
        self._lingering: set[Connection] = set()

    def _connector(self, **settings: Any) -> aiohttp.TCPConnector:
        connector = aiohttp.TCPConnector(ttl_dns_cache=int(_LOOK_UP_LIVES_S), **settings)
        aiohttp_insides.ensure_fit(() if hasattr(connector, "_factory") else ("aiohttp.TCPConnector()._factory",))
        connector._factory = cast(Any, partial(Line, loop=self._loop))
        return connector

    def idle(self) -> tuple[Connection, Line] | None:
        """A connection that lies here unused, if there is one."""
        while self._idle:
            connection, line, since = self._idle.pop()
            if line.is_connected() and self._loop.time() - since < _KEEP_ALIVE_S:
                return connection, line
            connection.close()
        return None

    async def connection(self, deadlines: Deadlines) -> tuple[Connection, Line, float]:
        """A connection, kept or new, its line, and the seconds that we waited for it in our own queue."""
        if not self._limit:
            connection = await self._kept.connect(self._place, [], _NO_TIMEOUTS)
            return connection, cast(Line, connection.protocol), 0.0
        queued = _Queued(deadlines)
        connection = await self._kept.connect(self._place, cast(Any, [queued]), _NO_TIMEOUTS)
        return connection, cast(Line, connection.protocol), queued.waited_s

    async def fresh(self) -> tuple[Connection, Line]:
        """A connection that nobody used before, and nobody will after."""
        connection = await self._fresh.connect(self._place, [], _NO_TIMEOUTS)
        line = cast(Line, connection.protocol)
        line.force_close()
        return connection, line

    def give_back(self, connection: Connection, line: Line) -> None:
        """Keep a connection for later; when its answer is not quite over, wait a moment for the end of it."""
        if line.complete:
            self._release(connection, line)
            return
        self._lingering.add(connection)
        timer = self._loop.call_later(_LINGER_S, self._give_up, connection)
        line.when_complete = partial(self._ended, connection, line, timer)

    def _give_up(self, connection: Connection) -> None:
        self._lingering.discard(connection)
        connection.close()

    def _ended(self, connection: Connection, line: Line, timer: asyncio.TimerHandle) -> None:
        timer.cancel()
        line.when_complete = None
        if connection in self._lingering:
            self._lingering.discard(connection)
            self._release(connection, line)

    def _release(self, connection: Connection, line: Line) -> None:
        line.used = True
        if self._limit or line.should_close:
            connection.release()
            return
        now = self._loop.time()
        self._idle.append((connection, line, now))
        while now - self._idle[0][2] > _KEEP_ALIVE_S:
            self._idle.popleft()[0].close()

    async def close(self) -> None:
        """Close every connection."""
        for connection in (*self._lingering, *(connection for connection, _, _ in self._idle)):
            connection.close()
        self._lingering.clear()
        self._idle.clear()
        await self._kept.close()
        await self._fresh.close()
