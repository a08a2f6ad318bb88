"""One conversation as people read it: who said what, when, and what was made of it."""

from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from hubbub.model import Conversation, Finding, Record, Turn
from hubbub.reports.plain import plain
from hubbub.reports.scribe import beyond_acts

_LONGEST = 100_000  # characters of a line of a reply


def transcript(records: Iterable[Record]) -> Iterator[RenderableType]:
    """Lines for a terminal, from the records of one conversation in the order they were written."""
    for record in records:
        if isinstance(record, Turn):
            yield from _turn(record)
        elif isinstance(record, Finding):
            found = f" {plain(record.check)} at turn {record.turn}: {plain(record.reason)}"
            yield Text.assemble((record.verdict, "bold red"), found)
        elif isinstance(record, Conversation):
            lasted = f"{record.turns} turns, {record.ended_s - record.started_s:.1f} s"
            how = f": {plain(record.reason)} ({lasted}; escalated: {record.escalated or 'no'})"
            yield Text.assemble((record.ending, "bold"), how)


def _turn(turn: Turn) -> Iterator[RenderableType]:
    for text in turn.texts:
        yield _said(turn.sent_s, Text("customer", style="bold cyan"), text)
    if turn.reply is not None and turn.reply.text:
        when = turn.first_text_s if turn.first_text_s is not None else turn.over_s or turn.sent_s
        yield _said(when, Text("agent", style="bold green"), turn.reply.text)
    yield Padding(Text(plain(_margin(turn), _LONGEST), style="dim"), (0, 0, 0, 20))


def _said(at_s: float, who: Text, text: str) -> Table:
    """Who said what: the words stay in a column of their own, and steer no terminal."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(min_width=8, justify="right", style="dim")
    grid.add_column(min_width=8)
    grid.add_column(overflow="fold")
    lines = (plain(line, _LONGEST) for line in text.split("\n"))
    grid.add_row(f"{at_s:.2f}", who, Text("\n".join(lines)))
    return grid


def _margin(turn: Turn) -> str:
    if turn.outcome != "ok":
        return f"{turn.outcome} {turn.detail}".strip()
    waited = (turn.over_s or turn.sent_s) - turn.due_s
    parts = [f"{turn.act} → {', '.join(turn.heard.acts) if turn.heard else '?'}"]
    if turn.channel:
        parts.insert(0, f"on {turn.channel}")
    if turn.copy_of:
        parts.insert(0, f"second delivery of turn {turn.copy_of}")
    if turn.heard:
        parts += beyond_acts(turn.heard)
        parts += [f"hand-off {s.state} ({s.provenance})" for s in turn.heard.signals]
    return "; ".join((*parts, f"{waited:.2f} s", f"frustration {turn.frustration:g}"))
