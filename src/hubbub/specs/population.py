"""Which personas a workload's `customers.from` leads to."""

from pathlib import Path

from msgspec import Struct

from hubbub.errors import UsageError
from hubbub.model import CustomersSpec, Persona
from hubbub.specs.nodes import Entries, Leaf
from hubbub.specs.pages import shown
from hubbub.specs.persona import read_persona
from hubbub.specs.shelf import Sheet, Shelf, is_workload, tidy, yaml_files

BASE_FOLDERS = frozenset(("base", "bases"))


class Found(Struct, frozen=True):
    """The personas that are wanted, by name, and the names of all that are there.

    `foreign` are those of a language that does not come, with it. `gaps` says that there are files whose personas
    cannot be told.
    """

    wanted: dict[str, Persona]
    there: tuple[str, ...]
    foreign: dict[str, str]
    gaps: bool


def find(customers: CustomersSpec, folder: Path, sheet: Sheet, shelf: Shelf) -> Found:
    """The personas that `from` leads to and the mix wants; their mistakes go to the shelf's ledger."""
    files, named, gaps = _files(customers, folder, sheet)
    wanted: dict[str, Persona] = {}
    places: dict[str, Path] = {}
    foreign: dict[str, str] = {}
    for file in files:
        root = shelf.root(file)
        if root is None:
            gaps = True
            continue
        if is_workload(root) and file not in named:
            continue
        name = _name(root)
        _only_once(name, file, places, root, shelf)
        if name is not None and customers.mix and name not in customers.mix:
            continue
        read = read_persona(file, shelf)
        if read is None or name is None:
            gaps = True
        elif customers.languages and _language(read.persona) not in customers.languages:
            foreign[name] = _language(read.persona)
        else:
            wanted.setdefault(name, read.persona)
    if not places and not gaps:
        sheet.wrong("there are no personas here: no YAML file with `persona:` in it", "customers", "from")
    if foreign and not wanted and not gaps and not customers.mix:
        sheet.wrong(
            f"nobody here writes these; there are {', '.join(sorted({*foreign.values()}))}", "customers", "languages"
        )
    return Found(wanted, tuple(places), foreign, gaps)


def languages_of(folder: Path) -> frozenset[str]:
    """The languages that the personas below a folder write, of those that can be read; none where there are none."""
    shelf = Shelf()
    files = _expanded(Path(), str(folder))
    read = (read_persona(file, shelf) for file in files if _is_persona(file, shelf)) if isinstance(files, tuple) else ()
    return frozenset(_language(one.persona) for one in read if one is not None)


def _is_persona(file: Path, shelf: Shelf) -> bool:
    root = shelf.root(file)
    return root is not None and not is_workload(root)


def _language(persona: Persona) -> str:
    return persona.locale.partition("-")[0]


def _only_once(name: str | None, file: Path, places: dict[str, Path], root: Entries, shelf: Shelf) -> None:
    if name is not None and places.setdefault(name, file) != file:
        key = root.entries["persona"][1]
        problem = f"the name {shown(name)} is taken by {places[name]}"
        shelf.ledger.add(key.page.mistake(key.line, key.column, ("persona",), problem))


def is_base(path: Path, root: Entries | None) -> bool:
    """Whether a file is only there to be extended: it has no `persona:`, and lies in a folder named base."""
    return root is not None and "persona" not in root.entries and path.parent.name in BASE_FOLDERS


def _name(root: Entries) -> str | None:
    leaf = root.entries["persona"][1] if "persona" in root.entries else None
    return leaf.text if isinstance(leaf, Leaf) else None


def _files(customers: CustomersSpec, folder: Path, sheet: Sheet) -> tuple[list[Path], set[Path], bool]:
    """The files, those of them that were named one by one, and whether anything named is not there."""
    listed = customers.from_ if isinstance(customers.from_, tuple) else (customers.from_,)
    files: dict[Path, None] = {}
    named: set[Path] = set()
    missing = False
    for i, text in enumerate(listed):
        place = ("customers", "from", i) if isinstance(customers.from_, tuple) else ("customers", "from")
        there = _expanded(folder, text)
        if isinstance(there, str):
            missing = True
            sheet.wrong(there, *place)
        else:
            files.update(dict.fromkeys(there))
            named.update({tidy(folder / text)}.intersection(there))
    return list(files), named, missing


def _expanded(folder: Path, text: str) -> tuple[Path, ...] | str:
    """The files that one entry of `from` stands for, or what is wrong with it."""
    path = tidy(folder / text)
    try:
        if path.is_dir():
            return tuple(tidy(file) for file in yaml_files(path) if file.parent.name not in BASE_FOLDERS)
        if path.is_file():
            return (path,)
    except UsageError as error:
        return str(error)
    except (OSError, ValueError):  # too long, a NUL, not allowed
        pass
    return f"there is no file or folder {shown(text)} beside the workload"
