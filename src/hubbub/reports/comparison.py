"""A comparison of two runs as tables, and on a terminal."""

from rich.console import Console
from rich.text import Text

from hubbub.gates import show
from hubbub.model import Change, Comparison
from hubbub.reports.plain import plain
from hubbub.reports.tables import Table
from hubbub.reports.terminal import STYLE, print_table

_TONES = {"worse": "fail", "better": "pass", "unsure": "unsure", "same": "", "no_samples": ""}
_ORDER = ("worse", "unsure", "better", "same", "no_samples")
_WORDS = {"no_samples": "unseen"}


def comparison_tables(comparison: Comparison) -> tuple[Table, ...]:
    """Gates first, then gated metrics, then the rest; of these the worst first."""
    gates = tuple((plain(g.gate), _told(g.base), _told(g.candidate)) for g in comparison.gates)
    tones = tuple("fail" if g.candidate == "fail" and g.base != "fail" else "" for g in comparison.gates)
    gated = [change for change in comparison.changes if change.gated]
    rest = [change for change in comparison.changes if not change.gated]
    every = (
        Table("Gates", ("gate", "base", "candidate"), gates, 3, tones),
        _changes("What the gates are on", gated),
        _changes("What else was measured", rest),
    )
    return tuple(table for table in every if table.rows)


def headline(comparison: Comparison) -> str:
    """The comparison in a line."""
    pairs = f"{comparison.paired:,} conversations in pairs" if comparison.paired else "not in pairs"
    latency, share = comparison.tolerance * 100, comparison.share_tolerance * 100
    return (
        f"{plain(comparison.base)} against {plain(comparison.candidate)}, {pairs};"
        f" tolerance {latency:g} % of a latency, {share:g} points of a share"
    )


def show_comparison(console: Console, comparison: Comparison) -> None:
    """Print it, the verdict last."""
    console.print(Text(headline(comparison), "bold"))
    for table in comparison_tables(comparison):
        console.print()
        print_table(console, table)
    for warning in comparison.warnings:
        console.print(Text(f"Mind: {plain(warning)}", "yellow"))
    console.print(Text(f"Verdict: {comparison.verdict}", STYLE[comparison.verdict]))
    for reason in comparison.reasons:
        console.print(Text(f"  {plain(reason)}"), soft_wrap=True)


def _changes(title: str, changes: list[Change]) -> Table:
    ordered = sorted(changes, key=lambda change: _ORDER.index(change.outcome))
    rows = tuple(_row(change) for change in ordered)
    note = "change at 95 %: latencies as a share of the base, shares in points"
    head = ("outcome", "metric", "base", "candidate", "change", "95 % interval")
    return Table(title, head, rows, 2, tuple(_TONES[change.outcome] for change in ordered), note)


def _row(change: Change) -> tuple[str, ...]:
    low, high = (_moved(change, bound) for bound in (change.low, change.high))
    return (
        _WORDS.get(change.outcome, change.outcome),
        change.metric,
        show(change.base, change.unit),
        show(change.candidate, change.unit),
        _moved(change, change.change),
        f"{low.removesuffix(' %')} to {high.removesuffix(' %')}" if change.low is not None else "-",
    )


def _moved(change: Change, value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value * 100:+.1f} %" if change.kind == "ratio" else f"{value * 100:+.2f}"


def _told(verdict: str | None) -> str:
    return verdict or "none"
