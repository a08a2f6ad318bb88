"""What the checks found in a run, conversation by conversation, from its journals alone."""

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from hubbub.errors import UsageError
from hubbub.journal import read_folder
from hubbub.model import Conversation, Dropped, Finding, Header, Record, Started, Turn
from hubbub.registry import near
from hubbub.stats.answers import deviations, told, usual
from hubbub.stats.trend import Paired, paired

HELD_ELSEWHERE = "held elsewhere as "  # how the reason of a log's conversation begins; what it is called there follows
_REACHED = ("initiated", "confirmed")


class Found(Struct, frozen=True):
    """A finding, and whose conversation it is about; `name` is what a log calls it, where it was held elsewhere."""

    finding: Finding
    persona: str
    stage: int
    ending: str
    warm_up: bool = False
    name: str = ""


class Findings(Struct, frozen=True):
    """All that was found in a run. `conversations` counts those judged by persona and stage, warm-up left out."""

    found: tuple[Found, ...]
    conversations: dict[tuple[str, int], int]
    stages: tuple[str, ...]
    blind: tuple[str, ...]


def read_findings(folder: Path) -> Findings:
    """Everything found in the run in `folder`, in the order of conversation numbers; odd answers are found here.

    Raises UsageError and JournalError.
    """
    open_findings: dict[int, list[Finding]] = {}
    ended: list[Conversation] = []
    stages: tuple[str, ...] = ()
    blind: set[str] = set()
    for record in read_folder(folder):
        if isinstance(record, Finding):
            open_findings.setdefault(record.number, []).append(record)
        elif isinstance(record, Conversation):
            ended.append(record)
        elif isinstance(record, Header):
            stages, blind = record.stages, blind | set(record.blind)
    for number, finding in _odd_answers(ended):
        open_findings.setdefault(number, []).append(finding)
    return _findings(ended, open_findings, stages, tuple(sorted(blind)))


def _findings(
    ended: list[Conversation], by_number: dict[int, list[Finding]], stages: tuple[str, ...], blind: tuple[str, ...]
) -> Findings:
    found: list[Found] = []
    counts: dict[tuple[str, int], int] = {}
    for one in sorted(ended, key=lambda one: one.number):
        if not one.warm_up:
            counts[one.persona, one.stage] = counts.get((one.persona, one.stage), 0) + 1
        found += (
            Found(finding, one.persona, one.stage, one.ending, one.warm_up, _name(one))
            for finding in by_number.get(one.number, ())
        )
    return Findings(tuple(found), counts, stages, blind)


def _name(one: Conversation) -> str:
    return one.reason.removeprefix(HELD_ELSEWHERE) if one.reason.startswith(HELD_ELSEWHERE) else ""


def _odd_answers(ended: list[Conversation]) -> Iterator[tuple[int, Finding]]:
    """Who was told another than most, as `inconsistent_answer` counts it: warm-up left out."""
    counts: dict[tuple[str, tuple[tuple[str, str], ...]], int] = {}
    judged = [one for one in ended if one.answers and not one.warm_up]
    for one in judged:
        given = told(one.persona, one.answers)
        counts[given] = counts.get(given, 0) + 1
    common = usual(counts)
    for one in judged:
        for fact, value, most in deviations(one.persona, one.answers.items(), common)[:1]:
            reason = f"was told {value} for {fact}; most customers were told {most}"
            yield one.number, Finding(one.number, "inconsistent_answer", "failed", one.turns, reason)


def was_due(folder: Path, number: int) -> None:
    """Raise UsageError unless a run has a customer of this number, held or dropped; JournalError for a damaged one."""
    most = -1
    for record in read_folder(folder):
        if isinstance(record, Started | Dropped):
            if record.number == number:
                return
            most = max(most, record.number)
    raise _no_conversation(folder, number, most)


def _no_conversation(folder: Path, number: int, most: int) -> UsageError:
    there = f"they are numbered from 0 to {most}" if most >= 0 else "nobody was due in it"
    return UsageError(f"no conversation {number} in {folder}; {there}")


def conversation_of(folder: Path, number: int) -> tuple[Record, ...]:
    """The records of one conversation of a run, in the order they were written. Raises UsageError when it has none."""
    records = []
    most = -1
    for record in read_folder(folder):
        if isinstance(record, Dropped) and record.number == number:
            raise UsageError(f"conversation {number} was due and never held: dropped ({record.reason})")
        if isinstance(record, Started):
            most = max(most, record.number)
        if isinstance(record, Started | Turn | Finding | Conversation) and record.number == number:
            records.append(record)
    if not records:
        raise _no_conversation(folder, number, most)
    return tuple(records)


def escalated_in(folder: Path) -> dict[int, bool]:
    """Conversation number to whether a human was called, of those that ended by themselves."""
    return {
        record.number: record.escalated in _REACHED
        for record in read_folder(folder)
        if isinstance(record, Conversation) and record.ending != "cut_off"
    }


def pair_escalations(folder: Path, other: Path) -> Paired:
    """The same customers in two runs: did the second escalate more of them? Raises UsageError when they are others."""
    first, second = (_cast(one) for one in (folder, other))
    strangers = [number for number in first.keys() & second.keys() if first[number] != second[number]]
    if strangers or not first.keys() & second.keys():
        raise UsageError("the two runs have different customers: give both the same seed and the same mix")
    return paired(escalated_in(folder), escalated_in(other))


def _cast(folder: Path) -> dict[int, str]:
    return {record.number: record.persona for record in read_folder(folder) if isinstance(record, Started)}


def known(findings: Findings, kind: str, name: str) -> None:
    """Raise UsageError when a class or persona does not occur in the run, with what is near."""
    there = {one.finding.check if kind == "class" else one.persona for one in findings.found}
    if kind == "persona":
        there |= {persona for persona, _ in findings.conversations}
    if name not in there:
        what = ", ".join(sorted(there)) or "nothing was found"
        raise UsageError(f"no {kind} {name!r} in this run{near(name, there)}; there are: {what}")
