"""Two runs of the same customers in other words: do their conversations end alike, persona by persona?"""

from pathlib import Path

from msgspec import Struct

from hubbub.checks.escalation import REACHED
from hubbub.errors import UsageError
from hubbub.journal import read_folder
from hubbub.model import Conversation
from hubbub.runs.manifest import read_manifest
from hubbub.stats.intervals import wilson


class Agreement(Struct, frozen=True):
    """Of the conversations that both runs held with a persona's customers: how many ended alike.

    `ending` counts the same ending, `escalation` the same word on whether a human was called; `low` and `high` bound
    the share of the latter at 95 % (Wilson).
    """

    persona: str
    pairs: int
    ending: int
    escalation: int
    low: float
    high: float


def agreement(base: Path, other: Path) -> tuple[Agreement, ...]:
    """Persona by persona, and last over all, which has no name. Raises UsageError where nothing can be paired."""
    seeds = {read_manifest(folder).seed for folder in (base, other)}
    if len(seeds) > 1:
        raise UsageError(
            f"the runs have different seeds, {' and '.join(map(str, sorted(seeds)))}: other customers came"
        )
    ours, theirs = _ended(base), _ended(other)
    pairs = [(ours[n], theirs[n]) for n in sorted(ours.keys() & theirs.keys())]
    pairs = [(a, b) for a, b in pairs if a.persona == b.persona and "cut_off" not in (a.ending, b.ending)]
    if not pairs:
        raise UsageError("no conversation was held to its end in both runs")
    names = sorted({a.persona for a, _ in pairs})
    return (*(_counted(name, [p for p in pairs if p[0].persona == name]) for name in names), _counted("", pairs))


def _ended(folder: Path) -> dict[int, Conversation]:
    records = read_folder(folder)
    return {record.number: record for record in records if isinstance(record, Conversation) and not record.warm_up}


def _counted(name: str, pairs: list[tuple[Conversation, Conversation]]) -> Agreement:
    same = sum((a.escalated in REACHED) == (b.escalated in REACHED) for a, b in pairs)
    low, high = wilson(same, len(pairs))
    return Agreement(name, len(pairs), sum(a.ending == b.ending for a, b in pairs), same, low, high)
