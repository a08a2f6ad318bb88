"""`hubbub probe WORKLOAD`: one conversation, and what was understood of the agent."""

import asyncio
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from hubbub.reports.plain import plain
from hubbub.runs.probing import Answered, Noticed, probe, unreachable
from hubbub.specs.workload import load_workload

_MARK = {"good": ("ok  ", "green"), "note": ("note", "yellow"), "bad": ("BAD ", "bold red")}


@click.command("probe")
@click.argument("workload", type=click.Path(path_type=Path))
def command(workload: Path) -> None:
    """Hold one conversation with the agent of a WORKLOAD, and say line by line what was understood.

    Three turns: a question, a look back at it, and a wish for a human. Where a guess is wrong, the line says which
    setting to change. Nothing is kept.

    \b
    Exit codes: 0 understood, 2 usage or spec, 4 the agent was not reached, or nothing it said could be read.
    \b
    Example:    hubbub probe my-workload.yaml
    """
    probed = asyncio.run(probe(load_workload(workload)))
    console = Console(highlight=False, soft_wrap=True)
    for turn in probed.turns:
        _tell_turn(console, turn)
    console.print()
    for noticed in probed.noticed:
        _tell(console, noticed)
    if not probed.understood:
        raise unreachable(probed)


def _tell_turn(console: Console, turn: Answered) -> None:
    console.print(Text.assemble(("customer    ", "bold cyan"), turn.said))
    if turn.reply is None:
        console.print(Text.assemble(("            ", ""), (plain(f"{turn.outcome}: {turn.detail}"), "red")))
        return
    console.print(Text.assemble(("agent       ", "bold green"), plain(turn.reply.text) or "(no text)"))


def _tell(console: Console, noticed: Noticed) -> None:
    word, style = _MARK[noticed.state]
    console.print(Text.assemble((word, style), f"  {noticed.topic:<11} {plain(noticed.seen)}"))
    if noticed.change and noticed.state != "good":
        console.print(Text(f"                  change: {noticed.change}", style="dim"))
