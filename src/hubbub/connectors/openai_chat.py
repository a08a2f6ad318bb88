"""The chat completions protocol: the history goes out with each turn, the reply comes whole or as a stream."""

from typing import Literal

from msgspec import Struct
from msgspec.json import encode

from hubbub.clock import Clock
from hubbub.connectors.escalation import Parts, Preset, load_preset, signals_of
from hubbub.connectors.openai_wire import ChatBody, ChatStream
from hubbub.connectors.options import Options
from hubbub.connectors.protocol import Caller, Connector, Sent, Session, Watch
from hubbub.connectors.secrecy import Secrets
from hubbub.connectors.target import read_target
from hubbub.connectors.wire import Head, Reading, Wire
from hubbub.errors import UnknownName
from hubbub.model import AgentSpec, Reply

History = Literal["resend", "server"]


class _Line(Struct, frozen=True, gc=False):
    """A line of the history, as it is sent."""

    role: str
    content: str


class _Settings(Struct, frozen=True):
    """The connector's options, checked."""

    stream: bool
    history: str
    opening: bytes  # lines before the customer's first, as JSON
    head: bytes  # the body up to who speaks
    tool_names: tuple[str, ...]


def _settings(options: Options) -> _Settings:
    stream = options.take("stream", bool, True)
    model = options.take("model", str, "default")
    system = options.take("system", str, "")
    extra = options.added("messages", "stream", "user")
    usage = options.take("include_usage", bool, False)
    body = {"model": model, "stream": stream} | (
        {"stream_options": {"include_usage": True}} if usage and stream else {}
    )
    return _Settings(
        stream=stream,
        history=options.choose("history", History, "resend"),
        opening=encode(_Line("system", system)) + b"," if system else b"",
        head=encode(body | extra)[:-1] + b',"user":',
        tool_names=options.take("escalation_tools", tuple[str, ...], ()),
    )


async def connect(agent: AgentSpec, clock: Clock) -> Connector:
    """A connector to an OpenAI-compatible endpoint; `agent.url` is the whole address, path included.

    Raises UsageError with every mistake in the settings. Nothing is sent.
    """
    options = Options(agent.options)
    problems: list[str] = []
    settings = _settings(options)
    connections = options.take("connections", int, 0)
    accept = "text/event-stream" if settings.stream else "application/json"
    target = read_target(agent, problems, accept=accept, connections=connections)
    preset: Preset | None = None
    blind: tuple[str, ...] = ()
    try:
        preset, blind = load_preset(agent.escalation or "openai-tools")
    except UnknownName as error:
        problems.append(f"agent.escalation: {error}")
    options.finish(tuple(problems))
    assert preset is not None
    return OpenAiChat(Wire(target, clock), settings, preset, (*blind, "affinity_lost"))


class OpenAiChat:
    """A way to reach one endpoint that speaks chat completions."""

    def __init__(self, wire: Wire, settings: _Settings, preset: Preset, blind: tuple[str, ...]) -> None:
        self.wire = wire
        self.settings = settings
        self.preset = preset
        self.blind = blind

    @property
    def secrets(self) -> Secrets:
        """What the agent may not be heard saying."""
        return self.wire.secrets

    def session(self, caller: Caller) -> Session:
        """A line for one conversation, which keeps its history."""
        return _Session(self, caller)

    async def close(self) -> None:
        """Release sockets."""
        await self.wire.close()

    def choose(self, head: Head) -> Reading:
        """A stream where one was asked for and none but a stream can be meant; else one JSON document."""
        kind = head.media_type
        if kind == "text/event-stream" or (self.settings.stream and not kind.endswith(("json", "html"))):
            return ChatStream(self.wire.target.max_bytes, kind)
        return ChatBody(kind, head.framed)

    def reply(self, head: Head, reading: Reading) -> Reply:
        """What the endpoint answered, in our words."""
        assert isinstance(reading, (ChatStream, ChatBody))
        gathered = reading.gathered
        finish, tools = gathered.finish, gathered.tools
        end_mark = "[DONE]" if isinstance(reading, ChatStream) else "body"
        return Reply(
            text=gathered.text,
            status=head.status,
            completed_by=f"finish_reason={finish}" if finish else end_mark,
            events=gathered.events,
            size=reading.size,
            trace=gathered.trace,
            signals=signals_of(self.preset, Parts(tools, finish=finish, tool_names=self.settings.tool_names)),
            tools=tools,
            usage=gathered.usage,
        )


class _Session:
    """One conversation. Each turn keeps its own place in the history, so that replies may cross or fail to come.

    A line is made JSON once, when it is said: the history grows with each turn, and all of it goes out each time.
    """

    __slots__ = ("_connector", "_turns", "_user")

    def __init__(self, connector: OpenAiChat, caller: Caller) -> None:
        self._connector = connector
        self._user = encode(caller.key) + b',"messages":['
        self._turns: list[bytes] = []  # the lines of each

    async def say(self, texts: tuple[str, ...], watch: Watch) -> Reply:
        connector = self._connector
        turns, place = self._turns, len(self._turns)
        turns.append(encode(_Line("user", texts[0] if len(texts) == 1 else "\n".join(texts))))
        head, reading = await connector.wire.exchange(self._body(), watch, connector.choose)
        reply = connector.reply(head, reading)
        if reply.text and place < len(turns):  # else it has hung up
            turns[place] += b"," + encode(_Line("assistant", reply.text))
        return reply

    async def again(self, first: Sent, watch: Watch) -> Reply:
        connector = self._connector
        assert first.request is not None
        head, reading = await connector.wire.exchange(first.request[0], watch, connector.choose)
        return connector.reply(head, reading)

    def _body(self) -> bytes:
        settings = self._connector.settings
        said = self._turns[-1] if settings.history == "server" else b",".join(self._turns)
        return b"%b%b%b%b]}" % (settings.head, self._user, settings.opening, said)

    async def close(self) -> None:
        self._turns.clear()
