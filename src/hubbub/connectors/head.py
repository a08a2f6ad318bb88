"""The status and headers of an answer: kept as they came, and read no further than somebody asks."""

from functools import lru_cache

from msgspec import Struct
from multidict import CIMultiDict

Raw = dict[bytes, bytes]  # names as they are spelt to values; of several in one spelling the first
_TYPE, _LENGTH, _CHUNKS, _CODING = b"content-type", b"content-length", b"transfer-encoding", b"content-encoding"


class Head(Struct, frozen=True):
    """What stands above an answer's body, with what is asked of every answer."""

    status: int
    raw: Raw
    media_type: str = ""  # the content type in lower case, without parameters
    length: str | None = None  # as announced, if it is
    coding: str | None = None  # of the body, where it has one
    framed: bool = False  # the body says itself where it ends; else the connection's closing does, early or not

    @property
    def headers(self) -> "CIMultiDict[str]":
        """All headers, as text."""
        return CIMultiDict([(name.decode("latin-1"), _text(value)) for name, value in self.raw.items()])


def head_of(status: int, raw: Raw) -> Head:
    """The head of an answer with these headers."""
    kind, length, chunks, coding = _places(tuple(raw))
    return Head(
        status,
        raw,
        "" if kind is None else _media_type(raw[kind]),
        None if length is None else _text(raw[length]),
        None if coding is None else _text(raw[coding]),
        status == 204 or length is not None or chunks is not None,
    )


@lru_cache(maxsize=64)
def _places(names: tuple[bytes, ...]) -> tuple[bytes | None, ...]:
    """How an agent spells what is asked of every answer: it names its headers alike from one to the next."""
    spelt = {name.lower(): name for name in reversed(names)}
    return tuple(spelt.get(wanted) for wanted in (_TYPE, _LENGTH, _CHUNKS, _CODING))


@lru_cache(maxsize=64)
def _media_type(value: bytes) -> str:
    return _text(value).partition(";")[0].strip().lower()


def _text(value: bytes) -> str:
    return value.decode("utf-8", "surrogateescape")
