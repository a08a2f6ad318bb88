"""Sentences along another's frame: its little words and places in their order, all else anew, of shared pieces."""

from itertools import pairwise

from hubbub.chance import stream
from hubbub.learning.chain import HIDDEN, Chain, pieces_of, shape_of

SAID = [
    (f"c{number}", text)
    for number, text in enumerate(
        [
            *["i want to send my parcel and pay", "i want to return my jacket and pay"] * 2,
            *["i want to send my jacket and leave", "the parcel is for {name}", "the jacket is for {name}"] * 2,
        ]
    )
]
CHAIN = Chain(pieces_of(SAID, 2))
NEVER = frozenset(["i want to return my parcel and leave"])


def _made(text: str, without: int = 0) -> set[str | None]:
    return {CHAIN.along(text, NEVER, stream(seed), without) for seed in range(30)}


def test_the_frame_stays_and_the_gaps_are_filled_with_what_several_said():
    made = _made("i want to return my parcel and leave")
    assert len(made) > 1
    for text in made:
        assert text is not None
        assert [shape_of(word) for word in text.split()] == ["i", "want", "to", "_", "my", "_", "and", "_"]
        shared = pieces_of(SAID, 2)
        assert all(pair in shared for pair in pairwise(text.split()))


def test_what_one_customer_alone_said_does_not_come_back():
    assert NEVER.isdisjoint(_made("i want to return my parcel and leave"))


def test_at_least_half_of_the_gaps_are_filled_anew():
    pairs = [f"a {one} and a {two}" for one in ("kettle", "lamp", "pan") for two in ("kettle", "lamp", "pan")]
    chain = Chain(pieces_of([(f"{text}{n}", text) for text in pairs for n in range(2)], 2))
    made = {chain.along("a lamp and a pan", frozenset(), stream(seed)) for seed in range(60)}
    assert None not in made
    assert all(len({"lamp", "pan"} & set(str(text).split())) < 2 for text in made)


def test_a_hidden_word_is_a_gap_and_a_place_stays_that_place():
    assert _made(f"the {HIDDEN} is for {{name}}") == {"the parcel is for {name}", "the jacket is for {name}"}
    assert _made("the parcel is for {phone}") == {None}


def test_a_frame_that_cannot_be_filled_may_lose_a_word_but_never_a_place():
    text = "so the parcel is for {name}"
    assert _made(text) == {None}
    assert _made(text, without=1) == {"the jacket is for {name}"}  # as its only gap must be filled anew
    assert _made("{name}", without=1) == {None}


def test_pieces_count_customers_and_not_messages():
    assert not pieces_of([("same", "only i say this")] * 5, 2)
