"""One YAML 1.2 document to nodes, within bounds, with a place for everything that is wrong.

Built on PyYAML's events and not on its composer, which recurses in C: 30,000 brackets would end the process.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import yaml
from msgspec import Struct

from hubbub.specs.nodes import Entries, Items, Leaf, Node
from hubbub.specs.pages import Ledger, Page, shown

MAX_DEPTH = 32
MAX_ALIASED_NODES = 10_000  # nodes that aliases stand for, all together
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CORE = "tag:yaml.org,2002:"


def compose(page: Page, ledger: Ledger) -> Entries | None:
    """A page's one document, a mapping; or None, when what is wrong leaves nothing to look into."""
    composer = _Composer(page, ledger)
    try:
        for event in _events(page.text):
            composer.take(event)
    except yaml.MarkedYAMLError as error:
        place = _place(page, error)
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


def _place(page: Page, error: yaml.MarkedYAMLError) -> tuple[int, int]:
    """Where to look: what is never closed is missed at the file's end, and mended where it begins."""
    mark = error.problem_mark or error.context_mark
    if mark and error.context_mark and not any(line.strip() for line in page.lines[mark.line :]):
        mark = error.context_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _syntax_problem(page: Page, place: tuple[int, int], error: yaml.MarkedYAMLError) -> str:
    line = page.lines[place[0] - 1] if place[0] <= len(page.lines) else ""
    if "\t" in line[: max(place[1], len(line) - len(line.lstrip()))]:
        return "not YAML: a tab in the indentation; use spaces"
    begun = error.context_mark
    since = f", which begins in line {begun.line + 1}" if begun and begun.line + 1 < place[0] else ""
    context = f" ({error.context}{since})" if error.context else ""
    quoted = "; text with a comma, a bracket or `: ` in it needs quotes here" if "or ']'" in f"{error.problem}" else ""
    return f"not YAML: {error.problem or error.context}{context}{quoted}"


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
