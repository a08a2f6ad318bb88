"""What the first screen says, so that ten seconds are enough: held or not, what broke first, and at what load."""

from collections.abc import Iterator, Sequence
from itertools import islice

from msgspec import Struct

from hubbub.gates import beyond_gates, show
from hubbub.model import GateResult, Verdict
from hubbub.reports.page.levels import Level, Row, first_broken
from hubbub.reports.page.sections import rate
from hubbub.reports.plain import plain
from hubbub.reports.tables import interval

WORDS = {"pass": "Held", "fail": "Did not hold", "unsure": "Cannot tell yet", "invalid": "Invalid"}
_LATER = 2  # loads at which more broke that are told beside the first


class Lead(Struct, frozen=True):
    """A sentence, the gates that it is about with a word on each, and how bad that is."""

    said: str
    gates: tuple[tuple[str, str], ...] = ()
    tone: str = "fail"


def meaning(verdict: Verdict) -> str:
    """What the verdict means, in numbers of gates."""
    number = len(verdict.gates)
    failed, unsure = (sum(result.verdict == name for result in verdict.gates) for name in ("fail", "unsure"))
    if verdict.verdict == "invalid":
        return "The generator was not fit to judge. Nothing on this page says anything certain about the agent."
    if verdict.verdict == "fail" and not failed:
        return "What happened here fails any run, whatever its gates."
    if verdict.verdict == "fail":
        return f"{failed} of {number} gates broke{f', and {unsure} cannot be told' if unsure else ''}."
    if verdict.verdict == "unsure":
        return f"{unsure} of {number} gates have too few samples to be told. A longer run would tell."
    gates = {0: "there were no gates to keep", 1: "its one gate is kept"}.get(number, f"all {number} gates are kept")
    return f"The infrastructure held, and the agent still behaved: {gates}."


def leads(verdict: Verdict, rows: Sequence[Row], every: Sequence[Level]) -> tuple[Lead, ...]:
    """What to say first, the weightiest on top."""
    if verdict.verdict == "invalid":
        return tuple(Lead(plain(reason, 300), tone="invalid") for reason in verdict.reasons)
    beyond = [Lead(plain(reason, 300)) for reason in beyond_gates(verdict)]
    first = first_break(verdict, rows, every)
    open_gates = tuple(_open(result) for result in verdict.gates if result.verdict == "unsure")
    unsure = Lead("Too few samples to tell:", open_gates, "unsure")
    return (*beyond, *((first,) if first else ()), *_later(rows, every), *((unsure,) if open_gates else ()))


def _open(result: GateResult) -> tuple[str, str]:
    metric = result.metric
    if metric.value is None:
        return plain(result.gate), "not seen once"
    return plain(result.gate), f"{show(metric.value, metric.unit)} ({interval(metric)})"


def _later(rows: Sequence[Row], every: Sequence[Level]) -> Iterator[Lead]:
    """Gates that kept where the first broke, and broke at a heavier load."""
    first = first_broken(rows)
    at = (level for level in sorted(every, key=lambda level: level.rate_per_s) if first and level != first[0])
    later = ((level, [row for row in rows if row.broke == level]) for level in at)
    for level, broken in islice(((level, broken) for level, broken in later if broken), _LATER):
        yield Lead(f"Then, at {rate(level)}:", tuple((plain(row.gate), _value_at(row, level)) for row in broken))


def first_break(verdict: Verdict, rows: Sequence[Row], every: Sequence[Level]) -> Lead | None:
    """Which gates broke first and at what load, in words; None where there is nothing sure to say."""
    if verdict.verdict == "invalid" or not rows:
        return None
    failed = any(result.verdict == "fail" for result in verdict.gates)
    broken = first_broken(rows)
    if broken is None:
        return _no_break(verdict, rows, every, failed)
    level, together = broken
    where = f"{rate(level)} (stage {plain(level.label, 40)}, from {level.from_s:,.0f} s)"
    if len(every) == 1:
        said = f"Broken at the run’s one load, {rate(level)}:"
    elif failed:
        said = f"First to break, at {where}:"
    else:
        said = f"Over the whole run no gate is sure to have broken; at {where} alone, these are:"
    return Lead(said, tuple((plain(row.gate), _value_at(row, level)) for row in together))


def _no_break(verdict: Verdict, rows: Sequence[Row], every: Sequence[Level], failed: bool) -> Lead | None:
    if verdict.verdict == "pass" and len(every) > 1:
        heaviest = max(every, key=lambda level: level.rate_per_s)
        certain = all(result.verdict == "pass" for row in rows for _, result in row.results)
        said = "Every gate held at every load" if certain else "No gate is sure to have broken at any load"
        return Lead(f"{said}, up to {rate(heaviest)}.", tone="pass")
    if failed and len(every) > 1:
        return Lead("Broken over the whole run; no load alone has samples enough to say where it began.")
    return None


def _value_at(row: Row, level: Level) -> str:
    metric = next(result.metric for at, result in row.results if at == level)
    return show(metric.value, metric.unit)
