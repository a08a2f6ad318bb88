"""A persona's file to a checked Persona."""

from pathlib import Path

from msgspec import Struct

from hubbub.model import Goal, Persona, Source
from hubbub.specs import persona_rules
from hubbub.specs.extends import extended
from hubbub.specs.nodes import Entries
from hubbub.specs.pages import TooManyMistakes
from hubbub.specs.shape import build
from hubbub.specs.shelf import Sheet, Shelf

_STAND_INS = {"persona": "unnamed", "goal": Goal(intent="unknown")}
_SHORTHAND: dict[type[Struct], str] = {Source: "value"}
_REQUIRED = frozenset(_STAND_INS)


class ReadPersona(Struct, frozen=True):
    """A persona and the document it was built from. Only sound when the shelf's ledger is empty."""

    persona: Persona
    root: Entries


def load_persona(path: Path) -> Persona:
    """The persona in a file, laid over its bases. Raises SpecError with every mistake in them."""
    shelf = Shelf()
    read = None
    try:
        read = read_persona(path, shelf)
    except TooManyMistakes:
        pass  # the ledger says enough
    shelf.ledger.settle()
    assert read is not None, "a file without mistakes gives a persona"
    return read.persona


def read_persona(path: Path, shelf: Shelf, *, base: bool = False) -> ReadPersona | None:
    """A persona as far as it can be read; what is wrong goes to the shelf's ledger. A `base` may lack required keys."""
    root = shelf.root(path)
    if root is None:
        return None
    merged, whole = extended(root, shelf)
    optional = _REQUIRED if base or not whole else frozenset()
    built = build(Persona, merged, shelf.ledger, stand_ins=_STAND_INS, shorthand=_SHORTHAND, optional=optional)
    persona_rules.keep(built.value, Sheet(merged, shelf.ledger), built.wrong, base=base or not whole)
    return ReadPersona(built.value, root)
