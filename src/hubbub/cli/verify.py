"""`hubbub verify`: is a run's journal as it was written?"""

import sys
from pathlib import Path

import click

from hubbub.journal import verify


@click.command("verify")
@click.argument("run", type=click.Path(path_type=Path))
def command(run: Path) -> None:
    """Check the journals of RUN, a results folder: each line's CRC, each batch's place in the hash chain, the end.

    \b
    Exit codes: 0 as written, 3 damaged, 5 without an end (a killed worker leaves that behind), 2 no such run.
    \b
    Example:    hubbub verify results/demo-20260301T101500Z-7
    """
    verified = verify(run)
    for flaw in verified.damage:
        click.echo(f"damage   {flaw}")
    for flaw in verified.unended:
        click.echo(f"unended  {flaw}")
    said = {0: "as it was written", 3: "damaged", 5: "whole as far as it goes, and without its end"}
    click.echo(f"{verified.records:,} records in {verified.batches:,} sealed batches: {said[verified.exit_code]}")
    sys.exit(verified.exit_code)
