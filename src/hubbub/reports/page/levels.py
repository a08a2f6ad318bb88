"""Behaviour against load: the figures of each stage, where a gate first broke, where a measure first left its band."""

from collections.abc import Iterator, Mapping, Sequence
from math import inf

from msgspec import Struct

from hubbub.gates import METRICS, Direction, Unit, judge_gate, show
from hubbub.model import Gate, GateResult, Metric
from hubbub.reports.chronicle import GROUPS, Chronicle, StageSpan
from hubbub.reports.evidence import Evidence
from hubbub.stats.figures import figures, share
from hubbub.stats.slices import merged
from hubbub.stats.tally import Tally

MEASURES: tuple[tuple[str, str], ...] = (  # a figure, and its title
    ("resolution_rate", "Resolved"),
    ("escalation_recall", "Escalation recall"),
    ("escalation_precision", "Escalation precision"),
    ("needless_escalation_rate", "Needless escalations"),
    ("contradictions", "Contradictions"),
    ("leaks", "Leaks"),
    ("abandonment_rate", "Abandoned"),
    ("failed_turn_rate", "Failed turns"),
    ("first_text_p95_s", "First text, p95"),
    ("turn_p95_s", "Whole reply, p95"),
)


class Level(Struct, frozen=True):
    """One stage: its load as customers due per second, warm-up included, and its figures, warm-up left out."""

    label: str
    from_s: float
    rate_per_s: float
    conversations: int
    figures: dict[str, Metric]


class Curve(Struct, frozen=True):
    """One measure over all levels. `left` is the lightest at which it was surely outside its band."""

    metric: str
    title: str
    band: str
    points: tuple[tuple[Level, Metric], ...]
    left: Level | None


class Row(Struct, frozen=True):
    """One gate held against every level. `broke` is the lightest at which it surely fails."""

    gate: str
    results: tuple[tuple[Level, GateResult], ...]
    broke: Level | None


def levels(evidence: Evidence) -> tuple[Level, ...]:
    """The stages that anything was counted in, in the order of time."""
    chronicle = evidence.chronicle
    header = chronicle.header
    labels = header.stages if header else ()
    cells: dict[int, list[Tally]] = {}
    for (_, stage), tally in evidence.judged.tallies.items():
        cells.setdefault(stage, []).append(tally)
    rates = _rates(chronicle)
    return tuple(
        Level(
            label=labels[stage] if stage < len(labels) else f"stage {stage + 1}",
            from_s=chronicle.stages[stage].first_s if stage in chronicle.stages else 0.0,
            rate_per_s=rates.get(stage, 0.0),
            conversations=whole.conversations,
            figures={**figures(whole), **_groups(chronicle, stage, whole.conversations)},
        )
        for stage in sorted(cells)
        if (whole := merged(cells[stage]))
    )


def _groups(chronicle: Chronicle, stage: int, conversations: int) -> dict[str, Metric]:
    return {group: share(chronicle.grouped.get((stage, group), 0), conversations) for group in GROUPS}


def _rates(chronicle: Chronicle) -> dict[int, float]:
    """Customers due per second, by stage.

    A stage lasts until the next begins; to its own last customer where there is none, nobody came in it, or a process
    of one's own has them both at a time.
    """
    rates = {}
    for number, stage in chronicle.stages.items():
        then = chronicle.stages.get(number + 1)
        until_s = then.first_s if then is not None and then.first_s >= stage.last_s else None
        rates[number] = _rate(stage, until_s, _dropped_s(stage, chronicle))
    return rates


def _dropped_s(stage: StageSpan, chronicle: Chronicle) -> list[float]:
    """When those were due who were never held, from a stage's beginning until another begins after it."""
    until_s = min((other.first_s for other in chronicle.stages.values() if other.first_s > stage.last_s), default=inf)
    return [due_s for due_s in chronicle.dropped_s if stage.first_s <= due_s < until_s]


def _rate(stage: StageSpan, until_s: float | None, dropped_s: Sequence[float]) -> float:
    due = stage.due + len(dropped_s)
    if until_s is None:  # from the first to the last of n customers there are n - 1 gaps
        due, until_s = due - 1, max((stage.last_s, *dropped_s))
    lasted_s = until_s - stage.first_s
    return due / lasted_s if lasted_s > 0 else 0.0


def curves(every: Sequence[Level], gates: Sequence[Gate]) -> tuple[Curve, ...]:
    """Every measure that has samples at some level."""
    found = []
    for metric, title in MEASURES:
        points = tuple((level, level.figures[metric]) for level in every if level.figures[metric].value is not None)
        if points:
            found.append(_curve(metric, title, points, [gate for gate in gates if gate.metric == metric]))
    return tuple(found)


def _curve(metric: str, title: str, points: tuple[tuple[Level, Metric], ...], gates: Sequence[Gate]) -> Curve:
    lightest_first = sorted(points, key=lambda point: point[0].rate_per_s)
    if gates:
        band = " and ".join(f"{gate.op} {show(gate.limit, _unit(metric))}" for gate in gates)
        broken = [level for level, value in lightest_first if any(_fails(gate, value) for gate in gates)]
        return Curve(metric, title, band, points, broken[0] if broken else None)
    base_level, base = lightest_first[0]
    better = METRICS[metric].better if metric in METRICS else "lower"
    beyond = [level for level, value in lightest_first[1:] if _is_worse(value, base, better)]
    band = f"as at {base_level.rate_per_s:.3g}/s"
    return Curve(metric, title, band, points, beyond[0] if beyond else None)


def _unit(metric: str) -> Unit:
    return METRICS[metric].unit if metric in METRICS else "share"


def _fails(gate: Gate, value: Metric) -> bool:
    return judge_gate(gate, value).verdict == "fail"


def _is_worse(value: Metric, base: Metric, better: Direction) -> bool:
    """Its whole interval is worse than the whole of the other."""
    if better == "higher":
        return value.high is not None and base.low is not None and value.high < base.low
    return value.low is not None and base.high is not None and value.low > base.high


def gates_by_level(every: Sequence[Level], gates: Sequence[Gate]) -> tuple[Row, ...]:
    """Every gate that means something for a part of a run, held against each level."""
    return tuple(_row(gate, every) for gate in gates if _is_told_by_stage(gate.metric, every))


def _is_told_by_stage(metric: str, every: Sequence[Level]) -> bool:
    """A gate on a whole run's total, such as `turns >= 1000`, says nothing of a stage; one on a class does.

    Checks of one's own are counted over the whole run alone.
    """
    info = METRICS.get(metric)
    if info is None:
        return False
    total = info.kind == "count" and info.better != "lower"
    return info.unit != "per_s" and not total and all(metric in level.figures for level in every)


def _row(gate: Gate, every: Sequence[Level]) -> Row:
    results = tuple((level, judge_gate(gate, level.figures[gate.metric])) for level in every)
    broken = sorted((level.rate_per_s, at) for at, (level, result) in enumerate(results) if result.verdict == "fail")
    return Row(gate.text, results, results[broken[0][1]][0] if broken else None)


def first_broken(rows: Sequence[Row]) -> tuple[Level, tuple[Row, ...]] | None:
    """The lightest load at which a gate broke, and every gate that broke there."""
    broken = [row for row in rows if row.broke is not None]
    if not broken:
        return None
    lightest = min((row.broke for row in broken if row.broke is not None), key=lambda level: level.rate_per_s)
    return lightest, tuple(row for row in broken if row.broke == lightest)


def shares_of(counts: Mapping[str, int]) -> Iterator[tuple[str, int, float]]:
    """Name, number and share, the most frequent first."""
    total = sum(counts.values())
    for name, number in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        yield name, number, number / total
