"""`hubbub show RUN N`: one conversation of a run, as it went."""

import sys
from pathlib import Path

import click
from msgspec.json import encode
from rich.console import Console
from rich.text import Text

from hubbub.model import Conversation, Record, Started
from hubbub.reports.plain import plain
from hubbub.reports.transcript import transcript
from hubbub.runs.findings import conversation_of, read_findings


@click.command("show")
@click.argument("run", type=click.Path(path_type=Path))
@click.argument("number", type=int)
@click.option("--json", "in_json", is_flag=True, help="Print its journal records, one JSON object per line.")
def command(run: Path, number: int, in_json: bool) -> None:
    """Print conversation NUMBER of RUN as it is in the journal: words, times, what was heard, findings, ending.

    \b
    Example:  hubbub show results/demo-20260301T101500Z-7 42
    """
    records = conversation_of(run, number)
    if in_json:
        for record in records:
            sys.stdout.buffer.write(encode(record) + b"\n")
        return
    console = Console(highlight=False)
    console.print(Text(_heading(number, records), style="bold"))
    for line in transcript(records):
        console.print(line)
    for one in read_findings(run).found:
        if one.finding.number == number and one.finding.check == "inconsistent_answer":
            console.print(Text(f"failed inconsistent_answer: {plain(one.finding.reason)}"))


def _heading(number: int, records: tuple[Record, ...]) -> str:
    started = next((record for record in records if isinstance(record, Started)), None)
    ended = next((record for record in records if isinstance(record, Conversation)), None)
    parts = [f"Conversation {number}"]
    if started is not None:
        parts += [plain(started.persona), f"stage {started.stage + 1}", f"due at {started.due_s:.2f} s"]
    if ended is None:
        parts.append("not ended in the journal")
    elif ended.expected:
        trigger = f" ({ended.trigger})" if ended.trigger else ""
        parts.append(f"a human: {ended.expected.replace('_', ' ')}{trigger}")
    return ", ".join(parts)
