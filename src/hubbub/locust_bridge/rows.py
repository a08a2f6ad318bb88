"""What happened, as Locust's tables and charts show it.

A turn is a request. The time to first text and whole conversations have rows of their own, which are left out of
"Aggregated": the same exchange would be counted twice or three times there.
"""

from collections.abc import Iterable
from typing import Literal

from locust.env import Environment
from locust.stats import StatsError

from hubbub.model import Conversation, Dropped, Persona, Record, Started, Turn
from hubbub.reports.plain import plain

By = Literal["persona", "intent"]
FIRST_TEXT = "first text"
CONVERSATION = "conversation"
_LONGEST_NAME = 64


class Failed(Exception):
    """A failure by one of our classes, which is all that it says."""

    def __repr__(self) -> str:
        return str(self)


class Rows:
    """Files records under Locust's rows, as they come."""

    def __init__(self, environment: Environment, personas: Iterable[Persona], by: By) -> None:
        self._environment = environment
        self._labels = {p.persona: (p.channel, named(p, by)) for p in personas}
        self._open: dict[int, tuple[str, str]] = {}

    def take(self, batch: Iterable[Record]) -> None:
        """File a batch, in the order in which it happened."""
        for record in batch:
            if isinstance(record, Turn):
                self._turn(record)
            elif isinstance(record, Started):
                self._open[record.number] = self._labels[record.persona]
            elif isinstance(record, Conversation):
                self._end(record)
            elif isinstance(record, Dropped):
                self._open.pop(record.number, None)

    def _turn(self, turn: Turn) -> None:
        if turn.outcome == "cut":  # our run ended first: it says nothing about the agent
            return
        channel, name = self._open[turn.number]
        failed = turn.outcome not in ("ok", "left")
        over_s = turn.sent_s if turn.over_s is None else turn.over_s
        self._environment.events.request.fire(
            request_type=channel,
            name=name,
            response_time=round((over_s - turn.due_s) * 1000, 3),
            response_length=turn.reply.size if turn.reply is not None else 0,
            exception=Failed(turn.outcome) if failed else None,
            context={"conversation": turn.number, "turn": turn.turn},
        )
        if turn.first_text_s is not None:
            self._apart(FIRST_TEXT, name, turn.first_text_s - turn.due_s, ())

    def _end(self, ended: Conversation) -> None:
        _, name = self._open.pop(ended.number, ("", ""))
        if name and ended.ending != "cut_off":
            self._apart(CONVERSATION, name, ended.ended_s - ended.due_s, ended.failed_checks)

    def _apart(self, kind: str, name: str, lasted_s: float, failed: Iterable[str]) -> None:
        """A row outside "Aggregated"."""
        stats = self._environment.stats
        entry = stats.entries[(name, kind)]
        entry.log(round(lasted_s * 1000, 3), 0)  # type: ignore[arg-type]  # Locust's own listeners pass floats as well
        for check in failed:
            entry.log_error(check)
            key = StatsError.create_key(kind, name, check)
            if key not in stats.errors:
                stats.errors[key] = StatsError(kind, name, check)
            stats.errors[key].occurred()


def named(persona: Persona, by: By) -> str:
    """A row's name: harmless on a terminal, in a page and in a spreadsheet."""
    text = plain(persona.persona if by == "persona" else persona.goal.intent, _LONGEST_NAME)
    return f"'{text}" if text[:1] in "=+-@" else text
