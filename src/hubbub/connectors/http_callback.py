"""http-json's submit and callback: the answer only says that the message came, and the reply is posted to us.

A conversation is known by the address that it is posted to, which goes out as `$callback`, or by what is at
`callback.to` in the posted document.
"""

import hmac
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from hubbub.clock import Clock
from hubbub.connectors.answers import rule_of, says_yes, sign_of
from hubbub.connectors.callback import Callback, Contact, Webhook
from hubbub.connectors.escalation import FieldRule, Parts, Preset
from hubbub.connectors.inbox import Answer, Call, document_of, refusal
from hubbub.connectors.json_path import JsonPath
from hubbub.connectors.mailbox import Delivery
from hubbub.connectors.options import Options
from hubbub.connectors.playing import read_env, read_manner
from hubbub.connectors.protocol import Caller, Connector
from hubbub.connectors.redelivery import NEVER
from hubbub.connectors.sending import FORM, as_form
from hubbub.connectors.spoken import Presets, read_presets
from hubbub.connectors.target import NOTHING, read_target
from hubbub.connectors.template import Filling, Template, compile_template
from hubbub.model import AgentSpec

_BODY = {"session": "$session", "message": "$message", "callback": "$callback"}
_PATH = "/callback/"


class Places(Struct, frozen=True):
    """Where things are in what the agent posts."""

    text: JsonPath
    to: JsonPath | None
    ended: FieldRule | None
    escalation: FieldRule | None
    token: str


class _Posted:
    """An agent that posts its replies back."""

    name = "the caller"
    hands_over = False
    redelivery = NEVER
    handshake = None

    def __init__(self, template: Template, form: bool, places: Places, deadline_s: float) -> None:
        self._template, self._form, self._places = template, form, places
        self.deadline_s = deadline_s

    def contact(self, caller: Caller, place: int, calls_back: str) -> Contact:
        return Contact(caller, place, "", (caller.key,), calls_back)

    def webhook(self, contact: Contact, text: str, turn: int) -> Webhook:
        who = contact.caller
        filling = Filling(
            text, (text,), who.key, who.key, who.channel, who.locale, who.number, f"{who.key}-{turn}",
            f"{contact.calls_back}{_PATH}{who.key}",
        )  # fmt: skip
        body = self._template.fill(filling)
        return Webhook(as_form(body) if self._form else body, b"", f"{who.key}-{turn}")

    def answered(self, contact: Contact, body: bytes) -> tuple[Delivery, ...]:
        return ()

    def receipts(self, contact: Contact, delivery: Delivery) -> tuple[Webhook, ...]:
        return ()

    def worker_of(self, to: tuple[str, ...], workers: int) -> int | None:
        """Keys end in their conversation's number."""
        numbers = (name.rpartition("-")[2] for name in to)
        return next((int(number) % workers for number in numbers if number.isascii() and number.isdigit()), None)

    def receive(self, call: Call) -> Answer:
        places = self._places
        if call.method not in ("POST", "PUT") or not call.path.startswith(_PATH):
            return refusal(404, f"replies are posted to {_PATH}..., as $callback says")
        given = call.headers.get("Authorization", "").removeprefix("Bearer ")
        if places.token and not hmac.compare_digest(given.encode(), places.token.encode()):
            return refusal(401, "not the token of options.callback.token_env")
        document = document_of(call.body)
        if document is None:
            return refusal(400, "the body is no JSON")
        named = places.to.first(document) if places.to is not None else call.path.removeprefix(_PATH)
        if not isinstance(named, str | int) or isinstance(named, bool) or named == "":
            return refusal(
                400, f"nothing at {places.to.text if places.to else 'the end of the path'} names the recipient"
            )
        texts = [text for text in places.text.find(document) if isinstance(text, str) and text]
        over = says_yes(places.ended, document)
        counts = bool(texts) or over or (places.escalation is not None and places.escalation.path.find(document) != [])
        return Answer(202, b"{}", Delivery((str(named),), "\n".join(texts), document, "", counts, over))


def _with_rule(presets: Presets, rule: FieldRule | None) -> Presets:
    """The preset `field` looks at each posted document on its own."""
    inner: Preset = presets.preset

    def of_each(parts: Parts) -> tuple[Any, ...]:
        found = [inner(Parts(parts.tools, one, parts.finish, rule, parts.tool_names)) for one in parts.document]
        return tuple(signal for signals in found for signal in signals)

    return presets if rule is None else Presets(of_each, presets.blind, presets.tool_names)


async def connect(agent: AgentSpec, clock: Clock, options: Options, problems: list[str]) -> Connector:
    """A connector to an endpoint whose replies are posted back. Raises UsageError with every mistake."""
    holes: list[str] = []
    body, form = options.take("body", Any, _BODY), options.take("send", str, "json")
    if form not in ("json", "form") or (form == "form" and not isinstance(body, dict)):
        options.problem("send", "with `callback`, a body goes out as `json`, or a map as a `form`")
    template = compile_template(body, holes)
    for hole in holes:
        options.problem("body", hole)
    inner = options.inner("callback")
    text, to, ended = inner.path("text", "$.reply"), inner.path("to"), sign_of(inner, "ended")
    rule = rule_of(inner.inner("escalation")) if inner.has("escalation") else None
    token = read_env(inner, "token_env")
    places = Places(text or JsonPath("$", (), False), to, ended, rule, token)
    manner, connections = read_manner(options), options.take("connections", int, 0)
    platform = _Posted(template, form == "form", places, options.take("deadline_s", float, 0.0))
    target = read_target(
        agent, problems, accept="*/*", connections=connections, fixed=FORM if form == "form" else NOTHING
    )
    presets = _with_rule(read_presets(agent, "field" if rule else "text", options, problems), rule)
    options.finish(tuple(problems))
    if token:
        target = replace(target, credentials=target.credentials.with_secret(token))
    callback = Callback(target, clock, platform, presets, manner, agent.inbound)
    await callback.inbox.open()
    return callback
