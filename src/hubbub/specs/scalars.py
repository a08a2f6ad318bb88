"""What a scalar means by the YAML 1.2 core schema, within finite 64-bit numbers."""

import re
from math import isfinite
from typing import Any

from hubbub.specs.nodes import Entries, Items, Leaf, Node

_BOOLS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_MAX_DIGITS = 400  # more is no number that a float holds, and Python refuses to read thousands
_INT64 = range(-(2**63), 2**63)


class NotANumber(ValueError):
    """Text that is not a number of YAML 1.2; its message says what to write instead."""


def read_bool(text: str) -> bool | None:
    """A YAML 1.2 core boolean, or None."""
    return _BOOLS.get(text)


def read_int(text: str) -> int:
    """A YAML 1.2 core integer. Raises NotANumber."""
    if not _INT.fullmatch(text):
        raise NotANumber(_number_hint(text, "a whole number"))
    if len(text) > _MAX_DIGITS:
        raise NotANumber("is too large")
    number = int(text, 0) if text[:2] in ("0o", "0x") else int(text)
    if number not in _INT64:
        raise NotANumber("is too large")
    return number


def read_float(text: str) -> float:
    """A finite YAML 1.2 core number. Raises NotANumber."""
    if text[:2] in ("0o", "0x") and _INT.fullmatch(text):
        return float(read_int(text))
    if _NOT_FINITE.fullmatch(text):
        raise NotANumber("must be finite")
    if not _FLOAT.fullmatch(text):
        raise NotANumber(_number_hint(text, "a number"))
    number = float(text)
    if not isfinite(number):
        raise NotANumber("is too large")
    return number


def _number_hint(text: str, wanted: str) -> str:
    without = text.replace("_", "")
    if "_" in text and _FLOAT.fullmatch(without):
        return f"is not {wanted} in YAML 1.2: write {without}"
    return f"is not {wanted}"


def core_value(leaf: Leaf) -> str | int | float | bool | None:
    """What a scalar means by the YAML 1.2 core schema. Raises NotANumber for what is beyond finite 64-bit numbers."""
    text = leaf.text
    if not leaf.plain:
        return text
    if leaf.is_null:
        return None
    if text in _BOOLS:
        return _BOOLS[text]
    if _INT.fullmatch(text):
        return read_int(text)
    if _FLOAT.fullmatch(text) or _NOT_FINITE.fullmatch(text):
        return read_float(text)
    return text


def plain_value(node: Node) -> Any:
    """A node by the core schema alone, as any other program would read it. Raises NotANumber."""
    if isinstance(node, Entries):
        return {key: plain_value(value) for key, (_, value) in node.entries.items()}
    if isinstance(node, Items):
        return [plain_value(item) for item in node.items]
    return core_value(node)
