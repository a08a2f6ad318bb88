"""What each conversation of a run adds to each metric, kept apart, so that conversations can be drawn again."""

from array import array
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from hubbub.errors import FAILURES
from hubbub.model import Conversation, Header, Record, Started, Turn
from hubbub.stats.tally import GIVEN_UP

Floats = NDArray[np.float64]
Places = NDArray[np.intp]
LATENCIES = ("first_byte", "first_text", "turn", "service_first_text", "service_turn")
_OURS = frozenset(name for name, failure in FAILURES.items() if failure.layer == "generator")
_TURN_CLASSES = tuple(name for name, failure in FAILURES.items() if failure.layer == "infra")
_CHECKS = tuple(name for name, f in FAILURES.items() if f.layer in ("conversation", "governance"))
_SHARES = (
    *("failed_turn_rate", "unknown_rate", "escalation_precision", "escalation_recall", "missed_escalation_rate"),
    *("needless_escalation_rate", "late_escalation_rate", "escalation_rate", "resolution_rate", "abandonment_rate"),
    *("agent_failed_rate", "cut_off_rate", "first_text_mean_s", *_TURN_CLASSES, *_CHECKS),
)


class Quantity:
    """Values, each with the place of its conversation."""

    __slots__ = ("_places", "_values")

    def __init__(self) -> None:
        self._values = array("d")
        self._places = array("q")

    def add(self, value: float, place: int) -> None:
        """One more value of the conversation at `place`."""
        self._values.append(value)
        self._places.append(place)

    def ordered(self) -> tuple[Floats, Places]:
        """The values from small to large, and the places that go with them."""
        values = np.frombuffer(self._values, dtype=np.float64) if self._values else np.empty(0)
        places = np.frombuffer(self._places, dtype=np.int64) if self._places else np.empty(0, np.int64)
        order = np.argsort(values, kind="stable")
        return values[order], places[order].astype(np.intp)


class Samples:
    """A run's conversations after warm-up, in the order of their numbers; by the same rules as a Tally counts them."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.quantities: dict[str, Quantity] = {
            name: Quantity() for name in (*LATENCIES, "conversation", "seconds_to_human", "turns_to_human")
        }
        self._parts: dict[str, dict[int, float]] = {name: {} for name in _SHARES}
        self._wholes: dict[str, dict[int, float]] = {name: {} for name in _SHARES}
        self._place: dict[int, int] = {}
        self._warm_up_s = 0.0
        for record in records:
            self._add(record)
        self.numbers = np.array(list(self._place), dtype=np.int64)

    @property
    def shares(self) -> tuple[str, ...]:
        """The metrics that are a part of a whole; the mean latency is one too."""
        return _SHARES

    def part_and_whole(self, name: str) -> tuple[Floats, Floats]:
        """Each conversation's part and whole of a share."""
        return self._dense(self._parts[name]), self._dense(self._wholes[name])

    def _dense(self, counts: dict[int, float]) -> Floats:
        dense = np.zeros(len(self.numbers))
        if counts:
            dense[np.fromiter(counts.keys(), np.intp)] = np.fromiter(counts.values(), np.float64)
        return dense

    def _add(self, record: Record) -> None:
        if isinstance(record, Turn):
            place = self._place.get(record.number)
            if place is not None and record.outcome != "cut" and record.outcome not in _OURS:
                self._turn(record, place)
        elif isinstance(record, Started):
            if record.due_s >= self._warm_up_s:
                self._place[record.number] = len(self._place)
        elif isinstance(record, Conversation):
            place = self._place.get(record.number)
            if place is not None:
                self._conversation(record, place)
        elif isinstance(record, Header):
            self._warm_up_s = record.warm_up_s

    def _count(self, name: str, place: int, part: float, whole: float = 1.0) -> None:
        parts, wholes = self._parts[name], self._wholes[name]
        parts[place] = parts.get(place, 0.0) + part
        wholes[place] = wholes.get(place, 0.0) + whole

    def _latency(self, name: str, place: int, value: float | None) -> None:
        if value is not None:
            self.quantities[name].add(value, place)

    def _turn(self, turn: Turn, place: int) -> None:
        outcome = turn.outcome
        self._count("failed_turn_rate", place, outcome not in ("ok", "left"))
        for name in _TURN_CLASSES:
            self._wholes[name][place] = self._wholes[name].get(place, 0.0) + 1
        if outcome in self._parts and outcome in _TURN_CLASSES:
            self._parts[outcome][place] = self._parts[outcome].get(place, 0.0) + 1
        text_s, done_s = turn.first_text_s, turn.done_s
        if outcome in GIVEN_UP and turn.over_s is not None:
            text_s, done_s = turn.over_s if text_s is None else text_s, turn.over_s
        elif outcome != "ok":
            return
        elif turn.first_byte_s is not None:
            self._latency("first_byte", place, turn.first_byte_s - turn.due_s)
        if text_s is not None:
            self._count("first_text_mean_s", place, text_s - turn.due_s)
        for name, at_s, since_s in (
            ("first_text", text_s, turn.due_s), ("service_first_text", text_s, turn.sent_s),
            ("turn", done_s, turn.due_s), ("service_turn", done_s, turn.sent_s),
        ):  # fmt: skip
            self._latency(name, place, None if at_s is None else at_s - since_s)
        if outcome == "ok" and turn.heard is not None:
            self._count("unknown_rate", place, turn.heard.acts == ("unknown",))

    def _conversation(self, ended: Conversation, place: int) -> None:
        escalated = ended.escalated in ("initiated", "confirmed")
        for check in _CHECKS:
            self._count(check, place, check in ended.failed_checks)
        self._count("cut_off_rate", place, ended.ending == "cut_off")
        if ended.ending != "cut_off":
            self._latency("conversation", place, ended.ended_s - ended.due_s)
            self._count("escalation_rate", place, escalated)
            self._count("abandonment_rate", place, ended.ending == "abandoned")
            self._count("agent_failed_rate", place, ended.ending == "agent_failed")
            if ended.resolves if ended.resolves is not None else ended.expected != "must":
                self._count("resolution_rate", place, ended.ending == "resolved")
        if escalated and ended.escalated_turn is not None:
            self._latency("turns_to_human", place, float(ended.escalated_turn))
        if escalated and ended.escalated_after_s is not None:
            self._latency("seconds_to_human", place, ended.escalated_after_s)
        if ended.judged and ended.expected is not None:
            self._decision(ended, place, escalated)

    def _decision(self, ended: Conversation, place: int, escalated: bool) -> None:
        if ended.expected == "must":
            self._count("escalation_recall", place, escalated)
            self._count("missed_escalation_rate", place, not escalated)
        elif ended.expected == "must_not":
            self._count("needless_escalation_rate", place, escalated)
        if escalated and ended.expected != "may":
            self._count("escalation_precision", place, ended.expected == "must")
        if escalated and ended.expected != "must_not":
            self._count("late_escalation_rate", place, "late_escalation" in ended.failed_checks)
