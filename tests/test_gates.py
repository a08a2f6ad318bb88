"""Gates are read as people write them, judged with their interval, and never passed by silence."""

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from hubbub.errors import FAILURES
from hubbub.gates import METRICS, beyond_gates, judge, judge_gate, parse_gate, show, unknown_check
from hubbub.model import Budget, Conversation, Finding, Gate, JudgementName, Metric, Started, Summary, Verdict
from hubbub.stats.fold import Fold
from tests.made import closed, ended, failed, header, turn, whole_run

DOCS = Path(__file__).parents[1] / "docs"


def gate(text: str) -> Gate:
    parsed = parse_gate(text)
    assert isinstance(parsed, Gate), parsed
    return parsed


def summary(held: int = 400) -> Summary:
    fold = Fold()
    for record in whole_run(held):
        fold.add(record)
    return fold.summary()


def judged(*gates: str, of: Summary | None = None) -> Verdict:
    return judge(of or summary(), [gate(text) for text in gates])


def metric(value: float, low: float | None, high: float | None, samples: int = 100) -> Metric:
    return Metric(value, low, high, samples, "s", "quantile")


# -- reading ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "op", "limit"),
    [
        ("turn_p95_s <= 4", "<=", 4.0),
        ("turn_p95_s<=4", "<=", 4.0),
        ("  turn_p95_s   =<  4 s ", "<=", 4.0),
        ("turn_p95_s <= 400 ms", "<=", 0.4),
        ("turn_p95_s ≤ .5", "<=", 0.5),
        ("escalation_recall >= 95 %", ">=", 0.95),
        ("escalation_recall >= 0.95", ">=", 0.95),
        ("cross_talk = 0", "==", 0.0),
        ("turns > 1e3", ">", 1000.0),
    ],
)
def test_a_gate_is_read_however_it_is_spaced(text: str, op: str, limit: float) -> None:
    parsed = gate(text)
    assert (parsed.op, parsed.limit) == (op, limit)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "is not a gate"),
        ("turn_p95_s", "is not a gate"),
        ("turn_p95_s <= fast", "is not a gate"),
        ("turn_p95_s <= 4 apples", "is not a gate"),
        ("turn_p95 <= 4", "did you mean turn_p95_s?"),
        ("escalation_recal >= 0.9", "did you mean escalation_recall?"),
        ("weather <= 4", "docs/gates-and-metrics.md"),
        ("escalation_recall >= 95", "write 0.95 or 95 %"),
        ("turn_p95_s <= 4 %", "not measured in %"),
        ("turns >= 4 ms", "not measured in ms"),
        ("turn_p95_s == 4", "use <= or >="),
        ("turn_p95_s <= 1.2.3", "not a number"),
        ("turn_p95_s <= 1e999", "never matter"),
        ("turn_p95_s >= -1", "never matter"),
        ("cross_talk < 0", "no run can keep"),
        ("failed_turn_rate <= 0", "such as <= 1 %"),
        ("escalation_recall >= 100 %", "such as >= 99 %"),
    ],
)
def test_what_is_no_gate_is_told_why(text: str, problem: str) -> None:
    told = parse_gate(text)
    assert isinstance(told, str)
    assert problem in told


# -- judging ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "low", "high", "verdict"),
    [
        ("turn_p95_s <= 4", 3.0, 3.9, "pass"),
        ("turn_p95_s <= 4", 4.1, 5.0, "fail"),
        ("turn_p95_s <= 4", 3.9, 4.1, "unsure"),
        ("turn_p95_s <= 4", 3.0, None, "unsure"),
        ("turn_p95_s <= 4", 4.1, None, "fail"),
        ("turn_p95_s >= 4", 4.1, None, "pass"),
        ("turn_p95_s >= 4", 3.0, None, "unsure"),
        ("turn_p95_s >= 4", 3.0, 3.5, "fail"),
        ("turn_p95_s < 4", 3.0, 4.0, "unsure"),
    ],
)
def test_the_whole_interval_must_keep_the_limit(text: str, low: float, high: float | None, verdict: str) -> None:
    assert judge_gate(gate(text), metric(3.95, low, high)).verdict == verdict


def test_no_samples_never_pass() -> None:
    result = judge_gate(gate("escalation_recall >= 0"), Metric(None, None, None, 0, "share", "share"))
    assert result.verdict == "unsure"
    assert "no samples" in result.reason


def test_a_class_that_cannot_be_seen_is_no_pass() -> None:
    fold = Fold()
    for record in (header(blind=("no_audit_id", "phantom_handoff")), *tuple(whole_run())[1:]):
        fold.add(record)
    verdict = judged("no_audit_id == 0", "loop == 0", of=fold.summary())
    assert [result.verdict for result in verdict.gates] == ["unsure", "pass"]
    assert verdict.exit_code == 5
    assert "not observable here" in verdict.reasons[0]


def test_an_open_gate_says_how_many_samples_would_tell() -> None:
    verdict = judged("escalation_recall >= 0.95", of=summary(60))
    assert verdict.verdict == "unsure"
    needed = re.search(r"\((\d+) samples; about (\d+) would tell\)", verdict.reasons[0])
    assert needed is not None, verdict.reasons
    assert int(needed[2]) > int(needed[1])
    none = judge_gate(gate("escalation_recall >= 0.8"), Metric(None, None, None, 0, "share", "share"))
    assert none.reason == "there are no samples of it; at least 16 would tell"
    unbounded = judge_gate(gate("turn_p95_s <= 4"), metric(3.0, 2.0, None, samples=20))
    assert "20 samples; at least 72 would tell" in unbounded.reason


def test_a_count_is_exact() -> None:
    once = Metric(1.0, 1.0, 1.0, 50, "count", "count")
    assert judge_gate(gate("reset <= 1"), once).verdict == "pass"
    assert judge_gate(gate("reset == 0"), once).verdict == "fail"


def test_all_right_in_a_few_conversations_is_not_yet_enough() -> None:
    assert judged("escalation_recall >= 0.95", of=summary(60)).verdict == "unsure"


def test_each_verdict_has_its_exit_code() -> None:
    good = summary()
    for gates, name, code in (
        (["turn_p95_s <= 10"], "pass", 0),
        (["turn_p95_s <= 10", "turn_p50_s <= 0.1"], "fail", 1),
        (["turn_p95_s <= 10", "missed_escalation_rate <= 5 %"], "unsure", 5),
        (["turn_p50_s <= 0.1", "missed_escalation_rate <= 5 %"], "fail", 1),
    ):
        verdict = judged(*gates, of=good)
        assert (verdict.verdict, verdict.exit_code) == (name, code)
        assert len(verdict.gates) == len(gates)


def test_without_gates_the_generators_fitness_is_the_verdict_and_that_is_said() -> None:
    verdict = judged()
    assert verdict.verdict == "pass"
    assert "no gates" in verdict.reasons[0]


def test_an_agent_that_answered_nothing_fails_a_run_without_gates() -> None:
    fold = Fold()
    turns = (failed("redirect"), failed("http_5xx"), failed("left"))
    for record in (header(), Started(0, "p", 0.0), *turns, ended(), closed(1)):
        fold.add(record)
    verdict = judge(fold.summary(), [])
    assert (verdict.verdict, verdict.exit_code) == ("fail", 1)
    assert verdict.reasons == ("not one of 3 turns was answered: http_5xx 1, redirect 1",)


def dying(warm_up_s: float = 0.0) -> Summary:
    """A run whose agent answers one customer and refuses five more; the first comes in the warm-up, if there is any."""
    fold = Fold()
    fold.add(header(warm_up_s=warm_up_s))
    for number in range(6):
        due_s = number * 2.0
        moments = {"due_s": due_s, "sent_s": due_s, "over_s": due_s + 0.5}
        answered = turn(number, **moments, first_byte_s=0.2, first_text_s=0.4, done_s=0.5)
        fold.add(Started(number, "p", due_s))
        fold.add(failed("connect_refused", number, **moments) if number else answered)
        fold.add(ended(number, due_s=due_s, ending="agent_failed" if number else "resolved"))
    fold.add(closed(6))
    return fold.summary()


def test_an_agent_that_answers_no_more_fails_a_run_without_gates() -> None:
    verdict = judged(of=dying())
    told = "its last reply came at 0.5 s, and not one of 5 turns after it was answered: connect_refused 5"
    assert (verdict.verdict, verdict.exit_code) == ("fail", 1)
    assert verdict.reasons == (f"the agent stopped answering: {told}",)


def test_an_embedded_agent_that_ended_before_the_run_is_no_pass_however_little_came_after() -> None:
    kept = "turn_p95_s <= 10"
    verdict = judge(summary(), [gate(kept)], "was killed by SIGKILL")
    why = "the embedded agent was killed by SIGKILL before the run was over"
    assert (verdict.verdict, verdict.exit_code, verdict.reasons) == ("fail", 1, (why,))
    assert beyond_gates(verdict) == (why,)
    assert verdict.gates[0].verdict == "pass"


def test_what_fails_by_a_gate_is_not_beyond_gates_nor_is_the_interruption() -> None:
    verdict = judged("turn_p50_s <= 0.1", of=replace(summary(), interrupted=True, findings={"cross_talk": 1}))
    (leak,) = beyond_gates(verdict)
    assert leak.startswith("cross_talk:")


def test_an_agent_that_died_in_the_warm_up_was_reached() -> None:
    verdict = judged(of=dying(warm_up_s=1.0))
    assert (verdict.verdict, verdict.exit_code) == ("fail", 1)
    assert "its last reply came at 0.5 s" in verdict.reasons[0]


def test_a_late_generator_makes_the_run_invalid() -> None:
    fold = Fold()
    for record in (header(), Started(0, "p", 0.0), turn(due_s=0.0), ended(), closed(1)):
        fold.add(record)
    verdict = judge(fold.summary(Budget()), [gate("turn_p95_s <= 0.001")])
    assert (verdict.verdict, verdict.exit_code) == ("invalid", 3)
    assert "late_send" in verdict.reasons[0]


def test_a_leak_fails_the_run_without_a_gate() -> None:
    verdict = judged("turn_p95_s <= 10", of=replace(summary(), findings={"cross_talk": 1}))
    assert (verdict.verdict, verdict.exit_code) == ("fail", 1)
    assert "cross_talk" in verdict.reasons[0]


def test_a_run_that_held_nothing_is_invalid_and_not_a_success() -> None:
    fold = Fold()
    fold.add(header())
    fold.add(closed(0))
    assert judge(fold.summary(), []).verdict == "invalid"


def test_an_agent_that_was_never_reached_has_its_own_exit_code() -> None:
    fold = Fold()
    refused = [failed("connect_refused"), failed("dns")]
    for record in (header(), Started(0, "p", 0.0), *refused, ended(ending="agent_failed"), closed(1)):
        fold.add(record)
    verdict = judge(fold.summary(), [])
    assert (verdict.verdict, verdict.exit_code) == ("invalid", 4)


def with_own_findings(*verdicts: JudgementName) -> Summary:
    """A run in whose last conversations a check of one's own, `mine`, found this."""
    fold = Fold()
    records = list(whole_run(20))
    last = next(at for at, record in enumerate(reversed(records)) if isinstance(record, Conversation))
    at = len(records) - 1 - last
    end = records[at]
    assert isinstance(end, Conversation)
    findings = [Finding(end.number, "mine", verdict, 1, "why") for verdict in verdicts]
    failed_checks = ("mine",) if "failed" in verdicts else ()
    for record in (*records[:at], *findings, replace(end, failed_checks=failed_checks), *records[at + 1 :]):
        fold.add(record)
    return fold.summary()


@pytest.mark.parametrize(
    ("found", "verdict"), [((), "pass"), (("failed",), "fail"), (("unsure",), "unsure"), (("unsure", "failed"), "fail")]
)
def test_a_check_of_ones_own_is_gated_by_name_and_one_that_broke_is_no_pass(
    found: tuple[JudgementName, ...], verdict: str
) -> None:
    (result,) = judged("check.mine == 0", of=with_own_findings(*found)).gates
    assert result.verdict == verdict


def test_what_others_found_unsure_is_nothing_to_a_gate_on_ones_own() -> None:
    summary = with_own_findings("unsure")
    assert summary.unsure == {"mine": 1}
    assert judged("check.yours == 0", of=summary).gates[0].verdict == "pass"


def test_a_gate_on_a_check_that_is_not_listed_says_so() -> None:
    listed = ("mine.py:promises", "other.py:mine")
    assert unknown_check(gate("check.mine == 0"), listed) == ""
    assert unknown_check(gate("turn_p95_s <= 4"), ()) == ""
    assert "did you mean check.promises?" in unknown_check(gate("check.promise == 0"), listed)
    assert "no check 'mine' is listed" in unknown_check(gate("check.mine == 0"), ())


def test_an_interrupted_run_says_so() -> None:
    verdict = judged("turn_p95_s <= 10", of=replace(summary(), interrupted=True))
    assert (verdict.verdict, verdict.exit_code) == ("pass", 130)
    assert "interrupted" in verdict.reasons[-1]


# -- completeness ----------------------------------------------------------------------------------------------------


def test_every_metric_is_computed_as_it_is_described() -> None:
    computed = summary().metrics
    assert set(computed) == set(METRICS)
    for name, info in METRICS.items():
        assert (computed[name].unit, computed[name].kind) == (info.unit, info.kind), name


def test_every_metrics_row_in_the_docs_is_its_description() -> None:
    page = (DOCS / "gates-and-metrics.md").read_text()
    for name, info in METRICS.items():
        assert f"| `{name}` | {info.unit} | {info.better} | {info.meaning} |" in page


def test_every_failure_class_in_the_docs_has_its_meaning_and_remedy() -> None:
    page = (DOCS / "failure-classes.md").read_text()
    for failure in FAILURES.values():
        assert f"| `{failure.name}` | {failure.meaning} | {failure.remedy} |" in page
    named = set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE))
    assert named == set(FAILURES)


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (None, "s", "-"),
        (0.25, "s", "0.25 s"),
        (12345.0, "s", "12,345 s"),
        (0.9996, "share", "99.96 %"),
        (1.0, "share", "100 %"),
        (1234.0, "count", "1,234"),
        (2.5, "count", "2.5"),
        (9.87, "per_s", "9.87/s"),
    ],
)
def test_figures_are_shown_for_a_reader(value: float | None, unit: str, shown: str) -> None:
    assert show(value, unit) == shown  # type: ignore[arg-type]
