"""AG-UI, the Agent User Interaction protocol: a run's input goes out, its events come back.

Proof of completion: RUN_FINISHED; RUN_ERROR is the agent's own failure. Its outcome may be an interrupt: something is
wanted from outside, of a human or of the customer. https://docs.ag-ui.com/concepts/events, schema 1.0
"""

from typing import Any, Literal

from msgspec import UNSET, Raw, Struct, UnsetType
from msgspec.json import Decoder, encode

from hubbub.clock import Clock
from hubbub.connectors.gathering import Gathering, maps, number, part, word
from hubbub.connectors.options import Options
from hubbub.connectors.protocol import Caller, Connector
from hubbub.connectors.spoken import Outgoing, Spoken, joined, read_presets
from hubbub.connectors.target import read_target
from hubbub.connectors.wire import Wire
from hubbub.errors import ExchangeFailed
from hubbub.model import AgentSpec, Reply, Usage

Remembered = Literal["resend", "server"]
Interrupt = Literal["handoff", "question"]
_MESSAGE = ("TEXT_MESSAGE_START", "TEXT_MESSAGE_CONTENT", "TEXT_MESSAGE_CHUNK")
_TOOL = ("TOOL_CALL_START", "TOOL_CALL_ARGS", "TOOL_CALL_CHUNK")
_UNSEEN = ("affinity_lost",)  # the thread's name is ours


class _Message(Struct, frozen=True, gc=False):
    id: str
    role: str
    content: str


class _Piece(Struct, frozen=True, gc=False, tag_field="type", tag="TEXT_MESSAGE_CONTENT"):
    messageId: str
    delta: str
    role: Raw | UnsetType = UNSET


class RunGathering(Gathering):
    """A run in the making: its messages by id, as each grows."""

    quick = Decoder(_Piece).decode
    connector = "ag-ui"
    wanted = "RUN_FINISHED"

    def __init__(self, *, asks: bool = False, place: list[_Message] | None = None) -> None:
        super().__init__()
        self.place = place  # the turn in the history that it belongs to
        self.interrupts: tuple[str, ...] = ()  # ids, to be answered by the next run
        self.messages: dict[str, list[str]] = {}
        self.last = []
        self._asks = asks
        self._at = self._call = ""  # what a chunk without a name goes on with
        self._strange: set[str] = set()  # messages that are not the agent's

    @property
    def text(self) -> str:
        """What all messages say, each on lines of its own."""
        return "\n".join(text for pieces in self.messages.values() if (text := "".join(pieces)))

    def piece(self, name: str, piece: _Piece) -> bool:
        at, delta = piece.messageId, piece.delta
        if at != self._at or not delta or piece.role is not UNSET or at in self._strange:
            return False
        held = self.messages.get(at)
        if held is not None:
            held.append(delta)
        return held is not None

    def event(self, name: str, document: dict[str, Any]) -> bool:
        kind = document.get("type")
        if kind in _MESSAGE:
            return self._piece(document)
        if kind in _TOOL:
            self._call = word(document, "toolCallId") or self._call
            self.call(self._call, word(document, "toolCallName"), word(document, "delta"))
        elif kind == "MESSAGES_SNAPSHOT":
            return self._snapshot(maps(document.get("messages")))
        elif kind == "RUN_STARTED":
            self.trace = word(document, "runId")
        elif kind == "RUN_ERROR":
            code = word(document, "code")
            raise ExchangeFailed("agent_error", f"{code}: " * bool(code) + word(document, "message"))
        elif kind == "RUN_FINISHED":
            return self._finish(document)
        elif kind == "CUSTOM":
            self.last.append(document)
        return False

    def document(self, document: dict[str, Any]) -> None:
        """AG-UI always streams: a document is none of its answers."""

    def _piece(self, event: dict[str, Any]) -> bool:
        self._at = at = word(event, "messageId") or self._at
        if word(event, "role") not in ("", "assistant"):
            self._strange.add(at)
        delta = word(event, "delta")
        if not delta or at in self._strange:
            return False
        self.messages.setdefault(at, []).append(delta)
        return True

    def _snapshot(self, messages: list[dict[str, Any]]) -> bool:
        """All messages that the agent owns. It speaks for those that came in no pieces, since the customer's last."""
        since = max((at for at, one in enumerate(messages) if word(one, "role") == "user"), default=-1)
        before = self.text
        for one in messages[since + 1 :]:
            if word(one, "role") == "assistant" and word(one, "content"):
                self.messages[word(one, "id")] = [word(one, "content")]
        return self.text != before

    def _finish(self, event: dict[str, Any]) -> bool:
        outcome = word(event, "outcome", "type") or "success"
        self.last.append(event)
        if outcome == "cancelled":
            raise ExchangeFailed("agent_error", "the run was cancelled")
        usage = maps(event.get("usage"))
        if usage:
            self.usage = Usage(
                sum(number(u, "inputTokens") for u in usage), sum(number(u, "outputTokens") for u in usage)
            )
        interrupts = maps(part(event, "outcome", "interrupts")) if outcome == "interrupt" else []
        self.interrupts = tuple(word(one, "id") for one in interrupts)
        self.proof = f"RUN_FINISHED={outcome}"
        if not self._asks:
            return False
        self.last.clear()  # what waits for the customer's word calls nobody else
        asked = "\n".join(filter(None, (word(one, "message") for one in interrupts)))
        if asked and asked not in self.text:
            self.messages["interrupt"] = [asked]
        return bool(asked)


class _Settings(Struct, frozen=True):
    history: str
    asks: bool
    fixed: bytes  # what all runs have in common


class _Dialogue:
    """One conversation: its messages, where they are sent again with each turn."""

    def __init__(self, settings: _Settings, caller: Caller) -> None:
        self._settings = settings
        self._key = caller.key
        self._messages: list[list[_Message]] = []
        self._open: tuple[str, ...] = ()
        self._runs = 0

    def ask(self, texts: tuple[str, ...]) -> Outgoing:
        self._runs += 1
        said = _Message(f"{self._key}-{self._runs}", "user", joined(texts))
        self._messages.append([said])
        whole = self._settings.history == "resend"
        shown = [one for turn in self._messages for one in turn] if whole else [said]
        run: dict[str, Any] = {"threadId": self._key, "runId": f"{self._key}-run-{self._runs}", "messages": shown}
        if self._open:
            run["resume"] = [{"interruptId": i, "status": "resolved", "payload": said.content} for i in self._open]
        self._open = ()
        body = encode(run)[:-1] + b"," + self._settings.fixed
        return Outgoing(body, RunGathering(asks=self._settings.asks, place=self._messages[-1]))

    def answered(self, sent: Outgoing, reply: Reply) -> None:
        gathering = sent.gathering
        assert isinstance(gathering, RunGathering)
        self._open = gathering.interrupts
        if gathering.place is not None:
            said = gathering.messages.items()
            gathering.place += [_Message(name, "assistant", "".join(pieces)) for name, pieces in said]


async def connect(agent: AgentSpec, clock: Clock) -> Connector:
    """A connector to an AG-UI endpoint; `agent.url` is the whole address, path included. Raises UsageError."""
    options = Options(agent.options)
    problems: list[str] = []
    history = options.choose("history", Remembered, "resend")
    interrupt = options.choose("interrupt", Interrupt, "handoff")
    given: dict[str, Any] = {
        "state": options.take("state", Any, {}),
        "tools": options.take("tools", list[dict[str, Any]], []),
        "context": options.take("context", list[dict[str, Any]], []),
        "forwardedProps": options.take("forwarded_props", Any, {}),
    }
    connections = options.take("connections", int, 0)
    target = read_target(agent, problems, accept="text/event-stream", connections=connections)
    presets = read_presets(agent, "ag-ui", options, problems)
    options.finish(tuple(problems))
    settings = _Settings(history, interrupt == "question", encode(given)[1:])
    return Spoken(Wire(target, clock), presets, lambda caller: _Dialogue(settings, caller), blind=_UNSEEN)
