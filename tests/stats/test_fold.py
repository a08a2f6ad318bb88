"""What is counted, for whom, and what is charged to us instead of the agent."""

from collections.abc import Iterable

import pytest

from hubbub.model import Budget, Dropped, Finding, Health, Heard, Matrix, Record, Seal, Started, Summary
from hubbub.stats.fold import Fold
from hubbub.stats.live import Live, recent_quantile, together
from tests.made import closed, ended, failed, header, turn, whole_run


def folded(records: Iterable[Record], budget: Budget | None = None) -> Summary:
    fold = Fold()
    for record in records:
        fold.add(record)
    return fold.summary(budget or Budget())


def run_of(*between: Record, held: int = 1, **changed: object) -> Summary:
    """A run of some conversations, each with what is given."""
    return folded([header(**changed), *(Started(n, "p", 1.0) for n in range(held)), *between, closed(held)])


def value(summary: Summary, name: str) -> float | None:
    return summary.metrics[name].value


def test_latency_counts_from_the_intended_moment_and_service_from_the_sending() -> None:
    summary = run_of(turn(due_s=0.0, sent_s=1.0), ended())
    assert value(summary, "first_text_p50_s") == pytest.approx(1.4, rel=1e-3)
    assert value(summary, "turn_p99_s") == pytest.approx(2.0, rel=1e-3)
    assert value(summary, "first_byte_p95_s") == pytest.approx(1.2, rel=1e-3)
    assert value(summary, "service_first_text_p95_s") == pytest.approx(0.4, rel=1e-3)
    assert value(summary, "service_turn_p50_s") == pytest.approx(1.0, rel=1e-3)


def test_a_run_without_turns_has_no_latency_rather_than_a_perfect_one() -> None:
    summary = run_of(ended())
    metric = summary.metrics["turn_p95_s"]
    assert (metric.value, metric.low, metric.high, metric.samples) == (None, None, None, 0)
    assert value(summary, "failed_turn_rate") is None


def test_a_turn_waited_for_in_vain_counts_with_the_time_waited() -> None:
    timeout = failed("first_text_timeout", over_s=21.0)
    left = failed("left", over_s=31.0)
    summary = run_of(timeout, left, ended())
    assert summary.metrics["first_text_p99_s"].samples == 2
    assert value(summary, "first_text_p99_s") == pytest.approx(30, rel=1e-3)
    assert summary.failures == {"first_text_timeout": 1}
    assert value(summary, "failed_turn_rate") == 0.5


def test_a_stall_after_the_first_text_keeps_the_first_texts_own_time() -> None:
    summary = run_of(failed("stall", first_text_s=1.5, over_s=16.5), ended())
    assert value(summary, "first_text_p50_s") == pytest.approx(0.5, rel=1e-3)
    assert value(summary, "turn_p50_s") == pytest.approx(15.5, rel=1e-3)


def test_a_quick_refusal_makes_the_agent_no_quicker() -> None:
    summary = run_of(failed("http_429", over_s=1.001), turn(), ended())
    assert summary.metrics["turn_p50_s"].samples == 1
    assert value(summary, "http_429") == 1


def test_a_turn_that_our_own_end_cut_says_nothing_about_the_agent() -> None:
    summary = run_of(failed("cut", over_s=9.0), ended(ending="cut_off"))
    assert summary.turns == 0
    assert value(summary, "cut_off_rate") == 1
    assert value(summary, "abandonment_rate") is None


@pytest.mark.parametrize("ours", ["pool_wait", "fd_exhausted", "own_error"])
def test_what_we_broke_is_not_charged_to_the_agent_and_voids_the_run(ours: str) -> None:
    summary = run_of(failed(ours), turn(), ended())
    assert summary.turns == 1
    assert value(summary, "failed_turn_rate") == 0
    assert summary.failures == {ours: 1}
    assert any(problem.startswith(ours) for problem in summary.fitness.problems)


def test_our_own_exception_in_a_conversation_voids_the_run() -> None:
    summary = run_of(turn(), ended(ending="cut_off", reason="own_error: KeyError: 'x'"))
    assert any(problem.startswith("own_error") for problem in summary.fitness.problems)


def test_warm_up_is_left_out_by_when_the_conversation_was_due() -> None:
    warm = [Started(0, "p", 1.0), turn(0, due_s=50.0, sent_s=50.0), ended(0, warm_up=True, ended_s=60.0)]
    rest = [Started(1, "p", 11.0), turn(1), ended(1, due_s=11.0)]
    summary = folded([header(warm_up_s=10.0), *warm, *rest, closed(2)])
    assert (summary.conversations, summary.turns, summary.warm_up_conversations) == (1, 1, 1)


def test_the_matrix_counts_only_judged_conversations_with_a_word_on_escalation() -> None:
    called = {"escalated": "confirmed", "escalated_turn": 2, "escalated_after_s": 4.0}
    summary = run_of(
        ended(0, expected="must", **called),
        ended(1, expected="must", failed_checks=("missed_escalation",)),
        ended(2, expected="must_not", **called, failed_checks=("needless_escalation",)),
        ended(3, expected="must_not"),
        ended(4, expected="may", **called),
        ended(5, expected="must", judged=False),
        ended(6, expected="must", escalated="promised"),
        ended(7, expected="must", **called, failed_checks=("late_escalation",)),
        ended(8, **called),
        held=9,
    )
    assert summary.escalation == Matrix(2, 2, 1, 1, 1, 0, 1)
    assert value(summary, "escalation_precision") == pytest.approx(2 / 3)
    assert value(summary, "escalation_recall") == 0.5
    assert value(summary, "missed_escalation_rate") == 0.5
    assert value(summary, "needless_escalation_rate") == 0.5
    assert value(summary, "late_escalation_rate") == pytest.approx(1 / 3)
    assert value(summary, "turns_to_human_p50") == 2
    assert value(summary, "seconds_to_human_p50_s") == pytest.approx(4, rel=1e-3)
    assert value(summary, "missed_escalation") == 1
    assert value(summary, "escalation_rate") == pytest.approx(5 / 9)


def test_a_finding_counts_once_per_conversation_however_often_it_was_made() -> None:
    twice = [Finding(0, "cross_talk", "failed", at, "x") for at in (1, 2)]
    summary = run_of(turn(), *twice, ended(failed_checks=("cross_talk",)))
    assert summary.findings == {"cross_talk": 1}
    assert value(summary, "cross_talk") == 1


def test_resolution_is_asked_only_of_what_the_agent_can_resolve() -> None:
    summary = run_of(
        ended(0),
        ended(1, ending="abandoned", resolves=True),
        ended(2, ending="escalated", expected="must"),
        ended(3, ending="escalated", resolves=False),
        held=4,
    )
    assert summary.metrics["resolution_rate"].samples == 2
    assert value(summary, "resolution_rate") == 0.5
    assert value(summary, "abandonment_rate") == 0.25


def test_words_that_repeat_are_told_and_short_ones_are_not_counted() -> None:
    texts = ("where is my parcel please", "where is my parcel please", "yes", "yes", "something else entirely")
    summary = run_of(turn(texts=texts), ended())
    assert summary.metrics["prompt_repeat_rate"].samples == 3
    assert value(summary, "prompt_repeat_rate") == pytest.approx(1 / 3)


def test_stages_and_personas_add_up_to_the_whole() -> None:
    summary = folded(whole_run())
    for slices in (summary.by_stage, summary.by_persona):
        assert sum(part.conversations for part in slices) == summary.conversations
        assert sum(part.metrics["turns"].value or 0 for part in slices) == summary.turns
    assert [part.label for part in summary.by_stage] == ["1/s", "2/s"]


def test_two_workers_are_one_run_in_either_order() -> None:
    one, two = list(whole_run(30, worker=0, workers=2)), list(whole_run(30, worker=1, workers=2))
    assert folded(one + two) == folded(two + one)
    assert folded(one + two).fitness.problems == ()


# -- fitness ---------------------------------------------------------------------------------------------------------


def problems(*records: Record, budget: Budget | None = None) -> str:
    fitness = folded([header(), Started(0, "p", 0.0), *records], budget).fitness
    return "\n".join(fitness.problems)


def test_a_fit_generator_has_no_problems() -> None:
    assert problems(turn(), ended(), closed(1)) == ""


def test_late_sends_over_budget_are_a_problem() -> None:
    assert "late_send" in problems(turn(due_s=0.5), ended(), closed(1))
    assert problems(turn(due_s=0.5), ended(), closed(1), budget=Budget(late_p99_s=0.6)) == ""


def test_a_loop_that_keeps_standing_still_is_a_problem_and_one_hiccup_in_a_minute_is_not() -> None:
    still = [Health(float(s), 1, 0.3, 0.05) for s in range(60)]
    once = [Health(float(s), 1, 0.3 if s == 7 else 0.001, 0.0005) for s in range(60)]
    assert "loop_lag" in problems(*still, ended(), closed(1))
    assert "loop_lag" not in problems(*once, ended(), closed(1))


def test_dropped_customers_are_a_problem_unless_the_run_was_stopped() -> None:
    assert "dropped: 1 of 2" in problems(ended(), Dropped(1, 0.0, "max_open"), closed(1))
    assert "dropped" not in problems(ended(), Dropped(1, 0.0, "stopped"), closed(1))


def test_replies_not_understood_over_budget_are_a_problem() -> None:
    assert "unknown: 100.0%" in problems(turn(heard=Heard(("unknown",))), ended(), closed(1))


def test_replies_that_nobody_could_understand_are_named_beside_those_that_were_not() -> None:
    silent = ended(failed_checks=("empty",))
    told = problems(turn(heard=Heard(("unknown",))), silent, closed(1))
    assert "100.0% of replies were not understood; allowed 30% (empty in 1 conversations: the agent, or where" in told


def test_a_clock_that_was_set_is_a_problem() -> None:
    step = Health(1.0, 1, 0.0, 0.0, clock_step_s=-2.0)
    assert "clock_step: the clock was set by -2.000 s" in problems(step, ended(), closed(1))


def test_a_worker_that_did_not_close_its_journal_is_lost() -> None:
    assert "worker_lost: 1 of our processes" in problems(turn())


def test_a_conversation_without_an_end_in_a_closed_journal_is_a_problem() -> None:
    assert "1 conversations have no end" in problems(turn(), closed(1))


def test_an_incident_in_the_health_is_a_problem() -> None:
    assert "fd_exhausted: it happened" in problems(
        Health(1.0, 1, 0.0, 0.0, incidents=("fd_exhausted",)), ended(), closed(1)
    )


def test_a_process_that_found_the_disk_full_is_not_lost_and_one_beside_it_is() -> None:
    full = Health(1.0, 0, 0.0, 0.0, incidents=("disk_full",))
    told = problems(turn(), full)
    assert "disk_full: the journal could not be written; 1 unfinished" in told
    assert "worker_lost" not in told
    beside = folded(
        [header(workers=3), full, header(worker=1, workers=3), header(worker=2, workers=3), closed(0)]
    ).fitness.problems
    assert [problem.partition(";")[0] for problem in beside] == [
        "disk_full: the journal could not be written",
        "worker_lost: 1 of our processes did not close their journal",
    ]
    assert [problem.rpartition("; ")[2] for problem in beside] == [
        "lost: worker 0, conversations k with k mod 3 = 0",
        "lost: worker 1, conversations k with k mod 3 = 1",
    ]


def test_records_of_a_conversation_that_never_started_are_a_problem() -> None:
    assert "belong to no conversation" in problems(turn(99), ended(), closed(1))


def test_the_arrivals_add_up() -> None:
    records = [Started(1, "p", 0.0), Dropped(1, 0.0, "max_open"), ended()]
    end = closed(1, scheduled=2, dropped=1, late=1)
    fitness = folded([header(), Started(0, "p", 0.0), *records, end]).fitness
    assert fitness.scheduled == fitness.sent + fitness.late + fitness.dropped == 2
    assert (fitness.sent, fitness.late, fitness.dropped, fitness.unfinished) == (0, 1, 1, 0)


# -- live ------------------------------------------------------------------------------------------------------------


def test_a_snapshot_counts_what_is_open_and_what_went_wrong() -> None:
    fold = Fold()
    wrong = ended(0, expected="must_not", escalated="initiated", failed_checks=("needless_escalation",))
    for record in (header(), *(Started(n, "p", 0.0) for n in range(3)), turn(1), failed("reset", 2), wrong):
        fold.add(record)
    live = fold.live()
    assert (live.started, live.ended, live.open, live.turns) == (3, 1, 2, 2)
    assert (live.right, live.wrong) == (0, 1)
    assert live.failures == {"reset": 1}
    assert live.findings == {"needless_escalation": 1}
    assert recent_quantile(live.recent_first_text_s, 0.5) == pytest.approx(0.4)


def test_snapshots_of_several_processes_are_one() -> None:
    one = Live(started=3, ended=1, failures={"reset": 1}, recent_turn_s=(1.0,), cpu_share=0.5)
    two = Live(started=4, failures={"reset": 2, "dns": 1}, recent_turn_s=(3.0, 2.0), cpu_share=0.7)
    whole = together((one, two))
    assert (whole.open, whole.failures, whole.cpu_share) == (6, {"reset": 3, "dns": 1}, 0.7)
    assert recent_quantile(whole.recent_turn_s, 0.5) == 2.0
    assert recent_quantile((), 0.5) is None


def test_seals_and_findings_change_nothing_by_themselves() -> None:
    plain = [header(), Started(0, "p", 0.0), turn(), ended(), closed(1)]
    assert folded(plain) == folded([*plain, Seal(5, "00"), Finding(0, "loop", "unsure", 1, "")])


@pytest.mark.parametrize("turns", [1, 15, 16, 40])
def test_who_looks_sees_all_that_was_taken_however_it_is_counted(turns: int) -> None:
    fold = Fold()
    for record in (header(), Started(0, "p", 1.0), *(turn() for _ in range(turns))):
        fold.add(record)
    assert fold.live().turns == turns
    fold.add(turn())
    assert sum(tally.turns for tally in fold.tallies.values()) == turns + 1
    fold.add(turn())
    assert fold.board().live.turns == turns + 2
    fold.add(turn())
    assert fold.summary().turns == turns + 3
