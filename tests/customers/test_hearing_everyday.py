"""What every agent says is heard as everybody would hear it: scores that are good on the whole may fail here.

The replies stand in `hearing_everyday.txt`, under what each does at least and the slot that it asks for. Those of
`hearing_mentioned.txt` speak of people, calls and transfers, and nobody comes.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hubbub.customers.hearing import Ear

SLOTS = (
    *("order_id", "email", "postcode", "name", "phone", "account_number", "date", "item", "booking_id", "address"),
    *("date_of_birth", "problem"),
)
EAR = Ear("en", {}, SLOTS)
HUMAN = {"handoff", "offer_handoff"}


def _lines(name: str) -> list[str]:
    return Path(__file__).with_name(name).read_text("utf-8").splitlines()


def said() -> Iterator[tuple[str, str, str]]:
    """Each reply, its act and its slot."""
    act = slot = ""
    for line in _lines("hearing_everyday.txt"):
        if line.startswith("["):
            act, _, slot = line.strip("[]").partition(" ")
        elif line:
            yield line, act, slot


def test_there_are_some_four_hundred_of_them() -> None:
    replies = [reply for reply, _, _ in said()]
    assert len(set(replies)) == len(replies) >= 400


@pytest.mark.parametrize(("reply", "act", "slot"), tuple(said()))
def test_it_is_heard(reply: str, act: str, slot: str) -> None:
    heard = EAR.hear(reply)
    assert act in heard.acts
    assert not slot or slot in heard.asked
    assert act in HUMAN or HUMAN.isdisjoint(heard.acts)


def test_there_are_some_four_hundred_mentions() -> None:
    assert len(set(_lines("hearing_mentioned.txt"))) == len(_lines("hearing_mentioned.txt")) >= 400


@pytest.mark.parametrize("reply", _lines("hearing_mentioned.txt"))
def test_who_is_only_mentioned_does_not_come(reply: str) -> None:
    assert HUMAN.isdisjoint(EAR.hear(reply).acts)
