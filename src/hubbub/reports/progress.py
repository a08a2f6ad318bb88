"""How a run fares while it runs: a live table on a terminal, a line every five seconds in a log."""

from collections import deque
from contextlib import suppress
from types import TracebackType
from typing import Self

from rich import box
from rich.console import Console
from rich.live import Live as Screen
from rich.table import Table
from rich.text import Text

from hubbub.model import Workload
from hubbub.reports.plain import plain
from hubbub.stats.live import Live, recent_quantile

_LINE_EVERY_S = 5.0
_DRAW_EVERY_S = 0.25
_RATE_OVER_S = 5.0


class Progress:
    """Shows snapshots as they come; use it as a context, so that the terminal is left in order."""

    def __init__(self, console: Console, workload: Workload, *, quiet: bool = False) -> None:
        self._console = console
        self._workload = workload
        self._quiet = quiet
        self._past: deque[tuple[float, int, int]] = deque()  # seconds, started, turns
        self._shown_s = -_LINE_EVERY_S
        self._screen: Screen | None = None
        if console.is_terminal and not quiet:
            self._screen = Screen(console=console, auto_refresh=False, transient=True)

    def __enter__(self) -> Self:
        if self._screen is not None:
            self._screen.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._screen is not None:
            with suppress(OSError):
                self._screen.stop()

    def tell(self, live: Live, elapsed_s: float) -> None:
        """Take a snapshot at this many seconds since the start, and show it when it is time to."""
        self._past.append((elapsed_s, live.started, live.turns))
        while len(self._past) > 2 and self._past[1][0] <= elapsed_s - _RATE_OVER_S:
            self._past.popleft()
        if self._quiet or elapsed_s - self._shown_s < (_DRAW_EVERY_S if self._screen else _LINE_EVERY_S):
            return
        self._shown_s = elapsed_s
        try:
            self._show(live, elapsed_s)
        except OSError:  # a full disk under the log, a reader who is gone: the run is what counts, and goes on
            self._quiet = True

    def _show(self, live: Live, elapsed_s: float) -> None:
        rows = told(live, elapsed_s, self._workload.duration_s, self._rates())
        if self._screen is not None:
            self._screen.update(_table(self._workload.workload, rows), refresh=True)
        else:
            line = "  ".join(f"{name} {value}" for name, value in rows)
            self._console.print(Text(line), soft_wrap=True)

    def _rates(self) -> tuple[float, float]:
        """Arrivals and turns per second over the last few seconds."""
        (from_s, started, turns), (to_s, started_now, turns_now) = self._past[0], self._past[-1]
        span_s = to_s - from_s
        return ((started_now - started) / span_s, (turns_now - turns) / span_s) if span_s > 0 else (0.0, 0.0)


def told(live: Live, elapsed_s: float, duration_s: float, rates: tuple[float, float]) -> tuple[tuple[str, str], ...]:
    """What there is to tell of a snapshot, as names and values."""
    return (
        ("time", _time(elapsed_s, duration_s)),
        ("open", f"{live.open:,}"),
        ("arrivals", f"{rates[0]:.1f}/s ({live.started:,} in all)"),
        ("turns", f"{rates[1]:.1f}/s ({live.turns:,} in all)"),
        ("first text", _latency(live.recent_first_text_s)),
        ("turn", _latency(live.recent_turn_s)),
        ("escalations", f"{live.right:,} right, {live.wrong:,} wrong"),
        ("failed turns", _most(live.failures)),
        ("findings", _most(live.findings)),
        (
            "generator",
            f"late p99 {live.late_p99_s * 1000:.0f} ms, lag {live.loop_lag_s * 1000:.0f} ms,"
            f" cpu {live.cpu_share:.0%}, dropped {live.dropped:,}",
        ),
    )


def _most(counts: dict[str, int]) -> str:
    """The four most frequent."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{plain(name, 40)} {number:,}" for name, number in ordered[:4]) or "none"


def _latency(recent_s: tuple[float, ...]) -> str:
    p50, p95 = recent_quantile(recent_s, 0.5), recent_quantile(recent_s, 0.95)
    return "-" if p50 is None or p95 is None else f"p50 {p50:.2f} s, p95 {p95:.2f} s"


def _table(title: str, rows: tuple[tuple[str, str], ...]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_header=False, title=Text(title, style="bold"), title_justify="left")
    table.add_column(style="dim")
    table.add_column()
    for name, value in rows:
        table.add_row(Text(name), Text(value))
    return table


def _time(elapsed_s: float, duration_s: float) -> str:
    """How far it is; once nobody arrives any more, how long those who are there have been waited for."""
    drain_s = elapsed_s - duration_s
    more = f" + {drain_s:.0f} s of drain" if drain_s >= 0.5 else ""
    return f"{min(max(0.0, elapsed_s), duration_s):.0f}/{duration_s:.0f} s{more}"
