"""Whether the other side has hung up, and whether it had read the whole request before: then that was its answer.

A connection that was kept may be closed by the other side just as a request leaves: nobody has read it, and it may be
sent again. From here both look alike, a line that ends without a byte; the kernel knows more. It was told that all had
arrived, and a side that closes with something unread sends a reset instead of a farewell (RFC 9293, 3.10.4; RFC 2525,
2.17). Some read away what they leave unanswered before they close, and send none: mostly they have said farewell
before the request leaves, which is asked first, or say it so soon after their last answer that it belongs to that.
"""

import asyncio
import os
import select
import socket
import struct
import sys

_TELLS = sys.platform == "linux"
_CLOSE_WAIT = 8  # linux/tcp_states.h: they have said farewell, and no reset came after it
_UNACKED_AT = 24  # linux/tcp.h: tcpi_unacked in struct tcp_info, segments that they have not said to have
_ENOUGH = 104  # bytes of it
_LEFT = getattr(select, "POLLRDHUP", 0)  # their half of the connection has ended (Linux)


def lookout(transport: asyncio.BaseTransport | None) -> "select.poll | None":
    """What asks whether the other side has ended its half, for `has_left`. None where nothing tells.

    One is enough for as long as the connection lives; it must not be asked afterwards.
    """
    place = transport.get_extra_info("socket") if transport is not None else None
    if place is None or not _LEFT:
        return None
    ask = select.poll()
    ask.register(place.fileno(), _LEFT)
    return ask


def has_left(ask: "select.poll | None") -> bool:
    """Whether the other side has ended its half, also where the loop has not heard of it yet.

    A loop hears of it when it next waits; what it sends until then nobody will read. False where nothing tells.
    """
    return ask is not None and bool(ask.poll(0))


def read_it_all(transport: asyncio.BaseTransport | None) -> bool:
    """Whether that is sure, of a connection whose other side has just ended its half. False where nothing tells."""
    place = transport.get_extra_info("socket") if transport is not None else None
    if place is None or not _TELLS:
        return False
    try:
        with socket.socket(fileno=os.dup(place.fileno())) as ours:  # the loops lend theirs without this
            told = ours.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _ENOUGH)
    except OSError:
        return False
    return bool(told[0] == _CLOSE_WAIT and not struct.unpack_from("I", told, _UNACKED_AT)[0])
