"""What was most likely meant by a value that cannot be read, as a hint of what to write instead."""

import re
from collections.abc import Mapping
from contextlib import suppress

from msgspec import Struct

from hubbub.model import EscalationExpectation, Fact, Goal, Source, Statement
from hubbub.specs.nodes import Items, Leaf, Node
from hubbub.specs.scalars import NotANumber, read_float

_BARE: Mapping[type[Struct], str] = {Goal: "intent", EscalationExpectation: "decision", Statement: "text"}
_LISTED: Mapping[type[Struct], str] = {Source: "one_of"}
_EXAMPLE: Mapping[type[Struct], str] = {Fact: "{days: [3, 5]} or {money: 12.50}"}
_MEASURED = re.compile(r"[$€£]? ?(?P<number>[-+]?\d+(?:[.,]\d+)?) ?(?P<unit>%|[A-Za-z€]{1,7})?")
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


def a_number(text: str, share: bool) -> str:
    """For a number with a unit or a sign of money: the number alone; of a `share` from 0 to 1, not in hundredths."""
    found = _MEASURED.fullmatch(text.strip())
    if found is None:
        return ""
    number = found["number"].replace(",", ".")
    if found["unit"] == "%" and share:
        number = f"{float(number) / 100:g}"
    return f": write {number}" if number != text else ""


def quoted_number(text: str) -> str:
    """For a number that stands in quotation marks, and so is text."""
    with suppress(NotANumber):
        read_float(text)
        return ": no quotes here"
    return a_number(text, share=False)


def of_the_form(text: str, pattern: re.Pattern[str]) -> str:
    """For a name with spaces, or a locale with an underscore: the nearest that has the form."""
    language, _, region = text.replace("_", "-").partition("-")
    tried = (_NO_NAME.sub("-", text).strip("-._"), f"{language.lower()}-{region.upper()}", text.upper(), text.lower())
    fitting = next((one for one in tried if pattern.search(one)), None)
    return f" (did you mean {fitting}?)" if fitting and len(fitting) <= _LONGEST else ""
