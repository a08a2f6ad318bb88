"""Claims about the net over runs of words: it sees order, its sums are exact, and what it remembers changes nothing."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from hubbub.customers.hearing.net import Net
from hubbub.customers.hearing.windows import FILTER_UNIT, ROW_UNIT, SPAN, SUM_UNIT, FittedWindows

UNIT, LANE, WIDTH, FILTERS, HEADS = 16, 32, 4, 6, 3
WORDS = ["<", ">", ">?", "Unseen", *(f"w{chr(97 + at)}" for at in range(20))]
CHANCE = np.random.default_rng(5)
ROWS = CHANCE.integers(-127, 128, (len(WORDS), WIDTH))
GIVES = CHANCE.integers(-900, 900, (WIDTH, SPAN, FILTERS))
STARTS = CHANCE.integers(-200, 200, FILTERS)
WORTH = CHANCE.integers(-400, 400, (FILTERS, HEADS))
BASES = (-90000, 0, 70000)
FITTED = FittedWindows(
    "\n".join(WORDS),
    WIDTH,
    ROWS.astype("i1").tobytes(),
    GIVES.astype("<i2").tobytes(),
    STARTS.astype("<i2").tobytes(),
    WORTH.astype("<i2").tobytes(),
    BASES,
)


def net() -> Net:
    return Net(FITTED, "Unseen", UNIT, LANE)


def unpacked(lanes: int) -> list[int]:
    """The numbers of the lanes, each of which may be negative."""
    found = []
    for _ in range(HEADS):
        low = lanes % (1 << LANE)
        low -= (low >> LANE - 1) << LANE
        found.append(low)
        lanes = (lanes - low) >> LANE
    return found


def worked_out(words: list[str], end: str) -> list[int]:
    """The same by the definition, filter by filter and place by place."""
    text = [WORDS.index(word) if word in WORDS else 3 for word in ("<", *words, ">" + end)]
    given_by = np.rint(np.einsum("wd,dsf->wsf", ROWS, GIVES) * (SUM_UNIT / (ROW_UNIT * FILTER_UNIT)))
    answers = np.zeros(FILTERS)
    for at in range(len(text)):
        near = [(at + away, away + SPAN // 2) for away in range(-(SPAN // 2), SPAN // 2 + 1)]
        said = STARTS + sum(given_by[text[place], part] for place, part in near if 0 <= place < len(text))
        answers = np.maximum(answers, said)
    return [int(n) for n in np.rint((answers @ WORTH + np.array(BASES)) * UNIT / SUM_UNIT**2)]


@given(st.lists(st.sampled_from([*WORDS[4:], "never"]), min_size=1, max_size=12), st.sampled_from(["", "?"]))
@settings(max_examples=60)
def test_additions_give_what_filters_slid_over_the_sentence_give(words: list[str], end: str) -> None:
    assert unpacked(net().lanes(words, end)) == worked_out(words, end)


def test_the_order_of_words_counts() -> None:
    assert net().lanes(["wa", "wb", "wc"], "") != net().lanes(["wc", "wb", "wa"], "")


def test_a_word_never_seen_is_read_as_such() -> None:
    assert net().lanes(["wa", "plinth"], "") == net().lanes(["wa", "Unseen"], "")


def test_what_is_forgotten_is_worked_out_again() -> None:
    ours = net()
    before = ours.lanes(["wa", "wb"], "?")
    for at in range(3000):
        ours.lanes([f"other{at}"], "")
    assert ours.lanes(["wa", "wb"], "?") == before
