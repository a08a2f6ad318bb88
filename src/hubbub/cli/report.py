"""`hubbub report`: a run's summary and verdict again, from its journal alone."""

import sys
from pathlib import Path

import click
from rich.console import Console

from hubbub.reports.evidence import read_evidence
from hubbub.reports.files import as_json, write_reports
from hubbub.reports.terminal import show


@click.command("report")
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--json", "in_json", is_flag=True, help="Print the summary and the verdict as one JSON object.")
def command(run: Path, in_json: bool) -> None:
    """Show the summary of RUN, a results folder, again; its report files are written anew.

    Only the journals and the manifest are read. Ends with the exit code that the run's verdict has.

    \b
    Example:  hubbub report results/demo-20260301T101500Z-7
    """
    evidence = read_evidence(run)
    write_reports(run, evidence)
    summary, verdict = evidence.summary, evidence.verdict
    if in_json:
        sys.stdout.buffer.write(as_json({"summary": summary, "verdict": verdict}))
    else:
        show(Console(highlight=False), summary, verdict, run)
    sys.exit(verdict.exit_code)
