"""Nodes to a checked value, by walking the annotations of its type; every mistake is noted, none ends the walk."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, Generic, TypeVar

from msgspec import Struct, inspect

from hubbub.registry import near
from hubbub.specs import meant
from hubbub.specs.nodes import Entries, Items, Leaf, Node
from hubbub.specs.pages import Ledger, Step, shown
from hubbub.specs.scalars import NotANumber, core_value, read_bool, read_float, read_int

S = TypeVar("S", bound=Struct)
Steps = tuple[Step, ...]
_WORDS: Mapping[type, str] = {
    inspect.IntType: "a whole number",
    inspect.FloatType: "a number",
    inspect.StrType: "text",
    inspect.VarTupleType: "a list",
}
_BOOL_WORDS = {**dict.fromkeys(("yes", "on", "y"), "true"), **dict.fromkeys(("no", "off", "n"), "false")}


class _Wrong:
    """Stands for a value that could not be read; its mistake is in the ledger."""


_WRONG = _Wrong()


class Built(Struct, Generic[S], frozen=True):
    """A value, and the places at which something is wrong: what stands there is a default, a stand-in, or left out."""

    value: S
    wrong: frozenset[Steps]


def build(
    kind: type[S],
    root: Entries,
    ledger: Ledger,
    *,
    stand_ins: Mapping[str, Any],
    shorthand: Mapping[type[Struct], str] | None = None,
    optional: frozenset[str] = frozenset(),
) -> Built[S]:
    """A `kind` from a document's root.

    `stand_ins` gives a value for each required top-level key, so that the rest can be judged when one is wrong.
    `shorthand` says which field a plain scalar means, for structs that may be written as one. Required top-level keys
    in `optional` may be left out.
    """
    walk = _Walk(ledger, shorthand or {})
    values = walk.fields(kind, root, (), optional)
    sound = {_field_names(kind)[key]: value for key, value in values.items() if value is not _WRONG}
    return Built(kind(**{**stand_ins, **sound}), frozenset(walk.wrong))


@cache
def _fields(kind: type[Struct]) -> dict[str, inspect.Field]:
    info = inspect.type_info(kind)
    assert isinstance(info, inspect.StructType)
    return {field.encode_name: field for field in info.fields}


@cache
def _field_names(kind: type[Struct]) -> dict[str, str]:
    return {key: field.name for key, field in _fields(kind).items()}


def encoded_names(kind: type[Struct]) -> dict[str, str]:
    """Each field of a struct to its key in a file."""
    return {name: key for key, name in _field_names(kind).items()}


def _belongs(key: str, known: Mapping[str, inspect.Field]) -> str:
    """A hint for a key that is none here: the one map below that has such a key, or a key of this map that is near, or
    all that it has."""
    below = [name for name, field in known.items() if any(key in _fields(one) for one in _structs(field.type))]
    if len(below) == 1:
        return f" (it belongs under `{below[0]}`)"
    return _near(key, known) or f"; there are: {', '.join(known)}"


def _structs(kind: Any) -> Iterator[type[Struct]]:
    for one in kind.types if isinstance(kind, inspect.UnionType) else (kind,):
        if isinstance(one, inspect.StructType):
            yield one.cls


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)


class _Walk:
    """One reading: the ledger, and a reader for each sort of type."""

    def __init__(self, ledger: Ledger, shorthand: Mapping[type[Struct], str]) -> None:
        self.wrong: set[Steps] = set()
        self._ledger = ledger
        self._shorthand = shorthand
        self._readers: dict[type, Callable[[Node, Any, Steps], Any]] = {
            inspect.Metadata: lambda node, kind, steps: self._read(node, kind.type, steps),
            inspect.StructType: self._struct,
            inspect.UnionType: self._union,
            inspect.StrType: self._text,
            inspect.IntType: self._number,
            inspect.FloatType: self._number,
            inspect.BoolType: self._bool,
            inspect.LiteralType: self._literal,
            inspect.DictType: self._dict,
            inspect.VarTupleType: self._list,
            inspect.TupleType: self._tuple,
            inspect.AnyType: self._any,
        }

    def _read(self, node: Node, kind: Any, steps: Steps) -> Any:
        return self._readers[type(kind)](node, kind, steps)

    def _wrong(self, node: Node, steps: Steps, problem: str) -> _Wrong:
        self.wrong.add(steps)
        self._ledger.add(node.page.mistake(node.line, node.column, steps, problem))
        return _WRONG

    def fields(self, kind: type[Struct], node: Entries, steps: Steps, optional: frozenset[str]) -> dict[str, Any]:
        """Each key of a struct that is there, or ought to be, to its value or _WRONG."""
        known = _fields(kind)
        values: dict[str, Any] = {}
        for key, (place, value) in node.entries.items():
            if key in known:
                values[key] = self._read(value, known[key].type, (*steps, key))
            else:
                values[key] = self._wrong(place, (*steps, key), f"unknown key{_belongs(key, known)}")
        for key, field in known.items():
            if field.required and key not in values:
                values[key] = _WRONG
                if key not in optional:
                    self._wrong(node, steps, f"the key {key!r} is missing")
        for key in values.keys() - known.keys():
            del values[key]
        return values

    def _struct(self, node: Node, kind: inspect.StructType, steps: Steps) -> Any:
        short = self._shorthand.get(kind.cls)
        if isinstance(node, Leaf) and short and not (node.plain and not node.text):
            return kind.cls(**{short: node.text})
        if not isinstance(node, Entries):
            keys = _some(_fields(kind.cls))
            problem = f"expected keys and values ({keys}), found {_sort(node)}{meant.keyed(kind.cls, node)}"
            return self._wrong(node, steps, problem)
        values = self.fields(kind.cls, node, steps, frozenset())
        known = _fields(kind.cls)
        if any(value is _WRONG and known[key].required for key, value in values.items()):
            return _WRONG
        names = _field_names(kind.cls)
        return kind.cls(**{names[key]: value for key, value in values.items() if value is not _WRONG})

    def _union(self, node: Node, kind: inspect.UnionType, steps: Steps) -> Any:
        options = [option for option in kind.types if not isinstance(option, inspect.NoneType)]
        if len(options) < len(kind.types) and isinstance(node, Leaf) and node.is_null:
            return None
        fitting = [option for option in options if _fits(node, option)] or options
        if len(options) > 1 and not _fits(node, fitting[0]):
            wanted = " or ".join(_wanted(option) for option in options)
            return self._wrong(node, steps, f"expected {wanted}, found {_sort(node)}")
        return self._read(node, fitting[0], steps)

    def _text(self, node: Node, kind: inspect.StrType, steps: Steps) -> Any:
        if not isinstance(node, Leaf) or (node.plain and not node.text):
            return self._wrong(node, steps, f"expected text, found {_sort(node)}")
        if len(node.text) < (kind.min_length or 0):
            return self._wrong(node, steps, "must not be empty")
        if kind.pattern and (not _pattern(kind.pattern).search(node.text) or node.text.endswith("\n")):
            near_it = meant.of_the_form(node.text, _pattern(kind.pattern))
            return self._wrong(node, steps, f"{shown(node.text)} does not have the form {kind.pattern}{near_it}")
        return node.text

    def _number(self, node: Node, kind: inspect.IntType | inspect.FloatType, steps: Steps) -> Any:
        whole = isinstance(kind, inspect.IntType)
        if not isinstance(node, Leaf) or not node.text:
            return self._wrong(node, steps, f"expected {_wanted(kind)}, found {_sort(node)}")
        key = str(next((step for step in reversed(steps) if isinstance(step, str)), ""))
        if not node.plain:
            hint = meant.quoted_number(node.text, key, _is_share(kind))
            return self._wrong(node, steps, f"expected {_wanted(kind)}, found the text {shown(node.text)}{hint}")
        try:
            number: float = read_int(node.text) if whole else read_float(node.text)
        except NotANumber as error:
            hint = "" if "write" in str(error) else meant.a_number(node.text, key, _is_share(kind))
            return self._wrong(node, steps, f"{shown(node.text)} {error}{hint}")
        limits = _limits(kind)
        if not all(holds(number) for holds, _ in limits):
            allowed = " and ".join(text for _, text in limits)
            return self._wrong(node, steps, f"{node.text[:40]} is out of range: must be {allowed}")
        return number

    def _bool(self, node: Node, _kind: Any, steps: Steps) -> Any:
        value = read_bool(node.text) if isinstance(node, Leaf) and node.plain else None
        if value is not None:
            return value
        hint = ""
        if isinstance(node, Leaf) and node.text.lower() in _BOOL_WORDS:
            hint = f": {node.text} is text in YAML 1.2; write {_BOOL_WORDS[node.text.lower()]}"
        return self._wrong(node, steps, f"expected true or false, found {_sort(node)}{hint}")

    def _literal(self, node: Node, kind: inspect.LiteralType, steps: Steps) -> Any:
        if isinstance(node, Leaf) and node.text in kind.values:
            return node.text
        there = ", ".join(str(value) for value in kind.values)
        if not isinstance(node, Leaf):
            return self._wrong(node, steps, f"expected one of {there}; found {_sort(node)}")
        return self._wrong(node, steps, f"{shown(node.text)} is not one of {there}{_near(node.text, kind.values)}")

    def _dict(self, node: Node, kind: inspect.DictType, steps: Steps) -> Any:
        if not isinstance(node, Entries):
            return self._wrong(node, steps, f"expected keys and values, found {_sort(node)}")
        read: dict[str, Any] = {}
        for key, (_, value) in node.entries.items():
            read[key] = self._read(value, kind.value_type, (*steps, key))
            if read[key] is _WRONG:
                read[key] = _stand_in(kind.value_type)
        return {key: value for key, value in read.items() if value is not _WRONG}

    def _list(self, node: Node, kind: inspect.VarTupleType, steps: Steps) -> Any:
        if not isinstance(node, Items):
            return self._wrong(node, steps, f"expected a list, found {_sort(node)}{meant.listed(node)}")
        if len(node.items) < (kind.min_length or 0):
            return self._wrong(node, steps, "the list must not be empty")
        read = [self._read(item, kind.item_type, (*steps, i)) for i, item in enumerate(node.items)]
        whole = tuple(_stand_in(kind.item_type) if value is _WRONG else value for value in read)
        return _WRONG if _WRONG in whole else whole

    def _tuple(self, node: Node, kind: inspect.TupleType, steps: Steps) -> Any:
        wanted = len(kind.item_types)
        if not isinstance(node, Items) or len(node.items) != wanted:
            found = f"{len(node.items)} of them" if isinstance(node, Items) else _sort(node)
            return self._wrong(node, steps, f"expected a list of {wanted} values, found {found}")
        pairs = zip(node.items, kind.item_types, strict=True)
        read = tuple(self._read(item, part, (*steps, i)) for i, (item, part) in enumerate(pairs))
        return _WRONG if _WRONG in read else read

    def _any(self, node: Node, kind: Any, steps: Steps) -> Any:
        if isinstance(node, Entries):
            inner = {key: self._any(value, kind, (*steps, key)) for key, (_, value) in node.entries.items()}
            return _WRONG if _WRONG in inner.values() else inner
        if isinstance(node, Items):
            items = [self._any(item, kind, (*steps, i)) for i, item in enumerate(node.items)]
            return _WRONG if _WRONG in items else items
        try:
            return core_value(node)
        except NotANumber as error:
            return self._wrong(node, steps, f"{shown(node.text)} {error}")


def _stand_in(kind: Any) -> Any:
    """What keeps the place, or the name, of a value that is wrong, where there is such a thing; else _WRONG."""
    if isinstance(kind, inspect.Metadata):
        return _stand_in(kind.type)
    if isinstance(kind, inspect.StrType):
        return ""
    if isinstance(kind, inspect.StructType) and not any(field.required for field in kind.fields):
        return kind.cls()
    return _WRONG


def _is_share(kind: inspect.IntType | inspect.FloatType) -> bool:
    """Whether a number is a part of a whole, such as a chance."""
    return kind.le is not None and kind.le <= 1


def _near(name: str, options: object) -> str:
    return near(name, options) if len(name) <= 64 else ""


def _some(keys: Mapping[str, Any]) -> str:
    return ", ".join(list(keys)[:6]) + (", ..." if len(keys) > 6 else "")


def _sort(node: Node) -> str:
    if isinstance(node, Entries):
        return "keys and values"
    if isinstance(node, Items):
        return "a list"
    return "nothing" if node.plain and not node.text else shown(node.text)


def _fits(node: Node, kind: Any) -> bool:
    """Whether this sort of node could be this type, so that its mistakes are worth telling."""
    if isinstance(kind, inspect.Metadata):
        return _fits(node, kind.type)
    if isinstance(kind, (inspect.VarTupleType, inspect.TupleType)):
        return isinstance(node, Items)
    if isinstance(kind, (inspect.StructType, inspect.DictType)):
        return isinstance(node, Entries)
    return isinstance(node, Leaf)


def _wanted(kind: Any) -> str:
    if isinstance(kind, inspect.Metadata):
        return _wanted(kind.type)
    if isinstance(kind, inspect.TupleType):
        return f"a list of {len(kind.item_types)}"
    return _WORDS.get(type(kind), "keys and values")


def _limits(kind: inspect.IntType | inspect.FloatType) -> list[tuple[Callable[[float], bool], str]]:
    limits: list[tuple[Callable[[float], bool], str]] = []
    if (ge := kind.ge) is not None:
        limits.append((lambda number: number >= ge, f">= {ge}"))
    if (gt := kind.gt) is not None:
        limits.append((lambda number: number > gt, f"> {gt}"))
    if (le := kind.le) is not None:
        limits.append((lambda number: number <= le, f"<= {le}"))
    if (lt := kind.lt) is not None:
        limits.append((lambda number: number < lt, f"< {lt}"))
    return limits
