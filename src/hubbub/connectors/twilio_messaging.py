"""Twilio's Programmable Messaging, as Hubbub plays it: signed form posts out; TwiML taken, and the REST API served.

https://www.twilio.com/docs: messaging/guides/webhook-request, messaging/twiml, usage/security (the signature),
messaging/api/message-resource, messaging/guides/outbound-message-status-in-status-callbacks; a hand-over to Flex as
taskrouter/api/task and flex/interactions have it. A webhook is waited for up to 15 s (api/errors/11200), and posted
once more only when there was no connection, as is usual by usage/webhooks/webhooks-connection-overrides (rc=1, rp=ct).
"""

import hmac
from base64 import b64decode, b64encode
from hashlib import blake2b
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin
from xml.etree import ElementTree

from msgspec import Struct
from msgspec.json import encode
from msgspec.structs import replace
from yarl import URL

from hubbub.clock import Clock
from hubbub.connectors.callback import Contact, Webhook
from hubbub.connectors.gathering import word
from hubbub.connectors.identities import OURS, phone_of, place_of_phone, worker_of
from hubbub.connectors.inbox import Answer, Call, document_of
from hubbub.connectors.mailbox import Delivery
from hubbub.connectors.options import Options
from hubbub.connectors.playing import play, read_secret
from hubbub.connectors.protocol import Caller, Connector
from hubbub.connectors.redelivery import Redelivery, read_redelivery
from hubbub.connectors.spoken import read_presets
from hubbub.errors import ExchangeFailed
from hubbub.model import AgentSpec

_DEADLINE_S = 15.0
_FORM = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}
_ACCOUNT = "AC" + "0" * 32
_NO_CONNECTION = ("connect_refused", "connect_timeout", "dns", "tls")
_REDELIVERY = Redelivery(lambda failed: failed.failure in _NO_CONNECTION, 1, 0.0)
_STATUSES = ("sent", "delivered")  # of a message that arrives; the first, queued, is told by no callback
_MOST_TEXTS = 100
_REFUSALS = {
    401: (20003, "Authenticate"),
    404: (20404, "The requested resource was not found"),
    400: (21211, "Invalid 'To' Phone Number"),
}


class Account(Struct, frozen=True):
    """Whose account it is, with the token that signs webhooks and opens the API, and where webhooks go."""

    sid: str
    token: str
    url: str
    service: str  # the messaging service's id, where messages come by one


class TwilioMessaging:
    """The platform."""

    name = "Twilio"
    hands_over = False
    handshake = None

    def __init__(self, account: Account, deadline_s: float, redelivery: Redelivery) -> None:
        self._account = account
        self.redelivery = redelivery
        self._count = 0
        self.deadline_s = deadline_s

    def contact(self, caller: Caller, place: int, calls_back: str) -> Contact:
        phone = phone_of(place)
        return Contact(caller, place, phone, (phone,), calls_back)

    def webhook(self, contact: Contact, text: str, turn: int) -> Webhook:
        sid = self._sid("SM", contact.caller.key)
        fields = {
            "ToCountry": "US", "SmsMessageSid": sid, "NumMedia": "0", "SmsSid": sid, "FromCountry": "US",
            "SmsStatus": "received", "Body": text, "To": OURS, "NumSegments": str(len(text) // 153 + 1),
            "MessageSid": sid, "AccountSid": self._account.sid, "From": contact.phone, "ApiVersion": "2010-04-01",
        }  # fmt: skip
        if self._account.service:
            fields["MessagingServiceSid"] = self._account.service
        return self._signed(fields, self._account.url, sid)

    def _signed(self, fields: dict[str, str], url: str, sid: str = "", path: str = "") -> Webhook:
        """A form with its signature, and with the token by which one that is posted again is known."""
        lines = f"I-Twilio-Idempotency-Token: {self._sid('', url)}\r\n"
        if self._account.token:
            lines += f"X-Twilio-Signature: {self._signature(fields, url)}\r\n"
        return Webhook(urlencode(fields).encode(), lines.encode(), sid, path)

    def _signature(self, fields: dict[str, str], url: str) -> str:
        """HMAC-SHA1 over the whole address, followed by each field's name and value, sorted by name."""
        over = url + "".join(name + fields[name] for name in sorted(fields))
        return b64encode(hmac.digest(self._account.token.encode(), over.encode(), "sha1")).decode()

    def _sid(self, kind: str, key: str) -> str:
        self._count += 1
        return kind + blake2b(f"{key} {self._count}".encode(), digest_size=16).hexdigest()

    def receipts(self, contact: Contact, delivery: Delivery) -> tuple[Webhook, ...]:
        """What is told to the StatusCallback that a message was made with, where that is on the agent's own host."""
        url = self._callback_of(delivery)
        path = self._path_here(url)
        if not path or not delivery.id:
            return ()
        account = self._account
        fields = {
            "SmsSid": delivery.id, "MessageSid": delivery.id, "To": contact.phone, "From": OURS,
            "AccountSid": account.sid, "ApiVersion": "2010-04-01",
        } | ({"MessagingServiceSid": account.service} if account.service else {})  # fmt: skip
        told = ({**fields, "SmsStatus": status, "MessageStatus": status} for status in _STATUSES)
        return tuple(self._signed(one, url, path=path) for one in told)

    def _callback_of(self, delivery: Delivery) -> str:
        """The whole address of a message's StatusCallback; TwiML may name it by a path."""
        named = word(delivery.document, "StatusCallback")
        return urljoin(self._account.url, named) if named else ""

    def _path_here(self, url: str) -> str:
        """The path and query of an address on the agent's host; empty where it is elsewhere, or none."""
        try:
            given, own = URL(url), URL(self._account.url)
            return given.raw_path_qs if given.absolute and given.origin() == own.origin() else ""
        except ValueError:
            return ""

    def answered(self, contact: Contact, body: bytes) -> tuple[Delivery, ...]:
        """TwiML's messages; an answer that is no XML is itself the message, as Twilio takes text."""
        text = body.strip()
        if not text or text in (b"{}", b"OK", b"ok"):
            return ()
        found = twiml_messages(text) if text.startswith(b"<") else [Delivery((), _text(text))]
        return tuple(replace(one, id=self._sid("SM", contact.caller.key)) for one in found)

    def worker_of(self, to: tuple[str, ...], workers: int) -> int | None:
        return worker_of(to, workers)

    def receive(self, call: Call) -> Answer:
        if call.method != "POST":
            return _refuse(404, f"Hubbub serves no {call.method} {call.path}")
        if not self._proven(call.headers.get("Authorization", "")):
            return _refuse(401, "not the account and its token")
        fields = _fields(call.body)
        if call.path == f"/2010-04-01/Accounts/{self._account.sid}/Messages.json":
            return self._sent(fields)
        if call.path.startswith("/v1/Workspaces/") and call.path.endswith("/Tasks"):
            return self._handed_over("WT", {**fields, "Attributes": document_of(fields.get("Attributes", "").encode())})
        if call.path == "/v1/Interactions":
            routing = {name: document_of(fields.get(name, "").encode()) for name in ("Channel", "Routing")}
            return self._handed_over("KD", {**fields, **routing})
        return _refuse(404, f"Hubbub serves no {call.path}")

    def _proven(self, authorization: str) -> bool:
        kind, _, coded = authorization.partition(" ")
        if kind.lower() != "basic":
            return False
        try:
            _, _, given = b64decode(coded, validate=True).partition(b":")
        except ValueError:
            return False
        return not self._account.token or hmac.compare_digest(given, self._account.token.encode())

    def _sent(self, fields: dict[str, str]) -> Answer:
        to, text = fields.get("To", ""), fields.get("Body", "")
        if not to:
            return _refuse(400, "no To")
        sid = self._sid("SM", to)
        told: dict[str, Any] = {
            "sid": sid, "account_sid": self._account.sid, "to": to, "from": fields.get("From", OURS), "body": text,
            "status": "accepted" if "MessagingServiceSid" in fields else "queued",
            "direction": "outbound-api", "num_segments": "1", "num_media": "0",
            "api_version": "2010-04-01", "error_code": None, "error_message": None, "price": None,
            "price_unit": "USD", "messaging_service_sid": fields.get("MessagingServiceSid"),
            "date_created": None, "date_sent": None, "date_updated": None,
            "uri": f"/2010-04-01/Accounts/{self._account.sid}/Messages/{sid}.json", "subresource_uris": {},
        }  # fmt: skip
        delivery = Delivery((to,), text, fields, sid)
        url = self._callback_of(delivery)
        away = f"its StatusCallback {url} is not called, as it is not on the agent's own host" if url else ""
        return Answer(201, encode(told), delivery, "" if self._path_here(url) else away)

    def _handed_over(self, kind: str, document: dict[str, Any]) -> Answer:
        """A task for a person, in Flex or a contact centre of one's own. It is about whoever's number is in it."""
        to = tuple(_phones(document))
        if not to:
            return _refuse(400, "it names no customer of this conversation: put their number into it")
        sid = self._sid(kind, to[0])
        told = {"sid": sid, "account_sid": self._account.sid, "assignment_status": "pending"}
        return Answer(201, encode(told), Delivery(to, document=document))


def twiml_messages(body: bytes) -> list[Delivery]:
    """The messages in a TwiML document. Raises ExchangeFailed(malformed), as Twilio ends in error 12100 or 12200."""
    try:
        text = body.decode()
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            raise ValueError("it brings a document type, which TwiML has none of")
        root = ElementTree.fromstring(text)  # noqa: S314 - without a document type there are no entities
    except (ElementTree.ParseError, ValueError) as error:
        raise ExchangeFailed("malformed", f"TwiML that is no XML: {error}; it begins: {body[:120]!r}") from None
    if root.tag != "Response":
        raise ExchangeFailed("malformed", f"TwiML begins with <Response>, not <{str(root.tag)[:40]}>")
    found = []
    for verb in list(root)[:_MOST_TEXTS]:
        if verb.tag == "Redirect":
            raise ExchangeFailed("malformed", "TwiML that redirects elsewhere, which is never followed")
        if verb.tag in ("Message", "Sms"):
            parts = [verb.text or "", *(part.text or "" for part in verb if part.tag == "Body")]
            to = (verb.attrib["to"],) if verb.attrib.get("to") else ()
            url = verb.attrib.get("statusCallback") or verb.attrib.get("action")
            words = "\n".join(part.strip() for part in parts if part.strip())
            found.append(Delivery(to, words, {"StatusCallback": url} if url else None))
    return found


def _fields(body: bytes) -> dict[str, str]:
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=200))
    except (ValueError, UnicodeError):
        return {}


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeError:
        raise ExchangeFailed("malformed", f"neither TwiML nor text; it begins: {body[:80]!r}") from None


def _phones(value: Any, deep: int = 0) -> list[str]:
    """All numbers of customers in a document."""
    if isinstance(value, str):
        return [value] if place_of_phone(value) is not None else []
    if isinstance(value, dict):
        value = list(value.values())
    if not isinstance(value, list) or deep > 6:
        return []
    return [phone for child in value[:100] for phone in _phones(child, deep + 1)]


def _refuse(status: int, why: str) -> Answer:
    code, message = _REFUSALS[status]
    told = {
        "code": code,
        "message": message,
        "status": status,
        "more_info": f"https://www.twilio.com/docs/errors/{code}",
    }
    return Answer(status, encode(told), refused=why)


async def connect(agent: AgentSpec, clock: Clock) -> Connector:
    """A connector to an agent behind a Twilio number. Raises UsageError with every mistake; sends nothing."""
    options = Options(agent.options)
    problems: list[str] = []
    token = read_secret(agent, problems)
    account = Account(
        options.take("account_sid", str, _ACCOUNT),
        token,
        options.take("signed_url", str, agent.url or ""),
        options.take("messaging_service_sid", str, ""),
    )
    deadline_s, redelivery = options.take("deadline_s", float, _DEADLINE_S), read_redelivery(options, _REDELIVERY)
    platform = TwilioMessaging(account, deadline_s, redelivery)
    presets = read_presets(agent, "twilio-flex", options, problems)
    return await play(agent, clock, platform, presets, options, (token,), problems, _FORM)
