"""Turns of one conversation are alike, and an interval that counts them holds the truth as often as it promises."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.gates import judge_gate, parse_gate
from hubbub.model import Gate, Metric
from hubbub.stats.alike import Alike, Gathered, Parts, design_effect
from hubbub.stats.figures import figures
from hubbub.stats.tally import LATENCIES, Tally
from tests.made import ended, failed, turn

Conversations = list[list[int]]
held = st.lists(st.lists(st.integers(0, 2000), max_size=6), min_size=2, max_size=30)


def alike(conversations: Conversations) -> Alike:
    made = Alike()
    for values in conversations:
        made.add(values)
    return made


def effect_by_definition(conversations: Conversations, top: int) -> float:
    """Every conversation's own count, looked at one by one."""
    some = [values for values in conversations if values]
    sizes = np.array([len(values) for values in some])
    below = np.array([sum(value <= top for value in values) for values in some])
    share = below.sum() / sizes.sum()
    spread = float(((below - share * sizes) ** 2).sum())
    return design_effect(spread, float(sizes.sum() * share * (1 - share)), len(some))


@given(held.filter(any), st.integers(0, 2000))
def test_sums_over_pairs_give_what_looking_at_every_conversation_gives(conversations: Conversations, top: int) -> None:
    assert alike(conversations).effect_at(top) == pytest.approx(effect_by_definition(conversations, top))


@given(held, held)
def test_merging_is_counting_all_of_them(first: Conversations, second: Conversations) -> None:
    merged, whole = alike(first), alike(first + second)
    merged.merge(alike(second))
    assert (merged.buckets, merged.conversations, merged.squares) == (whole.buckets, whole.conversations, whole.squares)


def test_turns_that_are_all_the_same_are_worth_one_per_conversation() -> None:
    same = alike([[n] * 5 for n in range(100)])
    assert same.effect_at(49) == pytest.approx(5, rel=0.02)


def test_turns_that_differ_as_strangers_do_are_worth_themselves() -> None:
    values = np.random.default_rng(4).integers(0, 2000, (2000, 5)).tolist()
    assert alike(values).effect_at(1000) == pytest.approx(1, abs=0.08)


def test_what_nothing_shows_is_taken_for_independent() -> None:
    assert design_effect(0.0, 0.0, 50) == 1.0
    assert alike([[1, 2], []]).effect_at(1) == 1.0
    assert Parts().spread(0.5) == 0.0


def rehearsed(chance: np.random.Generator, conversations: int, likeness: float) -> Tally:
    """Lognormal waits around 1 s whose logarithms vary by 1, the share `likeness` of it between conversations."""
    tally = Tally()
    for mood in chance.normal(0, likeness**0.5, conversations):
        gathered = Gathered()
        for wait in np.exp(mood + chance.normal(0, (1 - likeness) ** 0.5, 1 + chance.poisson(4))):
            moments = {"first_text_s": wait, "done_s": wait, "over_s": wait}
            tally.add_turn(turn(due_s=0.0, sent_s=0.0, first_byte_s=wait, **moments), gathered)
        tally.add_gathered(gathered)
    return tally


@pytest.mark.slow
@pytest.mark.parametrize("likeness", [0.0, 0.5, 0.9])
def test_an_interval_of_a_percentile_of_turns_holds_the_truth_as_often_as_it_promises(likeness: float) -> None:
    """300 runs of 60 conversations; nineteen in twenty, less three standard errors. Without the effect .9 gives .67."""
    chance, truth = np.random.default_rng(5), {"turn_p50_s": 1.0, "turn_p95_s": float(np.exp(1.6448536))}
    right = dict.fromkeys(truth, 0)
    for _ in range(300):
        found = figures(rehearsed(chance, 60, likeness))
        for name, value in truth.items():
            low, high = found[name].low, found[name].high
            right[name] += (low or 0.0) <= value and (high is None or value <= high)
    assert min(right.values()) / 300 >= 0.95 - 3 * (0.95 * 0.05 / 300) ** 0.5


def test_failures_that_come_together_make_the_rate_less_sure() -> None:
    def rate(per_conversation: list[int]) -> Metric:
        tally = Tally()
        for number, failures in enumerate(per_conversation):
            gathered = Gathered()
            for at in range(5):
                tally.add_turn(failed("http_5xx", number) if at < failures else turn(number), gathered)
            tally.add_gathered(gathered)
            tally.add_conversation(ended(number))
        return figures(tally)["failed_turn_rate"]

    scattered, together = rate([1] * 50 + [0] * 150), rate([5] * 10 + [0] * 190)
    assert scattered.value == together.value == 0.05
    assert scattered.design_effect == 1.0
    assert together.design_effect == pytest.approx(5, rel=0.03)
    assert (together.high or 0) - 0.05 > 1.8 * ((scattered.high or 0) - 0.05)


def test_every_latency_of_a_turn_is_gathered_and_a_missing_one_is_not() -> None:
    tally, gathered = Tally(), Gathered()
    tally.add_turn(turn(), gathered)
    tally.add_turn(turn(first_byte_s=None), gathered)
    tally.add_gathered(gathered)
    assert {name: tally.alike[name].squares for name in LATENCIES} == {**dict.fromkeys(LATENCIES, 4), "first_byte": 1}


def test_an_unsure_gate_says_what_its_samples_were_worth() -> None:
    gate = parse_gate("turn_p95_s <= 2")
    assert isinstance(gate, Gate)
    told = judge_gate(gate, Metric(1.9, 1.5, 2.5, 400, "s", "quantile", 4.0)).reason
    assert "(400 samples, worth 100 as turns of a conversation are alike; " in told
    assert "(400 samples; " in judge_gate(gate, Metric(1.9, 1.5, 2.5, 400, "s", "quantile")).reason
