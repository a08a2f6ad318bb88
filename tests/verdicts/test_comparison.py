"""Two runs held against each other: what is the same, what is worse, what cannot be said."""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from hubbub.chance import stream
from hubbub.journal import read_folder
from hubbub.model import Change, Comparison, Conversation, Header, Record, Started, Turn
from hubbub.runs.manifest import Manifest, read_manifest, write_manifest
from hubbub.runs.verdict import judge_run
from hubbub.stats import bootstrap
from hubbub.stats.samples import Samples
from hubbub.verdicts.comparison import Run, Tolerance, compare
from tests.made import closed, ended, header, turn, whole_run, write_journal

GATES = ("turn_p95_s <= 4", "needless_escalation_rate <= 30 %")
Changed = Callable[[Iterable[Record]], Iterable[Record]]


def a_run(folder: Path, changed: Changed = lambda records: records, held: int = 300, **manifest: object) -> Run:
    folder.mkdir()
    write_journal(folder / "journal.0.jsonl", changed(whole_run(held)))
    fields = {"workload": "peak", "seed": 7, "gates": GATES, "duration_s": held / 10} | manifest
    write_manifest(folder, Manifest(**fields))  # type: ignore[arg-type]
    return Run.read(folder)


def slower(by: float) -> Changed:
    def stretched(records: Iterable[Record]) -> Iterator[Record]:
        for record in records:
            if isinstance(record, Turn) and record.done_s is not None and record.first_text_s is not None:
                whole_s, text_s = (record.due_s + (s - record.due_s) * by for s in (record.done_s, record.first_text_s))
                yield replace(record, done_s=whole_s, first_text_s=text_s, over_s=whole_s)
            else:
                yield record

    return stretched


def escalating(records: Iterable[Record]) -> Iterator[Record]:
    """Every second customer who needs no human gets one."""
    for record in records:
        if isinstance(record, Conversation) and record.expected == "must_not" and record.number % 2:
            yield replace(record, escalated="confirmed", failed_checks=("needless_escalation",))
        else:
            yield record


def reseeded(records: Iterable[Record]) -> Iterator[Record]:
    return (replace(record, seed=8) if isinstance(record, Header) else record for record in records)


def change_of(comparison: Comparison, metric: str) -> Change:
    return next(change for change in comparison.changes if change.metric == metric)


def test_a_run_is_no_worse_than_itself(tmp_path: Path) -> None:
    run = a_run(tmp_path / "a")
    found = compare(run, run)
    assert (found.verdict, found.exit_code) == ("pass", 0)
    assert found.paired == len(run.samples.numbers) > 280
    assert all(change.change == 0 for change in found.changes if change.change is not None)
    assert all((c.low, c.high) == (0, 0) for c in found.changes if c.kind == "ratio" and c.low is not None)
    assert compare(run, run) == found


def test_samples_are_counted_as_the_summary_counts_them(tmp_path: Path) -> None:
    run = a_run(tmp_path / "a")
    for change in compare(run, run).changes:
        metric = run.summary.metrics[change.metric]
        if metric.kind == "count":  # told as a share of turns or conversations
            whole = run.summary.turns if change.metric in run.summary.failures else run.summary.conversations
            assert change.base == pytest.approx((metric.value or 0) / whole)
        elif metric.value is None:
            assert change.outcome == "no_samples"
        else:
            assert change.base == pytest.approx(metric.value, rel=0.01), change.metric


def test_a_slower_candidate_is_a_regression_with_its_size(tmp_path: Path) -> None:
    found = compare(a_run(tmp_path / "a"), a_run(tmp_path / "b", slower(1.3)))
    change = change_of(found, "turn_p95_s")
    assert (found.verdict, found.exit_code, change.outcome) == ("fail", 1, "worse")
    assert change.low is not None
    assert change.high is not None
    assert change.low <= 0.3 + 0.001
    assert change.high >= 0.3 - 0.001
    assert compare(a_run(tmp_path / "c"), a_run(tmp_path / "d", slower(1.3)), Tolerance(0.5)).verdict == "pass"
    assert (
        change_of(compare(a_run(tmp_path / "e", slower(1.3)), a_run(tmp_path / "f")), "turn_p95_s").outcome == "better"
    )


def test_a_gate_that_is_broken_now_is_a_regression(tmp_path: Path) -> None:
    found = compare(a_run(tmp_path / "a"), a_run(tmp_path / "b", escalating))
    assert change_of(found, "needless_escalation_rate").outcome == "worse"
    assert change_of(found, "needless_escalation").outcome == "worse"
    assert found.reasons[0] == "needless_escalation_rate <= 30 %: held before, and is broken now"
    told = [reason.removesuffix(": worse by more than 2 points") for reason in found.reasons[1:]]
    assert {"needless_escalation_rate", "needless_escalation"} <= {reason.split(" went from ")[0] for reason in told}


def test_other_customers_are_not_paired_and_that_is_said(tmp_path: Path) -> None:
    found = compare(a_run(tmp_path / "a"), a_run(tmp_path / "b", reseeded))
    assert found.paired == 0
    assert any("not paired" in warning for warning in found.warnings)
    assert found.verdict == "pass"


def test_pairs_tell_more_than_strangers(tmp_path: Path) -> None:
    base, same, other = a_run(tmp_path / "a"), a_run(tmp_path / "b", slower(1.05)), a_run(tmp_path / "c", reseeded)
    paired, unpaired = (change_of(compare(base, run), "turn_p95_s") for run in (same, other))

    def width(change: Change) -> float:
        assert change.low is not None
        assert change.high is not None
        return change.high - change.low

    assert width(paired) < width(unpaired) / 2


@pytest.mark.parametrize(
    ("why", "manifest", "changed"),
    [
        ("workloads differ", {"workload": "other"}, lambda records: records),
        ("+100% load", {"duration_s": 15.0}, lambda records: records),
        ("candidate is invalid", {}, lambda records: (r for r in records if not isinstance(r, Conversation))),
        ("compressed", {}, lambda records: (replace(r, speed=9.0) if isinstance(r, Header) else r for r in records)),
    ],
)
def test_runs_that_are_not_comparable_are_refused(
    why: str, manifest: dict[str, object], changed: Changed, tmp_path: Path
) -> None:
    base, candidate = a_run(tmp_path / "a"), a_run(tmp_path / "b", changed, **manifest)
    found = compare(base, candidate)
    assert (found.verdict, found.exit_code) == ("invalid", 3)
    assert why in " ".join(found.refusals)
    assert compare(base, candidate, force=True).verdict != "invalid"


def test_another_machine_and_other_files_are_told(tmp_path: Path) -> None:
    base = a_run(tmp_path / "a", machine={"cores": 2}, sources={"w.yaml": "1", "p.yaml": "1"})
    candidate = a_run(tmp_path / "b", machine={"cores": 8}, sources={"w.yaml": "1", "p.yaml": "2"})
    told = " ".join(compare(base, candidate).warnings)
    assert "cores: 2 and 8" in told
    assert "the files differ: p.yaml" in told


def test_a_few_conversations_say_nothing_for_sure(tmp_path: Path) -> None:
    found = compare(a_run(tmp_path / "a", held=12), a_run(tmp_path / "b", slower(1.6), held=12))
    assert change_of(found, "turn_p99_s").outcome == "unsure"
    assert change_of(found, "turn_p95_s").outcome == "unsure"
    assert (found.verdict, found.exit_code) == ("unsure", 5) or found.verdict == "fail"


def test_an_unsure_comparison_says_how_much_longer_the_runs_must_be_and_so_long_they_tell(tmp_path: Path) -> None:
    few = compare(a_run(tmp_path / "a", held=25), a_run(tmp_path / "b", escalating, held=25), Tolerance(share=0.25))
    assert few.verdict == "unsure"
    longer = re.search(r"\(runs about ([\d.]+) times as long would tell\)", few.reasons[0])
    assert longer
    held = round(25 * float(longer[1]) * 1.5)  # the figure does not stay as it is to the letter
    more = compare(
        a_run(tmp_path / "c", held=held), a_run(tmp_path / "d", escalating, held=held), Tolerance(share=0.25)
    )
    assert more.verdict == "fail"


def test_a_quantile_that_too_few_bound_says_how_many_would(tmp_path: Path) -> None:
    gates = {"gates": ("first_text_p99_s <= 9",)}
    few = compare(a_run(tmp_path / "a", held=12, **gates), a_run(tmp_path / "b", slower(1.6), held=12, **gates))
    assert [reason for reason in few.reasons if reason.endswith(" samples; at least 500 in each run would tell)")]


def test_what_has_no_better_side_leaves_nothing_open(tmp_path: Path) -> None:
    """Of customers who may as well be handed over as not, more were."""

    def handed(share: int) -> Changed:
        def over(records: Iterable[Record]) -> Iterator[Record]:
            for record in records:
                if isinstance(record, Conversation):
                    state = "confirmed" if record.number % share == 0 else None
                    yield replace(record, expected="may", escalated=state, failed_checks=())
                else:
                    yield record

        return over

    gates = {"gates": ("escalation_rate <= 90 %",)}
    found = compare(a_run(tmp_path / "a", handed(5), **gates), a_run(tmp_path / "b", handed(2), **gates))
    assert change_of(found, "escalation_rate").change > 0.2
    assert change_of(found, "escalation_rate").outcome == "unsure"
    assert found.verdict == "pass", found.reasons


def test_a_difference_of_shares_is_bounded_as_newcombe_published() -> None:
    low, high = bootstrap.newcombe(56, 70, 48, 80)  # Newcombe 1998, table II, example (a), method 10
    assert (low, high) == (pytest.approx(0.0524, abs=1e-4), pytest.approx(0.3339, abs=1e-4))


def test_a_weighted_quantile_is_that_of_the_repeated_values() -> None:
    chance = np.random.default_rng(1)
    values, places = np.sort(chance.exponential(size=500)), chance.integers(50, size=500)
    weights = chance.integers(0, 4, size=50)
    repeated = np.sort(np.repeat(values, weights[places]))
    for level in (0.01, 0.5, 0.95, 0.99, 1.0):
        wanted = repeated[int(np.ceil(level * len(repeated))) - 1]
        assert bootstrap.quantile((values, places), [level], weights)[0] == wanted


@pytest.mark.slow
def test_nineteen_of_twenty_intervals_hold_the_truth() -> None:
    """Two runs of the same agent, over and over: how often the interval of their ratio misses 1."""
    missed = 0
    for round_ in range(120):
        base, candidate = (Samples(_plain_run(round_ * 2 + which)) for which in (0, 1))
        draws = list(bootstrap.draws(base, candidate, 300, paired=False))
        then, now = (s.quantities["turn"].ordered() for s in (base, candidate))
        ratios = [bootstrap.quantile(now, [0.9], b) / bootstrap.quantile(then, [0.9], a) - 1 for a, b in draws]
        low, high = bootstrap.bounds(ratios)[0] or (0.0, 0.0)
        missed += not low <= 0 <= high
    assert 1 <= missed <= 15  # binomial(120, .05) lies within 1..15 at 99.6 %


def _plain_run(seed: int) -> Iterator[Record]:
    yield header()
    for number in range(120):
        chance = stream("plain", seed, number)
        own = chance.lognormal(1.0, 0.4)  # a customer's own slowness: turns of one conversation are alike
        yield Started(number, "p", 1.0)
        for at in range(1, 5):
            yield turn(number, turn=at, done_s=1.0 + own * chance.lognormal(1.0, 0.5))
        yield ended(number, turns=4)
    yield closed(120)


def test_a_run_reads_back_as_it_was_judged(tmp_path: Path) -> None:
    run = a_run(tmp_path / "a")
    assert run.summary == judge_run(run.folder)[0]
    assert run.manifest == read_manifest(run.folder)
    assert len(list(read_folder(run.folder))) > 900


@pytest.mark.slow
def test_the_same_agent_twice_is_hardly_ever_called_worse(tmp_path: Path) -> None:
    """Twelve pairs of runs of one agent with different customers: every metric is looked at, and all is chance."""
    verdicts = []
    for pair in range(12):
        runs = []
        for which in (0, 1):
            folder = tmp_path / f"{pair}-{which}"
            folder.mkdir()
            write_journal(folder / "journal.0.jsonl", whole_run(300, worker=2 * pair + which, workers=24))
            write_manifest(folder, Manifest(workload="peak", seed=7, gates=GATES, duration_s=30.0))
            runs.append(Run.read(folder))
        found = compare(*runs, force=True)
        verdicts.append((found.verdict, found.reasons))
    failed = [reasons for verdict, reasons in verdicts if verdict == "fail"]
    assert len(failed) <= 2, failed
    assert sum(verdict == "pass" for verdict, _ in verdicts) >= 7
