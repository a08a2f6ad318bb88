"""A connector over a gathering: a protocol brings what goes out and how the answer is read, this room does the rest."""

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from msgspec import Struct

from hubbub.connectors.escalation import Parts, Preset, load_preset, signals_of
from hubbub.connectors.escalation import text as text_preset
from hubbub.connectors.gathering import DocumentBody, EventBody, Gathering
from hubbub.connectors.options import Options
from hubbub.connectors.protocol import Caller, Session, Watch
from hubbub.connectors.secrecy import Secrets
from hubbub.connectors.wire import Head, Wire
from hubbub.errors import UnknownName
from hubbub.model import AgentSpec, Reply


class Line(Struct, frozen=True, gc=False):
    """A line of a history, as chat protocols send it. The text is shared with whoever else holds it."""

    role: str
    content: str


class History:
    """What was said, in turns that each keep their place, so that replies may cross or fail to come."""

    __slots__ = ("_turns",)

    def __init__(self) -> None:
        self._turns: list[list[Line]] = []

    def say(self, text: str) -> list[Line]:
        """A new turn, with the customer's line in it; the agent's is appended when it has come."""
        self._turns.append([Line("user", text)])
        return self._turns[-1]

    def lines(self) -> list[Line]:
        """All lines, in the order of the customer's."""
        return [line for turn in self._turns for line in turn]


class Outgoing(Struct, frozen=True):
    """A turn to send: its body, what its answer is gathered in, its place in the history where one is kept, and
    another request head than the usual one."""

    body: bytes
    gathering: Gathering
    place: list[Line] | None = None
    prefix: bytes | None = None

    def answered(self, reply: Reply) -> None:
        """Put the agent's line into its place."""
        if reply.text and self.place is not None:
            self.place.append(Line("assistant", reply.text))


class Dialogue(Protocol):
    """One conversation in a protocol: what it remembers between turns."""

    def ask(self, texts: tuple[str, ...]) -> Outgoing:
        """The next turn. Called again while another waits, when customers send twice."""

    def answered(self, sent: Outgoing, reply: Reply) -> None:
        """A turn was answered well."""


class Presets(Struct, frozen=True):
    """How escalations show, as the workload says, and what that cannot show."""

    preset: Preset
    blind: tuple[str, ...]
    tool_names: tuple[str, ...] = ()

    def apply(self, gathering: Gathering, finish: str) -> tuple[Any, ...]:
        """The signals in a reply: the protocol's own first, then the preset's."""
        parts = Parts(gathering.tools, gathering.last, finish, tool_names=self.tool_names)
        return (*gathering.signals, *signals_of(self.preset, parts))


def read_presets(agent: AgentSpec, usual: str, options: Options, problems: list[str]) -> Presets:
    """The preset that a workload names, or the protocol's usual one; what is wrong is added to `problems`."""
    tool_names = options.take("escalation_tools", tuple[str, ...], ())
    try:
        preset, blind = load_preset(agent.escalation or usual)
    except UnknownName as error:
        problems.append(f"agent.escalation: {error}")
        return Presets(text_preset, ())
    return Presets(preset, blind, tool_names)


class Spoken:
    """A way to reach one agent by a protocol of requests and answers, streamed or whole."""

    def __init__(
        self, wire: Wire, presets: Presets, begin: Callable[[Caller], Dialogue], *, stream: bool = True,
        blind: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        self.wire = wire
        self.presets = presets
        self.blind = (*presets.blind, *blind)
        self.stream = stream
        self._begin = begin

    @property
    def secrets(self) -> Secrets:
        """What the agent may not be heard saying."""
        return self.wire.secrets

    def session(self, caller: Caller) -> Session:
        """A line for one conversation."""
        return _Session(self, self._begin(caller))

    async def close(self) -> None:
        """Release sockets."""
        await self.wire.close()

    def choose(self, gathering: Gathering, head: Head) -> EventBody | DocumentBody:
        """A stream where the answer says so, or where one was asked for and it is not JSON."""
        kind = head.media_type
        if kind == "text/event-stream" or (self.stream and not kind.endswith(("json", "html"))):
            return EventBody(gathering, self.wire.target.max_bytes, kind)
        return DocumentBody(gathering, kind, head.framed)

    def reply(self, head: Head, reading: EventBody | DocumentBody) -> Reply:
        """What the agent answered, in our words."""
        gathering = reading.gathering
        return Reply(
            text=gathering.text,
            status=head.status,
            completed_by=gathering.proof,
            events=reading.count,
            size=reading.size,
            session=gathering.session,
            trace=gathering.trace,
            signals=self.presets.apply(gathering, gathering.proof.rpartition("=")[2]),
            tools=gathering.tools,
            usage=gathering.usage,
            ended=gathering.ended,
        )


class _Session:
    """One conversation."""

    __slots__ = ("_connector", "_dialogue")

    def __init__(self, connector: Spoken, dialogue: Dialogue) -> None:
        self._connector = connector
        self._dialogue = dialogue

    async def say(self, texts: tuple[str, ...], watch: Watch) -> Reply:
        connector = self._connector
        sent = self._dialogue.ask(texts)
        choose = partial(connector.choose, sent.gathering)
        head, reading = await connector.wire.exchange(sent.body, watch, choose, sent.prefix)
        reply = connector.reply(head, reading)
        self._dialogue.answered(sent, reply)
        return reply

    async def close(self) -> None:
        """There is nothing to hang up."""


def joined(texts: tuple[str, ...]) -> str:
    """The messages of a burst as one, each on a line of its own."""
    return texts[0] if len(texts) == 1 else "\n".join(texts)
