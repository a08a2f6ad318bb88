"""Counts of what was due and what was found, class by class, and how they are printed."""

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct, field

from benchmarks.judging.held import Case
from benchmarks.judging.oracle import allowed, due, found
from hubbub.reference_agent.faults import FAULTS
from hubbub.stats.answers import deviations, told, usual
from hubbub.stats.intervals import wilson


class Examples(Struct):
    """A few conversations of each kind of mistake, for who mends the checks."""

    missed: list[tuple[str, Case]] = field(default_factory=list)
    false: list[tuple[str, Case]] = field(default_factory=list)


class Board(Struct):
    """The score so far. A conversation counts once for each class."""

    right: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    at_turn: Counter[str] = field(default_factory=Counter)
    placed: Counter[str] = field(default_factory=Counter)
    confusion: dict[str, Counter[str]] = field(default_factory=dict)
    mistaken: dict[str, Counter[str]] = field(default_factory=dict)  # what was found of each fault without being due
    fired: Counter[str] = field(default_factory=Counter)
    shown: Counter[str] = field(default_factory=Counter)  # conversations in which a fault's own class was due
    conversations: int = 0
    examples: Examples = field(default_factory=Examples)

    def add(self, cases: Iterable[Case], label: str) -> None:
        """Score conversations that were held with one planted fault, or none."""
        row = self.confusion.setdefault(label, Counter())
        cases = tuple(cases)
        odd = _told_otherwise(cases)
        for case in cases:
            self.conversations += 1
            self.shown[label] += self._score(case, row, label, odd=case.ended.number in odd)
            row["conversations"] += 1
            self.fired[label] += sum(one.fault == label for true in case.truth for one in true.faults)

    def _score(self, case: Case, row: Counter[str], label: str, *, odd: bool) -> bool:
        """Count one conversation; whether it shows what the label says was planted."""
        wanted, seen, may = due(case), found(case), allowed(case)
        seen |= {"inconsistent_answer"} if odd else set()
        for name in seen:
            row[name] += 1
        for name in wanted.keys() & seen:
            self.right[name] += 1
            if wanted[name]:
                self.placed[name] += 1
                self.at_turn[name] += any(f.check == name and f.turn == wanted[name] for f in case.findings)
        for name in wanted.keys() - seen:
            self.missed[name] += 1
            self.examples.missed.append((name, case))
        for name in seen - wanted.keys() - may:
            self.false[name] += 1
            self.mistaken.setdefault(label, Counter())[name] += 1
            self.examples.false.append((name, case))
        return label in FAULTS and FAULTS[label].failure_class in wanted

    def take(self, other: "Board") -> None:
        """Add what another board counted, of other conversations."""
        for name in ("right", "missed", "false", "at_turn", "placed", "fired", "shown"):
            getattr(self, name).update(getattr(other, name))
        for name in ("confusion", "mistaken"):
            for label, row in getattr(other, name).items():
                getattr(self, name).setdefault(label, Counter()).update(row)
        self.conversations += other.conversations
        self.examples.missed.extend(other.examples.missed)
        self.examples.false.extend(other.examples.false)

    def precision(self, name: str) -> float | None:
        """Of those found, the share that was due."""
        total = self.right[name] + self.false[name]
        return self.right[name] / total if total else None

    def recall(self, name: str) -> float | None:
        """Of those due, the share that was found."""
        total = self.right[name] + self.missed[name]
        return self.right[name] / total if total else None

    @property
    def classes(self) -> list[str]:
        """Every class that was due or found."""
        return sorted({*self.right, *self.missed, *self.false})


def _told_otherwise(cases: tuple[Case, ...]) -> set[int]:
    """The conversations that were told something else than most of these, as a run's summary counts them."""
    answers = {case.ended.number: told(case.ended.persona, case.ended.answers) for case in cases}
    common = usual(Counter(answers.values()))
    return {number for number, one in answers.items() if deviations(*one, common)}


def scores(board: Board) -> str:
    """A line per class: precision and recall with Wilson's 95 % intervals, counts, and how often the turn was right."""
    lines = [f"{'class':22} {'due':>5} {'missed':>6} {'false':>5}  {'recall':24} {'precision':24} at the turn"]
    for name in board.classes:
        right, missed, false = board.right[name], board.missed[name], board.false[name]
        turn = f"{board.at_turn[name] / board.placed[name]:.3f}" if board.placed[name] else "-"
        lines.append(
            f"{name:22} {right + missed:5} {missed:6} {false:5}  "
            f"{_share(right, right + missed):24} {_share(right, right + false):24} {turn}"
        )
    return "\n".join(lines)


def _share(part: int, whole: int) -> str:
    if not whole:
        return "-"
    low, high = wilson(part, whole)
    return f"{part / whole:.4f} [{low:.4f}, {high:.4f}]"


def confusion(board: Board) -> str:
    """A line per fault: in how many conversations it fired, and in how many each class was found."""
    lines = []
    for label, row in board.confusion.items():
        seen = ", ".join(f"{name} {n}" for name, n in row.most_common() if name != "conversations")
        wrong = ", ".join(f"{name} {n}" for name, n in board.mistaken.get(label, Counter()).most_common())
        lines.append(
            f"{label:26} fired {board.fired[label]:5}, "
            f"shown in {board.shown[label]:4} of {row['conversations']:5}: {seen}"
            + (f"; false: {wrong}" if wrong else "")
        )
    return "\n".join(lines)
