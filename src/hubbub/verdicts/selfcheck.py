"""How much load this machine measures honestly: known answers at rising rates, held against the agent's own log.

The embedded agent answers after a known time, in a known number of pieces, and breaks off a known share of its
replies. At each rate everything that Hubbub reports is compared with what the agent wrote down, turn by turn.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from hubbub.errors import CalledOff
from hubbub.journal import read_folder
from hubbub.model import Arrivals, Health, Record, Turn
from hubbub.reference_agent.truth import TrueTurn, read_truth
from hubbub.runs.conductor import conduct
from hubbub.runs.embedded import TRUTH
from hubbub.specs.workload import LoadedWorkload

TURNS_EACH = 4.6  # turns per conversation, about; from the first level on it is what was seen

HONEST_P50_S = 0.0015  # reported latency may be off by this much in the median,
HONEST_P99_S = 0.015  # by this much at its 99th percentile,
HONEST_LATE_P99_S = 0.02  # and messages may leave this late, for the level to count as honest
_LONELY_TURNS = 50  # a level with fewer turns than this says nothing
_TRIES = 2  # of a level that is not honest at once: a moment's neighbour is not what the machine can do


class Level(Struct, frozen=True):
    """One rate, measured. Errors are reported minus true seconds, over all whole turns."""

    asked_per_s: float
    turns: int
    turns_per_s: float
    turns_each: float  # per conversation
    first_text_error_p50_s: float
    first_text_error_p99_s: float
    turn_error_p50_s: float
    turn_error_p99_s: float
    late_p99_s: float
    loop_lag_max_s: float
    cpu_share: float
    misjudged: int  # turns whose outcome differs from what the agent did
    unmatched: int  # turns that only one side knows of
    problems: tuple[str, ...]

    @property
    def honest(self) -> bool:
        """Whether this machine measured this level honestly."""
        return not self.problems


def climb(rates: Sequence[float], held: Callable[[float, float], Level]) -> Iterator[Level]:
    """Levels from the lowest rate up, until one is not honest at its second try either.

    `held` measures a level, given turns per second and how many turns a conversation has, as the last honest level saw.
    """
    turns_each = TURNS_EACH
    for rate in sorted(rates):
        for _ in range(_TRIES):
            level = held(rate, turns_each)
            yield level
            if level.honest:
                turns_each = level.turns_each
                break
        else:
            return


async def measure(
    loaded: LoadedWorkload,
    rate_per_s: float,
    seconds: float,
    processes: int,
    results: Path,
    turns_each: float = TURNS_EACH,
) -> Level:
    """Hold the calibration workload at this many turns per second for so long, and compare it with the truth.

    Raises CalledOff when it is stopped: half a level says nothing of the machine.
    """
    workload = replace(
        loaded.workload,
        arrivals=Arrivals(process="poisson", rate_per_s=rate_per_s / turns_each),
        duration_s=seconds + loaded.workload.warm_up_s,
        seed=int(rate_per_s),
    )
    held = await conduct(replace(loaded, workload=workload), results, processes, lambda live, at_s: None)
    if held.interrupted:
        raise CalledOff(f"the selfcheck was stopped at {rate_per_s:g} turns/s: this level says nothing")
    truth = read_truth(held.folder / TRUTH)
    return compare(rate_per_s, workload.warm_up_s, seconds, tuple(read_folder(held.folder)), truth)


def compare(
    rate_per_s: float, warm_up_s: float, seconds: float, records: Sequence[Record], truth: Sequence[TrueTurn]
) -> Level:
    """What was reported after the warm-up, held against what was true."""
    reported = [r for r in records if isinstance(r, Turn) and r.due_s >= warm_up_s and r.outcome != "cut"]
    within = [
        r for r in reported if r.due_s < warm_up_s + seconds
    ]  # whoever came then: after it nobody comes, and some stay
    pairs = list(_pairs(reported, truth))
    firsts = sorted(_errors(pairs, _first_text))
    wholes = sorted(_errors(pairs, _whole))
    lates = sorted(max(0.0, r.sent_s - r.due_s) for r in reported)
    health = [r for r in records if isinstance(r, Health) and r.at_s >= warm_up_s]
    level = Level(
        asked_per_s=rate_per_s,
        turns=len(reported),
        turns_each=len(within) / max(1, sum(1 for r in within if r.turn == 1)),
        turns_per_s=len(within) / seconds,
        first_text_error_p50_s=_quantile(firsts, 0.5),
        first_text_error_p99_s=_quantile(firsts, 0.99),
        turn_error_p50_s=_quantile(wholes, 0.5),
        turn_error_p99_s=_quantile(wholes, 0.99),
        late_p99_s=_quantile(lates, 0.99),
        loop_lag_max_s=max((h.loop_lag_max_s for h in health), default=0.0),
        cpu_share=sorted(h.cpu_share for h in health)[len(health) // 2] if health else 0.0,
        misjudged=sum(1 for r, t in pairs if t is not None and (r.outcome == "ok") != (t.ended == "whole")),
        unmatched=sum(1 for _, t in pairs if t is None),
        problems=(),
    )
    return replace(level, problems=tuple(_problems(level)))


def _pairs(reported: Sequence[Turn], truth: Sequence[TrueTurn]) -> "Iterator[_Pair]":
    """Each reported turn with its truth: by the reply's name, or, where it broke off before that, by its place."""
    by_trace = {t.trace: t for t in truth if t.trace}
    by_place = {(t.session.rpartition("-")[2], t.turn): t for t in truth}
    for turn in reported:
        yield turn, by_trace.get(trace_of(turn)) or by_place.get((str(turn.number), turn.turn))


def trace_of(turn: Turn) -> str:
    """The name under which the reference agent logged a turn: a face may put a prefix before it."""
    return turn.reply.trace.rpartition("-")[2] if turn.reply else ""


def _problems(level: Level) -> Iterator[str]:
    if level.turns < _LONELY_TURNS:
        yield f"only {level.turns} turns"
    if max(abs(level.first_text_error_p50_s), abs(level.turn_error_p50_s)) > HONEST_P50_S:
        yield "median off"
    if max(abs(level.first_text_error_p99_s), abs(level.turn_error_p99_s)) > HONEST_P99_S:
        yield "p99 off"
    if level.late_p99_s > HONEST_LATE_P99_S:
        yield "sends late"
    if level.misjudged:
        yield f"{level.misjudged} misjudged"
    if level.unmatched:
        yield f"{level.unmatched} unmatched"


_Pair = tuple[Turn, TrueTurn | None]


def _first_text(turn: Turn, true: TrueTurn) -> float | None:
    if turn.first_text_s is None or true.first_s is None:
        return None
    return (turn.first_text_s - turn.sent_s) - (true.first_s - true.arrival_s)


def _whole(turn: Turn, true: TrueTurn) -> float | None:
    if turn.done_s is None or true.ended != "whole":
        return None
    return (turn.done_s - turn.sent_s) - (true.end_s - true.arrival_s)


def _errors(pairs: Sequence[_Pair], of: Callable[[Turn, TrueTurn], float | None]) -> Iterator[float]:
    for turn, true in pairs:
        error = of(turn, true) if true is not None else None
        if error is not None:
            yield error


def _quantile(ascending: Sequence[float], q: float) -> float:
    return ascending[min(len(ascending) - 1, int(q * len(ascending)))] if ascending else 0.0
