"""Anthropic's messages protocol: the history goes out with each turn, content blocks come back.

Proof of completion: message_stop in a stream, a stop_reason in a document; an `error` event may come in mid-stream.
https://docs.anthropic.com/en/docs/build-with-claude/streaming
"""

from typing import Any

from msgspec import Struct
from msgspec.json import Decoder, encode

from hubbub.clock import Clock
from hubbub.connectors.gathering import Gathering, maps, number, word
from hubbub.connectors.openai_wire import error_text
from hubbub.connectors.options import Options
from hubbub.connectors.protocol import Caller, Connector
from hubbub.connectors.spoken import History, Outgoing, Spoken, joined, read_presets
from hubbub.connectors.target import read_target
from hubbub.connectors.wire import Wire
from hubbub.errors import ExchangeFailed
from hubbub.model import AgentSpec, Reply, Usage

_VERSION = "2023-06-01"
_MAX_TOKENS = 1024


class _Text(Struct, frozen=True, gc=False):
    text: str


class _Piece(Struct, frozen=True, gc=False, tag_field="type", tag="content_block_delta"):
    delta: _Text


class MessageGathering(Gathering):
    """A message in the making."""

    quick = Decoder(_Piece).decode
    connector = "anthropic-messages"
    wanted = "message_stop"

    def __init__(self) -> None:
        super().__init__()
        self._stop = ""
        self._tokens_in = 0
        self._tokens_out = 0

    def piece(self, name: str, piece: _Piece) -> bool:
        if text := piece.delta.text:
            self.texts.append(text)
        return bool(text)

    def event(self, name: str, document: dict[str, Any]) -> bool:
        kind = word(document, "type") or name
        if kind == "content_block_delta":
            return self._delta(str(document.get("index")), document.get("delta"))
        if kind == "content_block_start":
            return self._block(str(document.get("index")), document.get("content_block"), streamed=True)
        if kind == "message_start":
            self.trace = word(document, "message", "id")
            self._count(document.get("message"))
        elif kind == "message_delta":
            self._stop = word(document, "delta", "stop_reason") or self._stop
            self._count(document)
        elif kind == "message_stop":
            self._finish()
        elif kind == "error":
            raise ExchangeFailed("agent_error", error_text(document.get("error") or document))
        return False

    def document(self, document: dict[str, Any]) -> None:
        if word(document, "type") == "error":
            raise ExchangeFailed("agent_error", error_text(document.get("error")))
        self.trace = word(document, "id")
        self._stop = word(document, "stop_reason")
        self._count(document)
        for index, block in enumerate(maps(document.get("content"))):
            self._block(str(index), block, streamed=False)
        if self._stop:
            self._finish()

    def _delta(self, index: str, delta: Any) -> bool:
        if text := word(delta, "text"):
            self.texts.append(text)
            return True
        if pieces := word(delta, "partial_json"):
            self.call(index, arguments=pieces)
        return False

    def _block(self, index: str, block: Any, *, streamed: bool) -> bool:
        kind = word(block, "type")
        if kind == "tool_use":
            given = block.get("input")
            # a streamed block starts with an empty input, and its deltas bring the real one
            self.call(index, word(block, "name"), "" if streamed and not given else encode(given).decode())
        text = word(block, "text") if kind == "text" else ""
        if text:
            self.texts.append(text)
        return bool(text)

    def _count(self, counted: Any) -> None:
        self._tokens_in = number(counted, "usage", "input_tokens") or self._tokens_in
        self._tokens_out = number(counted, "usage", "output_tokens") or self._tokens_out

    def _finish(self) -> None:
        self.proof = f"stop_reason={self._stop}" if self._stop else "message_stop"
        if self._tokens_in or self._tokens_out:
            self.usage = Usage(self._tokens_in, self._tokens_out)


class _Dialogue:
    """One conversation. Each turn keeps its own place in the history."""

    def __init__(self, head: bytes, caller: Caller) -> None:
        self._head = head + b',"metadata":{"user_id":' + encode(caller.key) + b'},"messages":'
        self._history = History()

    def ask(self, texts: tuple[str, ...]) -> Outgoing:
        place = self._history.say(joined(texts))
        return Outgoing(self._head + encode(self._history.lines()) + b"}", MessageGathering(), place)

    def answered(self, sent: Outgoing, reply: Reply) -> None:
        sent.answered(reply)


async def connect(agent: AgentSpec, clock: Clock) -> Connector:
    """A connector to such an endpoint; `agent.url` is the whole address, path included. Raises UsageError."""
    options = Options(agent.options)
    problems: list[str] = []
    stream = options.take("stream", bool, True)
    body: dict[str, Any] = {
        "model": options.take("model", str, "default"),
        "max_tokens": options.take("max_tokens", int, _MAX_TOKENS),
        "stream": stream,
    }
    if system := options.take("system", str, ""):
        body["system"] = system
    extra = options.added("messages", "stream", "metadata", "max_tokens")
    head = encode(body | extra)[:-1]
    version = {"anthropic-version": options.take("version", str, _VERSION)}
    accept = "text/event-stream" if stream else "application/json"
    connections = options.take("connections", int, 0)
    target = read_target(agent, problems, accept=accept, connections=connections, fixed=version)
    presets = read_presets(agent, "openai-tools", options, problems)
    options.finish(tuple(problems))
    return Spoken(Wire(target, clock), presets, lambda caller: _Dialogue(head, caller), stream=stream)
