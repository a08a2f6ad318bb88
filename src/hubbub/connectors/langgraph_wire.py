"""What a LangGraph server says of a run: chunks of messages, updates, interrupts, errors, or the state it ended in.

Proof of completion: of a stream, its orderly end after an update that follows the last text; of `runs/wait`, a state
without `__error__`. https://docs.langchain.com/langsmith/streaming
"""

from typing import Any

from msgspec import Raw, Struct
from msgspec.json import Decoder, encode

from hubbub.connectors.gathering import Gathering, maps, part, word
from hubbub.connectors.json_path import JsonPath
from hubbub.connectors.openai_wire import error_text
from hubbub.errors import ExchangeFailed

_SPOKEN = ("ai", "AIMessageChunk", "assistant")
_QUESTIONS = ("question", "message", "text", "prompt", "query", "content")


class _Chunk(Struct, frozen=True, gc=False, tag_field="type", tag="AIMessageChunk"):
    id: str
    content: str
    tool_call_chunks: list[Raw] | None = None
    tool_calls: list[Raw] | None = None


class RunGathering(Gathering):
    """A run in the making. Texts are kept by message, as a message may come in pieces, as it grows, or whole."""

    quick = Decoder(tuple[_Chunk, Raw]).decode
    connector = "langgraph"
    wanted = "an update after its last message"

    objects_only = False

    def __init__(
        self,
        *,
        asks: bool = False,
        states: bool = False,
        nodes: tuple[str, ...] = (),
        path: JsonPath | None = None,
        known: frozenset[str] = frozenset(),
    ) -> None:
        """`asks`: an interrupt is a question to the customer; `states`: texts are taken from the state, at `path`.

        `known` are the messages of earlier turns, which a state holds too.
        """
        super().__init__()
        self.interrupted = False
        self.last = []
        self._asks, self._states, self._nodes, self._path, self._known = asks, states, nodes, path, known
        self._messages: dict[str, list[str]] = {}
        self._closed = False  # an update has come since the last text

    @property
    def text(self) -> str:
        """What all messages say, each on lines of its own."""
        said = ("".join(pieces) for pieces in self._messages.values())
        return "\n".join(text for text in said if text)

    @property
    def names(self) -> frozenset[str]:
        """The messages that it holds, by their ids."""
        return frozenset(self._messages)

    def piece(self, name: str, piece: tuple[_Chunk, Raw]) -> bool:
        chunk = piece[0]
        held = self._messages.get(chunk.id)
        if held is None or not chunk.content or self._nodes or name != "messages":
            return False
        if chunk.tool_call_chunks or chunk.tool_calls:
            return False
        self._closed = False
        held.append(chunk.content)
        return True

    def event(self, name: str, document: Any) -> bool:
        kind = name.partition("|")[0]  # behind it a subgraph is named
        if kind == "messages" and isinstance(document, list) and document:
            return self._message(document[0], document[1] if len(document) > 1 else {}, grows=False)
        if kind in ("messages/partial", "messages/complete"):
            grown = [self._message(message, {}, grows=True) for message in maps(document)]
            return any(grown)
        if kind == "error" or (isinstance(document, dict) and "__error__" in document):
            raise ExchangeFailed("agent_error", _error(document))
        if kind == "metadata":
            self.trace = word(document, "run_id")
        elif kind in ("updates", "values", "end"):
            said = self._states and kind == "values" and isinstance(document, dict) and self._state(document)
            self._closed = True
            return self._interrupt(document) or said
        return False

    def document(self, document: Any) -> None:
        self.last = []
        if not isinstance(document, dict):
            return
        if "__error__" in document:
            raise ExchangeFailed("agent_error", _error(document["__error__"]))
        if self._path is None and not {"messages", "__interrupt__"} & document.keys():
            return  # no state with messages, and no path says where else its text is
        self._state(document)
        self._interrupt(document)
        self.proof = "state"

    def _state(self, state: dict[str, Any]) -> bool:
        """A state: its messages since the customer's last, or what is at the path."""
        before = self.text
        if self._path is not None:
            found = [text for text in self._path.find(state) if isinstance(text, str) and text]
            self._messages = {f"at {at}": [text] for at, text in enumerate(found)}
        else:
            for message in _since_customer(maps(state.get("messages"))):
                if word(message, "id") not in self._known or not word(message, "id"):
                    self._message(message, {}, grows=True)
        return self.text != before

    def over(self) -> bool:
        """Only the end of the stream says that no further node runs."""
        return False

    def closed(self) -> None:
        if self._closed:
            self.proof = "end of stream"

    def _message(self, message: Any, about: Any, *, grows: bool) -> bool:
        """A message or a chunk of one. One that comes whole after its chunks says nothing new."""
        kind = word(message, "type") or word(message, "role")
        if kind not in _SPOKEN or (self._nodes and word(about, "langgraph_node") not in (*self._nodes, "")):
            return False
        name, text = word(message, "id"), _content(message.get("content"))
        for call in (*maps(message.get("tool_call_chunks")), *maps(message.get("tool_calls"))):
            self._tool(name, call)
        held = self._messages.setdefault(name, [])
        if not text:
            return False
        self._closed = False
        if grows or kind != "AIMessageChunk":
            new = "".join(held) != text
            held[:] = [text]
            return new
        held.append(text)
        return True

    def _tool(self, message: str, call: dict[str, Any]) -> None:
        given = call.get("args")
        key = f"{message}/{call['index']}" if call.get("index") is not None else word(call, "id") or message
        if isinstance(given, str):
            self.call(key, word(call, "name"), given)
        elif key not in self.calls and not any(k.startswith(f"{message}/") for k in self.calls):
            self.call(key, word(call, "name"), "" if given is None else encode(given).decode())

    def _interrupt(self, document: Any) -> bool:
        """A graph that stops for a word from outside: of a person who takes over, or of the customer."""
        interrupts = part(document, "__interrupt__") if isinstance(document, dict) else None
        if not isinstance(interrupts, list) or not interrupts:
            return False
        self.interrupted = True
        if not self._asks:
            self.last.append({"__interrupt__": interrupts})
            return False
        texts = [_question(one.get("value")) for one in maps(interrupts)]
        self._messages["__interrupt__"] = ["\n".join(filter(None, texts))]
        return any(texts)


def _content(content: Any) -> str:
    """A message's text: as it is, or the text of its parts."""
    if isinstance(content, str):
        return content
    return "".join(word(one, "text") for one in maps(content) if word(one, "type") in ("text", "text_delta"))


def _question(value: Any) -> str:
    if isinstance(value, str):
        return value
    return next((said for key in _QUESTIONS if (said := word(value, key))), "")


def _since_customer(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The messages after the customer's last."""
    at = max((i for i, one in enumerate(messages) if word(one, "type") in ("human", "user")), default=-1)
    return messages[at + 1 :]


def _error(error: Any) -> str:
    if isinstance(error, dict):
        named, said = word(error, "error"), word(error, "message")
        return ": ".join(filter(None, (named, said))) or error_text(error)
    return error_text(error)
