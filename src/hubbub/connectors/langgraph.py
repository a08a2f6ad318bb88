"""LangGraph servers: a thread for each conversation, a run for each turn, streamed or waited for."""

from typing import Any, Literal
from uuid import NAMESPACE_URL, uuid5

import msgspec
from msgspec import Struct
from msgspec.json import encode

from hubbub.clock import Clock
from hubbub.connectors.gathering import word
from hubbub.connectors.json_path import JsonPath
from hubbub.connectors.langgraph_wire import RunGathering
from hubbub.connectors.options import Options
from hubbub.connectors.protocol import Caller, Connector, Watch
from hubbub.connectors.rawbody import RawBody, Unwatched
from hubbub.connectors.sending import toward
from hubbub.connectors.spoken import Outgoing, Spoken, joined, read_presets
from hubbub.connectors.stepped import ByStep, Taken
from hubbub.connectors.target import read_target
from hubbub.connectors.template import Filling, Template, compile_template
from hubbub.connectors.wire import Wire
from hubbub.errors import ExchangeFailed
from hubbub.model import AgentSpec, Reply

DoubleText = Literal["default", "reject", "enqueue", "interrupt", "rollback"]
StreamMode = Literal["messages-tuple", "messages", "values"]
Interrupt = Literal["handoff", "question"]
_INPUT = {"messages": [{"role": "user", "content": "$message"}]}
_UNSEEN = ("affinity_lost",)  # the thread's name is ours


class _Settings(Struct, frozen=True):
    wire: Wire
    base: str
    stream: bool
    mode: str
    interrupt: str
    nodes: tuple[str, ...]
    path: JsonPath | None
    input: Template
    head: bytes  # what all runs have in common, up to the input

    def gathering(self, known: frozenset[str]) -> RunGathering:
        """What a run is gathered in."""
        asks, states = self.interrupt == "question", self.mode == "values"
        return RunGathering(asks=asks, states=states, nodes=self.nodes, path=self.path, known=known)


class _Dialogue:
    """One conversation, in a thread of its own."""

    def __init__(self, settings: _Settings, caller: Caller) -> None:
        self._settings = settings
        self._caller = caller
        self._thread = str(uuid5(NAMESPACE_URL, caller.key))
        runs = f"{settings.base}/threads/{self._thread}/runs/{'stream' if settings.stream else 'wait'}"
        self._prefix = toward(settings.wire.target.prefix, runs)
        self._interrupted = False
        self._known: frozenset[str] = frozenset()

    async def prepare(self, watch: Watch) -> None:
        """Make the thread."""
        wire = self._settings.wire
        body = encode(
            {"thread_id": self._thread, "if_exists": "do_nothing", "metadata": {"customer": self._caller.key}}
        )
        prefix = toward(wire.target.prefix, f"{self._settings.base}/threads")
        _, answer = await wire.exchange(body, Unwatched(), lambda head: RawBody(), prefix)
        if word(_decoded(answer.whole_body()), "thread_id") != self._thread:
            begins = answer.whole_body()[:120].decode("utf-8", "replace")
            raise ExchangeFailed("malformed", f"no thread was made; the answer begins: {begins!r}")

    def ask(self, texts: tuple[str, ...]) -> Outgoing:
        settings, caller = self._settings, self._caller
        text = joined(texts)
        if self._interrupted:
            given = b'"command":' + encode({"resume": text})
        else:
            filling = Filling(
                text, texts, self._thread, caller.key, caller.channel, caller.locale, caller.number
            )  # fmt: skip
            given = b'"input":' + settings.input.fill(filling)
        self._interrupted = False
        return Outgoing(settings.head + given + b"}", settings.gathering(self._known), prefix=self._prefix)

    async def follow(self, taken: Taken, watch: Watch, began: float) -> Taken:
        """A run is streamed or waited for: there is nothing to look at again."""
        return taken

    def answered(self, sent: Outgoing, reply: Reply) -> None:
        assert isinstance(sent.gathering, RunGathering)
        self._interrupted = sent.gathering.interrupted
        self._known |= sent.gathering.names


def _decoded(body: bytes) -> Any:
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _head(options: Options, stream: bool, mode: str) -> bytes:
    """The part of a run's body that all runs have in common."""
    run: dict[str, Any] = {"assistant_id": options.take("assistant", str, "agent")}
    double_text = options.choose("double_text", DoubleText, "default")
    if double_text != "default":
        run["multitask_strategy"] = double_text
    if stream:
        run |= {"stream_mode": [mode, "updates"], "stream_subgraphs": options.take("subgraphs", bool, False)}
    extra = options.added("input", "command", "assistant_id", "stream_mode")
    return encode(run | extra)[:-1] + b","


async def connect(agent: AgentSpec, clock: Clock) -> Connector:
    """A connector to a LangGraph server; `agent.url` is its base address. Raises UsageError."""
    options = Options(agent.options)
    problems: list[str] = []
    stream = options.take("stream", bool, True)
    mode = options.choose("stream_mode", StreamMode, "messages-tuple")
    interrupt = options.choose("interrupt", Interrupt, "handoff")
    nodes, path = options.take("nodes", tuple[str, ...], ()), options.path("text")
    if path is not None and stream and mode != "values":
        options.problem("text", "is a path in the state: it needs `stream: false`, or `stream_mode: values`")
    holes: list[str] = []
    template = compile_template(options.take("input", Any, _INPUT), holes)
    for hole in holes:
        options.problem("input", hole)
    head = _head(options, stream, mode)
    accept = "text/event-stream" if stream else "application/json"
    target = read_target(agent, problems, accept=accept, connections=options.take("connections", int, 0))
    presets = read_presets(agent, "langgraph", options, problems)
    options.finish(tuple(problems))
    wire = Wire(target, clock)
    base = target.url.raw_path.rstrip("/")
    settings = _Settings(wire, base, stream, mode, interrupt, nodes, path, template, head)
    spoken = Spoken(wire, presets, lambda caller: _Dialogue(settings, caller), stream=stream, blind=_UNSEEN)
    return ByStep(spoken, lambda caller: _Dialogue(settings, caller))
