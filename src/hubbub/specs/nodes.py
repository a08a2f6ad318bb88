"""A document as nodes that know their place; what a plain scalar means is left to who asks."""

from collections.abc import Sequence

from msgspec import Struct

from hubbub.specs.pages import Page, Step

_NULL = frozenset(("", "~", "null", "Null", "NULL"))


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
