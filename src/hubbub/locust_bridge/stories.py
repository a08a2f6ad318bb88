"""Recent conversations in which a check failed, with their transcripts, for whoever watches."""

from collections import deque
from collections.abc import Iterable

from msgspec import Struct

from hubbub.model import Conversation, Dropped, Finding, Record, Started, Turn

_KEPT = 200
_SENT_AT_ONCE = 20
_LONGEST_TEXT = 2000
_LARGEST_TEXTS = 250_000  # characters in what is sent at once, so that a report stays small whatever agents say


class Line(Struct, frozen=True):
    """One turn as it is shown."""

    at_s: float
    customer: tuple[str, ...]
    agent: str
    outcome: str
    waited_s: float


class Told(Struct, frozen=True):
    """A conversation with failed checks, as it is shown. `findings` are check, turn and reason."""

    number: int
    persona: str
    ending: str
    reason: str
    ended_s: float
    findings: tuple[tuple[str, int, str], ...]
    lines: tuple[Line, ...]


class Stories:
    """Watches conversations as they go and keeps those that went wrong."""

    def __init__(self) -> None:
        self._turns: dict[int, list[Turn]] = {}
        self._findings: dict[int, list[Finding]] = {}
        self._new: deque[Told] = deque(maxlen=_KEPT)

    def take(self, batch: Iterable[Record]) -> None:
        """Watch a batch go by."""
        for record in batch:
            if isinstance(record, Turn):
                self._turns.setdefault(record.number, []).append(record)
            elif isinstance(record, Finding):
                self._findings.setdefault(record.number, []).append(record)
            elif isinstance(record, Conversation):
                self._end(record)
            elif isinstance(record, Started | Dropped):
                self._turns.pop(record.number, None)

    def news(self) -> tuple[Told, ...]:
        """Those that ended since the last call, a few at a time, the oldest first."""
        news: list[Told] = []
        room = _LARGEST_TEXTS
        while self._new and room > 0 and len(news) < _SENT_AT_ONCE:
            news.append(self._new.popleft())
            room -= sum(len(line.agent) + sum(map(len, line.customer)) for line in news[-1].lines)
        return tuple(news)

    def _end(self, ended: Conversation) -> None:
        turns = self._turns.pop(ended.number, [])
        failed = [f for f in self._findings.pop(ended.number, []) if f.verdict == "failed"]
        if failed:
            self._new.append(_told(ended, turns, failed))


def _told(ended: Conversation, turns: list[Turn], failed: list[Finding]) -> Told:
    return Told(
        number=ended.number,
        persona=ended.persona,
        ending=ended.ending,
        reason=ended.reason,
        ended_s=ended.ended_s,
        findings=tuple((f.check, f.turn, f.reason) for f in failed),
        lines=tuple(_line(turn) for turn in turns),
    )


def _line(turn: Turn) -> Line:
    reply = turn.reply.text if turn.reply is not None else ""
    over_s = turn.sent_s if turn.over_s is None else turn.over_s
    return Line(
        at_s=turn.sent_s,
        customer=tuple(text[:_LONGEST_TEXT] for text in turn.texts),
        agent=reply[:_LONGEST_TEXT],
        outcome=turn.outcome,
        waited_s=round(over_s - turn.due_s, 3),
    )
