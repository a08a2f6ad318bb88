"""Boards of several processes are one board, exactly."""

from made import whole_run

from hubbub.stats.board import Board, merged, quantile_s, since
from hubbub.stats.fold import WARM_UP, Fold


def folded(held: int, worker: int = 0, workers: int = 1) -> Board:
    fold = Fold()
    for record in whole_run(held, worker=worker, workers=workers):
        fold.add(record)
    return fold.board()


def test_boards_merge_exactly() -> None:
    parts = [folded(40, worker, 2) for worker in range(2)]
    one = Fold()
    for worker in range(2):
        for record in whole_run(40, worker=worker, workers=2):
            one.add(record)
    together, whole = merged(parts), one.board()
    assert together.first_text == whole.first_text
    assert together.turn == whole.turn
    assert together.endings == whole.endings
    assert together.escalation == whole.escalation
    assert together.personas == dict(sorted(whole.personas.items()))
    assert together.live.turns == whole.live.turns


def test_a_board_holds_the_warm_up_under_a_name_of_its_own() -> None:
    board = folded(60)
    assert board.personas[WARM_UP].conversations == 10
    assert board.whole.conversations == 60 == sum(board.endings.values())


def test_what_a_histogram_gained_is_what_came_between() -> None:
    before, now = {1000: 2}, {1000: 3, 2000: 1}
    assert since(now, before) == {1000: 1, 2000: 1}
    assert quantile_s(since(now, before), 1.0) == 0.002
    assert quantile_s({}, 0.5) is None


def test_merging_nothing_is_an_empty_board() -> None:
    assert merged(()).whole.conversations == 0
