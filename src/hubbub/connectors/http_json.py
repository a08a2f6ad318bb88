"""Any agent that takes a JSON request and answers with a JSON document: a template out, paths in."""

from typing import Any, Literal

import msgspec
from msgspec import Struct

from hubbub.clock import Clock
from hubbub.connectors.answers import rule_of, says_yes, sign_of
from hubbub.connectors.body import JsonBody
from hubbub.connectors.escalation import FieldRule, Parts, Preset, load_preset, signals_of, text
from hubbub.connectors.guess import hint
from hubbub.connectors.http_callback import connect as connect_callback
from hubbub.connectors.json_path import JsonPath
from hubbub.connectors.options import Options
from hubbub.connectors.polled import Poll, read_poll
from hubbub.connectors.polling import Looked, look_until_whole
from hubbub.connectors.protocol import Caller, Connector, Sent, Session, Watch
from hubbub.connectors.secrecy import Secrets
from hubbub.connectors.sending import FORM, SendAs, addressed, as_form, has_holes, in_query, toward
from hubbub.connectors.target import NOTHING, read_target
from hubbub.connectors.template import Filling, Template, compile_template
from hubbub.connectors.wire import Head, Wire
from hubbub.errors import ExchangeFailed, UnknownName
from hubbub.model import AgentSpec, Reply, ToolCall

Method = Literal["POST", "PUT", "PATCH", "GET"]
_BODY = {"session": "$session", "message": "$message"}
_DECODER = msgspec.json.Decoder(Any)
_ARGUMENTS = ("arguments", "args", "parameters", "input")


class _Paths(Struct, frozen=True):
    """Where things are in an answer."""

    text: JsonPath
    session: JsonPath | None
    error: FieldRule | None
    ended: FieldRule | None
    trace: JsonPath | None
    tools: JsonPath | None
    escalation: FieldRule | None


def _paths(options: Options) -> _Paths:
    where = options.path("text", "$.reply")
    rule = rule_of(options.inner("escalation")) if options.has("escalation") else None
    session, trace, tools = (options.path(name) for name in ("session", "trace", "tools"))
    error, ended = sign_of(options, "error"), sign_of(options, "ended")
    return _Paths(where or JsonPath("$", (), False), session, error, ended, trace, tools, rule)


async def connect(agent: AgentSpec, clock: Clock) -> Connector:
    """A connector to an endpoint that takes and gives JSON. Raises UsageError with every mistake; sends nothing."""
    options = Options(agent.options)
    problems: list[str] = []
    if options.has("callback"):
        return await connect_callback(agent, clock, options, problems)
    method = options.choose("method", Method, "POST")
    send: SendAs = options.choose("send", SendAs, "query" if method == "GET" else "json")
    if (method == "GET") != (send == "query"):
        options.problem("send", "a GET sends its settings in the query, and nothing else does")
    holes: list[str] = []
    body = options.take("body", Any, _BODY)
    if send != "json" and not isinstance(body, dict):
        options.problem("body", f"must be a map to be sent as a {send}")
    template = compile_template(body, holes)
    for hole in holes:
        options.problem("body", hole)
    paths = _paths(options.inner("reply"))
    poll = read_poll(options.inner("poll")) if options.has("poll") else None
    connections = options.take("connections", int, 0)
    fixed = FORM if send == "form" else NOTHING
    target = read_target(
        agent, problems, method=method, accept="application/json", connections=connections, fixed=fixed
    )
    preset, blind = _preset(agent.escalation or ("field" if paths.escalation else "text"), paths, problems)
    options.finish(tuple(problems))
    return HttpJson(Wire(target, clock), template, paths, preset, blind, send, poll)


def _preset(name: str, paths: _Paths, problems: list[str]) -> tuple[Preset, tuple[str, ...]]:
    if name == "field" and paths.escalation is None:
        problems.append("agent.escalation: `field` needs agent.options.reply.escalation.path")
    if name == "openai-tools" and paths.tools is None:
        problems.append("agent.escalation: `openai-tools` needs agent.options.reply.tools")
    try:
        preset, blind = load_preset(name)
    except UnknownName as error:
        problems.append(f"agent.escalation: {error}")
        return text, ()
    unseen = {"agent_error": paths.error, "affinity_lost": paths.session, "no_audit_id": paths.trace}
    return preset, (*blind, *(name for name, path in unseen.items() if path is None))


class HttpJson:
    """A way to reach one such endpoint."""

    def __init__(
        self, wire: Wire, template: Template, paths: _Paths, preset: Preset, blind: tuple[str, ...], send: SendAs,
        poll: Poll | None = None,
    ) -> None:  # fmt: skip
        self.wire = wire
        self.poll = poll
        self.send = send
        self.named = has_holes(wire.target.prefix)
        self.template = template
        self.paths = paths
        self.preset = preset
        self.blind = blind

    @property
    def secrets(self) -> Secrets:
        """What the agent may not be heard saying."""
        return self.wire.secrets

    def session(self, caller: Caller) -> Session:
        """A line for one conversation, which keeps the name that the agent gives it."""
        return _Session(self, caller)

    async def close(self) -> None:
        """Release sockets."""
        await self.wire.close()

    def choose(self, head: Head) -> "_Answer":
        """There is one way to read an answer."""
        return _Answer(self.paths, head, self.poll)

    async def look(self, taken: "_Taken", watch: Watch, poll: Poll, began: float) -> "_Taken":
        """What comes of a receipt, looked for until it is there. Raises ExchangeFailed."""
        target, latest = self.wire.target, taken
        prefix = toward(target.prefix, poll.address(taken[0], taken[1].document, target.url), "GET")

        async def look() -> Looked:
            nonlocal latest
            latest = await self.wire.exchange(b"", watch, self.choose, prefix)
            return Looked(not latest[1].pending)

        await look_until_whole(look, poll.pauses, target.timeouts, began, self.wire.now)
        return latest

    def reply(self, head: Head, answer: "_Answer") -> Reply:
        """What the endpoint answered, in our words."""
        paths, document = self.paths, answer.document
        tools = _tools(paths.tools, document)
        return Reply(
            text=answer.text,
            status=head.status,
            completed_by="body",
            size=answer.size,
            session=_scalar(paths.session, document),
            trace=_scalar(paths.trace, document),
            signals=signals_of(self.preset, Parts(tools, document, rule=paths.escalation)),
            tools=tools,
            ended=says_yes(paths.ended, document),
        )


class _Session:
    """One conversation. Until the agent has named it, `$session` is null; the customer's key, when it never will."""

    __slots__ = ("_caller", "_connector", "_session")

    def __init__(self, connector: HttpJson, caller: Caller) -> None:
        self._connector = connector
        self._caller = caller
        own = caller.session_key(names_customer=connector.template.names_customer)
        self._session = own if connector.paths.session is None else None

    async def say(self, texts: tuple[str, ...], watch: Watch) -> Reply:
        connector = self._connector
        caller = self._caller
        message = texts[0] if len(texts) == 1 else "\n".join(texts)
        filling = Filling(
            message,
            texts,
            self._session,
            caller.key,
            caller.channel,
            caller.locale,
            caller.number,
            getattr(watch, "message_id", ""),
        )
        body, prefix = self._outgoing(connector.template.fill(filling))
        began = connector.wire.now()
        head, answer = await connector.wire.exchange(body, watch, connector.choose, prefix)
        if answer.pending and connector.poll is not None:
            head, answer = await connector.look((head, answer), watch, connector.poll, began)
        reply = connector.reply(head, answer)
        self._session = reply.session or self._session
        return reply

    async def again(self, first: Sent, watch: Watch) -> Reply:
        connector = self._connector
        assert first.request is not None
        body, prefix = first.request
        return connector.reply(*await connector.wire.exchange(body, watch, connector.choose, prefix))

    def _outgoing(self, body: bytes) -> tuple[bytes, bytes | None]:
        """The body as it is sent, and the request head where it is not the usual one."""
        connector = self._connector
        if connector.send == "json" and not connector.named:
            return body, None
        prefix = connector.wire.target.prefix
        if connector.named:
            prefix = addressed(prefix, self._caller)
        if connector.send == "json":
            return body, prefix
        form = as_form(body)
        return (b"", in_query(prefix, form)) if connector.send == "query" else (form, prefix)

    async def close(self) -> None:
        """There is nothing to hang up."""


class _Answer(JsonBody[Any]):
    """A Reading of one JSON document that looks for its error and its text."""

    __slots__ = ("_paths", "_poll", "_watch", "pending", "text")

    def __init__(self, paths: _Paths, head: Head, poll: Poll | None = None) -> None:
        super().__init__(_DECODER, head.media_type, head.framed)
        self._paths = paths
        self._poll = poll
        self.pending = False  # it is a receipt
        self._watch: Watch | None = None
        self.text = ""

    def feed(self, data: bytes, watch: Watch) -> bool:
        self._watch = watch
        return super().feed(data, watch)

    def end(self) -> None:
        super().end()
        if says_yes(self._paths.error, self.document):
            assert self._paths.error is not None
            raise ExchangeFailed("agent_error", _brief(self._paths.error.path.first(self.document)))
        if self._poll is not None and self._poll.waits(self.document):
            self.pending = True
            return
        self.text = _text(self._paths.text, self.document)
        if self.text and self._watch is not None:
            self._watch.text()


_Taken = tuple[Head, _Answer]


def _text(path: JsonPath, document: Any) -> str:
    """The text at a path; several are joined by line ends. Raises ExchangeFailed(malformed) when there is none."""
    found = path.find(document)
    if not found and not path.plural:
        raise ExchangeFailed(
            "malformed", f"the answer has no {path.text}; it has {_shape(document)}{hint(document, 'http-json')}"
        )
    if len(found) == 1 and isinstance(found[0], list):
        found = found[0]
    texts = [value for value in found if value is not None]
    odd = next((value for value in texts if not isinstance(value, str)), None)
    if odd is not None:
        raise ExchangeFailed(
            "malformed", f"at {path.text} there is no text but {_shape(odd)}{hint(document, 'http-json')}"
        )
    return "\n".join(text for text in texts if text)


def _shape(value: Any) -> str:
    if isinstance(value, dict):
        return "a map of " + (", ".join(list(value)[:10]) or "nothing")
    return f"a list of {len(value)}" if isinstance(value, list) else f"{type(value).__name__} {_brief(value)}"


def _brief(value: Any) -> str:
    return value[:300] if isinstance(value, str) else msgspec.json.encode(value).decode()[:300]


def _scalar(path: JsonPath | None, document: Any) -> str:
    value = path.first(document) if path is not None else None
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _tools(path: JsonPath | None, document: Any) -> tuple[ToolCall, ...]:
    found = path.find(document) if path is not None else []
    if len(found) == 1 and isinstance(found[0], list):
        found = found[0]
    return tuple(
        _tool(value) for value in found if isinstance(value, str) or (isinstance(value, dict) and "name" in value)
    )


def _tool(value: Any) -> ToolCall:
    if isinstance(value, str):
        return ToolCall(value)
    arguments = next((value[key] for key in _ARGUMENTS if key in value), "")
    text = arguments if isinstance(arguments, str) else msgspec.json.encode(arguments).decode()
    return ToolCall(str(value["name"]), text)
