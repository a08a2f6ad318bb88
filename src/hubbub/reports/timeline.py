"""A run on one clock: what happened in each stretch of time, in a bounded number of stretches however long it took."""

from collections.abc import Iterator

from hubbub.model import UNFAILED, Dropped, Health, Started, Turn
from hubbub.stats.histogram import Histogram
from hubbub.stats.tally import GIVEN_UP

MOST_SPANS = 600  # a second each for ten minutes; beyond that they double in width, again and again
_SILENT_S = 3.0  # a worker tells every second how it is; one that was busy may miss a stretch or two


class Span:
    """Counts of one stretch of time."""

    __slots__ = ("arrivals", "began", "failures", "first_text", "lag_s", "late_s", "open", "turn", "turns")

    def __init__(self) -> None:
        self.arrivals = 0  # customers who were due
        self.began = 0  # conversations whose first message was sent
        self.turns = 0
        self.first_text = Histogram()  # by the intended moment of sending, in microseconds
        self.turn = Histogram()
        self.failures: dict[str, int] = {}  # failed turns by class
        self.open: dict[int, int] = {}  # the most conversations open at once, by worker
        self.lag_s = 0.0  # the worst lag of a worker's event loop
        self.late_s = 0.0  # how late the latest sending was

    def merge(self, other: "Span") -> None:
        """Add another's counts."""
        self.arrivals += other.arrivals
        self.began += other.began
        self.turns += other.turns
        self.first_text.merge(other.first_text)
        self.turn.merge(other.turn)
        for name, number in other.failures.items():
            self.failures[name] = self.failures.get(name, 0) + number
        for worker, number in other.open.items():
            self.open[worker] = max(self.open.get(worker, 0), number)
        self.lag_s = max(self.lag_s, other.lag_s)
        self.late_s = max(self.late_s, other.late_s)


class Timeline:
    """Takes records as they were written. Everything counts at its intended moment; warm-up is on it."""

    def __init__(self) -> None:
        self.width_s = 1.0
        self._spans: dict[int, Span] = {}
        self._told: dict[int, tuple[float, int]] = {}  # a worker's last word: when, and how many were open

    def add_started(self, started: Started) -> None:
        """A customer was due."""
        self._at(started.due_s).arrivals += 1

    def add_dropped(self, dropped: Dropped) -> None:
        """A customer was due, and never held."""
        self._at(dropped.due_s).arrivals += 1

    def add_turn(self, turn: Turn) -> None:
        """A message, and what became of it."""
        due_s, outcome = turn.due_s, turn.outcome
        if turn.turn == 1:
            self._at(turn.sent_s).began += 1  # first: it may widen all stretches, and one of before be part of another
        span = self._at(due_s)
        span.turns += 1
        span.late_s = max(span.late_s, turn.sent_s - due_s)
        if outcome == "ok":
            if turn.first_text_s is not None:
                span.first_text.record_s(turn.first_text_s - due_s)
            if turn.done_s is not None:
                span.turn.record_s(turn.done_s - due_s)
        elif outcome in GIVEN_UP and turn.over_s is not None:
            span.first_text.record_s((turn.over_s if turn.first_text_s is None else turn.first_text_s) - due_s)
            span.turn.record_s(turn.over_s - due_s)
        if outcome not in UNFAILED:
            span.failures[outcome] = span.failures.get(outcome, 0) + 1

    def add_health(self, health: Health, worker: int) -> None:
        """How a worker was doing. In a stretch that it skipped it had open what it had before."""
        span = self._at(health.at_s)
        told_s, number = self._told.get(worker, (health.at_s, 0))
        if health.at_s - told_s <= _SILENT_S:
            for index in range(int(told_s / self.width_s) + 1, int(health.at_s / self.width_s)):
                self._spans.setdefault(index, Span()).open[worker] = number
        self._told[worker] = health.at_s, health.open
        span.open[worker] = max(span.open.get(worker, 0), health.open)
        span.lag_s = max(span.lag_s, health.loop_lag_max_s)

    def spans(self) -> Iterator[tuple[float, Span]]:
        """Each stretch from first to last, quiet ones too, with the second it begins at."""
        for index in range(max(self._spans, default=-1) + 1):
            yield index * self.width_s, self._spans.get(index) or Span()

    def _at(self, at_s: float) -> Span:
        index = int(at_s / self.width_s) if at_s > 0 else 0
        while index >= MOST_SPANS:
            self._widen()
            index = int(at_s / self.width_s)
        span = self._spans.get(index)
        if span is None:
            span = self._spans[index] = Span()
        return span

    def _widen(self) -> None:
        self.width_s *= 2
        narrow, self._spans = self._spans, {}
        for index, span in narrow.items():
            wide = self._spans.setdefault(index // 2, span)
            if wide is not span:
                wide.merge(span)
