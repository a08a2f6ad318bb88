"""Escalation by stage, persona, trigger and channel, each with its interval; and whether it rises with load."""

from hubbub.model import Header, Started, Summary
from hubbub.stats.fold import Fold
from tests.made import ended, turn


def run(high_share: float, low_share: float = 0.1) -> Summary:
    """Two stages of 100 conversations each, the second four times as dense, with this share escalated in each."""
    fold = Fold()
    fold.add(Header(1, 0, 1, 7, "w", 0.0, 1.0, stages=("low", "high")))
    for number in range(200):
        stage = number // 100
        due_s = number * 1.0 if not stage else 100 + (number - 100) * 0.25
        called = number % 100 < 100 * (high_share if stage else low_share)
        safety = number % 2 == 0
        fold.add(Started(number, f"p{number % 2}", due_s, stage))
        fold.add(turn(number, due_s=due_s, sent_s=due_s, over_s=due_s + 1))
        fields = {"due_s": due_s, "started_s": due_s, "ended_s": due_s + 3, "stage": stage, "persona": f"p{number % 2}"}
        decision = {"expected": "must", "trigger": "safety"} if safety else {"expected": "must_not"}
        state = {"escalated": "initiated", "escalated_turn": 1} if called else {}
        channel = {"channel": "voice" if safety else "sms", "failed_checks": ("loop",) if called else ()}
        fold.add(ended(number, **fields, **decision, **state, **channel))
    return fold.summary()


def test_each_trigger_and_channel_has_its_own_recall_and_interval() -> None:
    summary = run(0.5)
    (safety,) = summary.by_trigger
    assert safety.label == "safety"
    recall = safety.metrics["escalation_recall"]
    assert recall.value == 0.3
    assert recall.low is not None
    assert recall.low < 0.3
    assert [part.label for part in summary.by_channel] == ["sms", "voice"]


def test_a_class_that_occurred_stands_in_its_slice() -> None:
    low, high = run(0.5).by_stage
    assert (low.metrics["loop"].value, high.metrics["loop"].value) == (10.0, 50.0)
    assert "trapped" not in high.metrics


def test_an_agent_that_sheds_load_by_escalating_is_seen_and_a_steady_one_is_not() -> None:
    shed, steady = run(0.4).load_escalation, run(0.1).load_escalation
    assert shed is not None
    assert steady is not None
    assert shed.z > 4
    assert shed.p < 1e-5
    assert abs(steady.z) < 1e-9
