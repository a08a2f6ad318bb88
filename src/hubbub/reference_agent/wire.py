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
    """Write the frames between the first and the last, and return when the last is due.

    Each is due at an absolute moment, so that nothing adds up; those overdue go out together, as from a process that
    was held up. The transport is written to from timer callbacks, without waking a task per frame.
    """
    transport = request.transport
    if len(frames) < 2 or transport is None:
        return
    loop = asyncio.get_running_loop()
    last_is_due = loop.create_future()
    timer: asyncio.TimerHandle | None = None
    at = 1

    def step() -> None:
        nonlocal at, timer
        now_s = agent.clock.now()
        if last_is_due.done() or transport.is_closing():
            if not last_is_due.done():
                last_is_due.set_exception(ConnectionResetError("the customer hung up"))
            return
        if agent.frozen_until_s > now_s:
            timer = loop.call_later(agent.frozen_until_s - now_s, step)
            return
        overdue = min(len(frames), int((now_s + _EARLY_ENOUGH_S - reckoning.due_s) / reckoning.gap_s) + 1)
        middle = frames[at : min(overdue, len(frames) - 1)]
        if middle:
            transport.write(b"".join(b"%x\r\n%b\r\n" % (len(f), f) for f in middle))
            at += len(middle)
        if overdue >= len(frames):
            last_is_due.set_result(None)
            return
        timer = loop.call_later(reckoning.due_s + at * reckoning.gap_s - now_s, step)

    step()
    try:
        await last_is_due
    finally:
        if timer is not None:
            timer.cancel()


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
