"""`hubbub learn`: customers that speak and behave like those of the user's own logs."""

import re
from collections.abc import Callable
from pathlib import Path

import click
from rich.console import Console

from hubbub.errors import UsageError
from hubbub.learning.fit import hold_against
from hubbub.learning.learnt import Wishes, learn
from hubbub.learning.page import learnt_page, show_learnt
from hubbub.learning.risk import weigh
from hubbub.learning.writing import write_all
from hubbub.reports.files import as_json
from hubbub.specs.beginnings import checked_name
from hubbub.transcripts.columns import Columns, Senders
from hubbub.transcripts.reading import Log, read_log
from hubbub.written import write_whole

_QUOTED, _MASK = re.compile(r"(['\"]).*?\1"), "'...'"  # what a row said stays out of a folder that may be shared
_LARGE = 20_000  # messages, of which a minute is needed for some ten times as many
_SHOWN = 20  # rows left out that are listed; skipped.txt has them all


@click.command("learn")
@click.argument("transcripts", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), default=Path("learnt"), show_default=True, help="A new folder.")
@click.option("--name", default="learnt", show_default=True, help="What the workloads are called.")
@click.option("--k", default=2, show_default=True, type=click.IntRange(2, 1000),
              help="How many customers must share a phrase, or each piece of one.")  # fmt: skip
@click.option("--matters", default=24, show_default=True, type=click.IntRange(1, 200), help="Most matters told apart.")
@click.option("--locale", default="en-US", show_default=True, help="Of the customers: language and region.")
@click.option("--industry", default="retail", show_default=True, help="Of the personas.")
@click.option("--column", "columns", multiple=True, metavar="MEANING=NAME", help="What a column is called.")
@click.option("--customer", "customers", multiple=True, metavar="NAME",
              help="A sender who is a customer; '*': everybody else.")  # fmt: skip
@click.option("--agent", "agents", multiple=True, metavar="NAME", help="A sender who is the agent.")
@click.option("--person", "people", multiple=True, metavar="NAME", help="A sender who is a human colleague.")
@click.option("--seed", default=1, show_default=True, help="Of what is put together.")
def command(
    transcripts: Path, out: Path, name: str, k: int, matters: int, locale: str, industry: str,
    columns: tuple[str, ...], customers: tuple[str, ...], agents: tuple[str, ...], people: tuple[str, ...], seed: int,
) -> None:  # fmt: skip
    """Learn from the conversations in TRANSCRIPTS how customers write, what they tell, how fast, how often and when.

    TRANSCRIPTS is a log as `hubbub judge` reads it: JSON lines, JSON or CSV, also gzipped, with conversation, sender,
    text and perhaps time. Values are taken out, and what fewer than K customers said is not kept as it was. Leaves a
    folder with a pack of words, personas, workloads, report.html and review.txt: read that before you share it.

    \b
    Examples:   hubbub learn chats.csv --out learnt/shop --industry retail
                hubbub learn tickets.jsonl --column conversation=ticket --column time=created --agent helpdesk
                hubbub run learnt/shop/peak.yaml
    """
    checked_name(name)
    if out.exists():
        raise UsageError(f"{out} is there already: name another with --out, or remove it")
    log = read_log(transcripts, Columns(columns), Senders(customers, agents, people))
    _warn(log)
    tell = _steps(sum(len(transcript.messages) for transcript in log.transcripts), len(log.transcripts))
    learnt = learn(log.transcripts, Wishes(k, matters, locale, industry, seed), tell)
    write_all(learnt, out, name)
    tell("holding conversations beside the log")
    risk, fit = weigh(learnt), hold_against(learnt, out / "peak.yaml")
    write_whole(out / "report.html", learnt_page(transcripts.name, learnt, fit, risk).encode())
    write_whole(out / "fit.json", as_json(fit))
    write_whole(out / "review.txt", "".join(f"{d.phrase}\t{d.reason}\n" for d in risk.doubts).encode())
    if log.skipped:
        text = "".join(f"{_QUOTED.sub(_MASK, str(skipped))}\n" for skipped in log.skipped)
        write_whole(out / "skipped.txt", text.encode())
    show_learnt(Console(highlight=False), learnt, fit, risk)
    click.echo(f"Written to {out}: see report.html, and review.txt before you share it")


def _steps(messages: int, conversations: int) -> Callable[[str], None]:
    """What tells each step of a log that takes a while."""
    if messages < _LARGE:
        return lambda _: None
    click.echo(f"read {messages:,} messages in {conversations:,} conversations", err=True)
    return lambda step: click.echo(f"{step} ...", err=True)


def _warn(log: Log) -> None:
    for note in log.notes:
        click.echo(note, err=True)
    for skipped in log.skipped[:_SHOWN]:
        click.echo(f"skipped: {skipped}", err=True)
    if len(log.skipped) > _SHOWN:
        click.echo(f"skipped: {len(log.skipped) - _SHOWN} more; skipped.txt lists them all", err=True)
