"""`hubbub realism`: how near the customers come to people, by measures that are printed beside what people score."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from math import isnan
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from hubbub.model import Persona
from hubbub.realism.compared import Row, compare
from hubbub.realism.corpora import read_corpus
from hubbub.realism.dialogue import Dialogue
from hubbub.realism.rehearsed import rehearse
from hubbub.specs.shipped import demo_workload
from hubbub.specs.workload import load_workload
from hubbub.transcripts.columns import Columns, Senders
from hubbub.transcripts.values import Skipped

Dialogues = Sequence[Dialogue]
_HEADS = ("ours", "served", "people", "second")
_FEW = 200  # conversations of a corpus
_SHOWN = 20  # rows left out that are listed
_FILE = click.Path(exists=True, path_type=Path)


@click.command("realism")
@click.argument("workload", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--against", type=_FILE, help="Real conversations to compare with: JSON Lines or CSV, also gzipped.")
@click.option("--second", type=_FILE, help="Other real conversations, to show how far two corpora of people are apart.")
@click.option(
    "--conversations", default=1200, show_default=True, type=click.IntRange(50, 100_000), help="How many are held."
)
@click.option(
    "--agent",
    type=click.Choice(["reference", "listening"]),
    default="reference",
    show_default=True,
    help="The reference agent, or one that asks each customer for what it came to tell, whatever that is.",
)
@click.option("--seed", default=3, show_default=True, help="Of the customers.")
@click.option("--column", "columns", multiple=True, metavar="MEANING=NAME", help="What a column of a corpus is called.")
@click.option("--customer", "customers", multiple=True, metavar="NAME",
              help="A sender who is a customer; '*': everybody else.")  # fmt: skip
@click.option("--agent-name", "agents", multiple=True, metavar="NAME", help="A sender who is the agent.")
@click.option("--markdown", is_flag=True, help="Print the table in markdown.")
def command(
    workload: Path | None,
    against: Path | None,
    second: Path | None,
    conversations: int,
    agent: str,
    seed: int,
    columns: tuple[str, ...],
    customers: tuple[str, ...],
    agents: tuple[str, ...],
    markdown: bool,
) -> None:
    """Measure how near the customers of WORKLOAD (the demo, when none is named) come to people.

    Their conversations with an agent are held in process, at natural speed on a clock that jumps over the
    waiting; nothing is sent anywhere. "served" are those of them who need no human: like for like with a corpus of
    served matters. "people" is the corpus itself, or for a distance one half of it against the other: as low as it
    can get. "second" is a second corpus against the first: two crowds of real people.

    \b
    hubbub realism
    hubbub realism --against chats.jsonl.gz --second others.csv
    hubbub realism learnt/peak.yaml --agent listening --against more-chats.jsonl
    """
    if second is not None and against is None:
        raise click.UsageError("--second needs --against")
    loaded = load_workload(workload or demo_workload())
    named, speakers = Columns(columns), Senders(customers, agents)
    corpus, others = (() if file is None else _corpus(file, named, speakers) for file in (against, second))
    ours = rehearse(loaded.workload, loaded.personas, conversations, seed, listening=agent == "listening")
    rows = compare(ours, corpus, others, language=_language(loaded.personas))
    if markdown:
        click.echo(_in_markdown(rows))
        return
    shown = [0, *([1] if any(not dialogue.served for dialogue in ours) else []), *([2] if corpus else [])]
    shown += [3] if others else []
    table = Table("measure", *(_HEADS[at] for at in shown), "goal")
    for row in rows:
        figures = _figures(row)
        table.add_row(row.measure, *(figures[at] for at in shown), row.goal)
    Console(highlight=False).print(table)
    for line in _notes(ours, corpus, others):
        click.echo(line)


def _language(people: Iterable[tuple[Persona, float]]) -> str:
    """The language of most customers."""
    shares: Counter[str] = Counter()
    for persona, weight in people:
        shares[persona.locale.partition("-")[0]] += weight  # type: ignore[assignment]
    return shares.most_common(1)[0][0]


def _notes(ours: Dialogues, corpus: Dialogues, others: Dialogues) -> Iterator[str]:
    """How much the figures rest on."""
    named = (("ours", ours), ("people", corpus), ("second", others))
    sizes = (
        f"{name} {len(d):,} conversations, {sum(len(one.texts) for one in d):,} messages" for name, d in named if d
    )
    yield f"{'; '.join(sizes)}. \u00b1: half of a 95 % interval."
    if 0 < len(corpus) < _FEW:
        yield (f"A small corpus: distances under 'people' are of halves of {len(corpus) // 2} conversations each. Read "
               "ours beside them; with so few, none is near 0.")  # fmt: skip


def _corpus(file: Path, columns: Columns, senders: Senders) -> tuple[Dialogue, ...]:
    """What customers say in a file; rows that were left out are told."""
    left: list[Skipped] = []
    found = read_corpus(file, columns, senders, left.append)
    for skipped in left[:_SHOWN]:
        click.echo(f"skipped: {skipped}", err=True)
    if len(left) > _SHOWN:
        click.echo(f"skipped: {len(left) - _SHOWN} more", err=True)
    return found


def _figures(row: Row) -> list[str]:
    found = (row.ours, row.served, row.floor, row.other)
    return [_figure(value, margin) for value, margin in zip(found, row.margins, strict=True)]


def _figure(value: float, margin: float) -> str:
    return "" if isnan(value) else f"{value:.3f}" if isnan(margin) else f"{value:.3f} \u00b1{margin:.3f}"


def _in_markdown(rows: tuple[Row, ...]) -> str:
    lines = [
        "| measure | ours | ours, served | people | second corpus | goal |",
        "| --- | ---: | ---: | ---: | ---: | --- |",
    ]
    for row in rows:
        figures = " | ".join(_figures(row))
        lines.append(f"| {row.measure} | {figures} | {row.goal} |")
    return "\n".join(lines)
