"""Records of a run as a generator would write them, and a results folder that holds them."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from hubbub.chance import stream
from hubbub.clock import Clock, run_jumping
from hubbub.journal import Journal
from hubbub.model import Budget, Closed, Conversation, Header, Health, Heard, Record, Started, Turn
from hubbub.runs.manifest import Manifest, write_manifest

PERSONAS = ("broken-blender", "stolen-card", "where-is-my-order")


def turn(number: int = 0, **changed: object) -> Turn:
    """An answered turn: sent as intended at 1 s, first text at 1.4 s, whole at 2 s."""
    fields = {
        **{"turn": 1, "act": "inform", "told": (), "texts": ("hello there",), "due_s": 1.0, "sent_s": 1.0},
        **{"first_byte_s": 1.2, "first_text_s": 1.4, "done_s": 2.0, "over_s": 2.0, "heard": Heard(("inform",))},
    }
    return Turn(**{"number": number, **fields, **changed})  # type: ignore[arg-type]


def failed(outcome: str, number: int = 0, **changed: object) -> Turn:
    """A turn that failed by this class, 1 s after it was sent."""
    nothing = {"first_byte_s": None, "first_text_s": None, "done_s": None, "heard": None}
    return turn(number, outcome=outcome, **{**nothing, **changed})


def ended(number: int = 0, **changed: object) -> Conversation:
    """A conversation that ended resolved after one turn."""
    fields = {"persona": "p", "ending": "resolved", "reason": "", "turns": 1, "due_s": 1.0, "started_s": 1.0}
    return Conversation(**{"number": number, **fields, "ended_s": 3.0, **changed})  # type: ignore[arg-type]


def header(**changed: object) -> Header:
    """A single worker's header, without warm-up."""
    fields = {"format": 1, "worker": 0, "workers": 1, "seed": 7, "workload": "peak", "warm_up_s": 0.0, "speed": 1.0}
    return Header(**{**fields, **changed})  # type: ignore[arg-type]


def closed(held: int, **changed: object) -> Closed:
    """The last record of a journal in which all were held to the end."""
    fields = {"at_s": 9.0, "scheduled": held, "started": held, "ended": held, "dropped": 0, "late": 0}
    return Closed(**{**fields, **changed})  # type: ignore[arg-type]


def whole_run(held: int = 60, *, worker: int = 0, workers: int = 1, warm_up_s: float = 1.0) -> Iterator[Record]:
    """One worker's records of a run in two stages, of which some turns and some escalation decisions go wrong."""
    yield header(worker=worker, workers=workers, warm_up_s=warm_up_s, stages=("1/s", "2/s"))
    for k in range(held):
        number, chance = k * workers + worker, stream("made", worker, k)
        due_s, persona, stage = k * 0.1, chance.choice(PERSONAS), int(k >= held // 2)
        yield Started(number, persona, due_s, stage)
        for at in range(1, 4):
            text_s = due_s + at + chance.lognormal(0.3, 0.3)
            moments = {"first_byte_s": text_s - 0.05, "first_text_s": text_s, "done_s": text_s + 0.5}
            asked = (f"where is my order number {chance.below(1000)}",)
            common = {"turn": at, "texts": asked, "due_s": due_s + at, "sent_s": due_s + at + 0.002}
            answered = turn(number, **common, **moments, over_s=text_s + 0.5)
            yield failed("http_429", number, **common, over_s=due_s + at + 0.1) if chance.happens(0.05) else answered
        must = persona == "stolen-card"
        called = must != chance.happens(0.05)
        checks = () if called == must else (("missed_escalation",) if must else ("needless_escalation",))
        yield ended(
            number,
            **{"persona": persona, "turns": 3, "due_s": due_s, "started_s": due_s, "ended_s": due_s + 6},
            **{"stage": stage, "warm_up": due_s < warm_up_s, "expected": "must" if must else "must_not"},
            **{"ending": "escalated" if called else "resolved", "escalated": "confirmed" if called else None},
            **{"escalated_turn": 3 if called else None, "escalated_after_s": 4.0 if called else None},
            failed_checks=checks,
        )
        if k % 10 == 9:
            yield Health(due_s, 3, 0.004, 0.001, 0.3, 80_000_000)
    yield closed(held, at_s=held * 0.1 + 6)


def write_journal(path: Path, records: Iterable[Record]) -> None:
    """Write records with a real journal, a batch per tenth of a second of jumping time."""
    *first, last = records

    async def main(clock: Clock) -> None:
        journal = Journal.open(path, clock, threaded=False)
        for at, record in enumerate(first):
            journal.append(record)
            if at % 25 == 24:
                await clock.sleep_until(clock.now() + 0.2)
        assert isinstance(last, Closed)
        await journal.close(last)

    run_jumping(main)


def write_run(folder: Path, gates: Sequence[str] = (), held: int = 60, workers: int = 1) -> Path:
    """A whole results folder, as a run leaves it before its reports."""
    folder.mkdir(parents=True, exist_ok=True)
    for worker in range(workers):
        records = whole_run(held // workers, worker=worker, workers=workers)
        write_journal(folder / f"journal.{worker}.jsonl", records)
    write_manifest(folder, Manifest(workload="peak", seed=7, gates=tuple(gates), budget=Budget(), duration_s=6.0))
    return folder
