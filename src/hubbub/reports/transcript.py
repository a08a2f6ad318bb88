"""One conversation as people read it: who said what, when, and what was made of it."""

from collections.abc import Iterable, Iterator

from rich.markup import escape
from rich.padding import Padding
from rich.text import Text

from hubbub.model import Conversation, Finding, Record, Turn


def transcript(records: Iterable[Record]) -> Iterator[Text | Padding]:
    """Lines for a terminal, from the records of one conversation in the order they were written."""
    for record in records:
        if isinstance(record, Turn):
            yield from _turn(record)
        elif isinstance(record, Finding):
            yield Text.from_markup(
                f"[bold red]{record.verdict}[/] {record.check} at turn {record.turn}: {escape(record.reason)}"
            )
        elif isinstance(record, Conversation):
            yield Text.from_markup(
                f"[bold]{record.ending}[/]: {escape(record.reason)} ({record.turns} turns, "
                f"{record.ended_s - record.started_s:.1f} s; escalated: {record.escalated or 'no'})"
            )


def _turn(turn: Turn) -> Iterator[Text | Padding]:
    for text in turn.texts:
        yield Text.assemble((f"{turn.sent_s:8.2f}  ", "dim"), ("customer  ", "bold cyan"), text)
    if turn.reply is not None and turn.reply.text:
        when = turn.first_text_s if turn.first_text_s is not None else turn.over_s or turn.sent_s
        yield Text.assemble((f"{when:8.2f}  ", "dim"), ("agent     ", "bold green"), turn.reply.text)
    yield Padding(Text(_margin(turn), style="dim"), (0, 0, 0, 20))


def _margin(turn: Turn) -> str:
    if turn.outcome != "ok":
        return f"{turn.outcome} {turn.detail}".strip()
    waited = (turn.over_s or turn.sent_s) - turn.due_s
    parts = [f"{turn.act} → {', '.join(turn.heard.acts) if turn.heard else '?'}"]
    if turn.channel:
        parts.insert(0, f"on {turn.channel}")
    if turn.copy_of:
        parts.insert(0, f"second delivery of turn {turn.copy_of}")
    if turn.heard and turn.heard.asked:
        parts.append(f"asked for {', '.join(turn.heard.asked)}")
    if turn.heard:
        parts += [f"hand-off {s.state} ({s.provenance})" for s in turn.heard.signals]
    return "; ".join((*parts, f"{waited:.2f} s", f"frustration {turn.frustration:g}"))
