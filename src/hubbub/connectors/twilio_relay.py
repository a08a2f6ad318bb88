"""Twilio ConversationRelay: Hubbub is the phone line, and speaks to the agent's WebSocket as Twilio does.

Proof of completion: a text token with `last`, or `end`. A customer who speaks while the reply comes interrupts it.
https://www.twilio.com/docs/voice/conversationrelay/websocket-messages
"""

from base64 import b64encode
from hashlib import blake2b, sha1
from hmac import new as keyed
from typing import Any

from msgspec.json import encode
from msgspec.structs import replace

from hubbub.clock import Clock
from hubbub.connectors.auth import Credentials
from hubbub.connectors.busy import patience_of
from hubbub.connectors.duplex import Duplex, Settings
from hubbub.connectors.gathering import Gathering, frame_document, word
from hubbub.connectors.options import Options
from hubbub.connectors.protocol import Caller, Connector
from hubbub.connectors.spoken import joined, read_presets
from hubbub.connectors.target import read_target
from hubbub.connectors.websocket import http_of, no_signing
from hubbub.connectors.wire import Target
from hubbub.errors import ExchangeFailed
from hubbub.model import AgentSpec

_TO = "+12025550100"
_FIRST_CALLER, _CALLERS = 101, 99  # NANP keeps 555-0100 to 555-0199 for fiction


class RelayGathering(Gathering):
    """A spoken reply in the making."""

    connector = "twilio-relay"
    wanted = "a text token with `last`"


class _Tongue:
    quiet_s = 0.0

    def __init__(self, caller: Caller, parameters: dict[str, str]) -> None:
        self._caller = caller
        self._parameters = parameters

    def opening(self) -> tuple[str, ...]:
        caller = self._caller
        digest = blake2b(caller.session_key().encode(), digest_size=16).hexdigest()
        setup = {
            "type": "setup",
            "sessionId": f"VX{digest}",
            "accountSid": f"AC{'0' * 32}",
            "callSid": f"CA{digest}",
            "parentCallSid": "",
            "from": f"+1202555{_FIRST_CALLER + caller.number % _CALLERS:04d}",
            "to": _TO,
            "forwardedFrom": "",
            "callType": "PSTN",
            "callerName": "",
            "direction": "inbound",
            "callStatus": "RINGING",
            "customParameters": self._parameters,
        }
        return (encode(setup).decode(),)

    def frames(self, texts: tuple[str, ...]) -> tuple[str, ...]:
        prompt = {"type": "prompt", "voicePrompt": joined(texts), "lang": self._caller.locale, "last": True}
        return (encode(prompt).decode(),)

    def interruption(self, said: str, for_s: float) -> str | None:
        heard = {"utteranceUntilInterrupt": said, "durationUntilInterruptMs": round(for_s * 1000)}
        return encode({"type": "interrupt", **heard}).decode()

    def gathering(self) -> Gathering:
        return RelayGathering()

    def take(self, gathering: Gathering, frame: str) -> bool:
        message = frame_document(frame)
        kind = word(message, "type")
        if kind == "text":
            return self._text(gathering, message)
        if kind == "end":
            gathering.last = message
            gathering.ended = True
            gathering.proof = "end"
        elif kind not in ("play", "sendDigits", "language"):
            raise ExchangeFailed("malformed", f"Twilio knows no message of the type {kind!r} from an agent")
        return False

    def _text(self, gathering: Gathering, message: dict[str, Any]) -> bool:
        token = word(message, "token")
        if token:
            gathering.texts.append(token)
        if message.get("last") is True:
            gathering.proof = "last"
        return bool(token)


def _signed(target: Target, agent: AgentSpec) -> Target:
    """With Twilio's signature of the address, where a secret (Twilio's auth token) is set, and never the secret itself.

    https://www.twilio.com/docs/usage/security: HMAC-SHA1 over the whole address, in base64.
    """
    credentials = target.credentials
    if agent.auth is None or agent.url is None:
        return target
    digest = keyed(credentials.secret.encode(), agent.url.encode(), sha1).digest()
    own = tuple((name, value) for name, value in credentials.headers if name.lower() != "authorization")
    headers = (*own, ("X-Twilio-Signature", b64encode(digest).decode()))
    return replace(target, credentials=Credentials(headers, credentials.secrets, credentials.secret))


async def connect(agent: AgentSpec, clock: Clock) -> Connector:
    """A connector to an agent for ConversationRelay. Raises UsageError with every mistake; opens nothing."""
    options = Options(agent.options)
    problems: list[str] = []
    parameters = options.take("parameters", dict[str, str], {})
    target = read_target(http_of(agent), problems, accept="*/*")
    no_signing(agent, problems)
    presets = read_presets(agent, "twilio-relay", options, problems)
    options.finish(tuple(problems))
    settings = Settings(_signed(target, agent), clock, presets, patience_of(target.busy, clock.now))
    return Duplex(settings, lambda caller: _Tongue(caller, parameters), ("agent_error",))
