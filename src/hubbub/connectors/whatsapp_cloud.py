"""WhatsApp's Cloud API, as Hubbub plays it: signed webhooks out; the Graph API's send served, with its throttling.

https://developers.facebook.com/documentation/business-messaging/whatsapp: webhooks (messages, statuses), Messages API,
error codes (130429 under HTTP 400), throughput (80 messages a second for a number by default). The signature is Meta's
X-Hub-Signature-256: SHA-256 over the body with the app's secret, in hexadecimal. A webhook is verified before use by a
GET with hub.challenge, and delivered again when it was not taken: at once, then ever more seldom (graph-api/webhooks;
for up to 7 days, says WhatsApp's own page). Meta names no figures for the pauses: they are ours.
"""

import hmac
import time
from base64 import b64encode
from collections.abc import Callable
from hashlib import blake2b
from typing import Any, Literal
from urllib.parse import urlencode

from msgspec import Struct
from msgspec.json import encode

from hubbub.clock import Clock
from hubbub.connectors.callback import Contact, Handshake, Webhook
from hubbub.connectors.gathering import maps, part, word
from hubbub.connectors.identities import OURS, phone_of, worker_of
from hubbub.connectors.inbox import Answer, Call, Seat, document_of
from hubbub.connectors.mailbox import Delivery
from hubbub.connectors.options import Options
from hubbub.connectors.playing import play, read_env, read_secret
from hubbub.connectors.protocol import Caller, Connector
from hubbub.connectors.redelivery import Redelivery, read_redelivery
from hubbub.connectors.spoken import read_presets
from hubbub.model import AgentSpec

Receipt = Literal["sent", "delivered", "read"]
_USUAL_RATE = 80.0
_JSON = {"Content-Type": "application/json"}
_REDELIVERY = Redelivery(lambda failed: True, 5, 5.0, 3.0, at_once=True)
_TROUBLE = {
    "auth": (401, 190, "OAuthException", "Invalid OAuth access token."),
    "path": (400, 100, "GraphMethodException", "Unsupported post request."),
    "body": (400, 100, "OAuthException", "(#100) Invalid parameter"),
    "rate": (400, 130429, "OAuthException", "(#130429) Rate limit hit"),
}


class Number(Struct, frozen=True):
    """The business's number: its ids, the secret that signs, the token that the agent must come with, and its rate."""

    phone_number_id: str
    business_id: str
    secret: str
    access_token: str
    per_s: float  # messages a second that may be sent; 0: as many as one likes
    receipts: tuple[str, ...]
    verify_token: str = ""


class Bucket:
    """A second's worth of messages, that fills as time goes by."""

    def __init__(self, per_s: float, now: Callable[[], float]) -> None:
        self._per_s, self._now = per_s, now
        self._left, self._at = per_s, now()

    def take(self) -> bool:
        """Whether one more may go now."""
        if not self._per_s:
            return True
        now = self._now()
        self._left = min(self._per_s, self._left + (now - self._at) * self._per_s)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


class WhatsappCloud:
    """The platform. `wall` gives the time of day, in seconds since 1970."""

    name = "WhatsApp"
    hands_over = False

    def __init__(
        self, number: Number, bucket: Bucket, deadline_s: float, redelivery: Redelivery,
        wall: Callable[[], float] = time.time,
    ) -> None:  # fmt: skip
        self._number = number
        self.redelivery = redelivery
        self.handshake = _handshake(number.verify_token) if number.verify_token else None
        self._bucket = bucket
        self._wall = wall
        self._count = 0
        self.deadline_s = deadline_s

    def contact(self, caller: Caller, place: int, calls_back: str) -> Contact:
        phone = phone_of(place).lstrip("+")
        return Contact(caller, place, phone, (phone,), calls_back)

    def webhook(self, contact: Contact, text: str, turn: int) -> Webhook:
        id = self._wamid(contact.caller.key)
        message = {"from": contact.phone, "id": id, "timestamp": str(int(self._wall())), "text": {"body": text}}
        known = {"profile": {"name": f"Customer {contact.caller.number}"}, "wa_id": contact.phone}
        return self._signed({"contacts": [known], "messages": [{**message, "type": "text"}]}, id)

    def receipts(self, contact: Contact, delivery: Delivery) -> tuple[Webhook, ...]:
        now = str(int(self._wall()))
        about = {"id": delivery.id, "timestamp": now, "recipient_id": contact.phone}
        return tuple(self._signed({"statuses": [{**about, "status": one}]}, "") for one in self._number.receipts)

    def _signed(self, value: dict[str, Any], id: str) -> Webhook:
        number = self._number
        metadata = {"display_phone_number": OURS.lstrip("+"), "phone_number_id": number.phone_number_id}
        change = {"value": {"messaging_product": "whatsapp", "metadata": metadata, **value}, "field": "messages"}
        body = encode(
            {"object": "whatsapp_business_account", "entry": [{"id": number.business_id, "changes": [change]}]}
        )
        lines = ""
        if number.secret:
            lines = f"X-Hub-Signature-256: sha256={hmac.digest(number.secret.encode(), body, 'sha256').hex()}\r\n"
        return Webhook(body, lines.encode(), id)

    def _wamid(self, key: str) -> str:
        self._count += 1
        digest = blake2b(f"{key} {self._count}".encode(), digest_size=30).digest()
        return f"wamid.{b64encode(digest).decode()}"

    def answered(self, contact: Contact, body: bytes) -> tuple[Delivery, ...]:
        return ()

    def worker_of(self, to: tuple[str, ...], workers: int) -> int | None:
        return worker_of(to, workers)

    def receive(self, call: Call) -> Answer:
        parts = call.path.strip("/").split("/")
        here = len(parts) in (2, 3) and parts[-2:] == [self._number.phone_number_id, "messages"]
        if call.method != "POST" or not here:
            return _refuse("path", f"Hubbub serves no {call.method} {call.path}")
        kind, _, token = call.headers.get("Authorization", "").partition(" ")
        right = self._number.access_token
        if kind.lower() != "bearer" or (right and not hmac.compare_digest(token.strip().encode(), right.encode())):
            return _refuse("auth", "not the access token")
        document = document_of(call.body)
        if not isinstance(document, dict) or document.get("messaging_product") != "whatsapp":
            return _refuse("body", 'the body is no JSON object with "messaging_product": "whatsapp"')
        if document.get("status") == "read":
            return Answer(200, b'{"success":true}')
        return self._sent(document)

    def _sent(self, document: dict[str, Any]) -> Answer:
        to = word(document, "to").lstrip("+")
        if not to:
            return _refuse("body", "no `to`")
        if not self._bucket.take():
            return _refuse("rate", f"throttled: more than {self._number.per_s:g} messages a second")
        id = self._wamid(to)
        told = {
            "messaging_product": "whatsapp", "contacts": [{"input": to, "wa_id": to}], "messages": [{"id": id}]
        }  # fmt: skip
        delivery = Delivery(
            (to,), "\n".join(_words(document)), document, id, answers=word(document, "context", "message_id"),
            counts=document.get("type") != "reaction",
        )  # fmt: skip
        return Answer(200, encode(told), delivery)


def _handshake(verify_token: str) -> Handshake:
    challenge = str(int.from_bytes(blake2b(verify_token.encode(), digest_size=4).digest()))
    asked = {"hub.mode": "subscribe", "hub.challenge": challenge, "hub.verify_token": verify_token}
    return Handshake(urlencode(asked), challenge.encode())


def _words(document: dict[str, Any]) -> list[str]:
    """The words that a customer sees: of a text, a caption, or an interactive message with its buttons and rows."""
    interactive = part(document, "interactive")
    shown = [
        word(document, "text", "body"),
        *(word(document, kind, "caption") for kind in ("image", "video", "document")),
    ]
    if isinstance(interactive, dict):
        shown += [word(interactive, place, "text") for place in ("header", "body", "footer")]
        shown += [word(button, "reply", "title") for button in maps(part(interactive, "action", "buttons"))]
        rows = [row for section in maps(part(interactive, "action", "sections")) for row in maps(section.get("rows"))]
        shown += [word(row, "title") for row in rows]
    return [text for text in shown if text]


def _refuse(trouble: str, why: str) -> Answer:
    status, code, kind, message = _TROUBLE[trouble]
    error = {"message": message, "type": kind, "code": code, "fbtrace_id": "hubbub", "error_data": {"details": why}}
    return Answer(status, encode({"error": error}), refused=why)


async def connect(agent: AgentSpec, clock: Clock) -> Connector:
    """A connector to an agent on WhatsApp's Cloud API. Raises UsageError with every mistake; sends nothing."""
    options = Options(agent.options)
    problems: list[str] = []
    secret, token = read_secret(agent, problems), read_env(options, "access_token_env")
    verify_token = read_env(options, "verify_token_env")
    per_s = options.take("messages_per_s", float, _USUAL_RATE)
    if per_s < 0:
        options.problem("messages_per_s", "must be 0 or more")
    number = Number(
        options.take("phone_number_id", str, "100000000000001"),
        options.take("business_account_id", str, "100000000000002"),
        secret,
        token,
        per_s,
        options.take("receipts", tuple[Receipt, ...], ()),
        verify_token,
    )
    workers = agent.inbound.workers if isinstance(agent.inbound, Seat) else 1
    deadline_s, redelivery = options.take("deadline_s", float, 0.0), read_redelivery(options, _REDELIVERY)
    platform = WhatsappCloud(number, Bucket(per_s / workers, clock.now), deadline_s, redelivery)
    presets = read_presets(agent, "text", options, problems)
    return await play(agent, clock, platform, presets, options, (secret, token, verify_token), problems, _JSON)
