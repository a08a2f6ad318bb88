"""The one server of a process at which agents call back: bounded, on loopback, and all that comes is accounted for."""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any, Protocol

import aiohttp
import msgspec
from aiohttp import web
from msgspec import Struct
from yarl import URL

from hubbub.clock import Clock
from hubbub.connectors.failures import describe
from hubbub.connectors.mailbox import Delivery
from hubbub.connectors.protocol import Tell
from hubbub.errors import UsageError
from hubbub.model import Inbound, Unasked, UnaskedKind

MOST_BYTES = 1_048_576  # of one call; the platforms' own limits on a message are far lower
_BACKLOG = 4096
_JSON = msgspec.json.Decoder(Any)
_REMEMBERED = 20_000  # conversations that are over, whose late messages are known as theirs
_TEXT_CHARS = 2_000
_DETAIL_CHARS = 300
_GRACE_S = 0.05  # an idle line of the agent's is kept up so long, too
_RELAY_S = 10.0
_HOP = ("host", "content-length", "connection", "transfer-encoding", "content-encoding")  # of one connection only


class Seat(Inbound, frozen=True, kw_only=True):
    """Where a process listens that is one of several: the `inbound` of its workload, with the port that is its own."""

    worker: int
    workers: int


def seated(inbound: Inbound, worker: int, workers: int) -> Inbound:
    """The place of one process among `workers`: port + worker, unless free ports are taken."""
    port = inbound.port + worker if inbound.port else 0
    if port > 65_535:
        raise UsageError(f"agent.inbound.port: process {worker} would listen on {port}, which is no port")
    return Seat(host=inbound.host, port=port, public_url=inbound.public_url, worker=worker, workers=workers)


class Call(Struct, frozen=True):
    """A call of the platform's API by the agent. `path` is decoded and without its query."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


class Answer(Struct, frozen=True):
    """What the platform answers a call with, and what the call brought. `refused` says why it was not accepted."""

    status: int = 200
    body: bytes = b"{}"
    delivery: Delivery | None = None
    refused: str = ""
    kind: str = "application/json"


def refusal(status: int, why: str) -> Answer:
    """A call that is not accepted, told in the plainest way."""
    return Answer(status, msgspec.json.encode({"error": why}), refused=why)


def document_of(body: bytes) -> Any:
    """A call's body as JSON; None when it is none."""
    try:
        return _JSON.decode(body)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None


class Counter(Protocol):
    """Where calls are taken: the API of one platform."""

    def receive(self, call: Call) -> Answer:
        """Take a call. Raises nothing: what is not understood is refused."""

    def worker_of(self, to: tuple[str, ...], workers: int) -> int | None:
        """The process whose customer bears one of these names; None where that cannot be told from a name."""


class Line(Protocol):
    """A conversation that messages may come for."""

    @property
    def number(self) -> int:
        """The conversation's number."""

    @property
    def turn(self) -> int:
        """The last turn that was sent."""

    def take(self, delivery: Delivery) -> None:
        """Take in a message."""


class Inbox:
    """Listens while it is open, and hands each delivery to the conversation that bears the recipient's name."""

    def __init__(self, inbound: Inbound, counter: Counter, clock: Clock) -> None:
        self._inbound = inbound
        self._counter = counter
        self._clock = clock
        self._lines: dict[str, Line] = {}
        self._over: OrderedDict[str, tuple[int, int]] = OrderedDict()
        self._web = web.Server(self._take, access_log=None)
        self._server: asyncio.Server | None = None
        self._relay: aiohttp.ClientSession | None = None
        self.tell: Tell = lambda _: None
        self.place = ""

    async def open(self) -> None:
        """Listen. Raises UsageError when the place is taken."""
        inbound, loop = self._inbound, asyncio.get_running_loop()
        try:
            self._server = await loop.create_server(self._web, inbound.host, inbound.port, backlog=_BACKLOG)
        except OSError as error:
            where = f"{inbound.host}:{inbound.port}"
            raise UsageError(f"agent.inbound: cannot listen on {where}: {error.strerror or error}") from None
        port = self._server.sockets[0].getsockname()[1]
        host = f"[{inbound.host}]" if ":" in inbound.host else inbound.host
        self.place = (inbound.public_url or f"http://{host}:{port}").rstrip("/")

    async def close(self) -> None:
        """Take no more calls."""
        if self._server is not None:
            self._server.close()
            await self._web.shutdown(_GRACE_S)
        if self._relay is not None:
            await self._relay.close()

    def enter(self, names: tuple[str, ...], line: Line) -> None:
        """A conversation begins: messages to any of these names are its own."""
        for name in names:
            self._lines[name] = line

    def leave(self, names: tuple[str, ...], line: Line) -> None:
        """A conversation is over. Its names are remembered for a while."""
        for name in names:
            if self._lines.get(name) is line:
                del self._lines[name]
                self._over[name] = (line.number, line.turn)
        while len(self._over) > _REMEMBERED:
            self._over.popitem(last=False)

    async def _take(self, request: web.BaseRequest) -> web.StreamResponse:
        body = await request.read()
        call = Call(request.method, request.path, request.query, request.headers, body)
        answer = self._counter.receive(call)
        delivery = answer.delivery
        if delivery is not None:
            elsewhere = self._elsewhere(delivery)
            if elsewhere is not None:
                return await self._pass_on(request, body, elsewhere)
            self.hand(delivery)
        if answer.refused:
            detail = f"{call.method} {call.path} {answer.status}: {answer.refused}"[:_DETAIL_CHARS]
            self.tell(Unasked(self._clock.now(), "refused", detail=detail))
        return web.Response(status=answer.status, body=answer.body, content_type=answer.kind)

    def hand(self, delivery: Delivery) -> None:
        """Hand a message to the conversation that it is for; one for nobody is told."""
        line = next((self._lines[name] for name in delivery.to if name in self._lines), None)
        if line is not None:
            line.take(delivery)
            return
        if not delivery.counts:
            return
        over = next((self._over[name] for name in delivery.to if name in self._over), None)
        kind: UnaskedKind = "unmatched" if over is None else "late"
        number, turn = over or (None, 0)
        to = "" if over else next(iter(delivery.to), "")[:100]
        self.tell(Unasked(self._clock.now(), kind, number, turn, to, delivery.text[:_TEXT_CHARS]))

    # -- several processes -----------------------------------------------------------------------------------------

    def _elsewhere(self, delivery: Delivery) -> int | None:
        """The port of the process that a delivery is for, where that is another one than this."""
        seat = self._inbound
        if not isinstance(seat, Seat) or seat.workers < 2 or not seat.port:
            return None
        worker = self._counter.worker_of(delivery.to, seat.workers)
        return None if worker in (None, seat.worker) else seat.port - seat.worker + worker

    async def _pass_on(self, request: web.BaseRequest, body: bytes, port: int) -> web.StreamResponse:
        """Give a call to the process that it is for, and its answer back."""
        if self._relay is None:
            self._relay = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0), timeout=aiohttp.ClientTimeout(total=_RELAY_S)
            )
        url = URL.build(scheme="http", host=self._inbound.host, port=port).join(URL(request.raw_path, encoded=True))
        headers = {name: value for name, value in request.headers.items() if name.lower() not in _HOP}
        try:
            async with self._relay.request(request.method, url, data=body, headers=headers) as got:
                return web.Response(status=got.status, body=await got.read(), content_type=got.content_type)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            self.tell(
                Unasked(self._clock.now(), "unmatched", detail=f"not passed on to port {port}: {describe(error)}")
            )
            return web.Response(status=503, body=b"{}", content_type="application/json")
