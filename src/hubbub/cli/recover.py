"""`hubbub recover`: mend the journals of a run that was cut off, and account for every conversation."""

from pathlib import Path

import click

from hubbub.journal import recover


@click.command("recover")
@click.argument("run", type=click.Path(path_type=Path))
def command(run: Path) -> None:
    """Mend the journals of RUN, a results folder, after a kill or a full disk.

    A torn last line is cut off and kept beside the journal; recovered.json accounts for every conversation:
    started = ended + unfinished. Done twice, it changes nothing. Damage elsewhere is left alone: exit code 3.

    \b
    Example:  hubbub recover results/demo-20260301T101500Z-7
    """
    recovered = recover(run)
    for journal in recovered.journals:
        why = "the disk was full" if journal.disk_full else "its worker was lost"
        lost = "" if journal.closed else f"; {why}"
        cut = f"; {journal.cut_bytes:,} torn bytes kept in {journal.cut_kept_in}" if journal.cut_bytes else ""
        click.echo(f"{journal.file}: {journal.records:,} records, {journal.unsealed_records} unsealed{cut}{lost}")
    account = recovered.account
    click.echo(f"started {account.started:,} = ended {account.ended:,} + unfinished {account.unfinished:,}")
    if account.dropped:
        click.echo(f"dropped {account.dropped:,}")
    if account.unfinished_numbers:
        shown = ", ".join(str(number) for number in account.unfinished_numbers[:20])
        more = f" and {account.unfinished - 20:,} more in recovered.json" if account.unfinished > 20 else ""
        click.echo(f"unfinished: {shown}{more}")
