"""A candidate run against its base: gate by gate, class by class, each difference with its interval."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from msgspec import Struct

from hubbub.gates import METRICS, recorded_gate, show
from hubbub.journal import read_folder
from hubbub.model import Change, Comparison, GateChange, Outcome, Summary, Verdict, VerdictName
from hubbub.runs.manifest import Manifest, read_manifest
from hubbub.runs.verdict import judge_run
from hubbub.stats import bootstrap
from hubbub.stats.samples import Samples
from hubbub.stats.sufficiency import told
from hubbub.verdicts.comparable import refusals, warnings

FORMAT = 1  # of comparison.json
_SHOWN = ("first_text_p50_s", "first_text_p95_s", "first_text_p99_s", "turn_p50_s", "turn_p95_s", "turn_p99_s",
          "conversation_p95_s", "seconds_to_human_p50_s", "turns_to_human_p50")  # fmt: skip
_MOST_TIMES = 1e6  # a change this near its tolerance lies on it
_TAIL = 5  # values beyond a quantile below which drawing again does not tell its spread
_EXIT: dict[VerdictName, int] = {"pass": 0, "fail": 1, "invalid": 3, "unsure": 5}


class Run(Struct, frozen=True):
    """A run that is over, as far as a comparison looks at it."""

    folder: Path
    manifest: Manifest
    summary: Summary
    verdict: Verdict
    samples: Samples

    @classmethod
    def read(cls, folder: Path) -> "Run":
        """The run in a folder. Raises UsageError and JournalError."""
        summary, verdict = judge_run(folder)
        return cls(folder, read_manifest(folder), summary, verdict, Samples(read_folder(folder)))


class Tolerance(Struct, frozen=True):
    """How much worse is not yet a regression: a share of a latency, and points of a share."""

    latency: float = 0.10
    share: float = 0.02


def compare(base: Run, candidate: Run, tolerance: Tolerance = Tolerance(), *, force: bool = False) -> Comparison:  # noqa: B008 - frozen
    """Hold two runs against each other. Runs that are not comparable give `invalid`, unless forced."""
    refused = refusals(base.manifest, candidate.manifest, (base.summary, base.verdict),
                       (candidate.summary, candidate.verdict), (base.folder, candidate.folder))  # fmt: skip
    both = np.intersect1d(base.samples.numbers, candidate.samples.numbers)
    paired = len(both) if base.summary.seed == candidate.summary.seed else 0
    gated = {gate.metric for gate in map(recorded_gate, _gates(base, candidate)) if not isinstance(gate, str)}
    rounds = bootstrap.rounds_for(base.samples, candidate.samples)
    hopeless = not (len(base.samples.numbers) and len(candidate.samples.numbers))
    changes = () if hopeless else tuple(_changes(base, candidate, gated, tolerance, rounds, paired > 0))
    gates = tuple(_gate_changes(base, candidate))
    name, reasons = _verdict(() if force else refused, gates, changes, candidate.summary, base.summary)
    return Comparison(
        format=FORMAT,
        base=base.folder.name,
        candidate=candidate.folder.name,
        verdict=name,
        exit_code=_EXIT[name],
        reasons=reasons,
        tolerance=tolerance.latency,
        share_tolerance=tolerance.share,
        paired=paired,
        rounds=rounds,
        refusals=refused,
        warnings=warnings(base.manifest, candidate.manifest, base.summary, candidate.summary),
        gates=gates,
        changes=changes,
    )


def _gates(base: Run, candidate: Run) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*base.manifest.gates, *candidate.manifest.gates)))


def _gate_changes(base: Run, candidate: Run) -> Iterator[GateChange]:
    then, now = ({result.gate: result.verdict for result in run.verdict.gates} for run in (base, candidate))
    for gate in dict.fromkeys((*then, *now)):
        yield GateChange(gate, then.get(gate), now.get(gate))


def _changes(
    base: Run, candidate: Run, gated: set[str], tolerance: Tolerance, rounds: int, paired: bool
) -> Iterator[Change]:
    drawn = list(bootstrap.draws(base.samples, candidate.samples, rounds, paired=paired))
    wanted = [name for name in METRICS if name in gated or name in _SHOWN]
    for stem, names in _by_stem(wanted):
        yield from _quantiles(base, candidate, stem, names, drawn, tolerance.latency, gated)
    for name in base.samples.shares:
        if name in gated or name != "first_text_mean_s":
            change = _share(base, candidate, name, drawn, tolerance, name in gated)
            if change is not None:
                yield change


def _by_stem(names: Iterable[str]) -> Iterator[tuple[str, list[tuple[str, float]]]]:
    """Quantile metrics by what they are quantiles of, each with its level."""
    found: dict[str, list[tuple[str, float]]] = {}
    for name in names:
        stem, _, rest = name.rpartition("_p")
        if METRICS[name].kind == "quantile":
            found.setdefault(stem, []).append((name, int(rest.removesuffix("_s")) / 100))
    yield from found.items()


def _quantiles(
    base: Run, candidate: Run, stem: str, names: list[tuple[str, float]],
    drawn: list[tuple[bootstrap.Weights, bootstrap.Weights]], tolerance: float, gated: set[str],
) -> Iterator[Change]:  # fmt: skip
    then, now = (run.samples.quantities[stem].ordered() for run in (base, candidate))
    levels = [level for _, level in names]
    was, is_ = bootstrap.quantile(then, levels), bootstrap.quantile(now, levels)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = [bootstrap.quantile(now, levels, w2) / bootstrap.quantile(then, levels, w1) - 1 for w1, w2 in drawn]
        ratio = is_ / was - 1
    within = bootstrap.bounds(ratios)
    fewest = min(len(then[0]), len(now[0]))
    for at, (name, level) in enumerate(names):
        if fewest * (1 - level) < _TAIL:
            within = {**within, at: None}
        yield _change(name, "ratio", (was[at], is_[at]), float(ratio[at]), within.get(at),
                      (len(then[0]), len(now[0])), tolerance, name in gated)  # fmt: skip


def _share(
    base: Run, candidate: Run, name: str, drawn: list[tuple[bootstrap.Weights, bootstrap.Weights]],
    tolerance: Tolerance, gated: bool,
) -> Change | None:  # fmt: skip
    (part1, whole1), (part2, whole2) = (run.samples.part_and_whole(name) for run in (base, candidate))
    totals = [float(a.sum()) for a in (part1, whole1, part2, whole2)]
    mean = name == "first_text_mean_s"
    if not gated and METRICS[name].kind == "count" and not (totals[0] or totals[2]):
        return None  # a class that neither run knows is not worth a line
    if not (totals[1] and totals[3]):
        return _change(name, "difference", (None, None), None, None, (int(totals[1]), int(totals[3])),
                       tolerance.share, gated)  # fmt: skip
    was, is_ = totals[0] / totals[1], totals[2] / totals[3]
    if not mean and (bootstrap.is_rare(*totals[:2]) or bootstrap.is_rare(*totals[2:])):
        within: bootstrap.Interval | None = bootstrap.newcombe(totals[2], totals[3], totals[0], totals[1])
    else:
        table = []
        with np.errstate(divide="ignore", invalid="ignore"):
            for w1, w2 in drawn:
                then, now = (part1 @ w1) / (whole1 @ w1), (part2 @ w2) / (whole2 @ w2)
                table.append(np.array([now / then - 1 if mean else now - then]))
        within = bootstrap.bounds(table).get(0)
    return _change(name, "ratio" if mean else "difference", (was, is_), is_ / was - 1 if mean else is_ - was, within,
                   (int(totals[1]), int(totals[3])), tolerance.latency if mean else tolerance.share, gated)  # fmt: skip


def _change(
    name: str, kind: str, values: tuple[float | None, float | None], change: float | None,
    within: bootstrap.Interval | None, samples: tuple[int, int], tolerance: float, gated: bool,
) -> Change:  # fmt: skip
    known = change is not None and bool(np.isfinite(change))
    low, high = within or (None, None)
    info = METRICS[name]
    return Change(
        metric=name,
        unit="share" if info.kind == "count" else info.unit,
        kind="ratio" if kind == "ratio" else "difference",
        base=_number(values[0]),
        candidate=_number(values[1]),
        change=_number(change) if known else None,
        low=low,
        high=high,
        base_samples=samples[0],
        candidate_samples=samples[1],
        tolerance=tolerance,
        outcome=_outcome(within, tolerance, info.better) if known else "no_samples",
        gated=gated,
    )


def _number(value: float | None) -> float | None:
    return None if value is None or not np.isfinite(value) else round(float(value), 9)


def _outcome(within: bootstrap.Interval | None, tolerance: float, better: str) -> Outcome:
    """The whole interval against the tolerance; what has no better side changes without being better or worse."""
    if within is None:
        return "unsure"
    if better == "neither":
        return "same" if max(map(abs, within)) <= tolerance else "unsure"
    least, most = within if better == "lower" else (-within[1], -within[0])  # how much worse
    if least > tolerance:
        return "worse"
    if most < 0:
        return "better"
    return "same" if most <= tolerance else "unsure"


def _verdict(
    refused: tuple[str, ...], gates: tuple[GateChange, ...], changes: tuple[Change, ...], now: Summary, then: Summary
) -> tuple[VerdictName, tuple[str, ...]]:
    if refused:
        return "invalid", ("the runs are not comparable", *refused)
    broken = [f"{gate.gate}: held before, and is broken now" for gate in gates
              if gate.base == "pass" and gate.candidate == "fail"]  # fmt: skip
    if now.findings.get("cross_talk") and not then.findings.get("cross_talk"):
        broken.append("cross_talk: one customer's data reached another, which it did not before")
    broken += [f"{_moved(change)}: worse by more than {_allowed(change)}" for change in changes
               if change.outcome == "worse"]  # fmt: skip
    if broken:
        return "fail", tuple(broken)
    unsure = tuple(
        f"{_moved(change)}: it may be worse by more than {_allowed(change)}, and too few conversations tell"
        f" ({_would_tell(change)})"
        for change in changes
        if change.gated and change.outcome == "unsure" and _worse_by(change) > max(0.0, change.tolerance)
    )
    if unsure:
        return "unsure", unsure
    return "pass", ("nothing is worse beyond the tolerance for sure",)


def _moved(change: Change) -> str:
    return f"{change.metric} went from {show(change.base, change.unit)} to {show(change.candidate, change.unit)}"


def _allowed(change: Change) -> str:
    """A tolerance as a reader knows it: of a latency in per cent, of a share in points."""
    return f"{change.tolerance * 100:g} {'%' if change.kind == 'ratio' else 'points'}"


def _worse_by(change: Change) -> float:
    """How much worse it looks; what has no better side looks no worse however it moved."""
    sign = {"lower": 1, "higher": -1, "neither": 0}[METRICS[change.metric].better]
    return (change.change or 0.0) * sign


def _would_tell(change: Change) -> str:
    """How much longer both runs would have to be, if the change stays as it is."""
    if change.low is None or change.high is None or change.change is None:
        level = int(change.metric.rpartition("_p")[2].removesuffix("_s")) / 100
        fewest = told(_TAIL / (1 - level), least=True)
        there = min(change.base_samples, change.candidate_samples)
        return f"{there:,} samples; at least {fewest.samples:,} in each run would tell"
    nearer = change.low if _worse_by(change) == change.change else change.high
    gap = _worse_by(change) - change.tolerance
    times = ((change.change - nearer) / gap) ** 2  # an interval shrinks by the root
    if times > _MOST_TIMES:
        return "no number would tell, as it lies on the tolerance"
    return f"runs about {times + 0.05:.1f} times as long would tell"
