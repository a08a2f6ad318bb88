"""What is folded beside the summary agrees with the summary."""

from hubbub.model import Conversation, Dropped, Record, Started
from hubbub.reports.chronicle import Chronicle
from tests.made import ended, header, whole_run
from tests.reports.evidence import evidence_of


def folded(*records: Record) -> Chronicle:
    chronicle = Chronicle()
    for record in records:
        chronicle.add(record)
    return chronicle


def test_escalation_by_trigger_adds_up_to_the_matrix() -> None:
    evidence = evidence_of(whole_run(300))
    matrix, decided = evidence.summary.escalation, evidence.chronicle.decided
    must = [one for (_, _, expected), one in decided.items() if expected == "must"]
    mustnot = [one for (_, _, expected), one in decided.items() if expected == "must_not"]
    assert sum(one.called for one in must) == matrix.must_escalated > 0
    assert sum(one.not_called for one in must) == matrix.must_not_escalated > 0
    assert sum(one.called for one in mustnot) == matrix.mustnot_escalated > 0


def test_a_customer_who_was_taken_back_was_due_once() -> None:
    chronicle = folded(header(), Started(1, "p", 1.0), Dropped(1, 1.0, "stopped"), Dropped(2, 2.0, "max_open"))
    assert sum(span.arrivals for _, span in chronicle.timeline.spans()) == 2
    assert chronicle.dropped_s == [2.0]
    assert not chronicle.sample.is_open(1)


def test_a_conversation_counts_once_in_a_group_of_classes() -> None:
    two: Conversation = ended(1, failed_checks=("contradicted_fact", "self_contradiction"))
    chronicle = folded(header(), two, ended(2, failed_checks=("cross_talk",), stage=1), ended(3, warm_up=True))
    assert chronicle.grouped == {(0, "contradictions"): 1, (1, "leaks"): 1}


def test_stages_are_dated_by_who_was_due_in_them() -> None:
    chronicle = folded(*(Started(n, "p", n * 0.5, n // 10) for n in range(20)))
    assert (chronicle.stages[1].first_s, chronicle.stages[1].last_s, chronicle.stages[1].due) == (5.0, 9.5, 10)
