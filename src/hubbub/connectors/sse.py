"""Server-sent events out of bytes, by the WHATWG rules, however the bytes are cut.

https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
"""

from hubbub.errors import ExchangeFailed

Event = tuple[str, bytes]  # its type ("" when unnamed), and its data as UTF-8
_BOM = b"\xef\xbb\xbf"
_CR, _LF = b"\r\n"  # as numbers: Python looks for a byte five times as fast as for bytes


class EventParser:
    """Feed it bytes, get whole events; holds at most `limit` bytes of an unfinished one. Ignores `id`, `retry`."""

    __slots__ = ("_after_cr", "_begun", "_limit", "_pending")

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._pending = bytearray()
        self._begun = False
        self._after_cr = False

    def feed(self, data: bytes) -> list[Event]:
        """The events that these bytes complete. Raises ExchangeFailed(too_large) when one never ends."""
        if not self._begun or self._after_cr or _CR in data:
            data = self._plain(data)
        if self._pending:
            data = self._joined(data)
        one, blank, rest = data.partition(b"\n\n")
        if blank and not rest and _LF not in one and one[:6] == b"data: ":
            return [("", one[6:])]  # one event of one line, as an agent sends that writes as it thinks
        head, blank, rest = data.rpartition(b"\n\n")
        if rest:
            self._keep(rest)
        if not blank:
            return []
        plain = head.split(b"\n\ndata: ")
        if plain[0][:6] == b"data: " and head.count(b"\n") == 2 * len(plain) - 2:
            plain[0] = plain[0][6:]
            return [("", data) for data in plain]  # what nearly every stream is: one line of data an event
        events: list[Event] = []
        for block in head.split(b"\n\n"):
            _parse(block, events)
        return events

    def _keep(self, rest: bytes) -> None:
        if len(self._pending) + len(rest) > self._limit:
            raise ExchangeFailed("too_large", f"one event is larger than {self._limit} bytes")
        self._pending += rest

    def _joined(self, data: bytes) -> bytes:
        """All bytes so far when they hold a whole event, else nothing, with the new ones kept."""
        if not (data[:1] == b"\n" and self._pending[-1:] == b"\n") and b"\n\n" not in data:
            self._keep(data)
            return b""
        whole = bytes(self._pending) + data
        self._pending.clear()
        return whole

    def _plain(self, data: bytes) -> bytes:
        """Without a leading byte order mark, and with LF for every line end, a CR LF cut in two included."""
        if self._after_cr and data:
            self._after_cr = False
            if data[:1] == b"\n":
                data = data[1:]
        if not self._begun:
            data = self._start(data)
        if _CR in data:
            self._after_cr = data[-1:] == b"\r"
            data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        return data

    def _start(self, data: bytes) -> bytes:
        data = bytes(self._pending) + data
        self._pending.clear()
        if len(data) < len(_BOM) and _BOM.startswith(data):
            self._pending += data
            return b""
        self._begun = True
        return data.removeprefix(_BOM)


def _parse(block: bytes, events: list[Event]) -> None:
    """One block of lines, of which the first may be blank, after the rules for fields."""
    name = ""
    data: list[bytes] = []
    for line in block.split(b"\n"):
        field, colon, value = line.partition(b":")
        if colon and value[:1] == b" ":
            value = value[1:]
        if field == b"data":
            data.append(value)
        elif field == b"event":
            name = value.decode("utf-8", "replace")
    if data:
        events.append((name, b"\n".join(data)))
