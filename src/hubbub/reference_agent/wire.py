"""Writing a reply to a socket: whole, paced by absolute due times, or broken off as planted."""

import asyncio
import socket
import struct
from collections.abc import Sequence

from aiohttp import web

from hubbub.reference_agent.agent import STALL_S, Agent, Reckoning
from hubbub.reference_agent.draft import Break

_EARLY_ENOUGH_S = 0.0006  # the loop's timers count whole milliseconds
_PADDING_BYTES = 3_000_000
_OUTRIGHT = ("status", "closed", "silent", "garbled", "too_large")  # breaks that come before the first word
_REASONS = {307: "moved", 400: "the request is not understood", 429: "too many requests"}
_STREAM = {"Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-cache", "X-Accel-Buffering": "no"}


async def give_whole(
    request: web.Request, agent: Agent, reckoning: Reckoning, body: bytes, content_type: str = "application/json"
) -> web.StreamResponse:
    """Write a reply in one piece when its last word is due, or break it off."""
    broken = reckoning.draft.breaks
    if broken is not None and broken.kind in _OUTRIGHT:
        return await _fail_outright(request, agent, reckoning, body, broken)
    await agent.reach(reckoning.whole_s)
    if broken is not None:
        return await _break_whole(request, agent, reckoning, body, broken)
    response = web.Response(body=body, content_type=content_type)
    await response.prepare(request)
    reckoning.finished(agent.clock.now())
    await response.write_eof()
    return response


async def give_stream(
    request: web.Request, agent: Agent, reckoning: Reckoning, frames: Sequence[bytes]
) -> web.StreamResponse:
    """Write a stream, frame k when it is due. A planted break cuts it after so many frames."""
    broken = reckoning.draft.breaks
    if broken is not None and broken.kind in _OUTRIGHT:
        return await _fail_outright(request, agent, reckoning, b"".join(frames), broken)
    await agent.reach(reckoning.due_s)
    if broken is None and (reckoning.gap_s == 0 or len(frames) == 1):
        return await _all_at_once(request, agent, reckoning, b"".join(frames))
    response = web.Response(headers=_STREAM)  # unlike StreamResponse, it sends its headers with the first chunk
    response.enable_chunked_encoding()
    await response.prepare(request)
    sent = frames if broken is None else frames[: broken.after]
    if sent:
        reckoning.first_s = agent.clock.now()
        await response.write(sent[0])
        await _pace(request, agent, reckoning, sent)
    if broken is not None:
        return await _break_stream(request, agent, reckoning, response, broken)
    reckoning.finished(agent.clock.now())
    await web.StreamResponse.write_eof(response, sent[-1])
    return response


async def _all_at_once(request: web.Request, agent: Agent, reckoning: Reckoning, body: bytes) -> web.StreamResponse:
    response = web.Response(body=body, headers=_STREAM)
    await response.prepare(request)
    reckoning.finished(agent.clock.now())
    await response.write_eof()
    return response


async def _pace(request: web.Request, agent: Agent, reckoning: Reckoning, frames: Sequence[bytes]) -> None:
    """Write the frames between the first and the last, and return when the last is due."""
    transport = request.transport
    if len(frames) < 2 or transport is None:
        return
    pacing = _Pacing(transport, agent, reckoning, frames)
    pacing.step()
    try:
        await pacing.last_is_due
    finally:
        pacing.stop()


class _Pacing:
    """Frames being written to a transport from timer callbacks, without waking a task per frame.

    Each is due at an absolute moment, so that nothing adds up; those overdue go out together, as from a process that
    was held up. It refers to itself in no way that outlasts `stop`: at hundreds of turns a second the collector, which
    had to find such circles, held the whole agent up for 50 ms and more.
    """

    __slots__ = ("_agent", "_at", "_frames", "_loop", "_reckoning", "_timer", "_transport", "last_is_due")

    def __init__(
        self, transport: asyncio.Transport, agent: Agent, reckoning: Reckoning, frames: Sequence[bytes]
    ) -> None:
        self._transport, self._agent, self._reckoning, self._frames = transport, agent, reckoning, frames
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = None
        self._at = 1
        self.last_is_due: asyncio.Future[None] = self._loop.create_future()

    def stop(self) -> None:
        """Write no more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def step(self) -> None:
        """Write what is due by now, and come back when the next is."""
        reckoning, frames, now_s = self._reckoning, self._frames, self._agent.clock.now()
        if self.last_is_due.done() or self._transport.is_closing():
            if not self.last_is_due.done():
                self.last_is_due.set_exception(ConnectionResetError("the customer hung up"))
            return
        if self._agent.frozen_until_s > now_s:
            self._timer = self._loop.call_later(self._agent.frozen_until_s - now_s, self.step)
            return
        overdue = min(len(frames), int((now_s + _EARLY_ENOUGH_S - reckoning.due_s) / reckoning.gap_s) + 1)
        middle = frames[self._at : min(overdue, len(frames) - 1)]
        if middle:
            self._transport.write(b"".join(b"%x\r\n%b\r\n" % (len(f), f) for f in middle))
            self._at += len(middle)
        if overdue >= len(frames):
            self.last_is_due.set_result(None)
            return
        self._timer = self._loop.call_later(reckoning.due_s + self._at * reckoning.gap_s - now_s, self.step)


async def _fail_outright(
    request: web.Request, agent: Agent, reckoning: Reckoning, body: bytes, broken: Break
) -> web.StreamResponse:
    """A reply of which not even the first word comes."""
    if broken.kind == "silent":
        reckoning.ended = "silent"
        await asyncio.sleep(STALL_S)
    await agent.reach(reckoning.due_s)
    reckoning.finished(agent.clock.now(), broken.kind)
    if broken.kind == "status":
        return _refused(broken)
    streamed = body.startswith(b"data:")
    kind = "text/event-stream" if streamed else "application/json"
    if broken.kind == "garbled":
        return web.Response(
            body=b'data: {"choices": [{"del\n\n' if streamed else b'{"choices": [{"mes', content_type=kind
        )
    if broken.kind == "too_large":
        padding = (b": " if streamed else b"  ") + b" " * _PADDING_BYTES + b"\n"
        return web.Response(body=padding + body, content_type=kind)
    if request.transport is not None:
        request.transport.close()
    return web.Response()


def _refused(broken: Break) -> web.Response:
    headers = {3: {"Location": "/elsewhere"}}.get(broken.status // 100, {})
    if broken.status == 429:
        headers = {"Retry-After": "1"}
    error = {"error": {"message": _REASONS.get(broken.status, "internal error"), "type": "server_error"}}
    return web.json_response(error, status=broken.status, headers=headers)


async def _break_whole(
    request: web.Request, agent: Agent, reckoning: Reckoning, body: bytes, broken: Break
) -> web.StreamResponse:
    """A reply in one piece that is not whole: the length is promised, half the body comes."""
    response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": str(len(body))})
    await response.prepare(request)
    reckoning.first_s = agent.clock.now()
    await response.write(body[: len(body) // 2])
    return await _break_stream(request, agent, reckoning, response, broken)


async def _break_stream(
    request: web.Request, agent: Agent, reckoning: Reckoning, response: web.StreamResponse, broken: Break
) -> web.StreamResponse:
    if broken.kind == "stalled":
        reckoning.finished(agent.clock.now(), "stalled")
        await asyncio.sleep(STALL_S)
        return response
    if broken.kind == "reset":
        reckoning.finished(agent.clock.now(), "reset")
        reset(request)
        return response
    reckoning.finished(agent.clock.now(), "truncated")
    if response.chunked:
        await response.write_eof()  # a proper end in HTTP, and none in the protocol above it
    elif request.transport is not None:
        request.transport.close()
    return response


def reset(request: web.Request) -> None:
    """Make the kernel answer with RST, not FIN: a socket that does not linger, closed at once."""
    transport = request.transport
    if transport is None:
        return
    line = transport.get_extra_info("socket")
    if line is not None:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
