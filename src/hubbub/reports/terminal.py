"""The summary and the verdict on a terminal, readable at 80 columns and without colour."""

from collections.abc import Sequence
from pathlib import Path

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from hubbub.model import Summary, Verdict
from hubbub.reports.plain import plain
from hubbub.reports.tables import Table, headline, tables

STYLE = {"pass": "green", "fail": "bold red", "unsure": "yellow", "invalid": "bold magenta"}
_ANY_WIDTH = 100_000
_LEAST_NAME = 8  # cells that a name keeps however narrow the terminal is


def show(console: Console, summary: Summary, verdict: Verdict, folder: Path) -> None:
    """Print a run's figures, then its verdict with the reasons, then where everything is."""
    console.print(Text(headline(summary), style="bold"))
    by_title = {table.title: table for table in tables(summary, verdict)}
    gates = by_title.pop("Gates", None)
    for table in (*by_title.values(), gates):
        if table is not None:
            console.print()
            print_table(console, table)
    console.print()
    print_verdict(console, summary, verdict, folder)


def print_verdict(console: Console, summary: Summary, verdict: Verdict, folder: Path) -> None:
    """Print the verdict with its reasons, and where everything is."""
    if summary.interrupted:
        console.print(Text("Interrupted: these are the figures of a part of the run."))
    console.print(Text(f"Verdict: {verdict.verdict}", style=STYLE[verdict.verdict]))
    for reason in verdict.reasons:
        console.print(Padding(Text(plain(reason)), (0, 0, 0, 2), expand=False))
    console.print(Text(f"Results: {folder}"), soft_wrap=True)


def print_table(console: Console, table: Table) -> None:
    """Print one table with its title and note. Where it is too wide, the names that its rows begin with are shortened.

    A name keeps its start and its end, which tell it from its neighbours. Other text is wrapped between words.
    """
    grid = _grid(table, table.rows)
    excess = Measurement.get(console, console.options.update(max_width=_ANY_WIDTH), grid).maximum - console.width
    if excess > 0 and table.left == 1:
        longest = max(cell_len(row[0]) for row in table.rows)
        room = max(_LEAST_NAME, cell_len(table.head[0]), longest - excess)
        dots = "..." if console.options.ascii_only else "…"
        grid = _grid(table, [(shortened(row[0], room, dots), *row[1:]) for row in table.rows])
    console.print(Text(table.title, style="bold"))
    console.print(grid)
    if table.note:
        console.print(Text(table.note, style="dim"))


def shortened(name: str, room: int, dots: str = "…") -> str:
    """The name in at most `room` cells of a terminal: what does not fit is left out of its middle."""
    if cell_len(name) <= room:
        return name
    kept = len(name)
    while kept and cell_len(name[: kept - kept // 2] + dots + name[len(name) - kept // 2 :]) > room:
        kept -= 1
    return name[: kept - kept // 2] + dots + name[len(name) - kept // 2 :]


def _grid(table: Table, rows: Sequence[tuple[str, ...]]) -> Grid:
    """The table as rich lays it out."""
    apart = 0 if len(table.head) > 5 else 1  # wide tables need the room for their labels
    grid = Grid(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, apart, 0, 0), show_header=any(table.head))
    for at, name in enumerate(table.head):
        right = at >= table.left and table.title != "Generator"
        grid.add_column(Text(name), justify="right" if right else "left", overflow="fold")
    for at, row in enumerate(rows):
        style = STYLE.get(table.tones[at], "") if table.tones else ""
        grid.add_row(*(Text(cell) for cell in row), style=style)
    return grid
