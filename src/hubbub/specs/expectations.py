"""What is expected of conversations that were held elsewhere, by their ids: `hubbub judge --expect FILE`."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from msgspec import Meta, field

from hubbub.errors import UsageError
from hubbub.model import EscalationExpectation, Persona, Wanted
from hubbub.specs.nodes import Entries
from hubbub.specs.pages import TooManyMistakes
from hubbub.specs.persona import read_persona
from hubbub.specs.shape import build
from hubbub.specs.shelf import Shelf, yaml_files


class Expected(Wanted, frozen=True, kw_only=True):
    """What is known of one conversation beforehand."""

    persona: Annotated[str | None, Meta(description="The persona whose expectations and facts hold.")] = None
    escalation: Annotated[EscalationExpectation | None, Meta(description="As in a persona's `expect`.")] = None
    resolves: Annotated[bool | None, Meta(description="Whether the agent should reach the goal on its own.")] = None
    knows: Annotated[dict[str, str], Meta(description="The customer's own values, by slot.")] = field(
        default_factory=dict
    )


class _Sheet(Wanted, frozen=True, kw_only=True):
    conversations: dict[str, Expected]


def load_expectations(path: Path) -> dict[str, Expected]:
    """Conversation id to what is expected of it. Raises SpecError with every mistake in the file."""
    shelf = Shelf()
    sheet = _Sheet(conversations={})
    try:
        root = shelf.root(path)
        if isinstance(root, Entries):
            sheet = build(_Sheet, root, shelf.ledger, stand_ins={"conversations": {}}).value
    except TooManyMistakes:
        pass  # the ledger says enough
    shelf.ledger.settle()
    return sheet.conversations


def load_people(paths: Iterable[Path]) -> dict[str, Persona]:
    """The personas in files and below folders, by name. Raises SpecError with every mistake in them, and UsageError."""
    shelf = Shelf()
    found: dict[str, Persona] = {}
    try:
        for path in paths:
            if not path.exists():
                raise UsageError(f"there is no file or folder {path}")
            for file in yaml_files(path) if path.is_dir() else (path,):
                root = shelf.root(file)
                if root is not None and "persona" in root.entries:
                    read = read_persona(file, shelf)
                    found |= {read.persona.persona: read.persona} if read else {}
    except TooManyMistakes:
        pass  # the ledger says enough
    shelf.ledger.settle()
    return found
