"""`hubbub findings RUN`: what went wrong, how often, for whom, from which load on, and where to look."""

import sys
from pathlib import Path

import click
from msgspec.json import encode
from rich.console import Console
from rich.text import Text

from hubbub.model import JudgementName
from hubbub.reports.findings import as_record, listing, overview, pairing
from hubbub.reports.plain import plain
from hubbub.runs.findings import known, pair_escalations, read_findings

_VERDICTS: tuple[JudgementName, ...] = ("failed", "unsure", "not_observable")


@click.command("findings")
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--class", "check", help="Only this class, such as missed_escalation.")
@click.option("--persona", help="Only this persona's conversations.")
@click.option("--stage", type=click.IntRange(min=1), help="Only this stage, counted from 1.")
@click.option("--verdict", type=click.Choice([*_VERDICTS, "all"]), default="failed", show_default=True)
@click.option("--limit", type=click.IntRange(min=0), default=20, show_default=True, help="Findings to list; 0 for all.")
@click.option("--json", "in_json", is_flag=True, help="Print every finding as one JSON object per line.")
@click.option("--beside", type=click.Path(path_type=Path), help="Another run with the same customers, to compare with.")
def command(
    run: Path,
    check: str | None,
    persona: str | None,
    stage: int | None,
    verdict: str,
    limit: int,
    in_json: bool,
    beside: Path | None,
) -> None:
    """List what the checks found in RUN: first how often and for whom, then each with its evidence.

    With --beside OTHER the same customers are paired by number, and it is tested whether OTHER calls humans more often.

    \b
    Examples:  hubbub findings results/demo-20260301T101500Z-7
               hubbub findings results/demo-20260301T101500Z-7 --class missed_escalation --persona smoking-kettle
    """
    findings = read_findings(run)
    for kind, name in (("class", check), ("persona", persona)):
        if name is not None and findings.found:
            known(findings, kind, name)
    chosen = [
        one
        for one in findings.found
        if (check is None or one.finding.check == check)
        and (persona is None or one.persona == persona)
        and (stage is None or one.stage == stage - 1)
        and verdict in ("all", one.finding.verdict)
    ]
    if in_json:
        for one in chosen:
            sys.stdout.buffer.write(encode(as_record(one)) + b"\n")
        return
    console = Console(highlight=False)
    for part in overview(findings, chosen):
        console.print(part)
    shown = chosen[:limit] if limit else chosen
    for line in listing(shown):
        console.print(line, soft_wrap=True)
    if len(shown) < len(chosen):
        console.print(Text(f"... and {len(chosen) - len(shown):,} more; --limit 0 lists all", style="dim"))
    if shown:
        console.print(Text(f"hubbub show {run} {shown[0].finding.number} prints the first of them whole", style="dim"))
    if findings.blind:
        console.print(Text(f"Not observable here: {', '.join(map(plain, findings.blind))}", style="dim"))
    if beside is not None:
        console.print(Text(pairing(pair_escalations(run, beside))))
