"""A persona on top of its base: the child's keys win, mappings merge, lists replace, null takes a key away."""

from pathlib import Path

from hubbub.specs.nodes import Entries, Leaf, Node
from hubbub.specs.pages import Page
from hubbub.specs.shelf import Shelf, tidy

MAX_CHAIN = 8
_WHOLE = frozenset((("knows",), ("facts",)))  # mappings whose entries are one value each, and so replace each other
_OWN = frozenset(("persona", "extends"))  # what a child never takes from its base


def extended(root: Entries, shelf: Shelf) -> tuple[Entries, bool]:
    """A document laid over its bases, and whether all of them could be read."""
    layers = [root]
    seen = [root.page]
    while (leaf := _extends(layers[-1])) is not None:
        base = _base(leaf, seen, shelf)
        if base is None:
            return root, False
        layers.append(base)
        seen.append(base.page)
    merged = layers.pop()
    while layers:
        merged = _laid_over(merged, layers.pop(), ())
    return merged, True


def _extends(root: Entries) -> Leaf | None:
    leaf = root.entries["extends"][1] if "extends" in root.entries else None
    return leaf if isinstance(leaf, Leaf) and not leaf.is_null else None


def _base(leaf: Leaf, seen: list[Page], shelf: Shelf) -> Entries | None:
    problem = _path_problem(leaf)
    if not problem:
        assert leaf.page.path is not None
        path = tidy(leaf.page.path.parent / leaf.text)
        if any(page.path == path for page in seen):
            problem = "goes round in a circle: " + " -> ".join(Path(page.name).name for page in (*seen, seen[0]))
        elif len(seen) > MAX_CHAIN:
            problem = f"more than {MAX_CHAIN} files extend each other"
        elif not path.is_file():
            problem = f"there is no file {path}"
        else:
            return shelf.root(path)
    shelf.ledger.add(leaf.page.mistake(leaf.line, leaf.column, ("extends",), problem))
    return None


def _path_problem(leaf: Leaf) -> str:
    folder = leaf.page.path.parent if leaf.page.path else None
    if folder is None or not leaf.text.strip() or "\0" in leaf.text or "\\" in leaf.text:
        return "expected the path of a file beside this one"
    try:
        inside = (folder / leaf.text).resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError) as error:  # RuntimeError: a circle of symbolic links
        return f"cannot be followed: {error}"
    return "" if inside else "leads out of this file's folder; a base lies beside the file or below it"


def _laid_over(base: Entries, child: Entries, steps: tuple[str, ...]) -> Entries:
    entries = {key: pair for key, pair in base.entries.items() if steps or key not in _OWN}
    for key, (place, value) in child.entries.items():
        below = entries.get(key)
        if isinstance(value, Leaf) and value.is_null and below is not None:
            del entries[key]
        else:
            entries[key] = (place, _joined(below[1] if below else None, value, (*steps, key)))
    return Entries(child.page, child.line, child.column, entries)


def _joined(below: Node | None, value: Node, steps: tuple[str, ...]) -> Node:
    if isinstance(below, Entries) and isinstance(value, Entries) and steps[:-1] not in _WHOLE:
        return _laid_over(below, value, steps)
    return value
