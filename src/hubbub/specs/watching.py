"""When spec files change: what they look like now, to be compared with what they looked like then."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from hubbub.errors import UsageError
from hubbub.specs.shelf import tidy, yaml_files

Looks = dict[Path, tuple[int, int, int]]


def looks(paths: Sequence[Path], besides: Iterable[Path] = ()) -> Looks:
    """Time of change, size and inode of every file named, below a folder named, or given `besides`.

    Equal for two moments when nothing was written between them. What is not there now is left out.
    """
    seen: Looks = {}
    for file in {*besides, *(file for path in paths for file in _below(path))}:
        try:
            about = file.stat()
        except OSError:  # gone since, or replaced at this very moment: that is a change too
            continue
        seen[file] = (about.st_mtime_ns, about.st_size, about.st_ino)
    return seen


def _below(path: Path) -> tuple[Path, ...]:
    try:
        return tuple(tidy(file) for file in yaml_files(path)) if path.is_dir() else (tidy(path),)
    except UsageError:
        return ()
