"""A persona by the name that a person would type: a file, or the name of one that is shipped or lies at hand."""

from collections.abc import Iterator
from pathlib import Path

from hubbub.errors import UsageError
from hubbub.model import Persona
from hubbub.registry import near
from hubbub.specs.persona import load_persona
from hubbub.specs.population import BASE_FOLDERS
from hubbub.specs.shelf import yaml_files
from hubbub.specs.shipped import shipped_dir

AT_HAND = Path("personas")


def persona_named(text: str, beside: Path = AT_HAND) -> Persona:
    """The persona in a file, or the one whose file under `beside`, then among the shipped ones, bears this name.

    Raises UsageError when there is none, and SpecError with every mistake in it.
    """
    path = Path(text)
    if path.is_file():
        return load_persona(path)
    if path.is_dir():
        raise UsageError(f"{text} is a folder; name one persona in it")
    if path.suffix in (".yaml", ".yml") or "/" in text:
        raise UsageError(f"there is no file {text}")
    there = {file.stem: file for file in reversed([*_files(beside)])}
    if text not in there:
        raise UsageError(f"there is no persona {text!r}{near(text, there)}; give a file, or the name of a shipped one")
    return load_persona(there[text])


def persona_files(path: Path) -> tuple[Path, ...]:
    """A file itself, or the personas' files below a folder, bases left out. Raises UsageError when there is none."""
    if path.is_file():
        return (path,)
    files = tuple(f for f in yaml_files(path) if f.parent.name not in BASE_FOLDERS) if path.is_dir() else ()
    if not files:
        raise UsageError(f"there is no persona below {path}" if path.is_dir() else f"there is no file or folder {path}")
    return files


def _files(beside: Path) -> Iterator[Path]:
    for folder in (beside, shipped_dir("personas")):
        if folder.is_dir():
            yield from (file for file in yaml_files(folder) if file.parent.name not in BASE_FOLDERS)
