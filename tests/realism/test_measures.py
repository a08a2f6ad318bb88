"""The measures give known answers to known samples."""

from math import log

import numpy as np
import pytest

from hubbub.realism import measures
from hubbub.realism.act_order import of_people
from hubbub.realism.dialogue import ACTS, Dialogue, act_of_ours
from hubbub.realism.measures import bigrams_of


def test_lengths_drawn_by_the_law_keep_to_it_and_others_do_not():
    drawn = measures.drawn_lengths(20_000)
    assert measures.distance_to(drawn, measures.length_law) < 0.02
    assert measures.distance_to([3 * size for size in drawn], measures.length_law) > 0.3
    assert sum(size <= 6 for size in drawn) / 20_000 == pytest.approx(0.16, abs=0.01)


def test_counts_by_the_law_of_people_have_its_mean():
    counts = np.rint(np.random.default_rng(1).lognormal(log(7.9), 0.28, 20_000))
    assert counts.mean() == pytest.approx(8.2, abs=0.1)
    assert measures.distance_to(list(counts), measures.count_law) < 0.02


def test_what_a_sample_lacks_counts_as_much_as_what_it_has():
    """Conversations of twelve messages each are nearly all that people have at most, and hold none of the shorter."""
    assert measures.distance_to([12] * 100, measures.count_law) == pytest.approx(measures.count_law(11))
    assert measures.distance_to([4, 12], lambda size: min(1.0, size / 20)) == pytest.approx(0.4)
    assert measures.distance_to([5], lambda size: 1.0 if size >= 5 else 0.0) == 0


def test_the_distance_of_a_sample_to_itself_is_nothing_and_to_another_world_is_all():
    assert measures.distance([1, 2, 3], [1, 2, 3]) == 0
    assert measures.distance([1, 2], [8, 9]) == 1
    assert np.isnan(measures.distance([], [1]))


def test_distinct_counts_different_runs():
    assert measures.distinct(["a b a b"], 1) == 0.5
    assert measures.distinct(["a b a b"], 2) == pytest.approx(2 / 3)


def test_words_by_rank_follow_the_slope_they_were_made_with():
    words = [f"w{rank}" for rank in range(1, 400) for _ in range(round(4000 / rank))]
    assert measures.zipf_slope([" ".join(words)]) == pytest.approx(-1, abs=0.03)


def test_only_long_messages_that_say_exactly_the_same_repeat():
    same, other = "where is my order please", "where is my parcel please"
    assert measures.repeat_rate([same, same, other, "ok", "ok"]) == pytest.approx(1 / 3)


def test_acts_in_the_order_of_people_leave_as_much_open_as_was_measured_and_shuffled_ones_more():
    model = of_people()
    chance = np.random.default_rng(2)
    after = {first: [(then, n) for (f, then), n in model.items() if f == first] for first in {f for f, _ in model}}
    made = []
    for _ in range(1500):
        acts = ["<s>"]
        while acts[-1] != "</s>":
            names, weights = zip(*after[acts[-1]], strict=True)
            acts.append(str(chance.choice(names, p=np.array(weights) / sum(weights))))
        made.append(tuple(acts[1:-1]))
    assert measures.perplexity([Dialogue((), acts) for acts in made], model) == pytest.approx(3.89, rel=0.04)
    flat = [act for acts in made for act in acts]
    chance.shuffle(flat)
    shuffled = [Dialogue((), tuple(flat[at : at + 8])) for at in range(0, len(flat) - 8, 8)]
    assert measures.perplexity(shuffled, model) > 8


def test_an_act_that_is_certain_leaves_one_choice():
    always = [Dialogue((), ("greet",))] * 1000
    assert measures.perplexity(always, bigrams_of(always)) == pytest.approx(1, abs=0.02)
    assert np.isnan(measures.perplexity([Dialogue(("hi",))], of_people()))


def test_each_of_our_moves_is_one_of_the_eight_acts():
    assert {act_of_ours(act) for act in ("open", "confirm", "deny", "nudge", "inject", "thank", "bye")} <= set(ACTS)
