"""`hubbub judge`: conversations that were held elsewhere, judged like a run."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console

from hubbub.checks.own import load_checks
from hubbub.connectors.escalation import load_preset
from hubbub.errors import UsageError
from hubbub.gates import parse_gate, unknown_check
from hubbub.reports.evidence import read_evidence
from hubbub.reports.files import write_reports
from hubbub.reports.terminal import show
from hubbub.runs.exhibits import Terms
from hubbub.runs.held_elsewhere import judge_transcripts
from hubbub.specs.expectations import load_expectations, load_people
from hubbub.transcripts.columns import Columns, Senders
from hubbub.transcripts.reading import Log, read_log
from hubbub.written import write_whole

_SHOWN = 20  # rows left out that are listed; skipped.txt has them all


@click.command("judge")
@click.argument("transcripts", type=click.Path(path_type=Path))
@click.option("--personas", multiple=True, type=click.Path(path_type=Path), help="Persona files or folders.")
@click.option("--expect", type=click.Path(path_type=Path), help="YAML: what is expected, by conversation.")
@click.option("--column", "columns", multiple=True, metavar="MEANING=NAME", help="What a column is called.")
@click.option("--customer", "customers", multiple=True, metavar="NAME",
              help="A sender who is a customer; '*': everybody else.")  # fmt: skip
@click.option("--agent", "agents", multiple=True, metavar="NAME", help="A sender who is the agent.")
@click.option("--person", "people", multiple=True, metavar="NAME", help="A sender who is a human colleague.")
@click.option("--escalation", default="openai-tools", show_default=True, help="How an escalation shows.")
@click.option("--escalation-tool", "tools", multiple=True, metavar="NAME", help="These tools, and no others, call one.")
@click.option("--shows", multiple=True, type=click.Choice(["tools", "audit_id"]), help="What every reply here shows.")
@click.option("--check", "checks", multiple=True, metavar="FILE.py:NAME", help="A check of your own.")
@click.option("--gate", "gates", multiple=True, metavar="GATE", help="A limit to keep: 'cross_talk == 0'.")
@click.option("--results", type=click.Path(path_type=Path), default=Path("results"), show_default=True)
def command(
    transcripts: Path, personas: tuple[Path, ...], expect: Path | None, columns: tuple[str, ...],
    customers: tuple[str, ...], agents: tuple[str, ...], people: tuple[str, ...], escalation: str,
    tools: tuple[str, ...], shows: tuple[str, ...], checks: tuple[str, ...], gates: tuple[str, ...], results: Path,
) -> None:  # fmt: skip
    """Judge the conversations in TRANSCRIPTS, a log: JSON lines, JSON or CSV, also gzipped.

    A row is a message (conversation, time, sender, text, perhaps tool calls) or a whole conversation (a list of
    messages as chat APIs write them, or a trajectory with tool calls). Leaves a folder under results/ like a run's,
    with the same journal, reports and verdict. Rows that make no sense are listed with their line, and left out.

    \b
    Exit codes: those of `hubbub run`.
    \b
    Examples:   hubbub judge chats.csv --gate "needless_escalation_rate <= 5 %"
                hubbub judge trajectories.json --personas personas --expect expected.yaml
                hubbub judge tickets.jsonl --column conversation=ticket --agent helpdesk-bot
    """
    _check_gates(gates, checks)
    preset, _ = load_preset(escalation)
    own = load_checks(checks, Path())
    log = read_log(transcripts, Columns(columns), Senders(customers, agents, people))
    terms = Terms(
        personas=load_people(personas),
        expected=load_expectations(expect) if expect else {},
        preset=preset,
        tool_names=tools,
        text_only=escalation == "text",
        shows=shows,
        checks=own,
    )
    _warn(log, terms)
    folder = judge_transcripts(log.transcripts, terms, transcripts, results, gates)
    if log.skipped:
        write_whole(folder / "skipped.txt", "".join(f"{skipped}\n" for skipped in log.skipped).encode())
    evidence = read_evidence(folder)
    write_reports(folder, evidence)
    show(Console(highlight=False), evidence.summary, evidence.verdict, folder)
    sys.exit(evidence.verdict.exit_code)


def _check_gates(gates: Sequence[str], checks: Sequence[str]) -> None:
    for text in gates:
        gate = parse_gate(text)
        problem = gate if isinstance(gate, str) else unknown_check(gate, checks)
        if problem:
            raise UsageError(f"--gate: {problem}")


def _warn(log: Log, terms: Terms) -> None:
    """Say what of the input was not used."""
    for note in log.notes:
        click.echo(note, err=True)
    for skipped in log.skipped[:_SHOWN]:
        click.echo(f"skipped: {skipped}", err=True)
    if len(log.skipped) > _SHOWN:
        click.echo(f"skipped: {len(log.skipped) - _SHOWN} more; skipped.txt lists them all", err=True)
    held = {name for transcript in log.transcripts for name in (transcript.name, transcript.task)}
    for name in sorted(set(terms.expected) - held):
        click.echo(f"--expect: there is no conversation {name}", err=True)
    named = {transcript.labels.persona for transcript in log.transcripts} | {
        expected.persona or "" for expected in terms.expected.values()
    }
    for persona in sorted(named - set(terms.personas) - {""}):
        click.echo(f"there is no persona {persona}: its conversations are judged without one", err=True)
