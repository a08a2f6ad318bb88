"""The files of one reading: each read once, whichever way it is reached, into one ledger."""

import os
from collections.abc import Collection
from pathlib import Path

from hubbub.errors import UsageError
from hubbub.specs.nodes import Entries, follow
from hubbub.specs.pages import Ledger, Page, Step, read_page
from hubbub.specs.yaml12 import compose

MAX_FILES = 10_000
SUFFIXES = (".yaml", ".yml")
PACK = "pack.yaml"  # its folder holds a persona's own words, which are no specs


class Shelf:
    """Reads files as documents and remembers them. `pages` holds every file that was read, by its path."""

    __slots__ = ("_roots", "ledger", "pages")

    def __init__(self) -> None:
        self.ledger = Ledger()
        self.pages: dict[Path, Page] = {}
        self._roots: dict[Path, Entries | None] = {}

    def root(self, path: Path) -> Entries | None:
        """The mapping at a file's top, or None with what is wrong in the ledger."""
        path = tidy(path)
        if path not in self._roots:
            self._roots[path] = None
            page = read_page(path, self.ledger)
            if page is not None:
                self.pages[path] = page
                self._roots[path] = compose(page, self.ledger)
        return self._roots[path]


class Sheet:
    """A document whose values are being weighed: says where each of them stands.

    `wrong` are the places at which something is wrong already. What follows from that is not noted again: a mistake
    there, below there, or in what it is a part of.
    """

    __slots__ = ("_ledger", "_root", "_wrong")

    def __init__(self, root: Entries, ledger: Ledger, wrong: Collection[tuple[Step, ...]] = ()) -> None:
        self._root = root
        self._ledger = ledger
        self._wrong = wrong

    def there(self, *steps: Step) -> bool:
        """Whether the value at this place could be read, be it in part."""
        return not any(steps[: len(place)] == place for place in self._wrong)

    def sound(self, *steps: Step) -> bool:
        """Whether nothing is wrong with the value at this place, nor in it."""
        return self.there(*steps) and not any(place[: len(steps)] == steps for place in self._wrong)

    def wrong(self, problem: str, *steps: Step) -> None:
        """Note a mistake in the value at this place."""
        if not self.sound(*steps):
            return
        node = follow(self._root, steps)
        self._ledger.add(node.page.mistake(node.line, node.column, steps, problem))

    def wrong_key(self, problem: str, *steps: Step) -> None:
        """Note a mistake in the key at this place."""
        parent = follow(self._root, steps[:-1])
        if not isinstance(parent, Entries) or steps[-1] not in parent.entries:
            self.wrong(problem, *steps)
            return
        if not self.sound(*steps):
            return
        key = parent.entries[str(steps[-1])][0]
        self._ledger.add(key.page.mistake(key.line, key.column, steps, problem))


def is_workload(root: Entries) -> bool:
    """Whether a document says that it is a workload."""
    return "workload" in root.entries and "persona" not in root.entries


def tidy(path: Path) -> Path:
    """A path without detours, as relative as it came, so that a file has one name."""
    return Path(os.path.normpath(path))


def _closed(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):  # taken away since
        raise UsageError(f"{error.filename} cannot be looked into: {error.strerror}") from None


def yaml_files(folder: Path, most: int = MAX_FILES) -> tuple[Path, ...]:
    """The YAML files below a folder in the order of their names; hidden folders and packs of words are not entered.

    Raises UsageError for a folder of more than `most` files and folders, which was not meant, and for one that may not
    be looked into: who is in there would be missed.
    """
    found: list[Path] = []
    seen = 0
    for place, below, names in os.walk(folder, onerror=_closed):
        if PACK in names:
            below[:], names = [], []
        below[:] = [name for name in below if not name.startswith(".")]
        seen += len(names) + len(below)
        if seen > most:
            raise UsageError(f"{folder} holds more than {most} files; name a folder that holds specs")
        found.extend(Path(place, name) for name in names if name.endswith(SUFFIXES) and not name.startswith("."))
    return tuple(sorted(path for path in found if path.is_file()))
