"""One YAML 1.2 document to nodes that know their place; what a plain scalar means is left to who asks.

Built on PyYAML's events and not on its composer, which recurses in C: 30,000 brackets would end the process.
"""

import re
from collections.abc import Iterator, Sequence
from math import isfinite
from typing import Any

import yaml
from msgspec import Struct

from hubbub.specs.pages import Ledger, Page, Step, shown

MAX_DEPTH = 32
MAX_ALIASED_NODES = 10_000  # nodes that aliases stand for, all together
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CORE = "tag:yaml.org,2002:"
_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_BOOLS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_MAX_DIGITS = 400  # more is no number that a float holds, and Python refuses to read thousands
INT64 = range(-(2**63), 2**63)


class Leaf(Struct, frozen=True, eq=False):
    """A scalar as it was written. `plain` says that it had no quotes, so that it may be more than text."""

    page: Page
    line: int
    column: int
    text: str
    plain: bool

    @property
    def is_null(self) -> bool:
        """Written as nothing, `~` or `null`."""
        return self.plain and self.text in _NULL


class Items(Struct, frozen=True, eq=False):
    """A sequence."""

    page: Page
    line: int
    column: int
    items: tuple["Node", ...]


class Entries(Struct, frozen=True, eq=False):
    """A mapping: key text to the key's own leaf and its value."""

    page: Page
    line: int
    column: int
    entries: dict[str, tuple[Leaf, "Node"]]


Node = Leaf | Items | Entries


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
    if number not in INT64:
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
    if text in _NULL:
        return None
    if text in _BOOLS:
        return _BOOLS[text]
    if _INT.fullmatch(text):
        return read_int(text)
    if _FLOAT.fullmatch(text) or _NOT_FINITE.fullmatch(text):
        return read_float(text)
    return text


def compose(page: Page, ledger: Ledger) -> Entries | None:
    """A page's one document, a mapping; or None, when what is wrong leaves nothing to look into."""
    composer = _Composer(page, ledger)
    try:
        for event in _events(page.text):
            composer.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        ledger.add(page.mistake(*place, (), _syntax_problem(page, place, error)))
        return None
    except yaml.YAMLError as error:
        ledger.add(page.mistake(1, 1, (), f"not YAML: {error}"))
        return None
    except _Hopeless:
        return None
    return composer.document()


def _events(text: str) -> Iterator[Any]:
    loader = _Loader(text)
    try:
        while loader.check_event():
            yield loader.get_event()
    finally:
        loader.dispose()


def _syntax_problem(page: Page, place: tuple[int, int], error: yaml.MarkedYAMLError) -> str:
    line = page.lines[place[0] - 1] if place[0] <= len(page.lines) else ""
    if "\t" in line[: max(place[1], len(line) - len(line.lstrip()))]:
        return "not YAML: a tab in the indentation; use spaces"
    context = f" ({error.context})" if error.context else ""
    return f"not YAML: {error.problem or error.context}{context}"


class _Hopeless(Exception):
    """The document cannot be read on; its mistake is in the ledger."""


class _Open(Struct):
    """A collection whose end has not come yet, with what has been read of it."""

    start: Any
    anchor: str | None
    children: list[Node]
    size: int = 1
    height: int = 1


class _Composer:
    """Takes events one by one and holds the stack itself, so that depth costs no recursion."""

    def __init__(self, page: Page, ledger: Ledger) -> None:
        self._page = page
        self._ledger = ledger
        self._stack: list[_Open] = []
        self._anchors: dict[str, tuple[Node, int, int]] = {}
        self._aliased = 0
        self._root: Node | None = None

    def document(self) -> Entries | None:
        """The root, when it is a mapping."""
        root = self._root
        if isinstance(root, Entries):
            return root
        if root is None or (isinstance(root, Leaf) and root.is_null):
            self._ledger.add(self._page.mistake(1, 1, (), "the file is empty"))
        else:
            self._ledger.add(self._page.mistake(root.line, root.column, (), "expected `key: value` lines at the top"))
        return None

    def take(self, event: Any) -> None:
        """One event of the parser."""
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._open(event)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self._close()
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.DocumentStartEvent) and self._root is not None:
            self._stop(event, "a second document starts here; write one document a file")

    def _problem(self, event: Any, problem: str) -> None:
        mark = event.start_mark
        self._ledger.add(self._page.mistake(mark.line + 1, mark.column + 1, (), problem))

    def _stop(self, event: Any, problem: str) -> None:
        self._problem(event, problem)
        raise _Hopeless

    def _scalar(self, event: Any) -> None:
        plain = not event.style and event.tag is None
        if event.tag not in (None, "!", _CORE + "str"):
            self._problem(event, f"the tag {_tag_text(event.tag)} is refused: what a key means decides how it is read")
        if "\0" in event.value:
            self._problem(event, "a NUL character is refused")
        mark = event.start_mark
        leaf = Leaf(self._page, mark.line + 1, mark.column + 1, event.value, plain)
        self._keep(leaf, event.anchor, 1, 0)

    def _open(self, event: Any) -> None:
        kind = "map" if isinstance(event, yaml.MappingStartEvent) else "seq"
        if event.tag not in (None, "!", _CORE + kind):
            self._problem(event, f"the tag {_tag_text(event.tag)} is refused: what a key means decides how it is read")
        if len(self._stack) >= MAX_DEPTH:
            self._stop(event, f"nested deeper than {MAX_DEPTH} levels")
        if event.anchor:
            self._anchors.pop(event.anchor, None)
        self._stack.append(_Open(event, event.anchor, []))

    def _close(self) -> None:
        done = self._stack.pop()
        mark = done.start.start_mark
        node: Node
        if isinstance(done.start, yaml.MappingStartEvent):
            node = Entries(self._page, mark.line + 1, mark.column + 1, self._paired(done.children))
        else:
            node = Items(self._page, mark.line + 1, mark.column + 1, tuple(done.children))
        self._keep(node, done.anchor, done.size, done.height)

    def _alias(self, event: Any) -> None:
        if event.anchor not in self._anchors:
            self._stop(event, f"the alias *{event.anchor} names nothing that is complete before it")
        node, size, height = self._anchors[event.anchor]
        self._aliased += size
        if self._aliased > MAX_ALIASED_NODES:
            self._stop(event, f"aliases stand for more than {MAX_ALIASED_NODES} values")
        if len(self._stack) + height > MAX_DEPTH:
            self._stop(event, f"nested deeper than {MAX_DEPTH} levels")
        self._keep(node, None, size, height)

    def _keep(self, node: Node, anchor: str | None, size: int, height: int) -> None:
        if anchor:
            self._anchors[anchor] = (node, size, height)
        if not self._stack:
            self._root = node
            return
        parent = self._stack[-1]
        parent.children.append(node)
        parent.size += size
        parent.height = max(parent.height, height + 1)

    def _paired(self, children: Sequence[Node]) -> dict[str, tuple[Leaf, Node]]:
        entries: dict[str, tuple[Leaf, Node]] = {}
        for key, value in zip(children[::2], children[1::2], strict=True):
            problem = _key_problem(key, entries)
            if problem:
                self._ledger.add(self._page.mistake(key.line, key.column, (), problem))
            elif isinstance(key, Leaf):
                entries[key.text] = (key, value)
        return entries


def _key_problem(key: Node, before: dict[str, tuple[Leaf, Node]]) -> str:
    if not isinstance(key, Leaf):
        return "a key must be text, not a list or a mapping"
    if key.plain and key.text == "<<":
        return "merge keys (`<<`) are not YAML 1.2; share a base with `extends:`"
    if key.text in before:
        return f"the key {shown(key.text)} is here twice, first in line {before[key.text][0].line}"
    return "" if key.text.strip() else "a key is missing before the colon"


def _tag_text(tag: str) -> str:
    return "!!" + tag.removeprefix(_CORE)[:60] if tag.startswith(_CORE) else tag[:60]


def follow(root: Node, steps: Sequence[Step]) -> Node:
    """The node at this place, or the last one on the way to it."""
    node = root
    for step in steps:
        if isinstance(node, Entries) and step in node.entries:
            node = node.entries[str(step)][1]
        elif isinstance(node, Items) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            break
    return node
