"""What was most likely meant by a value that cannot be read, as a hint of what to write instead."""

import re
from collections.abc import Mapping
from contextlib import suppress
from math import isfinite

from msgspec import Struct

from hubbub.model import EscalationExpectation, Fact, Goal, Source, Statement
from hubbub.specs.nodes import Items, Leaf, Node
from hubbub.specs.scalars import NotANumber, read_float

_BARE: Mapping[type[Struct], str] = {Goal: "intent", EscalationExpectation: "decision", Statement: "text"}
_LISTED: Mapping[type[Struct], str] = {Source: "one_of"}
_EXAMPLE: Mapping[type[Struct], str] = {Fact: "{days: [3, 5]} or {money: 12.50}"}
_MEASURED = re.compile(r"[$€£]? ?(?P<number>[-+]?\d+(?:[.,]\d+)?) ?(?P<unit>%|[A-Za-z]{1,8}|[€£])?")
_RANGE = re.compile(
    r"(?P<low>\d+(?:\.\d+)?) ?(?:to|and|-|–|—|\.\.) ?(?P<high>\d+(?:\.\d+)?)(?: ?(?P<unit>%|[A-Za-z]{1,8}))?"
)
_RANGED = frozenset(("money", "percent", "days", "hours", "minutes"))  # facts that may be two numbers
_SECONDS = {  # in a value that is in seconds
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), 1.0),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), 60.0),
    **dict.fromkeys(("h", "hour", "hours"), 3600.0),
    "ms": 0.001,
}
_CURRENCY = re.compile(r"[A-Z]{3}|[€£]")
_LONGEST = 60  # signs of a value that a hint repeats
_NO_NAME = re.compile(r"[^A-Za-z0-9_.-]+")


def keyed(kind: type[Struct], node: Node) -> str:
    """For a bare value where keys and values belong: the key that it is probably for."""
    if isinstance(node, Leaf) and 0 < len(node.text) <= _LONGEST and kind in _BARE:
        text = node.text if node.plain else f'"{node.text}"'
        return f": write {{{_BARE[kind]}: {text}}}"
    if isinstance(node, Items) and kind in _LISTED and all(isinstance(item, Leaf) for item in node.items):
        texts = ", ".join(item.text for item in node.items if isinstance(item, Leaf))
        return (
            f": write {{{_LISTED[kind]}: [{texts}]}}"
            if len(texts) <= _LONGEST
            else f": write {{{_LISTED[kind]}: [...]}}"
        )
    return f": write, say, {_EXAMPLE[kind]}" if kind in _EXAMPLE else ""


def listed(node: Node) -> str:
    """For one value where a list belongs: the list of it."""
    if isinstance(node, Leaf):
        return f": write [{node.text}]" if 0 < len(node.text) <= _LONGEST else ""
    return ": write them as the list's one entry, `- {...}`"


def a_number(text: str, key: str, share: bool) -> str:
    """For a number with a unit or a sign of money: the number alone, in what its key is in; nothing where that is open.

    Of a `share` from 0 to 1, hundredths are turned into parts of one. A range is the list of its ends.
    """
    ends = _RANGE.fullmatch(text.strip()) if key in _RANGED else None
    if ends is not None and _factor(ends["unit"] or "", key, share=False):
        return f": write [{ends['low']}, {ends['high']}]"
    found = _MEASURED.fullmatch(text.strip())
    if found is None:
        return ""
    factor = _factor(found["unit"] or "", key, share)
    number = float(found["number"].replace(",", ".")) * factor
    return f": write {number:g}" if factor and isfinite(number) and f"{number:g}" != text else ""


def _factor(unit: str, key: str, share: bool) -> float:
    if unit == "%":
        return 0.01 if share else 1.0
    if key.endswith("_s"):
        return _SECONDS.get(unit.lower(), 0.0) if unit else 1.0
    return 1.0 if not unit or unit.lower() in (key, key.removesuffix("s")) or _CURRENCY.fullmatch(unit) else 0.0


def quoted_number(text: str, key: str, share: bool) -> str:
    """For a number that stands in quotation marks, and so is text."""
    with suppress(NotANumber):
        read_float(text)
        return ": no quotes here"
    return a_number(text, key, share)


def of_the_form(text: str, pattern: re.Pattern[str]) -> str:
    """For a name with spaces, or a locale with an underscore: the nearest that has the form."""
    language, _, region = text.replace("_", "-").partition("-")
    tried = (_NO_NAME.sub("-", text).strip("-._"), f"{language.lower()}-{region.upper()}", text.upper(), text.lower())
    fitting = next((one for one in tried if pattern.search(one)), None)
    return f" (did you mean {fitting}?)" if fitting and len(fitting) <= _LONGEST else ""
