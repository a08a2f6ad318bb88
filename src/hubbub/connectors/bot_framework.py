"""Microsoft's Bot Framework and Agents SDK: activities posted, and their replies in the answer (expectReplies).

learn.microsoft.com: Bot Framework activity schema (deliveryMode `expectReplies`, ExpectedReplies), Transition
conversations from bot to human (`handoff.initiate`); for `delivery: directLine`, Direct Line API 3.0, see direct_line.
"""

from typing import Any, Literal

from msgspec.json import encode

from hubbub.clock import Clock
from hubbub.connectors.activities import CHANNEL, activity_of, ended, words
from hubbub.connectors.direct_line import connect as connect_direct_line
from hubbub.connectors.gathering import Gathering, maps
from hubbub.connectors.options import Options
from hubbub.connectors.protocol import Caller, Connector
from hubbub.connectors.spoken import Outgoing, Spoken, joined, read_presets
from hubbub.connectors.target import read_target
from hubbub.connectors.wire import Wire
from hubbub.model import AgentSpec, Reply

Delivery = Literal["expectReplies", "directLine"]


class RepliesGathering(Gathering):
    """A reply of several activities, that came whole."""

    connector = "bot-framework"
    wanted = "the expected replies"

    def document(self, document: dict[str, Any]) -> None:
        activities = document.get("activities")
        if not isinstance(activities, list):
            return
        found = maps(activities)
        self.texts = ["\n".join(text for activity in found for text in words(activity))]
        self.texts = [text for text in self.texts if text]
        self.ended = any(ended(activity) for activity in found)
        self.trace = next((str(activity["id"]) for activity in found if activity.get("id")), "")
        self.proof = "expected replies"


class _Dialogue:
    def __init__(self, caller: Caller, channel: str, service_url: str) -> None:
        self._caller = caller
        self._channel = channel
        self._service_url = service_url
        self._turn = 0

    def ask(self, texts: tuple[str, ...]) -> Outgoing:
        self._turn += 1
        about = {"deliveryMode": "expectReplies", "serviceUrl": self._service_url}
        activity = activity_of(self._caller, joined(texts), self._channel, f"{self._caller.key}|{self._turn:07d}")
        return Outgoing(encode({**activity, **about}), RepliesGathering())

    def answered(self, sent: Outgoing, reply: Reply) -> None:
        """Nothing is remembered: the bot does that."""


async def connect(agent: AgentSpec, clock: Clock) -> Connector:
    """A connector to a bot or agent of Microsoft's frameworks. Raises UsageError with every mistake; sends nothing."""
    options = Options(agent.options)
    problems: list[str] = []
    if options.choose("delivery", Delivery, "expectReplies") == "directLine":
        return await connect_direct_line(agent, clock, options, problems)
    channel = options.take("channel_id", str, CHANNEL)
    service_url = options.take("service_url", str, "http://127.0.0.1/hubbub")
    connections = options.take("connections", int, 0)
    target = read_target(agent, problems, accept="application/json", connections=connections)
    presets = read_presets(agent, "bot-framework", options, problems)
    options.finish(tuple(problems))
    blind = ("agent_error", "affinity_lost")
    return Spoken(
        Wire(target, clock), presets, lambda caller: _Dialogue(caller, channel, service_url), stream=False, blind=blind
    )
