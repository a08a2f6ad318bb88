"""How an escalation shows: presets that turn the structured parts of a reply into signals."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast

from msgspec import Struct
from msgspec.json import decode, encode

from hubbub.connectors.failures import describe
from hubbub.connectors.json_path import JsonPath
from hubbub.errors import ExchangeFailed, UnknownName
from hubbub.model import Signal, ToolCall
from hubbub.registry import load


class FieldRule(Struct, frozen=True):
    """Where in a JSON answer an escalation shows, for the preset `field`.

    With `equals` the value there must be it (or one of several); without, it must be there and say something.
    """

    path: JsonPath
    equals: tuple[Any, ...] | None = None
    queue_path: JsonPath | None = None
    reason_path: JsonPath | None = None

    def holds(self, document: Any) -> bool:
        """Whether a document says so."""
        return any(_says_so(value, self.equals) for value in self.path.find(document))


class Parts(Struct, frozen=True):
    """The structured parts of a reply: its tool calls, the decoded JSON where there is one, and how it finished."""

    tools: tuple[ToolCall, ...] = ()
    document: Any = None
    finish: str = ""
    rule: FieldRule | None = None
    tool_names: tuple[str, ...] = ()  # when given, these tools and no others mean an escalation


Preset = Callable[[Parts], tuple[Signal, ...]]

# What a preset cannot show: a promise in words that nothing structural could ever confirm is no phantom hand-off.
BLIND: Mapping[str, tuple[str, ...]] = {"text": ("phantom_handoff",)}

_WORD_ENDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+")
_ONLY_ASKS = re.compile(r"^(get|check|list|lookup|look_up|find|fetch|is|should|can|cancel|abort|undo|de)_|deescalat")
_PERSON = (
    "human|person|live|operator|representative|rep|supervisor|manager|advisor|adviser|colleague|staff|somebody|someone"
)
_TO_A_HUMAN = re.compile(
    rf"(^|_)(escalat\w*|hand_?(off|over)\w*)|(transfer|connect|route|forward|pass|switch|assign)\w*_({_PERSON})(_|$)"
    rf"|(^|_)(call|request|involve|page|notify|contact|summon|ask|speak_to|talk_to)_(a_)?({_PERSON})(_|$)"
    r"|^(human|live)_(agent|support|operator|takeover|transfer|assistance)"
)
_QUEUE_KEYS = ("queue", "department", "team", "skill", "group", "destination", "target", "queue_name")
_REASON_KEYS = ("reason", "why", "reason_code", "cause", "trigger", "summary", "message", "description")


def openai_tools(parts: Parts) -> tuple[Signal, ...]:
    """A call of a tool named like `transfer_to_human`, `escalate_ticket`, `handoffToAgent`: initiated, by tool."""
    if not parts.tools:
        return ()
    return tuple(_from_tool(tool) for tool in parts.tools if means_escalation(tool.name, parts.tool_names))


def field(parts: Parts) -> tuple[Signal, ...]:
    """A field of the answer, where the connector's options say: initiated, by field."""
    rule = parts.rule
    if rule is None or not rule.holds(parts.document):
        return ()
    queue, reason = (_text_at(path, parts.document) for path in (rule.queue_path, rule.reason_path))
    value = rule.path.first(parts.document)
    return (Signal("initiated", "field", queue, reason, encode(value).decode() if isinstance(value, dict) else ""),)


def text(parts: Parts) -> tuple[Signal, ...]:
    """Nothing structural: only the words of the reply can say it, and hearing reads those."""
    return ()


def signals_of(preset: Preset, parts: Parts) -> tuple[Signal, ...]:
    """What a preset makes of a reply. A preset may be the user's: whatever it raises is an own_error of that turn."""
    try:
        return tuple(preset(parts))
    except Exception as error:  # a user's preset may raise anything
        raise ExchangeFailed("own_error", f"the escalation preset failed: {describe(error)}") from error


def load_preset(name: str, beside: Path | None = None) -> tuple[Preset, tuple[str, ...]]:
    """A preset by its name, and the failure classes that it cannot show. Raises UnknownName.

    One's own preset is a function from Parts to signals; a tuple `blind` on it says what it cannot show.
    """
    found = load("escalation", name, beside)
    if not callable(found):
        raise UnknownName(f"{name} is not a function from Parts to signals")
    return cast(Preset, found), BLIND.get(name, tuple(getattr(found, "blind", ())))


def means_escalation(name: str, named: tuple[str, ...] = ()) -> bool:
    """Whether a tool or intent of this name calls a human: one of `named` where they are given, else by its words."""
    if named:
        return name in named
    words = _WORD_ENDS.sub("_", name).lower().strip("_")
    return _TO_A_HUMAN.search(words) is not None and _ONLY_ASKS.search(words) is None


def _from_tool(tool: ToolCall) -> Signal:
    try:
        arguments = decode(tool.arguments) if tool.arguments else None
    except (ValueError, RecursionError):  # what a model wrote as arguments need not be JSON; the call still stands
        arguments = None
    said = arguments if isinstance(arguments, dict) else {}
    return Signal("initiated", "tool", _first(said, _QUEUE_KEYS), _first(said, _REASON_KEYS), tool.arguments)


def _first(said: dict[str, Any], keys: tuple[str, ...]) -> str:
    return next((str(said[key]) for key in keys if isinstance(said.get(key), str | int) and said[key] != ""), "")


def _says_so(value: Any, equals: tuple[Any, ...] | None) -> bool:
    if equals is not None:
        return any(type(value) is type(wanted) and value == wanted for wanted in equals)
    return value not in (None, False, "", 0) and value != [] and value != {}


def _text_at(path: JsonPath | None, document: Any) -> str:
    value = path.first(document) if path is not None else None
    return value if isinstance(value, str) else "" if value is None else encode(value).decode()
