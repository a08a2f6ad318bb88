"""Any agent behind a WebSocket: frames of JSON or plain text, set as for http-json.

Proof of completion: what is at `reply.done`; without that setting, each frame with text is a whole reply, or the reply
is over after `quiet_s` of silence.
"""

from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from hubbub.clock import Clock
from hubbub.connectors.answers import rule_of, says_yes, sign_of
from hubbub.connectors.busy import patience_of
from hubbub.connectors.duplex import Duplex, Settings
from hubbub.connectors.escalation import FieldRule, Parts, signals_of
from hubbub.connectors.gathering import Gathering, frame_document
from hubbub.connectors.json_path import JsonPath
from hubbub.connectors.options import Options
from hubbub.connectors.protocol import Caller, Connector
from hubbub.connectors.spoken import Presets, joined, read_presets
from hubbub.connectors.target import read_target
from hubbub.connectors.template import Filling, Template, compile_template
from hubbub.errors import ExchangeFailed
from hubbub.model import AgentSpec

Frames = Literal["json", "text"]
Growth = Literal["delta", "cumulative"]
_BODY = {"session": "$session", "message": "$message"}
_FRAMES_KEPT = 100  # of one reply, for presets to look at


class _Settings(Struct, frozen=True):
    plain: bool
    cumulative: bool
    body: Template
    opening: Template | None
    quiet_s: float
    text: JsonPath
    done: FieldRule | None
    error: FieldRule | None
    ended: FieldRule | None
    trace: JsonPath | None
    rule: FieldRule | None


class _FrameGathering(Gathering):
    connector = "websocket"
    wanted = "the end of the reply"

    def __init__(self) -> None:
        super().__init__()
        self.frames: list[Any] = []
        self.last = self.frames


class _Tongue:
    def __init__(self, settings: _Settings, presets: Presets, caller: Caller) -> None:
        self._settings = settings
        self._presets = presets
        self._caller = caller
        self.quiet_s = settings.quiet_s

    def opening(self) -> tuple[str, ...]:
        template = self._settings.opening
        return () if template is None else (self._filled(template, ()),)

    def frames(self, texts: tuple[str, ...]) -> tuple[str, ...]:
        if self._settings.plain:
            return texts
        return (self._filled(self._settings.body, texts),)

    def _filled(self, template: Template, texts: tuple[str, ...]) -> str:
        who = self._caller
        message = joined(texts) if texts else ""
        session = who.session_key(names_customer=template.names_customer)
        return template.fill(Filling(message, texts, session, who.key, who.channel, who.locale, who.number)).decode()

    def interruption(self, said: str, for_s: float) -> str | None:
        return None

    def gathering(self) -> Gathering:
        return _FrameGathering()

    def take(self, gathering: Gathering, frame: str) -> bool:
        settings = self._settings
        assert isinstance(gathering, _FrameGathering)
        if settings.plain:
            gathering.texts.append(frame)
            gathering.proof = "" if settings.quiet_s else "message"
            return bool(frame)
        document = frame_document(frame)
        if len(gathering.frames) < _FRAMES_KEPT:
            gathering.frames.append(document)
        return self._take(gathering, document)

    def _take(self, gathering: _FrameGathering, document: Any) -> bool:
        settings = self._settings
        if says_yes(settings.error, document):
            assert settings.error is not None
            raise ExchangeFailed("agent_error", str(settings.error.path.first(document))[:300])
        texts = [text for text in settings.text.find(document) if isinstance(text, str) and text]
        if texts and settings.cumulative:
            gathering.texts.clear()
        gathering.texts += texts
        gathering.ended |= says_yes(settings.ended, document)
        if settings.trace is not None:
            gathering.trace = str(settings.trace.first(document) or gathering.trace)
        if settings.rule is not None and not gathering.signals:
            gathering.signals += signals_of(self._presets.preset, Parts((), document, rule=settings.rule))
        self._look_for_end(gathering, document, bool(texts))
        return bool(texts)

    def _look_for_end(self, gathering: _FrameGathering, document: Any, spoken: bool) -> None:
        settings = self._settings
        if settings.done is not None:
            if says_yes(settings.done, document):
                gathering.proof = f"done at {settings.done.path.text}"
        elif spoken and not settings.quiet_s:
            gathering.proof = "message"
        if gathering.ended:
            gathering.proof = gathering.proof or "ended"


def http_of(agent: AgentSpec) -> AgentSpec:
    """The same agent with its ws:// address as http://, which is what the handshake is made over."""
    url = agent.url or ""
    for scheme, over in (("ws://", "http://"), ("wss://", "https://")):
        if url.startswith(scheme):
            return replace(agent, url=over + url.removeprefix(scheme))
    return agent


def no_signing(agent: AgentSpec, problems: list[str]) -> None:
    """A handshake carries headers that stand; what is made anew for each request has no place in it."""
    for way in ("oauth2", "hmac", "sigv4"):
        if agent.auth is not None and getattr(agent.auth, way) is not None:
            problems.append(f"agent.auth.{way}: cannot be used with a WebSocket")


def _compiled(options: Options, name: str, default: Any) -> Template | None:
    holes: list[str] = []
    body = options.take(name, Any, default)
    template = compile_template(body, holes)
    for hole in holes:
        options.problem(name, hole)
    return None if body is None else template


def _settings(options: Options) -> _Settings:
    plain = options.choose("frames", Frames, "json") == "text"
    growth = options.choose("growth", Growth, "delta")
    body, opening = _compiled(options, "body", _BODY), _compiled(options, "opening", None)
    quiet_s = options.take("quiet_s", float, 0.0)
    reply = options.inner("reply")
    text = reply.path("text", "$.reply")
    done, error, ended = (sign_of(reply, name) for name in ("done", "error", "ended"))
    trace = reply.path("trace")
    rule = rule_of(reply.inner("escalation")) if reply.has("escalation") else None
    assert body is not None
    where = text or JsonPath("$", (), False)
    return _Settings(plain, growth == "cumulative", body, opening, quiet_s, where, done, error, ended, trace, rule)


async def connect(agent: AgentSpec, clock: Clock) -> Connector:
    """A connector to an agent behind a WebSocket. Raises UsageError with every mistake; opens nothing."""
    options = Options(agent.options)
    problems: list[str] = []
    settings = _settings(options)
    target = read_target(http_of(agent), problems, accept="*/*")
    no_signing(agent, problems)
    presets = read_presets(agent, "field" if settings.rule else "text", options, problems)
    options.finish(tuple(problems))
    blind = () if settings.error else ("agent_error",)
    patience = patience_of(target.busy, clock.now)
    return Duplex(Settings(target, clock, presets, patience), lambda caller: _Tongue(settings, presets, caller), blind)
