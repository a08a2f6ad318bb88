"""From records to a summary, a record at a time: light enough to run beside the load, and the same afterwards."""

from collections import deque
from collections.abc import Callable
from typing import Any

from hubbub.errors import FAILURES
from hubbub.model import (
    Budget,
    Closed,
    Conversation,
    Dropped,
    Finding,
    Header,
    Health,
    Record,
    Started,
    Summary,
    Turn,
    Unasked,
)
from hubbub.stats.alike import Gathered
from hubbub.stats.answers import usual
from hubbub.stats.board import Board, board_of
from hubbub.stats.figures import count, figures, matrix, share
from hubbub.stats.histogram import PER_S
from hubbub.stats.live import Live, added
from hubbub.stats.prompts import Prompts
from hubbub.stats.silence import Ending
from hubbub.stats.slices import by_persona, by_stage, by_trait, load_escalation, merged
from hubbub.stats.tally import Tally
from hubbub.stats.vitals import Vitals

FORMAT = 1  # of summary.json
WARM_UP = "(warm-up)"
_RECENT = 500
_TOGETHER = 16  # records counted at a time: what counting needs stays in the caches from one to the next
_OURS = frozenset(name for name, failure in FAILURES.items() if failure.layer == "generator")
_NO_BUDGET = Budget()


class Fold:
    """Takes records in the order they were written, from one journal or from several one after the other."""

    def __init__(self) -> None:
        self._pending: list[Record] = []  # taken, and to be counted with the next ones or before anybody looks
        self._cells: dict[tuple[str, int], Tally] = {}  # by persona and stage, so that each turn is counted once
        self._warm_up = Tally()
        self._triggers: dict[str, str] = {}  # by persona
        self._channels: dict[str, str] = {}
        self._open: dict[int, tuple[Tally, Gathered]] = {}
        self._taken_back = 0
        self._vitals = Vitals()
        self._prompts = Prompts()
        self._ending = Ending()
        self._warm_up_s = 0.0
        self._unasked: dict[str, int] = {}  # by kind
        self._unsure: dict[str, set[int]] = {}  # conversations by check of one's own
        self._started = self._ended = 0
        self._end_s = 0.0
        self._recent_first_text: deque[float] = deque(maxlen=_RECENT)
        self._recent_turn: deque[float] = deque(maxlen=_RECENT)
        self._take: dict[type, Callable[[Any], None]] = {
            Turn: self._turn,
            Started: self._start,
            Conversation: self._end,
            Health: self._health,
            Unasked: self._hear,
            Finding: self._find,
            Header: self._header,
            Dropped: self._drop,
            Closed: self._close,
        }

    def add(self, record: Record) -> None:
        """Take a record into account. Failed checks count by the `failed_checks` of their conversation."""
        self._pending.append(record)
        if len(self._pending) >= _TOGETHER:
            self._catch_up()

    def _catch_up(self) -> None:
        pending, self._pending = self._pending, []
        for record in pending:
            take = self._take.get(type(record))
            if take is not None:
                take(record)

    def _turn(self, turn: Turn) -> None:
        opened = self._open.get(turn.number)
        if opened is None:
            self._vitals.strays += 1
            return
        tally, gathered = opened
        if tally is not self._warm_up:
            self._vitals.add_turn(turn)
        outcome = turn.outcome
        if outcome in _OURS:
            self._vitals.accident(outcome)
        elif outcome != "cut":
            tally.add_turn(turn, gathered)
            if outcome != "ok":
                self._ending.in_vain(turn)
        if outcome == "ok":
            if turn.first_text_s is not None:
                self._recent_first_text.append(turn.first_text_s - turn.due_s)
            if turn.done_s is not None:
                self._recent_turn.append(turn.done_s - turn.due_s)
                self._ending.answered(turn.done_s)
        for text in turn.texts:
            self._prompts.add(text)

    def _find(self, finding: Finding) -> None:
        """Note which checks of one's own could not tell; of ours, the evidence says so."""
        opened = self._open.get(finding.number)
        if finding.verdict == "unsure" and finding.check not in FAILURES and opened and opened[0] is not self._warm_up:
            self._unsure.setdefault(finding.check, set()).add(finding.number)

    def _start(self, started: Started) -> None:
        self._started += 1
        self._open[started.number] = self._cell(started), Gathered()

    def _cell(self, record: Started | Conversation) -> Tally:
        if record.due_s < self._warm_up_s:
            return self._warm_up
        key = (record.persona, record.stage)
        cell = self._cells.get(key)
        if cell is None:
            cell = self._cells[key] = Tally()
        return cell

    def _end(self, ended: Conversation) -> None:
        self._ended += 1
        opened = self._open.pop(ended.number, None)
        if opened is None:
            self._vitals.strays += 1
            return
        tally, gathered = opened
        tally.add_gathered(gathered)
        tally.add_conversation(ended)
        self._triggers[ended.persona] = ended.trigger
        self._channels[ended.persona] = ended.channel
        if ended.ending == "cut_off" and ended.reason.startswith("own_error"):
            self._vitals.accident("own_error")
        self._end_s = max(self._end_s, ended.ended_s)

    def _drop(self, dropped: Dropped) -> None:
        self._vitals.add_dropped(dropped)
        if self._open.pop(dropped.number, None) is not None:
            self._taken_back += 1

    def _health(self, health: Health) -> None:
        self._vitals.add_health(health, self._warm_up_s)
        self._end_s = max(self._end_s, health.at_s)

    def _hear(self, unasked: Unasked) -> None:
        self._unasked[unasked.kind] = self._unasked.get(unasked.kind, 0) + 1

    def _header(self, header: Header) -> None:
        self._vitals.headers.append(header)
        self._warm_up_s = header.warm_up_s

    def _close(self, closed: Closed) -> None:
        self._vitals.add_closed(closed)
        self._end_s = max(self._end_s, closed.at_s)

    @property
    def tallies(self) -> dict[tuple[str, int], Tally]:
        """What was counted, by persona and stage; warm-up left out."""
        self._catch_up()
        return self._cells

    def live(self) -> Live:
        """A snapshot, warm-up included."""
        self._catch_up()
        cells = (self._warm_up, *self._cells.values())
        vitals = self._vitals
        return Live(
            scheduled=self._started + vitals.dropped - self._taken_back,
            started=self._started - self._taken_back,
            ended=self._ended,
            dropped=vitals.dropped,
            turns=sum(cell.turns for cell in cells),
            right=sum(cell.must_escalated + cell.mustnot_not_escalated for cell in cells),
            wrong=sum(cell.must_not_escalated + cell.mustnot_escalated for cell in cells),
            failures=added([cell.failures for cell in cells] + [vitals.accidents]),
            findings=added([cell.findings for cell in cells]),
            recent_first_text_s=tuple(self._recent_first_text),
            recent_turn_s=tuple(self._recent_turn),
            loop_lag_s=vitals.last_health.loop_lag_max_s if vitals.last_health else 0.0,
            late_p99_s=(vitals.late.quantile(0.99) or 0.0) / PER_S,
            cpu_share=vitals.last_health.cpu_share if vitals.last_health else 0.0,
        )

    def board(self) -> Board:
        """The run so far at a glance, warm-up included; customers of the warm-up stand under one name."""
        self._catch_up()
        cells = [(persona, cell) for (persona, _), cell in self._cells.items()]
        return board_of(self.live(), (*cells, (WARM_UP, self._warm_up)) if self._warm_up.turns else cells)

    def summary(self, budget: Budget = _NO_BUDGET) -> Summary:
        """The run in figures. What is beyond `budget` stands among the problems of its fitness."""
        self._catch_up()
        whole = merged(self._cells.values())
        common = usual(whole.answers)
        vitals, headers = self._vitals, self._vitals.headers
        header = headers[0] if headers else Header(FORMAT, 0, 1, 0, "", 0.0, 1.0)
        started, unknown = self._started - self._taken_back, (whole.unknown, whole.heard)
        fitness = vitals.fitness(budget, started, self._ended, unknown, whole.findings)
        metrics = figures(whole, common)
        odd = int(metrics["inconsistent_answer"].value or 0)
        metrics["dropped"] = count(vitals.dropped, fitness.scheduled)
        metrics["prompt_repeat_rate"] = share(*self._prompts.repeats())
        return Summary(
            format=FORMAT,
            workload=header.workload,
            seed=header.seed,
            workers=header.workers,
            speed=header.speed,
            duration_s=self._end_s,
            conversations=whole.conversations,
            turns=whole.turns,
            warm_up_conversations=self._warm_up.conversations,
            endings=dict(sorted(whole.endings.items())),
            failures=dict(sorted(added([whole.failures, vitals.accidents]).items())),
            findings=dict(sorted((whole.findings | ({"inconsistent_answer": odd} if odd else {})).items())),
            escalation=matrix(whole),
            metrics=metrics,
            by_stage=by_stage(self._cells, header.stages, common),
            by_persona=by_persona(self._cells, common),
            fitness=fitness,
            blind=tuple(sorted({name for one in headers for name in one.blind})),
            interrupted=any(closed.interrupted for closed in vitals.closed),
            by_trigger=by_trait(self._cells, self._triggers, common),
            by_channel=by_trait(self._cells, self._channels, common),
            load_escalation=load_escalation(self._cells),
            unasked=dict(sorted(self._unasked.items())),
            voice=self._vitals.voice(),
            unsure={name: len(numbers) for name, numbers in sorted(self._unsure.items())},
            silence=self._ending.silence(),
        )
