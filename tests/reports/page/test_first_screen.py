"""Ten seconds are enough: what weighs most stands first, with the gate, the load and the figure."""

from hubbub.gates import judge
from hubbub.model import Finding, Started, Verdict
from hubbub.reports.page.first_screen import leads, meaning
from hubbub.reports.page.levels import Level, Row, gates_by_level, levels
from hubbub.reports.page.sections import tiles
from tests.made import closed, ended, failed, header, turn
from tests.reports.evidence import evidence_of
from tests.reports.page.test_levels import told


def said(*gates: str, **how: float) -> list[tuple[str, str, tuple[str, ...]]]:
    evidence, every, rows, _ = told(*gates, **how)
    found = leads(evidence.verdict, rows, every)  # type: ignore[attr-defined, arg-type]
    return [(lead.said, lead.tone, tuple(gate for gate, _ in lead.gates)) for lead in found]


def test_the_first_to_break_leads_and_those_that_broke_later_follow() -> None:
    first, then = said("turn_p95_s <= 0.1", "abandonment_rate <= 5 %")
    assert first == ("First to break, at 2 customers/s (stage 1: 2/s, from 0 s):", "fail", ("turn_p95_s <= 0.1",))
    assert then == ("Then, at 8 customers/s:", "fail", ("abandonment_rate <= 5 %",))


def test_gates_that_too_few_samples_carry_are_named_with_what_is_known() -> None:
    (lead,) = said("turn_p99_s <= 60", per_stage=20)
    assert lead == ("Too few samples to tell:", "unsure", ("turn_p99_s <= 60",))


def test_what_broke_and_what_is_open_are_both_told() -> None:
    assert [tone for _, tone, _ in said("turn_p95_s <= 0.1", "turn_p99_s <= 60", per_stage=80)] == ["fail", "unsure"]


def test_an_invalid_run_says_why_and_no_gate_is_good_or_bad() -> None:
    evidence, every, rows, _ = told("turn_p95_s <= 3")
    verdict = Verdict(1, "invalid", 3, ("late_send: too late",), evidence.verdict.gates)  # type: ignore[attr-defined]
    (lead,) = leads(verdict, rows, every)  # type: ignore[arg-type]
    assert (lead.said, lead.gates, lead.tone) == ("late_send: too late", (), "invalid")
    assert {tile.tone for tile in tiles(evidence.summary, evidence.judged.gates, verdict)} == {""}  # type: ignore[attr-defined]


def test_a_gate_that_broke_at_another_stage_of_the_same_load_is_told_too() -> None:
    """As constant stages have it: up, down, and up again to the same rate."""
    evidence, *_ = told("turn_p95_s <= 3", "abandonment_rate <= 5 %")
    first, again = (Level(name, at_s, 8.0, 400, {}) for name, at_s in (("up", 0.0), ("up again", 60.0)))
    results = [((at, result),) for at, result in zip((first, again), evidence.verdict.gates, strict=True)]  # type: ignore[attr-defined]
    rows = [Row(gate, found, found[0][0]) for gate, found in zip(("one", "other"), results, strict=True)]
    found = leads(evidence.verdict, rows, (first, again))  # type: ignore[attr-defined]
    assert [gate for lead in found for gate, _ in lead.gates] == ["one", "other"]


def test_a_leak_leads_even_without_a_gate_on_it() -> None:
    leak = ended(0, failed_checks=("cross_talk",))
    finding = Finding(0, "cross_talk", "failed", 1, "a token")
    evidence = evidence_of([header(), Started(0, "p", 1.0), turn(0), finding, leak, closed(1)])
    every = levels(evidence)
    verdict = judge(evidence.summary, ())
    (lead, *_) = leads(verdict, gates_by_level(every, ()), every)
    assert lead.said.startswith("cross_talk: 1 conversations held")


def test_an_agent_that_answered_nothing_leads_though_no_gate_could_be_told() -> None:
    records = [header(), *(Started(n, "p", n + 1.0) for n in range(9)), *(failed("http_500", n) for n in range(9))]
    records += [ended(n, ending="agent_failed") for n in range(9)]
    evidence = evidence_of([*records, closed(9)], ["turn_p95_s <= 3"])
    every = levels(evidence)
    (lead, *_) = leads(evidence.verdict, gates_by_level(every, evidence.judged.gates), every)
    assert (lead.said, lead.tone) == ("not one of 9 turns was answered: http_500 9", "fail")
    assert meaning(evidence.verdict) == "What happened here fails any run, whatever its gates."


def test_the_verdict_means_something_in_numbers_of_gates() -> None:
    evidence, *_ = told("turn_p95_s <= 0.1", "turn_p50_s <= 60", "turn_p99_s <= 60", per_stage=80)
    assert meaning(evidence.verdict) == "1 of 3 gates broke, and 1 cannot be told."  # type: ignore[attr-defined]
    evidence, *_ = told("turn_p95_s <= 60")
    assert meaning(evidence.verdict).endswith("its one gate is kept.")  # type: ignore[attr-defined]
