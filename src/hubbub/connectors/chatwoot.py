"""Chatwoot, as Hubbub plays it to an agent bot: webhooks out; messages, status and assignment of conversations served.

https://developers.chatwoot.com (agent bots; application API: messages, toggle_status, assignments), and its source,
github.com/chatwoot/chatwoot: lib/webhooks/trigger.rb (5 s; a bot whose webhook fails loses the conversation to people),
app/jobs/agent_bots/webhook_job.rb (429 and 500 are tried three times, 3 s apart), app/models/message.rb (the payload).
Later versions sign: X-Chatwoot-Signature over `timestamp.body`.
"""

import hmac
import re
import time
from collections.abc import Callable
from typing import Any

from msgspec import Struct
from msgspec.json import encode

from hubbub.clock import Clock
from hubbub.connectors.callback import Contact, Webhook, zulu
from hubbub.connectors.gathering import word
from hubbub.connectors.identities import phone_of
from hubbub.connectors.inbox import Answer, Call, document_of, refusal
from hubbub.connectors.mailbox import Delivery
from hubbub.connectors.options import Options
from hubbub.connectors.playing import play, read_env, read_secret
from hubbub.connectors.protocol import Caller, Connector
from hubbub.connectors.redelivery import Redelivery, read_redelivery
from hubbub.connectors.spoken import read_presets
from hubbub.model import AgentSpec

_DEADLINE_S = 5.0
_REDELIVERY = Redelivery(lambda failed: failed.status in (429, 500), 2, 3.0)
_JSON = {"Content-Type": "application/json"}
_PATH = re.compile(r"/api/v1/accounts/(\d+)/conversations/(\d{1,18})/(\w+)", re.ASCII)
_QUIETLY = ("labels", "custom_attributes", "toggle_priority", "toggle_typing_status", "update_last_seen")


class Account(Struct, frozen=True):
    """The account, and the secrets: the one that signs webhooks, and the bot's token for the API."""

    id: int
    secret: str
    token: str


class Chatwoot:
    """The platform. `wall` gives the time of day, in seconds since 1970."""

    name = "Chatwoot"
    hands_over = True
    handshake = None

    def __init__(
        self, account: Account, deadline_s: float, redelivery: Redelivery, wall: Callable[[], float] = time.time
    ) -> None:
        self._account = account
        self.redelivery = redelivery
        self._wall = wall
        self._count = 0
        self.deadline_s = deadline_s

    def contact(self, caller: Caller, place: int, calls_back: str) -> Contact:
        return Contact(caller, place, phone_of(place), (str(caller.number + 1),), calls_back)

    def webhook(self, contact: Contact, text: str, turn: int) -> Webhook:
        id, account = self._next(), {"id": self._account.id, "name": "Hubbub"}
        customer, number = contact.caller, int(contact.names[0])
        sender = {
            "id": number, "name": f"Customer {customer.number}", "identifier": customer.key,
            "phone_number": contact.phone, "email": None, "type": "contact", "account": account,
        }  # fmt: skip
        conversation = {
            "id": number, "inbox_id": 1, "status": "pending", "channel": "Channel::Api", "can_reply": True,
            "contact_inbox": {"source_id": customer.key, "inbox_id": 1, "contact_id": number},
            "meta": {"sender": sender, "assignee": None}, "custom_attributes": {}, "labels": [], "messages": [],
        }  # fmt: skip
        event = {
            "event": "message_created", "id": id, "content": text, "created_at": zulu(self._wall()),
            "message_type": "incoming", "content_type": "text", "content_attributes": {}, "private": False,
            "source_id": None, "sender": sender, "inbox": {"id": 1, "name": "Hubbub"},
            "conversation": conversation, "account": account,
        }  # fmt: skip
        return self._signed(event, str(id))

    def _signed(self, event: dict[str, Any], id: str) -> Webhook:
        body = encode(event)
        if not self._account.secret:
            return Webhook(body, b"", id)
        stamp = str(int(self._wall()))
        digest = hmac.digest(self._account.secret.encode(), f"{stamp}.".encode() + body, "sha256").hex()
        lines = (
            f"X-Chatwoot-Signature: sha256={digest}\r\nX-Chatwoot-Timestamp: {stamp}\r\nX-Chatwoot-Delivery: {id}\r\n"
        )
        return Webhook(body, lines.encode(), id)

    def _next(self) -> int:
        self._count += 1
        return self._count

    def receipts(self, contact: Contact, delivery: Delivery) -> tuple[Webhook, ...]:
        return ()

    def answered(self, contact: Contact, body: bytes) -> tuple[Delivery, ...]:
        return ()

    def worker_of(self, to: tuple[str, ...], workers: int) -> int | None:
        return next(((int(name) - 1) % workers for name in to if name.isdigit()), None)

    def receive(self, call: Call) -> Answer:
        found = _PATH.fullmatch(call.path)
        if call.method != "POST" or found is None or int(found[1]) != self._account.id:
            return refusal(404, f"Hubbub serves no {call.method} {call.path}")
        given, right = call.headers.get("api_access_token", ""), self._account.token
        if not given or (right and not hmac.compare_digest(given.encode(), right.encode())):
            return refusal(401, "not the bot's api_access_token")
        document = document_of(call.body) if call.body else {}
        if not isinstance(document, dict):
            return refusal(422, "the body is no JSON object")
        to, verb = (str(int(found[2])),), found[3]
        if verb == "messages":
            return self._sent(document, to)
        if verb == "toggle_status":
            return self._status(document, to)
        if verb == "assignments":
            return Answer(200, b"{}", Delivery(to, document={"assignments": document}))
        if verb in _QUIETLY:
            return Answer(200, b"{}", Delivery(to, document={verb: document}, counts=False))
        return refusal(404, f"Hubbub serves no {verb}")

    def _sent(self, document: dict[str, Any], to: tuple[str, ...]) -> Answer:
        text, id = word(document, "content"), self._next()
        seen = document.get("private") is not True and document.get("message_type", "outgoing") == "outgoing"
        told = {
            "id": id, "content": text, "conversation_id": int(to[0]), "message_type": 1, "content_type": "text",
            "created_at": int(self._wall()), "private": not seen, "content_attributes": {},
        }  # fmt: skip
        delivery = Delivery(to, text if seen else "", {"message": document}, str(id), counts=seen)
        return Answer(200, encode(told), delivery)

    def _status(self, document: dict[str, Any], to: tuple[str, ...]) -> Answer:
        status = word(document, "status")
        if status not in ("open", "resolved", "pending", "snoozed"):
            return refusal(422, f"there is no status {status!r}")
        payload = {"success": True, "conversation_id": int(to[0]), "current_status": status, "snoozed_until": None}
        delivery = Delivery(to, document={"toggle_status": document}, ended=status == "resolved")
        return Answer(200, encode({"meta": {}, "payload": payload}), delivery)


async def connect(agent: AgentSpec, clock: Clock) -> Connector:
    """A connector to a Chatwoot agent bot. Raises UsageError with every mistake; sends nothing."""
    options = Options(agent.options)
    problems: list[str] = []
    secret, token = read_secret(agent, problems), read_env(options, "api_access_token_env")
    account = Account(options.take("account_id", int, 1), secret, token)
    deadline_s, redelivery = options.take("deadline_s", float, _DEADLINE_S), read_redelivery(options, _REDELIVERY)
    platform = Chatwoot(account, deadline_s, redelivery)
    presets = read_presets(agent, "chatwoot", options, problems)
    return await play(agent, clock, platform, presets, options, (secret, token), problems, _JSON)
