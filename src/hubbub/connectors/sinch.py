"""Sinch's Conversation API, as Hubbub plays it: signed webhooks out; token, messages:send and events:send served.

https://developers.sinch.com/docs/conversation: callbacks and their signature, messages, events; the shapes and header
names also as the SDK `sinch` for Python has them (2.3). What is delivered again, and when: Sinch's page on callbacks
of its SMS API (429 and 5xx, after 5 s, then each pause twice the one before), as that of this API names no figures.
"""

import hashlib
import hmac
import time
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from typing import Any, Literal

from msgspec import Struct
from msgspec.json import encode

from hubbub.clock import Clock
from hubbub.connectors.callback import Contact, Webhook, zulu
from hubbub.connectors.gathering import maps, part, word
from hubbub.connectors.identities import OURS, phone_of, ulid_of, worker_of
from hubbub.connectors.inbox import Answer, Call, document_of
from hubbub.connectors.mailbox import Delivery
from hubbub.connectors.options import Options
from hubbub.connectors.playing import play, read_env, read_secret
from hubbub.connectors.protocol import Caller, Connector
from hubbub.connectors.redelivery import Redelivery, read_redelivery
from hubbub.connectors.spoken import read_presets
from hubbub.errors import ExchangeFailed
from hubbub.model import AgentSpec

Channel = Literal["SMS", "WHATSAPP", "RCS", "MESSENGER", "VIBERBM", "TELEGRAM"]
Receipt = Literal["QUEUED_ON_CHANNEL", "DELIVERED", "READ"]
_TOKEN_LIVES_S = 3599


def _is_tried_again(failed: ExchangeFailed) -> bool:
    return failed.status == 0 or failed.status == 429 or failed.status >= 500


_REDELIVERY = Redelivery(_is_tried_again, 5, 5.0, 2.0)
_JSON = {"Content-Type": "application/json; charset=utf-8"}
# Where a message of each kind has words that a customer sees, in the order in which they are seen.
_WORDS = ("text", "title", "description", "text_message", "header", "message", "choices", "sections", "items", "cards")


class Project(Struct, frozen=True):
    """Whose app it is, on what channel, and with which credentials the agent must come; empty ones are not asked."""

    project_id: str
    app_id: str
    channel: str
    secret: str
    key_id: str
    key_secret: str
    receipts: tuple[str, ...]


class Sinch:
    """The platform. `wall` gives the time of day, in seconds since 1970."""

    name = "Sinch"
    hands_over = False
    handshake = None

    def __init__(
        self, project: Project, deadline_s: float, redelivery: Redelivery = _REDELIVERY,
        wall: Callable[[], float] = time.time,
    ) -> None:  # fmt: skip
        self._project = project
        self.redelivery = redelivery
        self._wall = wall
        self._count = 0
        self.deadline_s = deadline_s
        digest = hashlib.blake2b(project.key_secret.encode(), key=project.app_id.encode()[:64], digest_size=24)
        self._token = digest.hexdigest()  # the same in all processes of a run

    # -- to the agent ------------------------------------------------------------------------------------------------

    def contact(self, caller: Caller, place: int, calls_back: str) -> Contact:
        phone = phone_of(place).lstrip("+")
        names = (ulid_of(f"contact {caller.key}", place), phone, ulid_of(f"conversation {caller.key}", place))
        return Contact(caller, place, phone, names, calls_back)

    def webhook(self, contact: Contact, text: str, turn: int) -> Webhook:
        contact_id, phone, conversation_id = contact.names
        now, id = zulu(self._wall()), ulid_of(f"message {contact.caller.key} {turn} {self._next()}", contact.place)
        message = {
            "id": id,
            "direction": "TO_APP",
            "contact_message": {"text_message": {"text": text}},
            "channel_identity": {"channel": self._project.channel, "identity": phone, "app_id": ""},
            "conversation_id": conversation_id,
            "contact_id": contact_id,
            "metadata": "",
            "accept_time": now,
            "sender_id": OURS.lstrip("+"),
            "processing_mode": "CONVERSATION",
        }
        return self._signed({**self._event(now), "message": message}, id)

    def receipts(self, contact: Contact, delivery: Delivery) -> tuple[Webhook, ...]:
        if not delivery.id:
            return ()
        return tuple(self._receipt(contact, delivery.id, status) for status in self._project.receipts)

    def _receipt(self, contact: Contact, id: str, status: str) -> Webhook:
        contact_id, phone, conversation_id = contact.names
        report = {
            "message_id": id,
            "conversation_id": conversation_id,
            "status": status,
            "channel_identity": {"channel": self._project.channel, "identity": phone, "app_id": ""},
            "contact_id": contact_id,
            "metadata": "",
            "processing_mode": "CONVERSATION",
        }
        return self._signed({**self._event(zulu(self._wall())), "message_delivery_report": report}, id)

    def _event(self, now: str) -> dict[str, Any]:
        project = self._project
        about = {"app_id": project.app_id, "project_id": project.project_id, "message_metadata": ""}
        return {**about, "accepted_time": now, "event_time": now, "correlation_id": ""}

    def _signed(self, event: dict[str, Any], id: str) -> Webhook:
        """With the signature over body, nonce and time stamp, where there is a secret."""
        body = encode(event)
        if not self._project.secret:
            return Webhook(body, b"", id)
        nonce, stamp = f"{self._next():026d}", str(int(self._wall()))
        over = b"%b.%b.%b" % (body, nonce.encode(), stamp.encode())
        signature = b64encode(hmac.digest(self._project.secret.encode(), over, "sha256")).decode()
        lines = (
            f"x-sinch-webhook-signature: {signature}\r\nx-sinch-webhook-signature-nonce: {nonce}\r\n"
            f"x-sinch-webhook-signature-timestamp: {stamp}\r\nx-sinch-webhook-signature-algorithm: HmacSHA256\r\n"
        )
        return Webhook(body, lines.encode(), id)

    def _next(self) -> int:
        self._count += 1
        return self._count

    def answered(self, contact: Contact, body: bytes) -> tuple[Delivery, ...]:
        return ()

    # -- from the agent ----------------------------------------------------------------------------------------------

    def worker_of(self, to: tuple[str, ...], workers: int) -> int | None:
        return worker_of(to, workers)

    def receive(self, call: Call) -> Answer:
        if call.path == "/oauth2/token":
            return self._token_for(call)
        base, _, verb = call.path.rpartition("/")
        if call.method != "POST" or verb not in ("messages:send", "events:send"):
            return _refuse(404, f"Hubbub serves no {call.method} {call.path}")
        if base != f"/v1/projects/{self._project.project_id}":
            return _refuse(404, f"the project here is {self._project.project_id}")
        if not self._proven(call.headers):
            return _refuse(401, "neither a token that was given here nor the project's key")
        document = document_of(call.body)
        if not isinstance(document, dict):
            return _refuse(400, "the body is no JSON object")
        if word(document, "app_id") != self._project.app_id:
            return _refuse(404, f"the app here is {self._project.app_id}, not {word(document, 'app_id')!r}")
        to = _recipients(document)
        if not to:
            return _refuse(400, "recipient: neither contact_id nor identified_by.channel_identities")
        return self._event_sent(document, to) if verb == "events:send" else self._sent(document, to)

    def _token_for(self, call: Call) -> Answer:
        if call.method != "POST" or not self._is_key(call.headers.get("Authorization", "")):
            body = encode({"error": "invalid_client", "error_description": "Client authentication failed"})
            return Answer(401, body, refused="the token endpoint does not know this key")
        told = {"access_token": self._token, "expires_in": _TOKEN_LIVES_S, "scope": "", "token_type": "bearer"}
        return Answer(200, encode(told))

    def _is_key(self, authorization: str) -> bool:
        kind, _, coded = authorization.partition(" ")
        project = self._project
        if kind.lower() != "basic" or not project.key_secret:
            return kind.lower() == "basic"
        try:
            given = b64decode(coded, validate=True)
        except ValueError:
            return False
        return hmac.compare_digest(given, f"{project.key_id}:{project.key_secret}".encode())

    def _proven(self, headers: Mapping[str, str]) -> bool:
        """By a token, or by the key itself, which the API takes too."""
        authorization = headers.get("Authorization", "")
        kind, _, given = authorization.partition(" ")
        if kind.lower() == "bearer":
            return hmac.compare_digest(given.strip().encode(), self._token.encode())
        return self._is_key(authorization)

    def _sent(self, document: dict[str, Any], to: tuple[str, ...]) -> Answer:
        message = document.get("message")
        if not isinstance(message, dict) or not any(key.endswith("_message") for key in message):
            return _refuse(400, "message: none of the kinds of message")
        id = ulid_of(f"reply {self._wall()} {self._next()}", 0)
        delivery = Delivery(to, "\n".join(_words(message)), document, id)
        return Answer(200, encode({"message_id": id, "accepted_time": zulu(self._wall())}), delivery)

    def _event_sent(self, document: dict[str, Any], to: tuple[str, ...]) -> Answer:
        event = document.get("event")
        if not isinstance(event, dict):
            return _refuse(400, "event: missing")
        id = ulid_of(f"event {self._wall()} {self._next()}", 0)
        counts = "agent_joined_event" in event
        delivery = Delivery(to, document=document, counts=counts)
        return Answer(200, encode({"event_id": id, "accepted_time": zulu(self._wall())}), delivery)


def _refuse(status: int, why: str) -> Answer:
    names = {400: "INVALID_ARGUMENT", 401: "UNAUTHENTICATED", 404: "NOT_FOUND"}
    error = {"error": {"code": status, "message": why, "status": names[status], "details": []}}
    return Answer(status, encode(error), refused=why)


def _recipients(document: dict[str, Any]) -> tuple[str, ...]:
    """All names of the recipient, as we know them: the contact's, then those on channels."""
    contact = word(document, "recipient", "contact_id")
    identities = maps(part(document, "recipient", "identified_by", "channel_identities"))
    named = (contact, *(word(identity, "identity").lstrip("+") for identity in identities))
    return tuple(name for name in named if name)


def _words(value: Any, deep: int = 0) -> list[str]:
    """The words of a message that a customer sees."""
    if isinstance(value, str):
        return [value] if value else []
    if deep > 6:
        return []
    if isinstance(value, list):
        return [found for child in value[:50] for found in _words(child, deep + 1)]
    if not isinstance(value, dict):
        return []
    keys = [key for key in value if key.endswith("_message") and deep == 0] + [key for key in _WORDS if key in value]
    return [found for key in dict.fromkeys(keys) for found in _words(value[key], deep + 1)]


async def connect(agent: AgentSpec, clock: Clock) -> Connector:
    """A connector to an agent on Sinch's Conversation API. Raises UsageError with every mistake; sends nothing."""
    options = Options(agent.options)
    problems: list[str] = []
    secret, key_secret = read_secret(agent, problems), read_env(options, "key_secret_env")
    project = Project(
        options.take("project_id", str, "hubbub-project"),
        options.take("app_id", str, "01HUBBUBAPP000000000000000"),
        options.choose("channel", Channel, "SMS"),
        secret,
        options.take("key_id", str, "hubbub-key"),
        key_secret,
        options.take("receipts", tuple[Receipt, ...], ()),
    )
    platform = Sinch(project, options.take("deadline_s", float, 0.0), read_redelivery(options, _REDELIVERY))
    presets = read_presets(agent, "sinch", options, problems)
    return await play(agent, clock, platform, presets, options, (secret, key_secret), problems, _JSON)
