"""The usual answer is what most were told; who was told another is counted, by part against the whole."""

from hubbub.model import Header, Started
from hubbub.stats.answers import deviating, deviations, told, usual
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
