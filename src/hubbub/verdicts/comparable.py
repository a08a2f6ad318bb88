"""Whether two runs can be held against each other at all: what forbids it, and what to keep in mind."""

from collections.abc import Iterator
from pathlib import Path

from hubbub.errors import UsageError
from hubbub.model import Summary, Verdict
from hubbub.runs.manifest import Manifest
from hubbub.runs.plan import Plan, read_plan

_LOAD_DIFFERS = 0.10  # a share of the load achieved from which it is worth a word,
_LOAD_FORBIDS = 0.25  # and from which a difference in latency may be nothing but that
Judged = tuple[Summary, Verdict]


def refusals(
    base: Manifest, candidate: Manifest, then: Judged, now: Judged, folders: tuple[Path, Path]
) -> tuple[str, ...]:
    """Why a comparison would mean nothing. Empty when it means something."""
    return tuple(_refusals(base, candidate, then, now, folders))


def _refusals(
    base: Manifest, candidate: Manifest, then: Judged, now: Judged, folders: tuple[Path, Path]
) -> Iterator[str]:
    if base.workload != candidate.workload:
        yield f"the workloads differ: {base.workload} and {candidate.workload}"
    for name, (summary, verdict) in (("base", then), ("candidate", now)):
        if verdict.verdict == "invalid":
            yield f"the {name} is invalid: {verdict.reasons[0]}"
        elif not summary.conversations:
            yield f"the {name} holds no conversation"
    if then[0].speed != now[0].speed:
        yield f"think time is compressed differently: {then[0].speed:g}x and {now[0].speed:g}x"
    plans = [_plan(folder) for folder in folders]
    if plans[0] is not None and plans[1] is not None:
        yield from _asked(plans[0], plans[1])
    load = _load_ratio((base, then[0]), (candidate, now[0]))
    if abs(load) > _LOAD_FORBIDS:
        yield f"the candidate was under {load:+.0%} load: conversations begun per second differ too much"


def _asked(base: Plan, candidate: Plan) -> Iterator[str]:
    for name in ("arrivals", "duration_s", "warm_up_s"):
        then, now = getattr(base.workload, name), getattr(candidate.workload, name)
        if then != now:
            yield f"the load asked for differs in {name}"
    if base.revisions != candidate.revisions:
        yield "the load was changed while a run was under way"


def _plan(folder: Path) -> Plan | None:
    try:
        return read_plan(folder)
    except UsageError:  # a run brought here without it: what was achieved is compared all the same
        return None


def warnings(base: Manifest, candidate: Manifest, then: Summary, now: Summary) -> tuple[str, ...]:
    """What makes a comparison weaker than it could be."""
    return tuple(_warnings(base, candidate, then, now))


def _warnings(base: Manifest, candidate: Manifest, then: Summary, now: Summary) -> Iterator[str]:
    if then.seed != now.seed:
        yield f"seeds {then.seed} and {now.seed}: other customers came, so that conversations are not paired"
    changed = sorted(
        name for name in base.sources.keys() | candidate.sources.keys()
        if base.sources.get(name) != candidate.sources.get(name)
    )  # fmt: skip
    if changed:
        yield f"the files differ: {', '.join(changed[:5])}{f' and {len(changed) - 5} more' if len(changed) > 5 else ''}"
    if base.gates != candidate.gates:
        yield "the gates differ; each is judged as its own run judged it"
    for key in sorted(base.machine.keys() | candidate.machine.keys()):
        if base.machine.get(key) != candidate.machine.get(key):
            yield f"machines differ in {key}: {base.machine.get(key)} and {candidate.machine.get(key)}"
    if base.versions.get("hubbub") != candidate.versions.get("hubbub"):
        yield f"Hubbub's versions differ: {base.versions.get('hubbub')} and {candidate.versions.get('hubbub')}"
    if then.blind != now.blind:
        yield "the endpoints do not show the same: a class that one cannot show counts as none there"
    for name, summary in (("base", then), ("candidate", now)):
        if summary.interrupted:
            yield f"the {name} was interrupted: it is a part of a run"
    load = _load_ratio((base, then), (candidate, now))
    if abs(load) > _LOAD_DIFFERS:
        yield f"the candidate was under {load:+.0%} load"


def _load_ratio(then: tuple[Manifest, Summary], now: tuple[Manifest, Summary]) -> float:
    """How much more, or less, load the second got: conversations begun per second in which they were to arrive."""
    was, is_ = (_begun_per_s(manifest, summary) for manifest, summary in (then, now))
    return is_ / was - 1 if was and is_ else 0.0


def _begun_per_s(manifest: Manifest, summary: Summary) -> float:
    begun = summary.fitness.sent + summary.fitness.late
    return begun / manifest.duration_s if manifest.duration_s else 0.0
