"""Agent2Agent over JSON-RPC, versions 1.0 and 0.3: messages in a context, streamed, whole, or looked at until done."""

from typing import Any, Literal

from msgspec import Struct
from msgspec.json import encode

from hubbub.clock import Clock
from hubbub.connectors.a2a_wire import WAITS, TaskGathering
from hubbub.connectors.gathering import DocumentBody
from hubbub.connectors.options import Options
from hubbub.connectors.polling import Looked, Pauses, look_until_whole, read_pauses
from hubbub.connectors.protocol import Caller, Connector, Watch
from hubbub.connectors.spoken import Outgoing, Spoken, joined, read_presets
from hubbub.connectors.stepped import ByStep, Taken
from hubbub.connectors.target import read_target
from hubbub.connectors.wire import Wire
from hubbub.model import AgentSpec, Reply

Waiting = Literal["question", "handoff"]
_METHODS = {
    "1.0": ("SendMessage", "SendStreamingMessage", "GetTask"),
    "0.3": ("message/send", "message/stream", "tasks/get"),
}


class _Settings(Struct, frozen=True):
    wire: Wire
    version: str
    stream: bool
    waiting: str
    progress: bool
    pauses: Pauses
    metadata: dict[str, Any]
    waits: bool

    def message(self, number: str, text: str, context: str, task: str) -> dict[str, Any]:
        """A message of the customer's, as this version says it."""
        old = self.version == "0.3"
        part = {"kind": "text", "text": text} if old else {"text": text}
        said = {"messageId": number, "role": "user" if old else "ROLE_USER", "parts": [part]}
        named = {"contextId": context, "taskId": task}
        return said | ({"kind": "message"} if old else {}) | {name: value for name, value in named.items() if value}

    def gathering(self, request: str) -> TaskGathering:
        """What its answer is gathered in."""
        return TaskGathering(request, waiting_is_handoff=self.waiting == "handoff", progress=self.progress)


class _Dialogue:
    """One conversation: its context, and the task that waits for the customer's word, if one does."""

    def __init__(self, settings: _Settings, caller: Caller) -> None:
        self._settings = settings
        self._key = caller.key
        self._context = self._task = ""
        self._sent = 0

    async def prepare(self, watch: Watch) -> None:
        """Nothing is made beforehand: the agent opens the context with its first answer."""

    def ask(self, texts: tuple[str, ...]) -> Outgoing:
        settings = self._settings
        self._sent += 1
        request = f"{self._key}-{self._sent}"
        message = settings.message(request, joined(texts), self._context, self._task)
        self._task = ""  # it is answered with this: a second message meanwhile begins a task of its own
        params: dict[str, Any] = {"message": message}
        if not settings.waits:
            params["configuration"] = {"blocking": False} if settings.version == "0.3" else {"returnImmediately": True}
        if settings.metadata:
            params["metadata"] = settings.metadata
        method = _METHODS[settings.version][settings.stream]
        return Outgoing(_call(request, method, params), settings.gathering(request))

    async def follow(self, taken: Taken, watch: Watch, began: float) -> Taken:
        """Look at a task that was only submitted until it is done."""
        gathering = taken[1].gathering
        assert isinstance(gathering, TaskGathering)
        if not gathering.pending:
            return taken
        wire = self._settings.wire
        latest = taken

        async def look() -> Looked:
            nonlocal latest
            self._sent += 1
            request = f"{self._key}-{self._sent}"
            again = self._settings.gathering(request)
            body = _call(request, _METHODS[self._settings.version][2], {"id": gathering.task})
            latest = await wire.exchange(
                body, watch, lambda head: DocumentBody(again, head.media_type, head.framed), _plain(wire)
            )
            return Looked(not again.pending, bool(again.text))

        await look_until_whole(look, self._settings.pauses, wire.target.timeouts, began, wire.now)
        return latest

    def answered(self, sent: Outgoing, reply: Reply) -> None:
        self._context = reply.session or self._context
        if reply.completed_by.removeprefix("state=") in WAITS:
            self._task = reply.trace
        sent.answered(reply)


def _plain(wire: Wire) -> bytes:
    """The request head for an answer that is never a stream."""
    return wire.target.prefix.replace(b"Accept: text/event-stream", b"Accept: application/json", 1)


def _call(request: str, method: str, params: dict[str, Any]) -> bytes:
    return encode({"jsonrpc": "2.0", "id": request, "method": method, "params": params})


def _version(options: Options) -> str:
    """YAML takes 1.0 for a number."""
    version = str(options.take("version", str | float, "1.0"))  # type: ignore[arg-type]
    if version not in _METHODS:
        options.problem("version", f"{version!r} is none of {', '.join(_METHODS)}")
        return "1.0"
    return version


async def connect(agent: AgentSpec, clock: Clock) -> Connector:
    """A connector to an A2A agent; `agent.url` is that of its JSON-RPC interface. Raises UsageError."""
    options = Options(agent.options)
    problems: list[str] = []
    version, stream = _version(options), options.take("stream", bool, True)
    fixed = {"A2A-Version": version} if version != "0.3" else {}  # 0.3 knows no such header
    accept = "text/event-stream" if stream else "application/json"
    connections = options.take("connections", int, 0)
    target = read_target(agent, problems, accept=accept, connections=connections, fixed=fixed)
    presets = read_presets(agent, "a2a", options, problems)
    pauses = read_pauses(options, "poll_s", "poll_longest_s")
    waiting = options.choose("input_required", Waiting, "question")
    progress, metadata = options.take("progress", bool, False), options.take("metadata", dict[str, Any], {})
    waits = not options.take("return_immediately", bool, False)
    options.finish(tuple(problems))
    wire = Wire(target, clock)
    settings = _Settings(wire, version, stream, waiting, progress, pauses, metadata, waits)
    spoken = Spoken(wire, presets, lambda caller: _Dialogue(settings, caller), stream=stream)
    return ByStep(spoken, lambda caller: _Dialogue(settings, caller))
