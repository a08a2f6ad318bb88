"""What the page draws of a run: each frame tells what was new since the last, of all processes together."""

import pytest

from hubbub.locust_bridge.show import FRAME_S, Show
from hubbub.model import Matrix
from hubbub.stats.board import Board, PersonaCounts
from hubbub.stats.histogram import PER_S
from hubbub.stats.live import Live

A_SECOND = PER_S >> 9 << 9  # the bucket that a second falls in


def board(scheduled: int, turns: int, waits: dict[int, int], **more: object) -> Board:
    return Board(live=Live(scheduled=scheduled, started=scheduled, turns=turns), first_text=waits, **more)  # type: ignore[arg-type]


def test_a_frame_is_of_what_was_new_and_of_every_process() -> None:
    show = Show("run", 2)
    show.report("one", board(6, 30, {1000: 99}), ())
    show.report("other", board(3, 15, {}), ())
    show.frame(FRAME_S)
    show.report("one", board(12, 60, {1000: 99, A_SECOND: 10}), ())
    show.frame(2 * FRAME_S)
    first, second = show.frames
    assert (first.offered_per_s, first.turns_per_s, first.open) == (3.0, 15.0, 9)
    assert (second.offered_per_s, second.turns_per_s, second.open) == (2.0, 10.0, 15)
    assert first.first_text_p95_s == pytest.approx(0.001, rel=0.01)
    assert second.first_text_p95_s == pytest.approx(1.0, rel=0.01), "the quick ones of before are no part of it"


def test_a_share_of_nothing_is_none_and_others_are_of_the_whole_run() -> None:
    show = Show("run", 1)
    show.frame(FRAME_S)
    assert {show.frames[0].precision, show.frames[0].recall, show.frames[0].success, show.frames[0].abandonment} == {
        None
    }
    people = {"p": PersonaCounts(conversations=10, own=8, resolvable=5, resolved=4, abandoned=2)}
    matrix = Matrix(must_escalated=3, must_not_escalated=1, mustnot_escalated=2)
    show.report("one", board(9, 9, {}, personas=people, escalation=matrix), ())
    show.frame(2 * FRAME_S)
    last = show.frames[-1]
    assert (last.precision, last.recall, last.success, last.abandonment) == (0.6, 0.75, 0.8, 0.25)


def test_a_moment_is_no_frame() -> None:
    show = Show("run", 1)
    show.frame(0.5)
    assert not show.frames
    show.frame(1.5)
    show.frame(1.9)
    assert [frame.at_s for frame in show.frames] == [1.5]
