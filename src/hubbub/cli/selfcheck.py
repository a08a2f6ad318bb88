"""`hubbub selfcheck`: known answers at rising rates, to find how much load this machine measures honestly."""

import asyncio
import sys
import tempfile
from pathlib import Path

import click
from rich import box
from rich.console import Console
from rich.table import Table

from hubbub.specs.shipped import shipped_dir
from hubbub.specs.workload import load_workload
from hubbub.verdicts.selfcheck import Level, climb, measure

_RATES = (25.0, 50.0, 100.0, 200.0, 400.0, 600.0, 800.0, 1200.0)
_HEADS = ("asked", "got", "turns", "text50", "text99", "turn50", "turn99", "late99", "lag", "CPU", "honest")
_TITLE = "Turns/s; reported minus true, and how late we were, in ms"
INVALID = 3


def _row(level: Level) -> tuple[str, ...]:
    return (
        f"{level.asked_per_s:g}",
        f"{level.turns_per_s:.0f}",
        str(level.turns),
        *(_ms(s, "+") for s in (level.first_text_error_p50_s, level.first_text_error_p99_s)),
        *(_ms(s, "+") for s in (level.turn_error_p50_s, level.turn_error_p99_s)),
        *(_ms(s) for s in (level.late_p99_s, level.loop_lag_max_s)),
        f"{level.cpu_share:.0%}",
        "yes" if level.honest else "no",
    )


def _ms(seconds: float, sign: str = "") -> str:
    """Milliseconds to three digits or so: a table of them fits a narrow terminal on the worst of machines too."""
    ms = 1000 * seconds
    return f"{ms:{sign}.{2 if abs(ms) < 10 else 1 if abs(ms) < 100 else 0}f}"


@click.command("selfcheck")
@click.option("--seconds", type=click.FloatRange(1, 600), default=6.0, show_default=True, help="Length of each level.")
@click.option(
    "--rate", "rates", type=click.FloatRange(1, 20_000), multiple=True, help="A level in turns/s; repeatable."
)
@click.option(
    "--processes", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes to share the load."
)
@click.option("--keep", type=click.Path(path_type=Path), help="Keep the levels' result folders here.")
def command(seconds: float, rates: tuple[float, ...], processes: int, keep: Path | None) -> None:
    """Find out how much load this machine measures honestly.

    Drives the embedded agent, whose answers are known, at rising rates: 200 ms to the first text, 16 pieces 10 ms
    apart, 2 % of the replies broken off. Each level prints how far the reported latencies are from the agent's own log,
    how late messages left, and whether every broken reply was noticed. A level that is not honest is held once more, as
    something else may have used the machine just then; it stops at the first that is not honest twice.

    Ends with exit code 0, or 3 when not even the lowest level was honest.

    \b
    Example:  hubbub selfcheck --rate 100 --rate 300 --seconds 10
    """
    console = Console(highlight=False)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), title=_TITLE, title_justify="left")
    for head in _HEADS:
        table.add_column(head, justify="left" if head == "honest" else "right", no_wrap=True)
    best: Level | None = None
    why = []

    def held(rate: float, turns_each: float) -> Level:
        with console.status(f"{rate:g} turns/s for {seconds:g} s"):
            return _level(rate, seconds, processes, keep, turns_each)

    try:
        for level in climb(rates or _RATES, held):
            table.add_row(*_row(level))
            if level.honest:
                best = level
            else:
                why.append(f"At {level.asked_per_s:g} turns/s: {', '.join(level.problems)}.")
    finally:  # who stops it sees the levels that were held
        console.print(table)
    for line in why:
        console.print(line)
    if best is None:
        console.print("This machine does not measure even the lowest level honestly.")
        sys.exit(INVALID)
    console.print(f"This machine measures honestly up to {best.turns_per_s:.0f} turns/s with {processes} process(es).")


def _level(rate: float, seconds: float, processes: int, keep: Path | None, turns_each: float) -> Level:
    loaded = load_workload(shipped_dir("workloads") / "selfcheck.yaml")
    with tempfile.TemporaryDirectory() as scratch:
        return asyncio.run(measure(loaded, rate, seconds, processes, keep or Path(scratch), turns_each))
