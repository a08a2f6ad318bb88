"""What customers tell in one conversation, piece by piece: a few typical ones stand for all."""

import pytest

from hubbub.learning.observed import Observed, Spoken
from hubbub.learning.stories import DETAIL, Story, stories


def told(name: str, *pieces: tuple[str, ...]) -> Observed:
    opening = Spoken("my kettle", "my kettle", (), (), "detail")
    said = (Spoken("x", "x", slots, ("v",) * len(slots), "told" if slots else "detail") for slots in pieces)
    return Observed(name, (opening, *said), (), (), None)


def anything(slots: tuple[str, ...]) -> bool:
    return bool(slots)


def test_what_was_told_twice_has_a_number_and_what_everybody_has_one_of_is_a_detail() -> None:
    story = Story("kettle", (("name",), ("digits_6", "name"), ("digits_6",), ("email",), ("email",)), 1.0)
    assert story.told == (("name",), (DETAIL,), ("digits_6",), ("email",), (DETAIL,))
    assert story.named == (("name",), (DETAIL,), ("digits_6",), ("email",), ("detail_no_2",))
    assert Story("kettle", (("digits_6",), ("digits_6",)), 1.0).tells == ("digits_6", "digits_6_no_2")


def test_the_weights_are_the_shares_of_the_conversations() -> None:
    ones = [told(f"a{n}", ("name",)) for n in range(6)] + [told(f"b{n}") for n in range(2)]
    found = stories(ones, {one.name: one.name[0] for one in ones}, anything)
    by_matter = {matter: sum(s.weight for s in found if s.matter == matter) for matter in ("a", "b")}
    assert by_matter == pytest.approx({"a": 0.75, "b": 0.25})
    assert {s.pieces for s in found if s.matter == "b"} == {()}


def test_a_slot_that_no_phrase_tells_is_a_detail_and_so_are_four_at_once() -> None:
    ones = [told("a", ("email",), ("name", "email", "phone", "digits_4"))]
    (story,) = stories(ones, {"a": "m"}, lambda slots: slots != ("email",))
    assert story.pieces == ((DETAIL,), (DETAIL,))


@pytest.mark.slow
def test_a_matter_that_one_in_a_great_many_comes_for_still_comes() -> None:
    """A weight of nothing is none that a workload takes."""
    common, rare = told("common", ("name",)), told("rare", ("name",))
    found = stories([common] * 250_000 + [rare], {"common": "a", "rare": "b"}, anything)
    assert all(story.weight > 0 for story in found)
