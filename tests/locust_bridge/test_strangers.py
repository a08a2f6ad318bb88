"""Strangers at a door: so many of them, for so long, and the longest there goes first."""

import gevent
import pytest

from hubbub.locust_bridge.strangers import Strangers

LONG_S = 60.0


def test_no_more_than_some_stand_there_and_the_longest_there_makes_room() -> None:
    door, gone = Strangers(3, LONG_S), []
    for name in "abcde":
        door.arrive(name, lambda name=name: gone.append(name))
    assert gone == ["a", "b"]
    assert [name in door for name in "abcde"] == [False, False, True, True, True]
    for name in "cde":
        door.leave(name)


def test_who_shows_its_token_makes_room_and_is_not_sent_away_any_more() -> None:
    door, gone = Strangers(1, 0.01), []
    door.arrive("member", lambda: gone.append("member"))
    assert door.leave("member")
    assert not door.leave("member"), "it was no stranger any more"
    door.arrive("stranger", lambda: gone.append("stranger"))
    gevent.sleep(0.05)
    assert gone == ["stranger"]
    assert len(door) == 0


@pytest.mark.parametrize("size", [1, 200])
def test_all_who_stay_too_long_are_sent_away(size: int) -> None:
    door, gone = Strangers(size, 0.01), []
    for name in range(size):
        door.arrive(name, lambda name=name: gone.append(name))
    gevent.sleep(0.1)
    assert sorted(gone) == list(range(size))
