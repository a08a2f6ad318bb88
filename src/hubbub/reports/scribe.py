"""A conversation as it goes, for a terminal: the words, and in the margin what was heard, the mood and what is next."""

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from hubbub.customers.agenda import Step
from hubbub.customers.population import Customer
from hubbub.model import Conversation, Finding, Heard, Leave, Record, Say, Turn, Wait
from hubbub.reports.plain import plain

_MARGIN = 20
_LONGEST = 4000
_HOURS_FROM_S = 10_000.0


class Scribe:
    """Writes a conversation down as it is told of it. `typed` says that the agent's words stand there already."""

    def __init__(self, console: Console, *, typed: bool = False) -> None:
        self._console = console
        self._typed = typed
        self._frustration = 0.0

    def introduce(self, customer: Customer, seed: int) -> None:
        """Who comes."""
        persona, style = customer.persona, customer.style
        habits = (("lower case", style.lower), ("no full stops", style.bare), ("abbreviates", style.short))
        knows = ", ".join(f"{slot} {value}" for slot, value in customer.knows.items())
        whose = f"{persona.persona}, customer {customer.number} of seed {seed}: {customer.name}"
        self._console.print(Text(whose, "bold"))
        if persona.summary:
            self._margin(persona.summary)
        self._margin(f"knows {knows}" if knows else "knows nothing that could be asked for")
        self._margin(
            f"{persona.manner.register}; {customer.patience_turns:.0f} turns of patience"
            + "".join(f"; {habit}" for habit, has in habits if has)
        )
        self._console.print()

    def said(self, texts: tuple[str, ...], at_s: float) -> None:
        """The customer's messages."""
        for text in texts:
            self._speak(at_s, "customer", "bold cyan", text)

    def record(self, record: Record) -> None:
        """The agent's reply, a finding, or the end."""
        if isinstance(record, Turn):
            self._answer(record)
        elif isinstance(record, Finding):
            self._console.print(
                Text(f"{record.verdict} {plain(record.check)}, turn {record.turn}: {plain(record.reason)}", "red")
            )
        elif isinstance(record, Conversation):
            lasted_s = record.ended_s - record.started_s
            after = f"{record.turns} turns, {lasted_s:,.1f} s; escalated: {record.escalated or 'no'}"
            self._console.print(Text.assemble((record.ending, "bold"), f": {plain(record.reason)} ({after})"))

    def decided(self, step: Step) -> None:
        """Mood and intention, once something was heard."""
        mood, change = step.mind.frustration, step.mind.frustration - self._frustration
        self._frustration = mood
        if step.mind.turn <= 1 and isinstance(step.move, Say):
            self._margin(f"wants: {intention(step)}")
            return
        moved = f" ({change:+.2f})" if abs(change) >= 0.005 else ""
        self._margin(f"frustration {mood:.2f}{moved}; next: {intention(step)}")

    def _answer(self, turn: Turn) -> None:
        reply = turn.reply
        if reply is not None and reply.text and not self._typed:
            when = turn.first_text_s if turn.first_text_s is not None else turn.over_s or turn.sent_s
            self._speak(when, "agent", "bold green", reply.text)
        self._margin(heard_in(turn))

    def _speak(self, at_s: float, who: str, style: str, words: str) -> None:
        row = Table.grid(padding=(0, 2, 0, 0))
        row.add_column(width=8, justify="right", style="dim")
        row.add_column(width=8, style=style)
        row.add_column(overflow="fold")  # Japanese has no spaces to break at
        row.add_row(_clock(at_s), who, Text(plain(words, _LONGEST)))
        self._console.print(row)

    def _margin(self, words: str) -> None:
        self._console.print(Padding(Text(plain(words, _LONGEST), "dim"), (0, 0, 0, _MARGIN), expand=False))


def _clock(at_s: float) -> str:
    """Seconds, or hours where people let hours pass."""
    return f"{at_s:.2f}" if at_s < _HOURS_FROM_S else f"{at_s / 3600:.2f} h"


def beyond_acts(heard: Heard) -> list[str]:
    """What a customer heard in a reply beside its acts: what was asked for, options, that it was beside the point."""
    asked = [f"asked for {', '.join(heard.asked)}"] if heard.asked else []
    asked += [f"{len(heard.choices)} options"] if heard.choices else []
    return [*asked, "beside the point"] if heard.beside else asked


def heard_in(turn: Turn) -> str:
    """What the customer made of a reply, in a line."""
    if turn.outcome != "ok" or turn.heard is None:
        return f"heard nothing: {turn.outcome} {turn.detail}".strip()
    heard = turn.heard
    parts = [f"heard {', '.join(heard.acts) or 'nothing'}", *beyond_acts(heard)]
    parts += [f"claims {claim.kind} {claim.text}" for claim in heard.claims[:4]]
    parts += [f"hand-off {signal.state} ({signal.provenance})" for signal in heard.signals]
    parts.append(f"after {(turn.over_s or turn.sent_s) - turn.due_s:.2f} s")
    return "; ".join(parts)


def intention(step: Step) -> str:
    """A decision in words."""
    move = step.move
    if isinstance(move, Wait):
        return f"wait {move.for_s:.0f} s" + (f", and come back on {move.channel}" if move.channel else "")
    if isinstance(move, Leave):
        return f"leave {'silently' if move.parting is None else 'with a word'}, {move.ending}: {move.reason}"
    return " ".join(word for word in (move.act, move.about, ", ".join(move.told)) if word)
