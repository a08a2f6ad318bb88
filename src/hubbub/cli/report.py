"""`hubbub report`: a run's summary and verdict again, from its journal alone."""

import sys
from pathlib import Path

import click
from rich.console import Console

from hubbub.journal import read_folder
from hubbub.model import Summary, Verdict
from hubbub.reports.csv_files import write_csv
from hubbub.reports.evidence import read_evidence
from hubbub.reports.files import as_json, write_reports
from hubbub.reports.markdown import markdown
from hubbub.reports.otlp import FILE, Origin, otlp_lines
from hubbub.reports.terminal import show
from hubbub.runs.beginning import began_at_s
from hubbub.written import writing


@click.command("report")
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--json", "in_json", is_flag=True, help="Print the summary and the verdict as one JSON object.")
@click.option("--markdown", "in_markdown", is_flag=True, help="Print them as markdown, for a CI job's summary.")
@click.option("--csv", "with_csv", is_flag=True, help="Also write conversations.csv and turns.csv.")
@click.option("--otel", "with_otel", is_flag=True, help=f"Also write {FILE}: OpenTelemetry spans, as OTLP/JSON.")
def command(run: Path, in_json: bool, in_markdown: bool, with_csv: bool, with_otel: bool) -> None:
    """Show the summary of RUN, a results folder, again; its report files are written anew.

    Only the journals and the manifest are read. Ends with the exit code that the run's verdict has.

    \b
    Examples:  hubbub report results/demo-20260301T101500Z-7
               hubbub report results/demo-20260301T101500Z-7 --csv --otel
               hubbub report results/demo-20260301T101500Z-7 --markdown >> "$GITHUB_STEP_SUMMARY"
    """
    evidence = read_evidence(run)
    summary, verdict = evidence.summary, evidence.verdict
    try:
        write_reports(run, evidence)
        if with_csv:
            write_csv(run, read_folder(run))
        if with_otel:
            _write_spans(run, summary)
    finally:  # a full or foreign disk takes no file; what is in the journal is told all the same
        _tell(run, summary, verdict, in_json=in_json, in_markdown=in_markdown)
    sys.exit(verdict.exit_code)


def _tell(run: Path, summary: Summary, verdict: Verdict, *, in_json: bool, in_markdown: bool) -> None:
    if in_json:
        sys.stdout.buffer.write(as_json({"summary": summary, "verdict": verdict}))
    elif in_markdown:
        click.echo(markdown(summary, verdict), nl=False)
    else:
        show(Console(highlight=False), summary, verdict, run)


def _write_spans(run: Path, summary: Summary) -> None:
    origin = Origin(run.resolve().name, summary.workload, summary.seed, began_at_s(run, read_folder(run)))
    with writing(run / FILE), (run / FILE).open("wb") as file:
        file.writelines(otlp_lines(read_folder(run), origin))
