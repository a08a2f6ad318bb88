"""The usual answer is what most were told; who was told another is counted, by part against the whole."""

import pytest

from hubbub.model import Header, Started
from hubbub.stats.answers import agree, deviating, deviations, told, usual
from hubbub.stats.fold import Fold
from tests.made import ended

COUNTS = {
    told("p", {"eta": "3-5 days"}): 6,
    told("p", {"eta": "9 days", "fee": "2 money"}): 2,
    told("q", {"eta": "1 days"}): 5,
    told("r", {"eta": "1 days"}): 4,
}


def test_most_of_a_personas_customers_make_an_answer_usual_once_there_are_five() -> None:
    assert usual(COUNTS) == {("p", "eta"): "3-5 days", ("q", "eta"): "1 days"}


def test_who_was_told_another_deviates_and_says_how() -> None:
    common = usual(COUNTS)
    assert deviating(COUNTS, common) == (2, 13)
    assert deviations("p", (("eta", "9 days"), ("fee", "2 money")), common) == (("eta", "9 days", "3-5 days"),)
    assert deviations("r", (("eta", "7 days"),), common) == ()


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ("5 days", "3-5 days", True),
        ("48 hours", "2-4 days", True),
        ("6 days", "3-5 days", False),
        ("72 hours", "4-6 days", False),
        ("4.99 money", "4.99 money", True),
        ("4.99 money", "4.5 money", False),
        ("5 days", "5 percent", False),
        ("yes", "no", False),
        ("id a11111", "id a11112", False),
        ("20260301 date", "20260302 date", False),
    ],
)
def test_answers_that_can_both_be_true_agree(one: str, other: str, both: bool) -> None:
    assert agree(one, other) is agree(other, one) is both


def test_any_answer_agrees_with_itself_alone_and_nothing_breaks() -> None:
    for odd in ("", "1e+99-2 days", "3- days", "..", "1.2.3 days"):
        assert agree(odd, odd)
        assert not agree(odd, "yes")
        assert not agree(odd, "9 days")


def test_answers_that_scatter_in_one_stage_show_in_that_stage() -> None:
    fold = Fold()
    fold.add(Header(1, 0, 1, 7, "w", 0.0, 1.0, stages=("low", "high")))
    for number in range(40):
        stage = number // 20
        answer = "9 days" if stage and number % 2 else "3-5 days"
        fold.add(Started(number, "p", 1.0 + number, stage))
        fold.add(ended(number, due_s=1.0 + number, stage=stage, answers={"eta": answer}))
    summary = fold.summary()
    low, high = (part.metrics["inconsistent_answer_rate"] for part in summary.by_stage)
    assert (low.value, high.value) == (0.0, 0.5)
    assert high.low is not None
    assert high.low > 0.25
    assert summary.findings == {"inconsistent_answer": 10}
    assert summary.metrics["inconsistent_answer"].value == 10
