"""The Conversations tab: everything that is counted, as the rows of one table."""

from collections.abc import Iterator

from hubbub.locust_bridge.show import Show
from hubbub.stats.board import Board, PersonaCounts, quantile_s

KEY = "conversations"
TITLE = "Conversations"
COLUMNS = (("name", "What"), ("count", "Count"), ("share", "Share"), ("note", "Note"))
_ALL = "All"  # Locust sorts by `name`, and these rows are to be the first
Row = dict[str, str | int]


def rows(show: Show | None) -> list[Row]:
    """The table's rows, in the order in which they are read."""
    if show is None:
        return [_row(_ALL, "run", "", "", "none yet: start one on the first page")]
    board = show.board
    return [
        *_run(show, board),
        *_endings(board),
        *_escalation(board),
        *_findings(board),
        *_personas(board),
        *_fit(show),
    ]


def _run(show: Show, board: Board) -> Iterator[Row]:
    live = board.live
    yield _row(_ALL, "run", "", "", f"{show.run_id}: {show.verdict or 'under way'}")
    yield _row(_ALL, "open", live.open)
    yield _row(_ALL, "scheduled", live.scheduled)
    yield _row(_ALL, "ended", live.ended, _percent(live.ended, live.scheduled))
    yield _row(_ALL, "dropped", live.dropped, _percent(live.dropped, live.scheduled))
    yield _row(_ALL, "turns", live.turns)
    for name, counts in (("first text", board.first_text), ("whole reply", board.turn)):
        middle, high = quantile_s(counts, 0.5), quantile_s(counts, 0.95)
        yield _row(_ALL, name, sum(counts.values()), "", f"median {_seconds(middle)}, 95th percentile {_seconds(high)}")


def _endings(board: Board) -> Iterator[Row]:
    whole = sum(board.endings.values())
    for name, count in sorted(board.endings.items()):
        yield _row("Ending", name, count, _percent(count, whole))


def _escalation(board: Board) -> Iterator[Row]:
    m = board.escalation
    must, mustnot = m.must_escalated + m.must_not_escalated, m.mustnot_escalated + m.mustnot_not_escalated
    yield _row("Escalation", "needed, and done", m.must_escalated, _percent(m.must_escalated, must), "recall")
    yield _row("Escalation", "needed, and missed", m.must_not_escalated, _percent(m.must_not_escalated, must))
    yield _row("Escalation", "not needed, and done", m.mustnot_escalated, _percent(m.mustnot_escalated, mustnot))
    yield _row(
        "Escalation", "not needed, not done", m.mustnot_not_escalated, _percent(m.mustnot_not_escalated, mustnot)
    )
    yield _row("Escalation", "either is right: done", m.may_escalated)
    yield _row("Escalation", "either is right: not done", m.may_not_escalated)
    yield _row("Escalation", "right, and late", m.late)


def _findings(board: Board) -> Iterator[Row]:
    for name, count in sorted(board.live.findings.items()):
        yield _row("Finding", name, count, _percent(count, board.live.ended), "conversations")
    for name, count in sorted(board.live.failures.items()):
        yield _row("Failure", name, count, _percent(count, board.live.turns), "turns")


def _personas(board: Board) -> Iterator[Row]:
    for name, counts in board.personas.items():
        yield _row("Persona", name, counts.conversations, _percent(counts.resolved, counts.resolvable), _told(counts))


def _told(counts: PersonaCounts) -> str:
    return (
        f"{counts.resolved} of {counts.resolvable} resolved, {counts.escalated} escalated, "
        f"{counts.abandoned} abandoned, {counts.findings} findings"
    )


def _fit(show: Show) -> Iterator[Row]:
    board = show.board
    live = board.live
    yield _row("Generator", "workers", show.workers, "", f"{len(show.lost)} lost" if show.lost else "")
    yield _row("Generator", "sent late, 99th percentile", "", "", _seconds(live.late_p99_s))
    yield _row("Generator", "event loop's lag, last second's worst", "", "", _seconds(live.loop_lag_s))
    yield _row("Generator", "processor, of one core", "", f"{live.cpu_share:.0%}")
    yield _row("Generator", "replies not understood", board.unknown, _percent(board.unknown, board.heard))
    for lost in show.lost:
        yield _row("Generator", "lost", "", "", lost)


def _row(part: str, name: str, count: int | str = "", share: str = "", note: str = "") -> Row:
    return {"name": f"{part}: {name}", "count": count, "share": share, "note": note}


def _percent(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else ""


def _seconds(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f} s"
