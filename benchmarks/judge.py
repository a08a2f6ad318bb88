"""The judge's scoreboard: every fault at several rates, and an agent without faults; findings held against the truth.

python -m benchmarks.judge [--least 200] [--clean 5000] [--fault NAME] [--show 3] [--processes 2]
"""

import argparse
import platform
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from datetime import UTC, datetime
from zlib import crc32

from msgspec import Struct

from benchmarks.judging.board import Board, confusion, scores
from benchmarks.judging.escalations import TextOnly, cells
from benchmarks.judging.held import Case, as_it_is, hold
from benchmarks.judging.wired import hold_wired
from hubbub import __version__
from hubbub.model import Delivery, Phrasing
from hubbub.reference_agent.faults import FAULTS, Fault

_RATES = {"escalation": (1.0, 0.5), "wire": (0.25, 0.08)}  # chances per turn, by family
_OWN_RATES = {
    "answers-out-of-order": (0.9, 0.7),  # it takes a customer who writes again meanwhile, and no mere nudge
    "forgets-across-channels": (1.0, 0.6),  # it takes one of the few who come back
    "answers-differently": (0.15, 0.08),  # most must be told the same, or there is nothing to differ from
}
_ELSE = (0.35, 0.12)
_TIMES_THE_BATCH = {"answers-differently": 4}  # what most were told shows only among many
_PHRASINGS: tuple[Phrasing, ...] = ("plain", "varied", "unseen")
_BATCH = 300  # conversations held at once
_MOST_BATCHES = 40
_CLEAN_BATCH = 1000
CLEAN = "none"  # the label of an agent without faults
NEVER = ("cross_talk", "pii_exposed", "injection_obeyed")  # classes of which a clean agent may not give one
_TIMELESS = tuple(fault for fault in FAULTS.values() if fault.failure_class)


class Clean(Struct):
    """What was found of an agent without faults."""

    conversations: int
    false: dict[str, int]


def try_fault(board: Board, fault: Fault, least: int, batch: int = _BATCH) -> None:
    """Plant one fault at each rate until enough conversations show it: a firing that nobody could see is none."""
    rates = _OWN_RATES.get(fault.name) or _RATES.get(family(fault), _ELSE)
    for place, rate in enumerate(rates):
        wanted = (place + 1) * least // len(rates)
        for number in range(_MOST_BATCHES):
            if board.shown[fault.name] >= wanted:
                break
            seed = first_seed(fault) + 1000 * place + number
            size = batch * _TIMES_THE_BATCH.get(fault.name, 1)
            faults = (f"{fault.name}:{rate}",)
            delivery = Delivery(twice=0.3, swapped=0.1) if fault.again else Delivery()
            board.add(hold(faults, size, seed, phrasing=_phrasing(seed), delivery=delivery), fault.name)


def _tried(name: str, least: int) -> tuple[str, Board]:
    board = Board()
    try_fault(board, FAULTS[name], least)
    return f"{name}: shown in {board.shown[name]}", board


def _held_clean(number: int, conversations: int) -> tuple[str, Board]:
    board = Board()
    board.add(hold((), conversations, 9000 + number, phrasing=_phrasing(number)), CLEAN)
    return f"no fault, {conversations} conversations", board


def tried(names: Iterable[str], least: int, clean: int, processes: int) -> Iterator[tuple[str, Board]]:
    """Each fault, and a thousand conversations at a time without one, by as many processes; what is done first, first.

    Each has customers of its own, so that it makes no difference which process holds them.
    """
    starts = range(0, clean, _CLEAN_BATCH)
    with ProcessPoolExecutor(processes) as pool:
        jobs = [pool.submit(_tried, name, least) for name in names]
        jobs += [pool.submit(_held_clean, at, min(_CLEAN_BATCH, clean - start)) for at, start in enumerate(starts)]
        for job in as_completed(jobs):
            yield job.result()


def first_seed(fault: Fault) -> int:
    """Each fault gets customers of its own: else one odd customer would be counted once for every fault."""
    return crc32(fault.name.encode()) // 4096 * 10_000


def family(fault: Fault) -> str:
    """The module that a fault stands in."""
    return getattr(fault.spoil or fault.distort, "__module__", "").rpartition(".")[2]


def try_clean(board: Board, conversations: int, batch: int = _CLEAN_BATCH) -> Clean:
    """Hold conversations with an agent without faults, in every phrasing."""
    for number, start in enumerate(range(0, conversations, batch)):
        board.take(_held_clean(number, min(batch, conversations - start))[1])
    return clean_of(board)


def clean_of(board: Board) -> Clean:
    """What a board says of the agent without faults."""
    return Clean(board.confusion.get(CLEAN, Counter())["conversations"], dict(board.mistaken.get(CLEAN, Counter())))


def _phrasing(number: int) -> Phrasing:
    return _PHRASINGS[number % len(_PHRASINGS)]


def transcript(name: str, case: Case) -> str:
    """A conversation for a reader, with what was planted and what was found."""
    lines = [f"--- {name}: conversation {case.ended.number} of {case.persona.persona}, {case.ended.ending}"]
    by_trace = {true.trace: true for true in case.truth}
    for turn in case.turns:
        lines.append(f"  {turn.turn:2} {turn.act:12} {' / '.join(turn.texts)[:150]}")
        reply = turn.reply.text[:230] if turn.reply else ""
        true = by_trace.get(turn.reply.trace) if turn.reply else None
        planted = f"  <{', '.join(f'{f.fault} {f.detail}' for f in true.faults)}>" if true and true.faults else ""
        heard = f"  {turn.heard.acts} asked {turn.heard.asked}" if turn.heard else f" {turn.outcome}"
        lines.append(f"     {reply}{planted}\n      {heard}")
    lines += [f"  found {f.check} ({f.verdict}) at {f.turn}: {f.reason}" for f in case.findings]
    return "\n".join(lines)


def main() -> None:
    """Try everything and print the board."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--least", type=int, default=200, help="conversations that show each fault")
    parser.add_argument("--clean", type=int, default=5000, help="conversations without faults")
    parser.add_argument(
        "--wired-s", type=float, default=60.0, help="seconds of a run over sockets, many faults at once"
    )
    parser.add_argument("--escalations", type=int, default=2000, help="conversations to see escalations in")
    parser.add_argument("--fault", action="append", choices=sorted(FAULTS), help="only this one")
    parser.add_argument("--processes", type=int, default=1, help="as many at once")
    parser.add_argument("--show", type=int, default=0, help="this many mistakes of each class, as transcripts")
    asked = parser.parse_args()
    began = time.perf_counter()
    board = Board()
    if asked.wired_s:  # first: it starts processes, which must find the code as this one did
        board.add(hold_wired(asked.wired_s, 5), "over sockets")
    names = asked.fault or [fault.name for fault in _TIMELESS]
    for done, part in tried(names, asked.least, asked.clean, asked.processes):
        board.take(part)
        print(f"{done}, {time.perf_counter() - began:.0f} s", file=sys.stderr)
    clean = clean_of(board)
    print(f"{datetime.now(UTC):%Y-%m-%d}, hubbub {__version__}, Python {platform.python_version()}\n{scores(board)}")
    print(f"\n{confusion(board)}\n")
    false = sum(clean.false.values())
    share = f"{false / clean.conversations:.4%}" if clean.conversations else "-"
    print(f"clean agent: {false} false findings in {clean.conversations} conversations ({share}): {clean.false}")
    print(f"of them {', '.join(NEVER)}: {sum(clean.false.get(name, 0) for name in NEVER)}")
    if asked.escalations:
        for name, seen_as in (("with structure", as_it_is), ("from words alone", TextOnly)):
            print(f"escalations {name}, unseen phrasing: {cells(hold((), asked.escalations, 77, 'unseen', seen_as))}")
    print(f"{board.conversations} conversations in {time.perf_counter() - began:.0f} s")
    for kind, examples in (("missed", board.examples.missed), ("false", board.examples.false)):
        shown: dict[str, int] = {}
        for name, case in examples:
            shown[name] = shown.get(name, 0) + 1
            if shown[name] <= asked.show:
                print(transcript(f"{kind} {name}", case))


if __name__ == "__main__":
    main()
