"""Google's Agent Development Kit: `run_sse` and `run`. Pieces come first, then the whole text again, said once.

Proof of completion: of a stream, its orderly end after an event that is not partial; of `run`, the list of events.
https://google.github.io/adk-docs/ (API server; Events)
"""

from typing import Any

from msgspec import UNSET, Raw, Struct, UnsetType
from msgspec.json import Decoder, encode

from hubbub.clock import Clock
from hubbub.connectors.gathering import Gathering, maps, number, part, word
from hubbub.connectors.options import Options
from hubbub.connectors.protocol import Caller, Connector, Watch
from hubbub.connectors.rawbody import RawBody, Unwatched
from hubbub.connectors.sending import toward
from hubbub.connectors.spoken import Outgoing, Spoken, joined, read_presets
from hubbub.connectors.stepped import ByStep, Taken
from hubbub.connectors.target import read_target
from hubbub.connectors.wire import Wire
from hubbub.errors import ExchangeFailed
from hubbub.model import AgentSpec, Reply, Usage

_UNSEEN = ("affinity_lost",)  # the session's name is ours
_EXISTS = (400, 409)


class _Text(Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    text: str


class _Content(Struct, frozen=True, gc=False):
    parts: tuple[_Text]
    role: str


class _Piece(Struct, frozen=True, gc=False):
    """An event that is nothing but a piece of text."""

    content: _Content
    author: str
    partial: bool
    error: Raw | UnsetType = UNSET
    errorCode: Raw | UnsetType = UNSET


class EventGathering(Gathering):
    """A run in the making: for each author the pieces of the text that it is at, and the texts that are whole."""

    quick = Decoder(_Piece).decode
    connector = "adk"
    objects_only = False
    wanted = "an event that is not partial after its last piece"

    def __init__(self) -> None:
        super().__init__()
        self.last = []
        self._open: dict[str, int] = {}  # author to the place of its unfinished text
        self._said: list[list[str]] = []
        self._whole = False

    @property
    def text(self) -> str:
        """All texts, each on lines of its own."""
        return "\n".join(text for pieces in self._said if (text := "".join(pieces)))

    def piece(self, name: str, piece: _Piece) -> bool:
        text, author = piece.content.parts[0].text, piece.author
        if not (piece.partial and text and piece.error is UNSET and piece.errorCode is UNSET):
            return False
        return piece.content.role == "model" and author != "user" and self._piece(author, text)

    def event(self, name: str, document: Any) -> bool:
        if not isinstance(document, dict):
            raise ExchangeFailed("malformed", f"an event that is no JSON object: {str(document)[:80]}")
        if "error" in document:
            raise ExchangeFailed("agent_error", str(document["error"])[:500])
        if code := word(document, "errorCode"):
            raise ExchangeFailed("agent_error", f"{code}: {word(document, 'errorMessage')}")
        self.trace = word(document, "invocationId") or self.trace
        partial = document.get("partial") is True
        if not partial:
            self._whole = True
            self.last.append(document)
            self._count(document.get("usageMetadata"))
        author = word(document, "author")
        parts = maps(part(document, "content", "parts"))
        text = "".join(word(one, "text") for one in parts if one.get("thought") is not True)
        for one in parts:
            if isinstance(call := one.get("functionCall"), dict) and not partial:
                self.call(word(call, "id") or str(len(self.calls)), word(call, "name"), _json(call.get("args")))
        if not text or author == "user" or word(document, "content", "role") == "user":
            return False
        return self._piece(author, text) if partial else self._all(author, text)

    def document(self, document: Any) -> None:
        """What `run` answers: the events, of which none is partial."""
        self.last = []
        for event in maps(document):
            self.event("", event)
        if isinstance(document, list) and (self._whole or not document):
            self.proof = "events"

    def over(self) -> bool:
        """Only the end of the stream says that no further agent speaks."""
        return False

    def closed(self) -> None:
        if self._whole:
            self.proof = "end of stream"

    def _piece(self, author: str, text: str) -> bool:
        self._whole = False
        if author not in self._open:
            self._open[author] = len(self._said)
            self._said.append([])
        self._said[self._open[author]].append(text)
        return True

    def _all(self, author: str, text: str) -> bool:
        """A whole text: in place of the pieces that it came in, if it did."""
        place = self._open.pop(author, None)
        if place is None:
            self._said.append([text])
            return True
        new = "".join(self._said[place]) != text
        self._said[place][:] = [text]
        return new

    def _count(self, usage: Any) -> None:
        if isinstance(usage, dict):
            self.usage = Usage(number(usage, "promptTokenCount"), number(usage, "candidatesTokenCount"))


def _json(given: Any) -> str:
    return "" if given is None else encode(given).decode()


class _Settings(Struct, frozen=True):
    wire: Wire
    base: str
    app: str
    stream: bool
    create: bool
    state: dict[str, Any]


class _Dialogue:
    """One conversation, in a session of its own."""

    def __init__(self, settings: _Settings, caller: Caller) -> None:
        self._settings = settings
        self._key, self._session = caller.key, caller.session_key()
        run = {"appName": settings.app, "userId": self._key, "sessionId": self._session, "streaming": settings.stream}
        self._head = encode(run)[:-1] + b',"newMessage":'

    async def prepare(self, watch: Watch) -> None:
        """Make the session; one that is there already will do."""
        settings = self._settings
        if not settings.create:
            return
        path = f"{settings.base}/apps/{settings.app}/users/{self._key}/sessions/{self._session}"
        prefix = toward(settings.wire.target.prefix, path)
        try:
            await settings.wire.exchange(encode(settings.state), Unwatched(), lambda head: RawBody(), prefix)
        except ExchangeFailed as failed:
            if failed.status not in _EXISTS or "exists" not in failed.detail:
                raise

    def ask(self, texts: tuple[str, ...]) -> Outgoing:
        said = {"role": "user", "parts": [{"text": joined(texts)}]}
        return Outgoing(self._head + encode(said) + b"}", EventGathering())

    async def follow(self, taken: Taken, watch: Watch, began: float) -> Taken:
        """A run is streamed or waited for: there is nothing to look at again."""
        return taken

    def answered(self, sent: Outgoing, reply: Reply) -> None:
        """The session remembers."""


async def connect(agent: AgentSpec, clock: Clock) -> Connector:
    """A connector to an ADK API server; `agent.url` is the address of its `run_sse` or `run`. Raises UsageError."""
    options = Options(agent.options)
    problems: list[str] = []
    app = options.take("app", str, "")
    if not app:
        options.problem("app", "not set; say which app of the server is meant (it lists them under /list-apps)")
    stream, create = options.take("stream", bool, True), options.take("create_session", bool, True)
    state = options.take("state", dict[str, Any], {})
    connections = options.take("connections", int, 0)
    target = read_target(agent, problems, accept="text/event-stream, application/json", connections=connections)
    base, _, run = target.url.raw_path.rpartition("/")
    if not problems and run not in ("run_sse", "run"):
        problems.append(f"agent.url: ends in {run or 'nothing'!r}; an ADK server is run under .../run_sse or .../run")
    presets = read_presets(agent, "openai-tools", options, problems)
    options.finish(tuple(problems))
    wire = Wire(target, clock)
    settings = _Settings(wire, base, app, stream and run == "run_sse", create, {"state": state} if state else {})
    spoken = Spoken(wire, presets, lambda caller: _Dialogue(settings, caller), stream=False, blind=_UNSEEN)
    return ByStep(spoken, lambda caller: _Dialogue(settings, caller))
