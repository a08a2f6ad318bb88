"""Many spec files at once: which is what, and every mistake in them."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from hubbub.errors import Mistake, UsageError
from hubbub.model import Persona, Workload
from hubbub.registry import near
from hubbub.specs.nodes import Entries
from hubbub.specs.pages import TooManyMistakes, shown
from hubbub.specs.persona import ReadPersona, read_persona
from hubbub.specs.population import is_base
from hubbub.specs.shape import encoded_names
from hubbub.specs.shelf import Shelf, is_workload, tidy, yaml_files
from hubbub.specs.workload import read_workload


class Checked(Struct, frozen=True):
    """How many files of each sort were read, and what is wrong in them."""

    personas: int
    bases: int
    workloads: int
    files: int
    mistakes: tuple[Mistake, ...]
    read: tuple[Path, ...] = ()  # every file that was looked into, bases elsewhere included


def check_paths(paths: Sequence[Path]) -> Checked:
    """Check files, and all YAML files below folders. Secrets are not looked for. Raises UsageError without a file."""
    files = _files(paths)
    counts = {"persona": 0, "base": 0, "workload": 0}
    shelf = Shelf()
    names: dict[tuple[Path, str], Path] = {}
    try:
        for file in files:
            root = shelf.root(file)
            if root is not None:
                counts[_check(file, root, shelf, names)] += 1
    except TooManyMistakes:
        pass  # enough to begin with
    read = tuple(dict.fromkeys((*files, *shelf.pages)))
    return Checked(counts["persona"], counts["base"], counts["workload"], len(files), shelf.ledger.mistakes, read)


def _check(file: Path, root: Entries, shelf: Shelf, names: dict[tuple[Path, str], Path]) -> str:
    if _is_workload(root):
        read_workload(file, shelf, None)
        return "workload"
    if is_base(file, root):
        read_persona(file, shelf, base=True)
        return "base"
    if not _is_persona(root):
        _neither(root, shelf)
        return "persona"
    read = read_persona(file, shelf)
    if read is not None:
        _unique(file, read, shelf, names)
    return "persona"


def _is_workload(root: Entries) -> bool:
    if "workload" in root.entries or "persona" in root.entries:
        return is_workload(root)
    return _shared(root, Workload) > _shared(root, Persona)


def _is_persona(root: Entries) -> bool:
    return "persona" in root.entries or _shared(root, Persona) > 0


def _shared(root: Entries, kind: type[Struct]) -> int:
    return len(root.entries.keys() & set(encoded_names(kind).values()))


def _neither(root: Entries, shelf: Shelf) -> None:
    hints = (near(key, ("persona", "workload")) for key in root.entries if len(key) <= 64)
    problem = "neither a persona nor a workload: there is no `persona:` and no `workload:` key"
    hint = next((hint for hint in hints if hint), "")
    shelf.ledger.add(root.page.mistake(root.line, root.column, (), problem + hint))


def _unique(file: Path, read: ReadPersona, shelf: Shelf, names: dict[tuple[Path, str], Path]) -> None:
    if "persona" not in read.root.entries:
        return
    first = names.setdefault((file.parent, read.persona.persona), file)
    if first != file:
        key = read.root.entries["persona"][1]
        problem = f"the name {shown(read.persona.persona)} is taken by {first}"
        shelf.ledger.add(key.page.mistake(key.line, key.column, ("persona",), problem))


def _files(paths: Sequence[Path]) -> tuple[Path, ...]:
    files: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            below = yaml_files(path)
            if not below:
                raise UsageError(f"there is no YAML file below {path}")
            files.update(dict.fromkeys(tidy(file) for file in below))
        elif path.exists():
            files[tidy(path)] = None
        else:
            raise UsageError(f"there is no file or folder {path}")
    return tuple(files)
