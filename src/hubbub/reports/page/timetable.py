"""The timeline as a table: the same stretches of time, a few joined where there are many."""

from collections.abc import Iterator

from msgspec import Struct

from hubbub.reports.chronicle import Chronicle
from hubbub.reports.tables import Table
from hubbub.reports.timeline import Span
from hubbub.stats.histogram import PER_S

MOST_ROWS = 120


class Stretches(Struct, frozen=True):
    """Stretches of time of one width, each with the second it begins at; the last may end sooner, at `end_s`."""

    width_s: float
    spans: tuple[tuple[float, Span], ...]
    end_s: float


def stretches(chronicle: Chronicle, until_s: float) -> Stretches:
    """The timeline up to a moment, in at most so many stretches as a table can have rows."""
    spans = [(at_s, span) for at_s, span in chronicle.timeline.spans() if at_s <= until_s]
    together = -(-len(spans) // MOST_ROWS) or 1
    width_s = chronicle.timeline.width_s
    return Stretches(width_s * together, tuple(_joined(spans, together)), width_s * len(spans))


def _joined(spans: list[tuple[float, Span]], together: int) -> Iterator[tuple[float, Span]]:
    for first in range(0, len(spans), together):
        whole = Span()
        for _, span in spans[first : first + together]:
            whole.merge(span)
        yield spans[first][0], whole


def timetable(found: Stretches) -> Table:
    """What the timeline shows, one row per stretch."""
    head = ("from", "due/s", "begun/s", "open", "text p50", "p95", "p99", "turn p50", "p95", "p99", "failed")
    rows = tuple(_row(at_s, span, min(found.width_s, found.end_s - at_s)) for at_s, span in found.spans)
    return Table("Timeline", head, rows, note=f"a row is {found.width_s:g} s; latencies in seconds")


def lag_table(found: Stretches) -> Table:
    """How late we were ourselves, one row per stretch."""
    head = ("from", "event loop stood still", "sent late by")
    rows = tuple(
        (f"{at_s:,.0f} s", f"{span.lag_s * 1000:.3g} ms", f"{span.late_s * 1000:.3g} ms") for at_s, span in found.spans
    )
    return Table("How late the generator was", head, rows, note=f"a row is {found.width_s:g} s; the worst in each")


def _row(at_s: float, span: Span, width_s: float) -> tuple[str, ...]:
    quantiles = (
        "-" if (value := histogram.quantile(q)) is None else f"{value / PER_S:.3g}"
        for histogram in (span.first_text, span.turn)
        for q in (0.5, 0.95, 0.99)
    )
    opened = f"{sum(span.open.values()):,}" if span.open else "-"
    rates = (f"{span.arrivals / width_s:.3g}", f"{span.began / width_s:.3g}")
    return f"{at_s:,.0f} s", *rates, opened, *quantiles, f"{sum(span.failures.values()):,}"
