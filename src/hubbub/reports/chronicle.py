"""What a page tells beyond the summary, folded a record at a time: time, stages, triggers, coverage, examples."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from hubbub.model import Conversation, Decision, Dropped, Finding, Header, Health, Record, Started, Turn
from hubbub.reports.sample import Sample
from hubbub.reports.timeline import Timeline

GROUPS = {  # what several classes say together, per conversation
    "contradictions": frozenset({"contradicted_fact", "self_contradiction", "inconsistent_answer"}),
    "leaks": frozenset({"cross_talk", "pii_exposed"}),
}
_REACHED = frozenset({"initiated", "confirmed"})


class StageSpan(Struct):
    """When a stage's customers were due, and how many; warm-up included, as it was load all the same."""

    first_s: float
    last_s: float
    due: int = 0


class Decided(Struct):
    """What an agent did for customers of one persona and one trigger. Only what could be judged."""

    called: int = 0
    not_called: int = 0
    late: int = 0


class Chronicle:
    """Takes records as they were written, from one journal or several one after the other."""

    def __init__(self) -> None:
        self.timeline = Timeline()
        self.sample = Sample()
        self.header: Header | None = None
        self.stages: dict[int, StageSpan] = {}
        self.dropped_s: list[float] = []  # when those who were never held were due
        self.decided: dict[tuple[str, str, Decision], Decided] = {}  # by persona, trigger, expectation
        self.grouped: dict[tuple[int, str], int] = {}  # conversations by stage and group
        self.acts: dict[str, int] = {}  # customers' messages by what they were for
        self.heard: dict[str, int] = {}  # replies by what was heard in them
        self._worker = 0
        self._take: dict[type, Callable[[Any], None]] = {
            Header: self._begin,
            Started: self._start,
            Turn: self._turn,
            Finding: self.sample.add_finding,
            Conversation: self._end,
            Dropped: self._drop,
            Health: self._health,
        }

    def add(self, record: Record) -> None:
        """Take a record into account."""
        take = self._take.get(type(record))
        if take is not None:
            take(record)

    def _begin(self, header: Header) -> None:
        self._worker = header.worker
        if self.header is None:
            self.header = header
            self.sample.seed(header.seed)

    def _start(self, started: Started) -> None:
        self.timeline.add_started(started)
        self.sample.add_started(started.number)
        stage = self.stages.get(started.stage)
        if stage is None:
            stage = self.stages[started.stage] = StageSpan(started.due_s, started.due_s)
        stage.first_s = min(stage.first_s, started.due_s)
        stage.last_s = max(stage.last_s, started.due_s)
        stage.due += 1

    def _turn(self, turn: Turn) -> None:
        self.timeline.add_turn(turn)
        self.sample.add_turn(turn)
        self.acts[turn.act] = self.acts.get(turn.act, 0) + 1
        if turn.heard is not None:
            for act in turn.heard.acts:
                self.heard[act] = self.heard.get(act, 0) + 1

    def _end(self, ended: Conversation) -> None:
        self.sample.add_conversation(ended)
        if ended.warm_up:
            return
        if ended.failed_checks:
            for group, classes in GROUPS.items():
                if not classes.isdisjoint(ended.failed_checks):
                    self.grouped[ended.stage, group] = self.grouped.get((ended.stage, group), 0) + 1
        if ended.judged and ended.expected is not None:
            called = ended.escalated in _REACHED
            decided = self.decided.setdefault((ended.persona, ended.trigger, ended.expected), Decided())
            decided.called += called
            decided.not_called += not called
            decided.late += called and "late_escalation" in ended.failed_checks

    def _drop(self, dropped: Dropped) -> None:
        if self.sample.is_open(dropped.number):  # it was counted when it began
            self.sample.forget(dropped.number)
            return
        self.timeline.add_dropped(dropped)
        self.dropped_s.append(dropped.due_s)

    def _health(self, health: Health) -> None:
        self.timeline.add_health(health, self._worker)
