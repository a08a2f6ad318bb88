"""What the chat completions protocol says, as structs, and how its two kinds of answer are read."""

from typing import Any

import msgspec
from msgspec import Struct

from hubbub.connectors.body import JsonBody, decode, neither_kind
from hubbub.connectors.guess import hint
from hubbub.connectors.protocol import Watch
from hubbub.connectors.sse import EventParser
from hubbub.errors import ExchangeFailed
from hubbub.model import ToolCall, Usage


class _Function(Struct, frozen=True, gc=False):
    name: str | None = None
    arguments: str | None = None


class _Call(Struct, frozen=True, gc=False):
    index: int | None = None
    id: str | None = None
    function: _Function | None = None


class _Part(Struct, frozen=True, gc=False):
    text: str | None = None
    refusal: str | None = None


class _Message(Struct, frozen=True, gc=False):
    content: str | list[_Part] | None = None
    refusal: str | None = None
    tool_calls: list[_Call] | None = None
    function_call: _Function | None = None  # what tool calls were before; some gateways still send it


class _Choice(Struct, frozen=True, gc=False):
    index: int | None = None
    delta: _Message | None = None
    message: _Message | None = None
    finish_reason: str | None = None


class _Tokens(Struct, frozen=True, gc=False):
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class Chunk(Struct, frozen=True, gc=False):
    """A whole completion, or one chunk of a streamed one: of this much the two are the same."""

    id: str | None = None
    system_fingerprint: str | None = None
    choices: list[_Choice] | None = None
    usage: _Tokens | None = None
    error: Any = None


_DECODER = msgspec.json.Decoder(Chunk)
_decode = _DECODER.decode
_DONE = b"[DONE]"


class Gathered:
    """What an answer says, gathered from its chunks; only the first choice is the agent's reply."""

    __slots__ = ("_calls", "_texts", "events", "finish", "trace", "usage")

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._calls: dict[int, tuple[str, list[str]]] = {}
        self.events = 0
        self.finish = ""
        self.trace = ""
        self.usage: Usage | None = None

    @property
    def text(self) -> str:
        return "".join(self._texts)

    @property
    def tools(self) -> tuple[ToolCall, ...]:
        if not self._calls:
            return ()
        return tuple([ToolCall(name, "".join(pieces)) for _, (name, pieces) in sorted(self._calls.items())])

    def add(self, chunk: Chunk) -> bool:
        """Take in a chunk. True when it brought visible text. Raises ExchangeFailed(agent_error)."""
        if chunk.error is not None:
            raise ExchangeFailed("agent_error", error_text(chunk.error))
        if not self.trace:
            self.trace = chunk.id or chunk.system_fingerprint or ""
        if chunk.usage is not None:
            self.usage = Usage(chunk.usage.prompt_tokens or 0, chunk.usage.completion_tokens or 0)
        said = False
        for choice in chunk.choices or ():
            if choice.index:
                continue
            if choice.finish_reason:
                self.finish = choice.finish_reason
            message = choice.delta or choice.message
            if message is None:
                continue
            content = message.content
            if content and type(content) is str and message.tool_calls is None:  # what nearly every chunk is
                self._texts.append(content)
                said = True
            else:
                said |= self._add_message(message)
        return said

    def _add_message(self, message: _Message) -> bool:
        texts = _texts_of(message)
        self._texts += texts
        for position, call in enumerate(message.tool_calls or ()):
            if call.function is not None:
                self._add_call(position if call.index is None else call.index, call.function)
        if message.function_call is not None:
            self._add_call(-1, message.function_call)
        return bool(texts)

    def _add_call(self, index: int, function: _Function) -> None:
        name, pieces = self._calls.get(index, ("", []))
        if function.arguments:
            pieces.append(function.arguments)
        self._calls[index] = (name or function.name or "", pieces)


def _texts_of(message: _Message) -> list[str]:
    content = message.content
    parts = [content] if isinstance(content, str) else [part.text or part.refusal for part in content or ()]
    return [text for text in (*parts, message.refusal) if text]


def error_text(error: Any) -> str:
    """An error object in one line: its type or code, and its message."""
    if not isinstance(error, dict):
        return str(error)
    named = [str(error[key]) for key in ("type", "code") if error.get(key)]
    said = error.get("message")
    return ": ".join([*dict.fromkeys(named), str(error if said is None else said)])


class ChatStream:
    """A Reading of a streamed completion. Its proof of completion is a finish_reason, or [DONE]."""

    __slots__ = ("_events", "_media_type", "done", "gathered", "size", "spoken")

    def __init__(self, limit: int, media_type: str = "text/event-stream") -> None:
        self._events = EventParser(limit)
        self._media_type = media_type
        self.gathered = Gathered()
        self.size = 0
        self.spoken = False
        self.done = False

    def feed(self, data: bytes, watch: Watch) -> bool:
        self.size += len(data)
        gathered, add = self.gathered, self.gathered.add
        said = seen = False
        try:
            for name, event in self._events.feed(data):
                if event == _DONE:
                    self.done = True
                    break
                seen = True
                gathered.events += 1
                if name == "error":
                    raise ExchangeFailed("agent_error", event[:500].decode("utf-8", "replace"))
                try:
                    said |= add(_decode(event))
                except (ValueError, RecursionError):
                    if not event.strip():
                        continue  # a heartbeat
                    if event.strip() == _DONE:
                        self.done = True
                        break
                    decode(_DECODER, event)  # again, for the words of the failure
                    raise
        finally:
            if seen:
                watch.event()
            if said and not self.spoken:
                self.spoken = True
                watch.text()
        return self.done

    def end(self) -> None:
        if self.whole():
            return
        events = self.gathered.events
        if not events and self._media_type != "text/event-stream":
            raise ExchangeFailed("malformed", neither_kind(self._media_type))
        raise ExchangeFailed("truncated", f"the stream ended after {events} events, without finish_reason or [DONE]")

    def whole(self) -> bool:
        return self.done or bool(self.gathered.finish)

    def partial(self) -> str:
        return self.gathered.text


class ChatBody(JsonBody[Chunk]):
    """A Reading of a completion that comes whole."""

    __slots__ = ("_last_watch", "gathered")

    def __init__(self, media_type: str, framed: bool = True) -> None:
        super().__init__(_DECODER, media_type, framed)
        self.gathered = Gathered()

    def feed(self, data: bytes, watch: Watch) -> bool:
        self._last_watch = watch
        return super().feed(data, watch)

    def end(self) -> None:
        super().end()
        if self.gathered.add(self.document):
            self.spoken = True
            self._last_watch.text()
        if not self.document.choices:
            document = msgspec.json.decode(b"".join(self._pieces))
            raise ExchangeFailed("malformed", f"the completion has no choices{hint(document, 'openai-chat')}")

    def partial(self) -> str:
        return self.gathered.text
