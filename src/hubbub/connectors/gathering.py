"""What a reply says, gathered from its events or its document, and the two Readings that feed a gathering."""

from collections.abc import Callable
from typing import Any

import msgspec

from hubbub.connectors.body import JsonBody, decode, neither_kind
from hubbub.connectors.guess import hint
from hubbub.connectors.protocol import Watch
from hubbub.connectors.sse import EventParser
from hubbub.errors import ExchangeFailed
from hubbub.model import Signal, ToolCall, Usage

_ANY = msgspec.json.Decoder(Any)


class Gathering:
    """A reply in the making. A protocol says in `event` and `document` how each adds to it, and when it is whole.

    `proof` is the protocol's own proof of completion, empty until it has come. `wanted` says in words what it is.

    `quick` decodes an event that is nothing but a piece of text, as nearly all of a stream are, and raises on others:
    reading only what is needed costs half of decoding all of it.
    """

    quick: Callable[[bytes], Any] | None = None
    connector = ""
    objects_only = True  # an event that is no JSON object is malformed
    wanted = "its end mark"

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.calls: dict[str, tuple[str, list[str]]] = {}  # by their key in the stream: name, pieces of arguments
        self.signals: list[Signal] = []
        self.proof = ""
        self.trace = ""
        self.session = ""
        self.ended = False
        self.usage: Usage | None = None
        self.last: Any = None  # the document, or what stands for it, where presets look

    @property
    def text(self) -> str:
        """The visible text so far."""
        return "".join(self.texts)

    @property
    def tools(self) -> tuple[ToolCall, ...]:
        """The tools called so far."""
        return tuple(ToolCall(name, "".join(pieces)) for name, pieces in self.calls.values())

    def event(self, name: str, document: Any) -> bool:
        """Take in an event. True when it brought visible text. Raises ExchangeFailed(agent_error)."""
        raise NotImplementedError

    def piece(self, name: str, piece: Any) -> bool:
        """Take in what `quick` decoded. False when it is not just a further piece of text: `event` is to look at it."""
        return False

    def document(self, document: Any) -> None:
        """Take in a reply that came whole. Raises ExchangeFailed."""
        raise NotImplementedError

    def over(self) -> bool:
        """Nothing that matters can follow: reading may stop before the connection is at its end."""
        return bool(self.proof)

    def closed(self) -> None:
        """The stream has ended. A protocol whose proof is the orderly end itself sets it here."""

    def call(self, key: str, name: str = "", arguments: str = "") -> None:
        """A tool call, or a further piece of one."""
        known, pieces = self.calls.get(key, ("", []))
        if arguments:
            pieces.append(arguments)
        self.calls[key] = (known or name, pieces)


class EventBody:
    """A Reading of server-sent events of JSON objects."""

    __slots__ = ("_events", "_media_type", "count", "gathering", "size", "spoken")

    def __init__(self, gathering: Gathering, limit: int, media_type: str = "text/event-stream") -> None:
        self._events = EventParser(limit)
        self._media_type = media_type
        self.gathering = gathering
        self.size = self.count = 0
        self.spoken = False

    def feed(self, data: bytes, watch: Watch) -> bool:
        self.size += len(data)
        said = seen = False
        gathering, quick = self.gathering, self.gathering.quick
        try:
            for name, event in self._events.feed(data):
                seen = True
                if quick is not None:
                    try:
                        plain = gathering.piece(name, quick(event))
                    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                        plain = False  # whatever it is, it is looked at below
                    if plain:
                        self.count += 1
                        said = True
                        continue
                said |= self._take(name, event)
                if gathering.over():
                    return True
        finally:
            if seen:
                watch.event()
            if said:
                self.spoken = True
                watch.text()
        return False

    def _take(self, name: str, event: bytes) -> bool:
        if event in (b"[DONE]", b""):
            return False
        self.count += 1
        document = decode(_ANY, event)
        if self.gathering.objects_only and not isinstance(document, dict):
            raise ExchangeFailed("malformed", f"an event that is no JSON object: {event[:80]!r}")
        return self.gathering.event(name, document)

    def end(self) -> None:
        self.gathering.closed()
        if self.whole():
            return
        if not self.count and self._media_type != "text/event-stream":
            raise ExchangeFailed("malformed", neither_kind(self._media_type))
        raise ExchangeFailed(
            "truncated", f"the stream ended after {self.count} events, without {self.gathering.wanted}"
        )

    def whole(self) -> bool:
        return bool(self.gathering.proof)

    def partial(self) -> str:
        return self.gathering.text


class DocumentBody(JsonBody[Any]):
    """A Reading of a reply that is one JSON document."""

    __slots__ = ("_told", "gathering")

    count = 0

    def __init__(self, gathering: Gathering, media_type: str, framed: bool = True) -> None:
        super().__init__(_ANY, media_type, framed)
        self.gathering = gathering
        self._told: Watch | None = None

    def feed(self, data: bytes, watch: Watch) -> bool:
        self._told = watch
        return super().feed(data, watch)

    def end(self) -> None:
        super().end()
        gathering, document = self.gathering, self.document
        if isinstance(document, dict) or not gathering.objects_only:
            gathering.last = document
            gathering.document(document)
        if not gathering.proof:
            raise ExchangeFailed(
                "malformed", f"not an answer of {gathering.connector}{hint(document, gathering.connector)}"
            )
        if gathering.text and self._told is not None:
            self.spoken = True
            self._told.text()

    def partial(self) -> str:
        return self.gathering.text


def part(document: dict[str, Any], *names: str) -> Any:
    """What is at the end of these keys; None when one of them is not there."""
    value: Any = document
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def word(document: Any, *names: str) -> str:
    """The text at the end of these keys; empty when there is none."""
    value = part(document, *names) if isinstance(document, dict) else None
    return value if isinstance(value, str) else ""


def number(document: Any, *names: str) -> int:
    """The count at the end of these keys; 0 when there is none."""
    value = part(document, *names) if isinstance(document, dict) else None
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def maps(value: Any) -> list[dict[str, Any]]:
    """The maps in a list; none when it is no list."""
    return [child for child in value if isinstance(child, dict)] if isinstance(value, list) else []


def frame_document(frame: str) -> Any:
    """A frame that must be JSON. Raises ExchangeFailed(malformed) that shows how it begins."""
    return decode(_ANY, frame.encode("utf-8", "surrogatepass"), kind="frame")
