"""The same figures for parts of a run: by stage, persona, trigger, channel; and whether escalation rises with load."""

from collections.abc import Callable, Iterable, Mapping
from itertools import groupby

from hubbub.model import LoadEscalation, Slice
from hubbub.stats.answers import Usual
from hubbub.stats.figures import CONVERSATION_CLASSES, SLICED, figures
from hubbub.stats.tally import Tally
from hubbub.stats.trend import trend

Cells = Mapping[tuple[str, int], Tally]  # by persona and stage


def merged(cells: Iterable[Tally]) -> Tally:
    """Several tallies as one, each left as it is."""
    whole = Tally()
    for cell in cells:
        whole.merge(cell)
    return whole


def by_stage(cells: Cells, labels: tuple[str, ...], common: Usual) -> tuple[Slice, ...]:
    """A slice per stage, in their order; none for a run of one stage."""
    stages = sorted({stage for _, stage in cells})
    if len(stages) < 2 and len(labels) < 2:
        return ()
    return tuple(
        _slice(_label(labels, stage), merged([cell for (_, of), cell in cells.items() if of == stage]), common)
        for stage in stages
    )


def by_persona(cells: Cells, common: Usual) -> tuple[Slice, ...]:
    """A slice per persona, by name."""
    return _by(dict(sorted(cells.items())), lambda key: key[0], common)


def by_trait(cells: Cells, traits: Mapping[str, str], common: Usual) -> tuple[Slice, ...]:
    """A slice per trait of the personas (trigger, channel), by name; personas without it are left out."""
    some = {key: cells[key] for key in sorted(cells, key=lambda key: traits.get(key[0], "")) if traits.get(key[0])}
    return _by(some, lambda key: traits[key[0]], common)


def load_escalation(cells: Cells) -> LoadEscalation | None:
    """The test for trend over stages, load being the conversations per second of each; None without two stages."""
    stages = {stage for _, stage in cells}
    loads = {stage: _per_s([cell for (_, of), cell in cells.items() if of == stage]) for stage in stages}
    if len(loads) < 2:
        return None
    keys = sorted(cells)
    strata = (
        [(loads[stage], cells[key].escalated, cells[key].own) for key in some for stage in (key[1],)]
        for _, some in groupby(keys, key=lambda key: key[0])
    )
    found = trend(strata)
    return LoadEscalation(found.z, found.p, found.samples)


def _per_s(cells: list[Tally]) -> float:
    """Conversations per second of a stage, from the first begun to the last over."""
    begun = [cell.begun_s for cell in cells if cell.begun_s is not None]
    span_s = max(cell.over_s for cell in cells) - min(begun) if begun else 0.0
    return sum(cell.conversations for cell in cells) / span_s if span_s > 0 else 0.0


def _label(labels: tuple[str, ...], stage: int) -> str:
    return labels[stage] if stage < len(labels) else f"stage {stage + 1}"


def _by(cells: Cells, label_of: Callable[[tuple[str, int]], str], common: Usual) -> tuple[Slice, ...]:
    """A slice per label, in the order of the labels' first cells."""
    groups: dict[str, list[Tally]] = {}
    for key, cell in cells.items():
        groups.setdefault(label_of(key), []).append(cell)
    return tuple(_slice(label, merged(some), common) for label, some in groups.items())


def _slice(label: str, tally: Tally, common: Usual) -> Slice:
    every = figures(tally, common)
    found = (name for name in CONVERSATION_CLASSES if every[name].value)
    return Slice(label, tally.conversations, {name: every[name] for name in dict.fromkeys((*SLICED, *found))})
