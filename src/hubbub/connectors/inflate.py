"""Bodies that come compressed though nobody asked: unpacked step by step, never beyond a limit."""

import zlib

from hubbub.errors import ExchangeFailed

_GZIP = 16 + zlib.MAX_WBITS
_RAW = -zlib.MAX_WBITS
_MEMBER = b"\x1f"  # how a member of gzip begins (RFC 1952, 2.3.1); the padding of some servers is zeros


class Inflate:
    """One compressed body. Feed it pieces in order; `limit` is the largest unpacked size, in bytes."""

    def __init__(self, coding: str, limit: int) -> None:
        self._gzip = coding != "deflate"
        self._limit = limit
        self._left = limit
        self._unpack = zlib.decompressobj(_GZIP) if self._gzip else None

    def feed(self, data: bytes) -> bytes:
        """What these bytes unpack to. Raises ExchangeFailed: too_large, or malformed when they are not packed so."""
        if self._unpack is None:
            self._unpack = zlib.decompressobj(_wrapping(data))
        pieces = []
        try:
            while data:
                pieces.append(self._unpack.decompress(data, self._left + 1))
                self._left -= len(pieces[-1])
                if self._left < 0:
                    raise ExchangeFailed("too_large", f"the answer unpacks to more than {self._limit} bytes")
                data = self._next_member()
        except zlib.error as error:
            raise ExchangeFailed("malformed", f"the compressed body cannot be unpacked: {error}") from None
        return b"".join(pieces)

    def _next_member(self) -> bytes:
        """What follows the end of a gzip member, where it is another one; anything else is ignored, as clients do."""
        assert self._unpack is not None
        rest = self._unpack.unused_data
        if not (self._unpack.eof and self._gzip and rest.startswith(_MEMBER)):
            return b""
        self._unpack = zlib.decompressobj(_GZIP)
        return rest

    def end(self) -> None:
        """The body is over. Raises ExchangeFailed(truncated) when its end mark is missing."""
        if self._unpack is None or not self._unpack.eof:
            raise ExchangeFailed("truncated", "the compressed body has no end")


def _wrapping(data: bytes) -> int:
    """Servers mean two things by deflate; the zlib header tells (RFC 1950, 2.2: a multiple of 31, method 8)."""
    zlibbed = data[0] & 0x0F == 8 and (len(data) < 2 or (data[0] << 8 | data[1]) % 31 == 0)
    return zlib.MAX_WBITS if zlibbed else _RAW


def inflater(coding: str, limit: int) -> Inflate | None:
    """How to unpack a body of this Content-Encoding; None when it is not packed. Raises ExchangeFailed(malformed)."""
    name = coding.strip().lower()
    if name in ("", "identity"):
        return None
    if name in ("gzip", "x-gzip", "deflate"):
        return Inflate(name, limit)
    raise ExchangeFailed("malformed", f"the body comes as {name[:40]!r}, though only identity was accepted")
