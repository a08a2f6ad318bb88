"""`hubbub agree`: do conversations end alike when other words are used?"""

from pathlib import Path

import click
from rich.console import Console

from hubbub.reports.plain import plain
from hubbub.reports.tables import Table
from hubbub.reports.terminal import print_table
from hubbub.verdicts.agreement import agreement


@click.command("agree")
@click.argument("base", type=click.Path(path_type=Path))
@click.argument("other", type=click.Path(path_type=Path))
def command(base: Path, other: Path) -> None:
    """Pair the conversations of the runs BASE and OTHER, and count by persona how many came to the same outcome.

    For two runs of one workload and seed, one worded by the grammar and one by a model: the same customers, with the
    same goals and decisions, in other words. Where outcomes differ much, the agent depends on how things are put.

    \b
    Example:    hubbub agree results/peak-20260301T101500Z-7 results/peak-llm-20260301T103000Z-7
    """
    rows = tuple(
        (
            plain(one.persona) or "all",
            f"{one.pairs:,}",
            f"{one.ending / one.pairs:.1%}",
            f"{one.escalation / one.pairs:.1%}",
            f"{one.low:.1%} to {one.high:.1%}",
        )
        for one in agreement(base, other)
    )
    head = ("persona", "pairs", "same ending", "same on a human", "95 % interval")
    print_table(Console(highlight=False), Table("Agreement", head, rows, 1))
