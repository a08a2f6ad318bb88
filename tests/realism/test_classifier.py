"""A classifier that is worth its name: it cannot tell what is the same, and tells what is not."""

import random

import pytest

from hubbub.realism.classifier import Said, told_apart, told_by
from hubbub.realism.compared import compare
from hubbub.realism.dialogue import Dialogue
from hubbub.realism.features import length, letters, plainly, style, style_of

WORDS = ["order", "parcel", "card", "bill", "line", "phone", "box", "late", "lost", "broken", "gone", "wrong"]
FRAMES = ("where is my {}", "i want my {} back", "can you help me with the {}", "the {} is {}", "no {}", "ok {}")


def messages(seed, frames=FRAMES, many=300):
    chance = random.Random(seed)
    return [chance.choice(frames).format(chance.choice(WORDS), chance.choice(WORDS)) for _ in range(many)]


@pytest.mark.parametrize("look", [letters, style, length])
def test_two_halves_of_one_crowd_cannot_be_told_apart(look):
    assert told_apart(messages(1), messages(2), look) == pytest.approx(0.5, abs=0.07)


def test_what_is_put_in_another_way_is_told_by_its_style_whatever_it_is_about():
    other = messages(2, ("may i have the {}", "would you tell us about our {}"))
    assert told_apart(messages(1), other, style) > 0.95


def test_other_content_in_the_same_frames_is_no_difference_of_style():
    swapped = [text.replace("order", "zebra").replace("card", "crane") for text in messages(2)]
    assert told_apart(messages(1), swapped, style) < 0.57
    assert told_apart(messages(1), swapped, letters) > 0.57


def crowd(seed: int, many: int, frames: tuple[str, ...] = FRAMES) -> list[Said]:
    """People who each keep a habit that some of their kind have."""
    chance = random.Random(seed)
    habits = (str, str.upper, lambda text: f"{text}!!", lambda text: f"well {text}")
    own = [chance.choice(habits) for _ in range(many)]
    return [Said(own[by](text), by) for by in range(many) for text in messages(1000 * seed + by, frames, 8)]


def test_a_few_people_with_habits_of_their_own_are_not_told_by_who_they_are():
    """Each of them is known by its habit, which says nothing of its crowd: 20 people a side, 24 pairs of crowds."""
    found = [told_by(crowd(seed, 20), crowd(500 + seed, 20), letters, seed).area for seed in range(24)]
    assert sum(found) / len(found) == pytest.approx(0.5, abs=0.03)


def test_an_interval_holds_one_half_where_there_is_no_difference_and_not_where_there_is():
    alike = [told_by(crowd(seed, 40), crowd(500 + seed, 40), style, seed) for seed in range(20)]
    assert sum(abs(one.area - 0.5) <= one.margin for one in alike) >= 17
    other = told_by(crowd(1, 40), crowd(2, 40, ("may i have the {}", "would you tell us of {}")), style)
    assert other.area - other.margin > 0.6


def test_a_margin_counts_people_and_not_messages():
    texts = crowd(3, 20)
    by_people = told_by(texts, crowd(4, 20), length)
    by_message = told_by([Said(one.text, at) for at, one in enumerate(texts)],
                         [Said(one.text, at) for at, one in enumerate(crowd(4, 20))], length)  # fmt: skip
    assert by_people.margin > by_message.margin


def test_words_in_another_order_are_told_by_the_runs_of_words():
    chance = random.Random(5)
    mixed = [" ".join(chance.sample(text.split(), len(text.split()))) for text in messages(2)]
    assert told_apart(messages(1), mixed, style) > 0.8


def test_the_style_of_a_language_keeps_its_own_little_words_and_masks_the_rest():
    german = style_of("de")
    assert german("ich habe die Rechnung für Sie") == german("ich habe die Lieferung für Sie")
    assert {"für", "f"} & german("für Sie").keys() == {"für"}
    japanese = style_of("ja")
    assert japanese("給湯器が動きません") == japanese("請求書が届きません")
    assert japanese("給湯器が動きません") != japanese("給湯器を動かします")


def test_length_alone_tells_short_from_long():
    assert told_apart(["x" * (5 + n % 5) for n in range(200)], ["x" * (60 + n % 9) for n in range(200)], length) > 0.99


def test_too_few_messages_are_not_judged():
    assert told_apart(["a"], ["b"], letters) != told_apart(["a"], ["b"], letters)


def test_marks_and_capitals_are_a_way_of_keeping_texts():
    assert plainly("Where's my Order?!") == "wheres my order"


def test_the_letters_of_a_number_are_no_article():
    assert "a" not in style("A-12345")
    assert style("a12345") == style("wb12345") == style("a 12345") == style("b 12345")
    assert "a" in style("a 10 day trip")


def test_a_corpus_without_marks_is_compared_without_them_in_spite_of_a_stray_line_break():
    theirs = [Dialogue((text,)) for text in (*messages(1), "one\ntwo")]
    ours = [Dialogue((f"{text.capitalize()}.",)) for text in messages(2)]
    table = {row.measure: row.ours for row in compare(ours, theirs)}
    assert table["AUC, raw: runs of letters"] == pytest.approx(0.5, abs=0.07)
