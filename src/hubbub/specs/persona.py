"""A persona's file to a checked Persona."""

import re
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from hubbub.model import Goal, Persona, Source
from hubbub.specs import persona_rules
from hubbub.specs.extends import extended
from hubbub.specs.nodes import Entries, follow
from hubbub.specs.pages import TooManyMistakes
from hubbub.specs.shape import build
from hubbub.specs.shelf import PACK, Sheet, Shelf, is_workload

_STAND_INS = {"persona": "unnamed", "goal": Goal(intent="unknown")}
_SHORTHAND: dict[type[Struct], str] = {Source: "value"}
_LEAD = re.compile(r"(?:(?:oh|and|also|plus|by the way|(?:one more|another) thing)\b[\s,:-]*)+", re.IGNORECASE)
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
    if is_workload(root):
        problem = "this is a workload, and no persona: `hubbub run` holds it"
        shelf.ledger.add(root.page.mistake(root.line, root.column, (), problem))
        return None
    merged, whole = extended(root, shelf)
    optional = _REQUIRED if base or not whole else frozenset()
    built = build(Persona, merged, shelf.ledger, stand_ins=_STAND_INS, shorthand=_SHORTHAND, optional=optional)
    sheet = Sheet(merged, shelf.ledger, built.wrong)
    persona_rules.keep(built.value, sheet, base=base or not whole)
    persona = _with_pack(built.value, merged, sheet)
    return ReadPersona(_without_stops(persona), root)


def _without_stops(persona: Persona) -> Persona:
    """The persona with its author's clauses as they are put together with others: a full stop comes with the habits."""
    escalation = persona.expect.escalation
    if escalation is not None and escalation.says:
        expected = replace(escalation, says=_clauses(escalation.says))
        persona = replace(persona, expect=replace(persona.expect, escalation=expected))
    facts = {name: replace(fact, asked=_clauses(fact.asked, " ?？")) for name, fact in persona.facts.items()}
    goal = replace(persona.goal, says=_clauses(persona.goal.says))
    then = tuple(replace(one, says=tuple(map(_without_lead, _clauses(one.says)))) for one in persona.then)
    return replace(persona, facts=facts, goal=goal, then=then)


def _without_lead(clause: str) -> str:
    """A clause for a later goal without "and also": who changes the subject says so before it anyway."""
    return clause[found.end() :] if (found := _LEAD.match(clause)) and found.end() < len(clause) else clause


def _clauses(said: tuple[str, ...], marks: str = " .!。！") -> tuple[str, ...]:
    return tuple(clause.rstrip(marks) or clause for clause in said)


def _with_pack(persona: Persona, root: Entries, sheet: Sheet) -> Persona:
    """The persona with its pack as a path from anywhere: it was written from the file that names it."""
    if persona.manner.pack is None:
        return persona
    leaf = follow(root, ("manner", "pack"))
    folder = leaf.page.path.parent if leaf.page.path else Path()
    try:
        path = (folder / persona.manner.pack).resolve()
        there = (path / PACK).is_file()
    except (OSError, ValueError, RuntimeError):  # too long, a NUL, a circle of symbolic links
        there = False
    if not there:
        sheet.wrong("expected the path of a folder with a pack.yaml in it, from this file", "manner", "pack")
        return persona
    return replace(persona, manner=replace(persona.manner, pack=path.as_posix()))
