"""What the pages show of a run: boards of all processes put together, their course over time, and stories."""

from collections import deque

from msgspec import Struct

from hubbub.locust_bridge.stories import Told
from hubbub.stats.board import Board, merged, quantile_s, since

FRAME_S = 3.0  # as often as workers report
_SHORTEST_S = 1.0  # less would say little
_FRAMES = 1200  # an hour
_STORIES = 200


class Frame(Struct, frozen=True):
    """A stretch of a run, on the charts. Shares are of the whole run so far; a share of nothing is None."""

    at_s: float
    offered_per_s: float
    turns_per_s: float
    open: int
    first_text_p95_s: float | None
    precision: float | None
    recall: float | None
    success: float | None
    abandonment: float | None


class Show:
    """One run as it is watched."""

    def __init__(self, run_id: str, workers: int) -> None:
        self.run_id = run_id
        self.workers = workers
        self.frames: deque[Frame] = deque(maxlen=_FRAMES)
        self.stories: deque[Told] = deque(maxlen=_STORIES)
        self.lost: list[str] = []
        self.verdict = ""
        self._boards: dict[str, Board] = {}
        self._last = Board()
        self._last_s = 0.0

    @property
    def board(self) -> Board:
        """All processes together."""
        return merged(self._boards.values())

    def report(self, who: str, board: Board, stories: tuple[Told, ...]) -> None:
        """Take one process's report. Boards are whole, so one that was lost on the way costs nothing."""
        self._boards[who] = board
        self.stories.extend(stories)

    def frame(self, at_s: float) -> None:
        """Note how the run stands, and what was new since the last time."""
        board, span_s = self.board, at_s - self._last_s
        if span_s < _SHORTEST_S:
            return
        whole, matrix = board.whole, board.escalation
        last, self._last, self._last_s = self._last, board, at_s
        self.frames.append(
            Frame(
                at_s=round(at_s, 1),
                offered_per_s=round((board.live.scheduled - last.live.scheduled) / span_s, 3),
                turns_per_s=round((board.live.turns - last.live.turns) / span_s, 3),
                open=board.live.open,
                first_text_p95_s=quantile_s(since(board.first_text, last.first_text), 0.95),
                precision=_share(matrix.must_escalated, matrix.must_escalated + matrix.mustnot_escalated),
                recall=_share(matrix.must_escalated, matrix.must_escalated + matrix.must_not_escalated),
                success=_share(whole.resolved, whole.resolvable),
                abandonment=_share(whole.abandoned, whole.own),
            )
        )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
