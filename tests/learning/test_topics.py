"""Matters are told apart by the words that openings share, and named by them."""

from hubbub.learning.observed import Observed, observe
from hubbub.learning.topics import OTHER, matters, opening_of, shares
from hubbub.transcripts.values import Message, Transcript


def log(*said: str) -> tuple[Observed, ...]:
    """A conversation for each text; what stands before a bar was said first."""
    parts = [text.split("|") for text in said]
    return observe(
        [Transcript(f"c{n}", 1, tuple(Message("customer", t) for t in texts)) for n, texts in enumerate(parts)], 2
    )


BROKEN = ["hi|my kettle is broken", "the kettle is broken again", "a broken kettle was delivered"]
LATE = ["where is my parcel", "my parcel is late", "parcel not here", "is the parcel lost"]


def test_openings_that_share_a_word_are_one_matter_named_by_it_and_by_what_stands_beside_it() -> None:
    found = matters(log(*BROKEN, *LATE), 2, 24)
    assert set(list(found.values())[:3]) == {"kettle_broken"}
    assert len(set(list(found.values())[3:])) == 1
    assert list(found.values())[3].startswith("parcel")


def test_what_hardly_anybody_comes_for_is_something_else_and_so_is_who_only_greets() -> None:
    found = matters(log(*LATE, "my trumpet squeaks", "hello"), 2, 24)
    assert [found["c4"], found["c5"]] == [OTHER, OTHER]


def test_there_are_no_more_matters_than_are_wanted() -> None:
    assert len(set(matters(log(*BROKEN, *LATE), 2, 1).values()) - {OTHER}) == 1


def test_two_matters_are_never_of_one_name() -> None:
    """A word and its plural are one stem, and may be what two matters would be called by."""
    found = matters(log(*["cancel the flight"] * 3, *["cancel the hotel"] * 3, *["flight was late"] * 3), 2, 24)
    assert len({found[f"c{n}"] for n in (0, 3, 6)}) == len(set(found.values()))


def test_an_opening_is_the_first_message_that_is_more_than_a_greeting() -> None:
    one, *_ = log(*["hi|good morning|my kettle is broken|it leaks"] * 2)
    assert opening_of(one) == "my kettle is broken"
    (nothing,) = log("hi")
    assert opening_of(nothing) == ""


def test_shares_add_up_and_nobody_has_none() -> None:
    assert shares({"a": "x", "b": "x", "c": "y"}) == {"x": 2 / 3, "y": 1 / 3}
    assert shares({}) == {}
