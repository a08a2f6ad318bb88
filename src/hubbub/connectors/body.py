"""Reading a body that is one JSON document: it is taken in whole, then decoded."""

import codecs
import re
from typing import Generic, TypeVar

import msgspec

from hubbub.connectors.protocol import Watch
from hubbub.errors import ExchangeFailed

T = TypeVar("T")
_CUT = "Input data was truncated"  # msgspec's words for JSON that ends too early, or just after half an emoji
_HALF = re.compile(rb"\\u[dD][89abAB][0-9a-fA-F]{2}(?=[^\\]|\\[^u]|\\u[^dD]|\\u[dD][^c-fC-F])")


class JsonBody(Generic[T]):
    """A Reading whose `document` is there after `end`. Its proof of completion is that the JSON is whole."""

    __slots__ = ("_decoder", "_framed", "_media_type", "_pieces", "_watch", "document", "size", "spoken")

    document: T

    def __init__(self, decoder: "msgspec.json.Decoder[T]", media_type: str, framed: bool = True) -> None:
        self._decoder = decoder
        self._media_type = media_type
        self._framed = framed
        self._pieces: list[bytes] = []
        self.size = 0
        self.spoken = False

    def feed(self, data: bytes, watch: Watch) -> bool:
        self._pieces.append(data)
        self.size += len(data)
        watch.event()
        return False

    def end(self) -> None:
        try:
            self.document = decode(self._decoder, b"".join(self._pieces), self._media_type)
        except ExchangeFailed as error:
            if self._framed and not self.size:
                raise ExchangeFailed("malformed", "the answer is empty, and JSON was expected") from None
            if self._framed or _CUT not in error.detail:
                raise
            raise ExchangeFailed("truncated", "the connection was closed before the JSON was whole") from None

    def whole(self) -> bool:
        return False

    def partial(self) -> str:
        return ""


def decode(decoder: "msgspec.json.Decoder[T]", data: bytes, media_type: str = "", kind: str = "answer") -> T:
    """A decoded document. Raises ExchangeFailed(malformed) that shows how the data begins.

    A byte order mark is passed over, as clients do (RFC 8259, 8.1, allows it); other encodings than UTF-8 are named.
    """
    try:
        return decoder.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        if data.startswith(codecs.BOM_UTF8):
            return decode(decoder, data.removeprefix(codecs.BOM_UTF8), media_type, kind)
        begins = data[:120].decode("utf-8", "replace")
        what = f" of type {media_type}" if media_type and not media_type.endswith("json") else ""
        raise ExchangeFailed("malformed", f"{_why(data, error)}; the {kind}{what} begins: {begins!r}") from None


def _why(data: bytes, error: Exception) -> str:
    """What is wrong with a document, where the decoder's words lead astray."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in data[:2]:
        return "JSON is UTF-8, and this is UTF-16 or UTF-32"
    if _CUT in str(error) and _HALF.search(data):
        return "an escape stands for half a character, as of an emoji that was cut in two"
    return str(error)


def neither_kind(media_type: str) -> str:
    """What to say of an answer that is no stream and does not call itself JSON."""
    return f"of type {media_type or 'none'}; a stream (text/event-stream) or JSON (application/json) was expected"
