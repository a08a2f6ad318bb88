"""At equal lengths, two crowds are told apart by how they put things, and not by how much they say."""

import random

import pytest

from hubbub.realism.alike import at_equal_lengths
from hubbub.realism.classifier import told_apart
from hubbub.realism.compared import compare
from hubbub.realism.dialogue import Dialogue
from hubbub.realism.features import style

WORDS = ["order", "parcel", "card", "bill", "line", "phone", "box", "late", "lost", "broken", "gone", "wrong"]
FRAMES = ("where is my {}", "i want my {} back", "can you help me with the {}", "the {} is {}", "no {}", "ok {}")
OTHERS = ("where is the {}", "i need that {}", "will you look at the {}", "this {} was {}", "not a {}", "well {}")
SHORT, LONG = 60, 140  # characters


def crowd(seed, bound, *, longer, frames=FRAMES, many=2000):
    """Messages of one to eight clauses; most are longer (or shorter) than the bound, by their length alone."""
    chance = random.Random(seed)
    said = []
    while len(said) < many:
        clauses = (
            chance.choice(frames).format(chance.choice(WORDS), chance.choice(WORDS))
            for _ in range(chance.randint(1, 8))
        )
        text = " and ".join(clauses)
        if (len(text) > bound) == longer or chance.random() < 0.3:
            said.append(text)
    return said


def at_length(ours, theirs):
    return told_apart(*at_equal_lengths(ours, theirs, 2000), style)


def test_one_crowd_at_two_lengths_is_told_by_plain_style_and_not_at_equal_lengths():
    short, long = crowd(1, SHORT, longer=False), crowd(2, SHORT, longer=True)
    assert told_apart(short, long, style) > 0.7
    assert at_length(short, long) == pytest.approx(0.5, abs=0.05)


def test_two_crowds_who_put_things_differently_are_told_at_equal_lengths_too():
    ours, theirs = crowd(1, SHORT, longer=False), crowd(2, SHORT, longer=True, frames=OTHERS)
    assert told_apart(ours, theirs, style) > 0.9
    assert at_length(ours, theirs) > 0.9


def test_as_many_of_each_length_are_drawn_and_none_twice():
    ours = [f"{n:0{size}d}" for size in range(6, 40) for n in range(size)]
    theirs = [f"{n:0{size}d}" for size in range(6, 40) for n in range(40 - size)]
    one, other = at_equal_lengths(ours, theirs, 10_000)
    assert len(one) == len(other) == len(set(one)) == len(set(other)) > 300
    assert [len(text) for text in one if len(text) <= 16] == [len(text) for text in other if len(text) <= 16]
    assert all(abs(len(a) - len(b)) <= 0.13 * len(a) for a, b in zip(one, other, strict=True))
    few = at_equal_lengths(ours, theirs, 50)
    assert [len(side) for side in few] == [50, 50]


def test_lengths_that_only_one_side_has_are_left_out():
    assert at_equal_lengths(["x" * 5, "y" * 50], ["z" * 5, "w" * 500], 10) == (["x" * 5], ["z" * 5])
    assert at_equal_lengths(["x"], ["yy"], 10) == ([], [])


def test_the_table_has_both_figures_each_with_its_floor():
    theirs = [Dialogue((text,)) for text in crowd(1, SHORT, longer=False, many=600)]
    ours = [Dialogue((text,)) for text in crowd(2, LONG, longer=True, many=600)]
    rows = {row.measure: row for row in compare(ours, theirs)}
    plain, alike = rows["AUC, style: words, content masked"], rows["AUC, style, at equal lengths"]
    assert plain.ours > 0.7 > 0.6 > alike.ours
    assert plain.floor == pytest.approx(0.5, abs=0.07)
    assert alike.floor == pytest.approx(0.5, abs=0.07)
