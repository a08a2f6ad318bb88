"""Activities of Microsoft's Bot Framework: how a customer's message is one, and what of a bot's a customer sees.

learn.microsoft.com and github.com/microsoft/botframework-sdk: the activity schema (Activity, HeroCard,
SuggestedActions).
"""

from typing import Any

from hubbub.connectors.gathering import maps, part, word
from hubbub.connectors.protocol import Caller

CHANNEL = "directline"
_CARD_WORDS = ("title", "subtitle", "text")


def activity_of(caller: Caller, text: str, channel: str, id: str = "") -> dict[str, Any]:
    """A message of the customer's; without an id where the channel gives one."""
    activity = {
        "type": "message",
        "channelId": channel,
        "from": {"id": caller.key, "name": f"Customer {caller.number}", "role": "user"},
        "recipient": {"id": "bot", "name": "bot", "role": "bot"},
        "conversation": {"id": caller.key},
        "locale": caller.locale,
        "text": text,
        "textFormat": "plain",
    }
    return {**activity, "id": id} if id else activity


def words(activity: dict[str, Any]) -> list[str]:
    """The words of an activity that a customer sees: text, cards, and what it suggests to answer."""
    if activity.get("type", "message") != "message":
        return []
    shown = [word(activity, "text")]
    for attachment in maps(activity.get("attachments")):
        shown += [word(attachment, "content", name) for name in _CARD_WORDS]
        shown += _blocks(part(attachment, "content", "body"))
        shown += [word(button, "title") for button in maps(part(attachment, "content", "buttons"))]
    shown += [word(action, "title") for action in maps(part(activity, "suggestedActions", "actions"))]
    return [text for text in shown if text]


def _blocks(body: Any) -> list[str]:
    """The texts of an adaptive card's blocks."""
    return [word(block, "text") for block in maps(body)[:100] if block.get("type") == "TextBlock"]


def ended(activity: dict[str, Any]) -> bool:
    """The bot says that the conversation is over."""
    return activity.get("type") == "endOfConversation"
