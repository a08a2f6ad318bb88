"""How well, and how fast, replies are understood: act F1, hand-off precision and recall, unknown rate, microseconds.

Usage: python -m benchmarks.hearing [PART ...] [--wrong] [--confusion] [--write-docs]
"""

import statistics
import sys
import time
from collections import Counter
from pathlib import Path

import msgspec

from benchmarks.ground.bodies import reply
from benchmarks.hearing_page import PAGE, matrix, table, with_figures
from hubbub.customers.hearing import Ear
from hubbub.customers.hearing.ear import LANGUAGES
from hubbub.model import Heard

CORPUS = Path(__file__).parent.parent / "tests" / "customers" / "hearing_corpus"
SLOTS = (
    *("order_id", "name", "email", "phone", "address", "postcode", "date_of_birth", "account_number", "card_last4"),
    *("item", "booking_id", "amount", "date", "device", "meter_reading", "doctor", "symptoms", "city", "problem"),
    *("serial_number", "policy_number", "tracking_number"),
)
DEV = ("dev", *(f"dev_{number}" for number in range(2, 20)))
FROZEN = ("frozen", *(f"frozen_{number}" for number in range(2, 10)))
PARTS = (*DEV, *FROZEN)
_FURTHEST = ("initiated", "promised", "failed", "offered")  # the one state a reply with several is filed under


class Labelled(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A reply and what it does, as a person labelled it."""

    text: str
    acts: tuple[str, ...]
    handoff: str
    asked: tuple[str, ...]
    style: str
    industry: str


class Counted(msgspec.Struct):
    """Hits, false alarms and misses."""

    hits: int = 0
    alarms: int = 0
    misses: int = 0

    def add(self, wanted: set[str], got: set[str]) -> None:
        self.hits += len(wanted & got)
        self.alarms += len(got - wanted)
        self.misses += len(wanted - got)

    @property
    def precision(self) -> float:
        return self.hits / max(1, self.hits + self.alarms)

    @property
    def recall(self) -> float:
        return self.hits / max(1, self.hits + self.misses)

    @property
    def f1(self) -> float:
        return 2 * self.hits / max(1, 2 * self.hits + self.alarms + self.misses)


class Score(msgspec.Struct):
    """How hearing did on a corpus. `states` compares which state of a hand-off; `human` only whether one comes now."""

    replies: int
    acts: Counted
    states: Counted
    human: Counted
    asked: Counted
    unknown_rate: float
    per_act: dict[str, Counted]
    confusion: Counter[tuple[str, str]]
    wrong: list[tuple[Labelled, Heard]]


def load(part: str) -> list[Labelled]:
    """One of the parts of the corpus."""
    decoder = msgspec.json.Decoder(Labelled)
    return [decoder.decode(line) for line in (CORPUS / f"{part}.jsonl").read_bytes().splitlines()]


def state_of(heard: Heard) -> str:
    """The furthest state of a hand-off that was heard; `none` where nothing was."""
    states = {s.state for s in heard.signals}
    return next((s for s in _FURTHEST if s in states), "none")


def score(rows: list[Labelled]) -> Score:
    """Hears every reply as an English customer, and compares."""
    return score_with(Ear("en", {}, SLOTS), rows)


def score_with(ear: Ear, rows: list[Labelled]) -> Score:
    """Hears every reply and compares."""
    result = Score(len(rows), Counted(), Counted(), Counted(), Counted(), 0.0, {}, Counter(), [])
    unknown = 0
    for row in rows:
        heard = ear.hear(row.text)
        wanted, got = set(row.acts), {str(a) for a in heard.acts}
        state = state_of(heard)
        label = "none" if row.handoff == "refused" else row.handoff
        result.acts.add(wanted, got)
        result.states.add({label} - {"none"}, {state} - {"none"})
        result.human.add(_human(label), _human(state))
        result.asked.add(set(row.asked), set(heard.asked))
        unknown += "unknown" in got and "unknown" not in wanted
        for act in wanted | got:
            result.per_act.setdefault(act, Counted()).add(wanted & {act}, got & {act})
        for missed in wanted - got or {"-"}:
            for alarm in got - wanted or {"-"}:
                result.confusion[missed, alarm] += (missed, alarm) != ("-", "-")
        if wanted != got or state != label or set(row.asked) != set(heard.asked):
            result.wrong.append((row, heard))
    result.unknown_rate = unknown / max(1, len(rows))
    return result


def _human(state: str) -> set[str]:
    return {"human"} if state in ("promised", "initiated") else set()


def microseconds(rows: list[Labelled], repeats: int = 40) -> tuple[float, float]:
    """Mean microseconds per reply never heard before, and per reply whose clauses were heard before.

    Of each reply the fastest of `repeats` hearings counts, so that a busy machine disturbs little.
    """
    ear = Ear("en", {}, SLOTS)
    sentences = LANGUAGES["en"]
    fresh = known = 0.0
    for row in rows:
        ear.hear(row.text)
        known += min(_timed(ear, row.text) for _ in range(repeats))
        first = []
        for _ in range(repeats):
            sentences.forget()
            first.append(_timed(ear, row.text))
        fresh += min(first)
    return fresh / len(rows) * 1e6, known / len(rows) * 1e6


def _timed(ear: Ear, text: str) -> float:
    start = time.perf_counter()
    ear.hear(text)
    return time.perf_counter() - start


def _show(part: str, wrong: bool, confusion: bool) -> None:
    rows = load(part)
    result = score(rows)
    print(f"{part}: {result.replies} replies, mean {statistics.mean(len(r.text) for r in rows):.0f} characters")
    for name, counted in (
        ("acts (micro)", result.acts),
        ("hand-off state", result.states),
        ("human comes", result.human),
        ("slots asked", result.asked),
    ):
        print(f"  {name:15} F1 {counted.f1:.3f}  precision {counted.precision:.3f}  recall {counted.recall:.3f}")
    print(f"  unknown {result.unknown_rate:.1%}   whole reply right {1 - len(result.wrong) / len(rows):.1%}")
    if confusion:
        for act, counted in sorted(result.per_act.items()):
            print(
                f"  {act:15} F1 {counted.f1:.3f}  hits {counted.hits} alarms {counted.alarms} misses {counted.misses}"
            )
        for (wanted, got), count in result.confusion.most_common(25):
            print(f"  labelled {wanted:15} heard {got:15} {count}")
    for row, heard in result.wrong if wrong else []:
        print(f"- {row.text!r}\n    want {row.acts} {row.handoff} {row.asked}")
        print(f"    got  {heard.acts} {state_of(heard)} {heard.asked}")


def _show_speed(parts: list[str]) -> None:
    rows = [row for part in parts for row in load(part)]
    for name, some in (("all", rows), ("150-250 characters", [r for r in rows if 150 <= len(r.text) <= 250])):
        fresh, known = microseconds(some)
        size = statistics.mean(len(r.text) for r in some)
        print(f"{name}: {len(some)} replies, mean {size:.0f} characters: {fresh:.1f} us fresh, {known:.1f} us repeated")


def figures() -> str:
    """Scores of all parts, and the confusion matrices of the frozen ones, in Markdown."""
    scores = {part: score(load(part)) for part in PARTS}
    rows = [
        [
            f"`{part}`",
            str(s.replies),
            *(f"{f:.3f}" for f in (s.acts.f1, s.acts.precision, s.acts.recall, s.human.precision, s.human.recall)),
            *(f"{f:.3f}" for f in (s.states.f1, s.asked.f1)),
            f"{s.unknown_rate:.1%}",
        ]
        for part, s in scores.items()
    ]
    head = ["part", "replies", "acts F1", "precision", "recall", "hand-off precision", "hand-off recall"]
    parts = [table([*head, "hand-off state F1", "slots asked F1", "unknown"], rows)]
    for part in FROZEN:
        hits = {act: counted.hits for act, counted in scores[part].per_act.items()}
        parts.append(f"### Confusion on `{part}`\n\n{matrix(hits, scores[part].confusion)}")
    return "\n\n".join(parts)


def _show_numbered(count: int = 2000, rounds: int = 7) -> None:
    """The reply that all clients of `benchmarks.turns` get: each of its copies has a reference of its own."""
    ear = Ear("en", {}, SLOTS)
    costs = []
    for turn in range(rounds):
        texts = [reply(f"{turn * count + n:032x}") for n in range(count)]
        start = time.process_time()
        for text in texts:
            ear.hear(text)
        costs.append((time.process_time() - start) / count * 1e6)
    print(f"a reply of {len(texts[0])} characters that differs in its reference: {statistics.median(costs):.1f} us")


def main(words: list[str]) -> None:
    """Prints the figures of the named parts, or of all."""
    parts = [w for w in words if not w.startswith("-")] or list(PARTS)
    if "--write-docs" in words:
        PAGE.write_text(with_figures(PAGE.read_text("utf-8"), figures()), "utf-8")
        return
    for part in parts:
        _show(part, "--wrong" in words, "--confusion" in words)
    _show_speed(parts)
    _show_numbered()


if __name__ == "__main__":
    main(sys.argv[1:])
