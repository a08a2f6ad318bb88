"""OpenAI's responses protocol: items go out, named events come back; history by id, or sent again with each turn.

Proof of completion: a response.completed or response.incomplete event, or a document with either status.
https://platform.openai.com/docs/api-reference/responses-streaming
"""

from typing import Any, Literal

from msgspec import Struct
from msgspec.json import Decoder, encode

from hubbub.clock import Clock
from hubbub.connectors.gathering import Gathering, maps, number, part, word
from hubbub.connectors.openai_wire import error_text
from hubbub.connectors.options import Options
from hubbub.connectors.protocol import Caller, Connector
from hubbub.connectors.spoken import History, Line, Outgoing, Spoken, joined, read_presets
from hubbub.connectors.target import read_target
from hubbub.connectors.wire import Wire
from hubbub.errors import ExchangeFailed
from hubbub.model import AgentSpec, Reply, Usage

Remembered = Literal["resend", "server"]


class _Piece(Struct, frozen=True, gc=False, tag_field="type", tag="response.output_text.delta"):
    delta: str


class ResponseGathering(Gathering):
    """A response in the making."""

    quick = Decoder(_Piece).decode
    connector = "openai-responses"
    wanted = "response.completed"

    def piece(self, name: str, piece: _Piece) -> bool:
        return self._say(piece.delta)

    def event(self, name: str, document: dict[str, Any]) -> bool:
        kind = word(document, "type") or name
        if kind in ("response.output_text.delta", "response.refusal.delta"):
            return self._say(word(document, "delta"))
        if kind == "response.output_item.added":
            self._add_call(document.get("item"), arguments=False)
        elif kind == "response.function_call_arguments.delta":
            self.call(word(document, "item_id"), arguments=word(document, "delta"))
        elif kind == "response.created":
            self.trace = word(document, "response", "id")
        elif kind in ("response.completed", "response.incomplete", "response.failed"):
            response = document.get("response")
            return self._finish(response if isinstance(response, dict) else {}, kind.rpartition(".")[2])
        elif kind == "error" or "error" in document:
            raise ExchangeFailed("agent_error", error_text(document.get("error") or document))
        return False

    def document(self, document: dict[str, Any]) -> None:
        if document.get("error"):
            raise ExchangeFailed("agent_error", error_text(document["error"]))
        if "output" in document:
            self._finish(document, word(document, "status") or "completed")

    def _say(self, text: str) -> bool:
        if text:
            self.texts.append(text)
        return bool(text)

    def _add_call(self, item: Any, *, arguments: bool) -> None:
        if word(item, "type") == "function_call":
            key = word(item, "id") or word(item, "call_id") or str(len(self.calls))
            self.call(key, word(item, "name"), word(item, "arguments") if arguments else "")

    def _finish(self, response: dict[str, Any], status: str) -> bool:
        """The last word. Text that came in no delta is taken from here, and never doubled."""
        if status not in ("completed", "incomplete"):
            raise ExchangeFailed("agent_error", error_text(response.get("error") or f"status {status}"))
        self.trace = word(response, "id") or self.trace
        self.last = response
        items = maps(response.get("output"))
        whole_calls = not any(pieces for _, pieces in self.calls.values())
        if whole_calls:
            self.calls.clear()
        said = False
        for item in items:
            if whole_calls:
                self._add_call(item, arguments=True)
        if not self.texts:
            parts = [p for item in items for p in maps(item.get("content"))]
            self.texts += [text for p in parts if (text := word(p, "text") or word(p, "refusal"))]
            said = bool(self.texts)
        if isinstance(response.get("usage"), dict):
            self.usage = Usage(number(response, "usage", "input_tokens"), number(response, "usage", "output_tokens"))
        reason = word(part(response, "incomplete_details"), "reason")
        self.proof = f"status={status}" + (f":{reason}" if reason else "")
        return said


def _item(line: Line) -> Any:
    """A line of the history as an item. The agent's own are spelt out, as not every server takes them as plain text."""
    if line.role == "user":
        return line
    return {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": line.content}]}


class _Settings(Struct, frozen=True):
    head: bytes
    history: str


class _Dialogue:
    """One conversation. Each turn keeps its own place in the history."""

    def __init__(self, settings: _Settings, caller: Caller) -> None:
        self._settings = settings
        self._user = encode(caller.key)
        self._history = History()
        self._previous = ""

    def ask(self, texts: tuple[str, ...]) -> Outgoing:
        place = self._history.say(joined(texts))
        chained = self._settings.history == "server"
        lines = place if chained else self._history.lines()
        previous = b',"previous_response_id":' + encode(self._previous) if chained and self._previous else b""
        body = b"".join(
            (self._settings.head, self._user, previous, b',"input":', encode([_item(line) for line in lines]), b"}")
        )
        return Outgoing(body, ResponseGathering(), place)

    def answered(self, sent: Outgoing, reply: Reply) -> None:
        self._previous = reply.trace or self._previous
        sent.answered(reply)


async def connect(agent: AgentSpec, clock: Clock) -> Connector:
    """A connector to such an endpoint; `agent.url` is the whole address, path included. Raises UsageError."""
    options = Options(agent.options)
    problems: list[str] = []
    stream = options.take("stream", bool, True)
    body: dict[str, Any] = {"model": options.take("model", str, "default"), "stream": stream}
    if system := options.take("system", str, ""):
        body["instructions"] = system
    extra = options.added("input", "stream", "user", "previous_response_id")
    settings = _Settings(encode(body | extra)[:-1] + b',"user":', options.choose("history", Remembered, "resend"))
    accept = "text/event-stream" if stream else "application/json"
    target = read_target(agent, problems, accept=accept, connections=options.take("connections", int, 0))
    presets = read_presets(agent, "openai-tools", options, problems)
    options.finish(tuple(problems))
    return Spoken(Wire(target, clock), presets, lambda caller: _Dialogue(settings, caller), stream=stream)
