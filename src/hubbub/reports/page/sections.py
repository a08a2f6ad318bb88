"""What the page's sections tell, as values that the template only lays out."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from hubbub.errors import FAILURES
from hubbub.gates import show
from hubbub.model import Gate, GateResult, Metric, Summary, Verdict
from hubbub.reports.chronicle import Chronicle, Decided
from hubbub.reports.evidence import Evidence
from hubbub.reports.page.levels import Level, Row
from hubbub.reports.page.transcripts import class_name
from hubbub.reports.plain import plain
from hubbub.reports.tables import Table, interval
from hubbub.stats.figures import share

_TILES = (
    ("turn_p95_s", "whole reply, p95"),
    ("first_text_p95_s", "first text, p95"),
    ("resolution_rate", "resolved"),
    ("escalation_recall", "escalation recall"),
    ("escalation_precision", "escalation precision"),
    ("failed_turn_rate", "failed turns"),
)
_EXAMPLES = 6
_ROOM = 1.12  # a gate's picture reaches this far beyond the largest of limit, figure and interval


class Tile(Struct, frozen=True):
    """A main figure; `tone` is the verdict of the gate on it, where there is one."""

    title: str
    value: str
    interval: str
    tone: str


class Picture(Struct, frozen=True):
    """A gate's figure, interval and limit, as places between 0 and 100."""

    low: float
    high: float
    value: float
    limit: float


class GateLine(Struct, frozen=True):
    """A gate in the page's first table."""

    gate: str
    verdict: str
    value: str
    interval: str
    samples: str
    picture: Picture | None
    broke: str  # where it first broke, in words


class FailureLine(Struct, frozen=True):
    """A class of failure, how often, and conversations to look at."""

    name: str
    layer: str
    meaning: str
    remedy: str
    count: str
    examples: tuple[int, ...]


def tiles(summary: Summary, gates: Sequence[Gate], verdict: Verdict) -> tuple[Tile, ...]:
    """The main figures that have samples. In an invalid run none is good or bad."""
    tones: dict[str, str] = {}
    for gate, result in zip(gates, verdict.gates, strict=True):
        worse = {"fail": 0, "unsure": 1, "pass": 2}
        tones[gate.metric] = min(tones.get(gate.metric, "pass"), result.verdict, key=worse.__getitem__)
    invalid = verdict.verdict == "invalid"
    return tuple(
        Tile(title, show(metric.value, metric.unit), interval(metric), "" if invalid else tones.get(name, ""))
        for name, title in _TILES
        if (metric := summary.metrics[name]).value is not None
    )


def gate_lines(gates: Sequence[Gate], verdict: Verdict, rows: Sequence[Row]) -> tuple[GateLine, ...]:
    """Every gate with its evidence, a picture of it, and where it first broke."""
    broke = {row.gate: row.broke for row in rows}
    return tuple(
        GateLine(
            gate=plain(result.gate),
            verdict=result.verdict,
            value=show(result.metric.value, result.metric.unit),
            interval=interval(result.metric),
            samples=f"{result.metric.samples:,}",
            picture=_picture(gate, result),
            broke=f"at {level.rate_per_s:.3g}/s" if (level := broke.get(gate.text)) else "",
        )
        for gate, result in zip(gates, verdict.gates, strict=True)
    )


def _picture(gate: Gate, result: GateResult) -> Picture | None:
    metric = result.metric
    if metric.value is None:
        return None
    low = metric.value if metric.low is None else metric.low
    known_high = metric.value if metric.high is None else metric.high
    most = max(gate.limit, metric.value, known_high) * _ROOM or 1.0
    high = most if metric.high is None else metric.high
    return Picture(*(round(v / most * 100, 2) for v in (low, high, metric.value, gate.limit)))


def rate(level: Level) -> str:
    """A level's load in words."""
    return f"{level.rate_per_s:.3g} customers/s"


def escalation_table(chronicle: Chronicle) -> Table:
    """Expected against done, by persona and trigger; the worst first."""
    found = sorted(chronicle.decided.items(), key=lambda item: (_right(item[0][2], item[1]).value or 0, item[0]))
    rows = [
        (
            plain(persona, 64),
            plain(trigger, 64) or "\u2013",
            expected.replace("_", " "),
            f"{decided.called:,}",
            f"{decided.not_called:,}",
            f"{decided.late:,}",
            show(right.value, "share"),
            interval(right) if right.kind == "share" else "",
        )
        for (persona, trigger, expected), decided in found
        if (right := _right(expected, decided))
    ]
    tones = tuple("fail" if _wrong(expected, decided) else "" for (_, _, expected), decided in found)
    head = ("persona", "trigger", "a human", "called", "not called", "late", "right", "95 % interval")
    note = (
        "\u201cmay\u201d personas are right either way. Only conversations that went far enough to judge are counted."
    )
    return Table("By persona and trigger", head, tuple(rows), 3, tones, note)


def _right(expected: str, decided: Decided) -> Metric:
    whole = decided.called + decided.not_called
    return share(whole - _wrong(expected, decided), whole)


def _wrong(expected: str, decided: Decided) -> int:
    return {"must": decided.not_called, "must_not": decided.called}.get(expected, 0)


def failure_lines(evidence: Evidence, shown: Iterable[tuple[int, tuple[str, ...]]]) -> tuple[FailureLine, ...]:
    """Every class that occurred, the most frequent first; `shown` are the numbers and classes that can be linked to."""
    summary = evidence.summary
    examples: dict[str, list[int]] = {}
    for number, classes in shown:
        for name in classes:
            examples.setdefault(name, []).append(number)
    unsure = {
        name: count
        for name, count in evidence.chronicle.sample.counts.items()
        if name not in summary.failures and name not in summary.findings
    }
    lines = [(number, name, "turn") for name, number in summary.failures.items()]
    lines += [(number, name, "conversation") for name, number in summary.findings.items()]
    lines += [(number, name, "conversation, unsure") for name, number in unsure.items()]
    return tuple(_failure(*line, examples) for line in sorted(lines, key=lambda line: (-line[0], line[1])))


def _failure(number: int, name: str, of: str, examples: dict[str, list[int]]) -> FailureLine:
    known = FAILURES.get(name)
    told = class_name(name)
    layer, meaning, remedy = (known.layer, known.meaning, known.remedy) if known else ("check", "", "")
    kind, _, tail = of.partition(",")
    count = f"{number:,} {kind}{'' if number == 1 else 's'}{',' + tail if tail else ''}"
    return FailureLine(told, layer, meaning, remedy, count, tuple(examples.get(told, ())[:_EXAMPLES]))


def curve_table(title: str, points: Iterable[tuple[Level, Metric]]) -> Table:
    """A curve's points as a table."""
    rows = tuple(_curve_rows(points))
    return Table(title, ("stage", "customers/s", "value", "95 % interval", "samples"), rows)


def _curve_rows(points: Iterable[tuple[Level, Metric]]) -> Iterator[tuple[str, ...]]:
    for level, metric in points:
        value = show(metric.value, metric.unit)
        yield plain(level.label, 40), f"{level.rate_per_s:.3g}", value, interval(metric), f"{metric.samples:,}"
