"""`hubbub replay RUN N`: one conversation of a run, held again."""

import asyncio
from pathlib import Path

import click
from rich.console import Console

from hubbub.model import Record
from hubbub.reports.transcript import transcript
from hubbub.runs.again import hold_again


@click.command("replay")
@click.argument("run", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("number", type=int)
@click.option("--speed", type=click.FloatRange(min=0, min_open=True), help="Overrides the workload's speed.")
def command(run: Path, number: int, speed: float | None) -> None:
    """Hold conversation NUMBER of a run again, alone, and print it.

    The customer is the same: drawn from the run's seed and the conversation's number. What the agent answers is up to
    the agent; one that answers the same is asked the same.

    \b
    Example:  hubbub replay results/demo-20260301T101500Z-7 42 --speed 50
    """
    console = Console(highlight=False)

    def told(record: Record) -> None:
        for line in transcript((record,)):
            console.print(line)

    asyncio.run(hold_again(run, number, told, speed=speed))
