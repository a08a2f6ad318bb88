"""Behaviour against load: where a gate first breaks and a measure first leaves its band, surely."""

from collections.abc import Iterator

import pytest

from hubbub.model import Closed, Dropped, Record, Started
from hubbub.reports.page.first_screen import first_break
from hubbub.reports.page.levels import Curve, curves, first_broken, gates_by_level, levels
from tests.made import ended, header, turn
from tests.reports.evidence import evidence_of

LABELS = ("1: 2/s", "2: 8/s", "3: 4/s")


def rehearsed(per_stage: int = 400, slow_at: int = 1, wait_s: float = 5.0, dropped: int = 0) -> Iterator[Record]:
    """Three stages at 2, 8 and 4 customers a second; from one stage alone replies come late and nobody is helped."""
    yield header(stages=LABELS)
    due_s, number = 0.0, 0
    for stage, rate in enumerate((2.0, 8.0, 4.0)):
        for _ in range(per_stage):
            yield Started(number, "p", due_s, stage)
            slow = stage == slow_at
            done_s = due_s + (wait_s if slow else 1.0) + number % 7 * 0.01
            moments = {"due_s": due_s, "sent_s": due_s, "first_text_s": done_s, "done_s": done_s, "over_s": done_s}
            yield turn(number, **moments)
            checks = {"failed_checks": ("contradicted_fact",)} if slow and number % 3 == 0 else {}
            ending = {"ending": "abandoned" if slow and number % 2 else "resolved", "stage": stage}
            yield ended(number, due_s=due_s, started_s=due_s, ended_s=done_s, **ending, **checks)
            due_s += 1 / rate
            number += 1
    for extra in range(dropped):
        yield Dropped(number + extra, 225.0, "max_open")
    yield Closed(due_s, number, number, number, 0, 0)


def told(*gates: str, **how: float) -> tuple[object, ...]:
    evidence = evidence_of(rehearsed(**how), gates)  # type: ignore[arg-type]
    every = levels(evidence)
    rows = gates_by_level(every, evidence.judged.gates)
    return evidence, every, rows, curves(every, evidence.judged.gates)


def named(found: object, metric: str) -> Curve:
    return next(curve for curve in found if curve.metric == metric)  # type: ignore[attr-defined]


def test_load_is_customers_due_per_second_in_each_stage() -> None:
    _, every, _, _ = told()
    assert [level.rate_per_s for level in every] == pytest.approx([2.0, 8.0, 4.0])  # type: ignore[attr-defined]


def test_those_who_were_never_held_are_load_too() -> None:
    _, every, _, _ = told(dropped=80)
    assert every[2].rate_per_s == pytest.approx(4.0, rel=0.01)  # type: ignore[index]
    assert every[1].rate_per_s == pytest.approx(9.6, rel=0.01)  # type: ignore[index]


def test_a_stage_in_which_nobody_comes_is_no_part_of_the_one_before_it() -> None:
    """As at night: `hubbub learn` writes a stage of no rate for an hour in which nobody wrote."""
    due = [(0, n / 2) for n in range(200)] + [(2, 300 + n / 4) for n in range(200)]
    records = [header(stages=LABELS)]
    for number, (stage, due_s) in enumerate(due):
        records += [Started(number, "p", due_s, stage), ended(number, due_s=due_s, ended_s=due_s, stage=stage)]
    every = levels(evidence_of([*records, Closed(350, 400, 400, 400, 0, 0)]))
    assert [level.rate_per_s for level in every] == pytest.approx([2.0, 4.0])
    dropped = [Dropped(400 + n, 300.1 + n / 4, "max_open") for n in range(100)]
    every = levels(evidence_of([*records, *dropped, Closed(350, 500, 400, 400, 100, 0)]))
    assert [level.rate_per_s for level in every] == pytest.approx([2.0, 6.0], rel=0.01)


def test_two_stages_at_a_time_have_each_a_load_of_its_own() -> None:
    records: list[Record] = [header(stages=LABELS)]
    for number in range(400):
        stage, due_s = 1 - number % 2, number / 8
        records += [Started(number, "p", due_s, stage), ended(number, due_s=due_s, ended_s=due_s, stage=stage)]
    every = levels(evidence_of([*records, Closed(50, 400, 400, 400, 0, 0)]))
    assert [level.rate_per_s for level in every] == pytest.approx([4.0, 4.0])


def test_the_gate_that_broke_first_is_found_with_its_load() -> None:
    evidence, every, rows, _ = told("turn_p95_s <= 3", "turn_p50_s <= 60", "abandonment_rate <= 5 %")
    level, together = first_broken(rows)  # type: ignore[misc, arg-type]
    assert level.label == "2: 8/s"
    assert [row.gate for row in together] == ["turn_p95_s <= 3", "abandonment_rate <= 5 %"]
    said = first_break(evidence.verdict, rows, every)  # type: ignore[attr-defined, arg-type]
    assert said is not None
    assert said.said == "First to break, at 8 customers/s (stage 2: 8/s, from 200 s):"
    assert said.gates[0] == ("turn_p95_s <= 3", "5.06 s")


def test_the_lightest_load_counts_not_the_earliest() -> None:
    _, _, rows, _ = told("turn_p95_s <= 0.1")
    assert first_broken(rows)[0].label == "1: 2/s"  # type: ignore[index, arg-type]
    _, _, rows, _ = told("turn_p95_s <= 3", slow_at=2)
    assert first_broken(rows)[0].label == "3: 4/s"  # type: ignore[index, arg-type]


def test_where_nothing_breaks_it_says_up_to_what_load() -> None:
    evidence, every, rows, _ = told("turn_p95_s <= 30")
    said = first_break(evidence.verdict, rows, every)  # type: ignore[attr-defined, arg-type]
    assert said is not None
    assert said.said == "Every gate held at every load, up to 8 customers/s."


def test_where_single_loads_had_too_few_samples_nobody_says_that_every_gate_held() -> None:
    evidence, every, rows, _ = told("failed_turn_rate <= 2 %", per_stage=150)
    said = first_break(evidence.verdict, rows, every)  # type: ignore[attr-defined, arg-type]
    assert said is not None
    assert said.said == "No gate is sure to have broken at any load, up to 8 customers/s."


def test_a_measure_without_a_gate_leaves_the_band_of_the_lightest_load() -> None:
    _, _, _, found = told()
    assert named(found, "contradictions").left.label == "2: 8/s"  # type: ignore[union-attr]
    assert named(found, "contradictions").band == "as at 2/s"
    assert named(found, "leaks").left is None


def test_a_gate_is_the_band_of_its_measure() -> None:
    _, _, _, found = told("turn_p95_s <= 30")
    assert named(found, "turn_p95_s").left is None
    assert named(found, "turn_p95_s").band == "<= 30 s"
    assert named(found, "first_text_p95_s").left.label == "2: 8/s"  # type: ignore[union-attr]


def test_few_samples_are_sure_of_nothing() -> None:
    _, _, rows, found = told("turn_p95_s <= 3", per_stage=3)
    assert first_broken(rows) is None or first_broken(rows)[0].label == "2: 8/s"  # type: ignore[index, arg-type]
    assert named(found, "contradictions").left is None


def test_a_gate_on_a_total_says_nothing_of_a_part() -> None:
    _, _, rows, _ = told("turns >= 10000", "turns_per_s >= 1", "cross_talk == 0", "dropped == 0")
    assert [row.gate for row in rows] == ["cross_talk == 0"]  # type: ignore[attr-defined]
