"""What the journal and the fold cost: append and count per turn, wait for a start, read and judge afterwards.

python -m benchmarks.journal [--turns 100000] [--rounds 5]
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from hubbub.clock import REAL
from hubbub.journal import Journal, read_folder, recover, verify
from hubbub.model import Closed, Conversation, Header, Heard, Record, Reply, Started, Turn
from hubbub.reports.evidence import read_evidence
from hubbub.reports.files import write_reports
from hubbub.runs.manifest import Manifest, write_manifest
from hubbub.runs.verdict import judge_run
from hubbub.stats.fold import Fold

TURNS_EACH = 5
_TEXT = "I have found your order. It left our warehouse on Monday and should be with you in three to five days."


def turns(conversation: int) -> Iterator[Turn]:
    """The turns of one conversation, each with a reply of a hundred characters, streamed."""
    for at in range(1, TURNS_EACH + 1):
        due_s = conversation * 0.01 + at * 8.0
        text_s = due_s + 0.2 + (conversation * 7919 + at * 104_729) % 1000 / 1000
        yield Turn(
            number=conversation,
            turn=at,
            act="inform",
            told=("order_id",),
            texts=(f"my order number is A-{conversation * TURNS_EACH + at:05d}",),
            due_s=due_s,
            sent_s=round(due_s + 0.0004, 6),
            first_byte_s=round(text_s - 0.01, 6),
            first_event_s=round(text_s - 0.01, 6),
            first_text_s=round(text_s, 6),
            done_s=round(text_s + 0.4, 6),
            over_s=round(text_s + 0.4, 6),
            reply=Reply(text=_TEXT, status=200, completed_by="finish_reason=stop", events=24, size=4096),
            heard=Heard(acts=("inform",), chars=len(_TEXT)),
            frustration=0.1,
            max_gap_s=0.03,
        )


def records(held: int) -> list[Record]:
    """All records of a run but the last, in the order of their conversations."""
    made: list[Record] = [Header(1, 0, 1, 7, "benchmark", 0.0, 1.0)]
    for number in range(held):
        due_s = number * 0.01
        made.append(Started(number, f"persona-{number % 12}", due_s))
        made.extend(turns(number))
        ended = Conversation(number, f"persona-{number % 12}", "resolved", "", TURNS_EACH, due_s, due_s, due_s + 50)
        made.append(ended)
    return made


def took(what: Callable[[], object]) -> float:
    """CPU-seconds of this thread."""
    began = time.thread_time()
    what()
    return time.thread_time() - began


async def _append(folder: Path, made: list[Record], held: int) -> dict[str, float]:
    journal = Journal.open(folder / "journal.0.jsonl", REAL, threaded=True)
    cpu = time.process_time()
    appending = 0.0
    for at in range(0, len(made), 500):  # as a busy loop would: some hundred records, then a moment for others
        began = time.thread_time()
        for record in made[at : at + 500]:
            journal.append(record)
        appending += time.thread_time() - began
        await asyncio.sleep(0)
    await journal.close(Closed(1.0, held, held, held, 0, 0))
    return {
        "append, microseconds a record": appending / len(made) * 1e6,
        "append and write, CPU microseconds a record": (time.process_time() - cpu) / len(made) * 1e6,
    }


async def _wait(folder: Path) -> float:
    """How long a start waits until it is on the file, in the median, at 200 a second."""
    journal = Journal.open(folder / "waits.jsonl", REAL, threaded=True)
    waited = []
    for number in range(200):
        began = time.perf_counter()
        await journal.written(journal.append(Started(number, "p", 0.0)))
        waited.append(time.perf_counter() - began)
        await asyncio.sleep(0.005)
    await journal.close(Closed(1.0, 0, 0, 0, 0, 0))
    (folder / "waits.jsonl").unlink()
    return median(waited) * 1e6


def _fold(fold: Fold, made: list[Turn]) -> None:
    for turn in made:
        fold.add(turn)


def measure(folder: Path, made: list[Record], held: int) -> dict[str, float]:
    """One round, in a folder of its own."""
    figures = asyncio.run(_append(folder, made, held))
    figures["start on the file after, microseconds"] = asyncio.run(_wait(folder))
    write_manifest(folder, Manifest(workload="benchmark", seed=7))
    fold = Fold()
    only_turns = [record for record in made if isinstance(record, Turn)]
    for record in made:
        if not isinstance(record, Turn | Conversation):
            fold.add(record)
    figures["fold, microseconds a turn"] = took(lambda: _fold(fold, only_turns)) / len(only_turns) * 1e6
    figures["live snapshot, milliseconds"] = took(fold.live) * 1e3
    figures["summary of a fold, milliseconds"] = took(fold.summary) * 1e3
    figures["read, records a second"] = len(made) / took(lambda: sum(1 for _ in read_folder(folder)))
    figures["read, fold and judge the run, seconds"] = took(lambda: judge_run(folder))
    figures["verify, seconds"] = took(lambda: verify(folder))
    figures["recover, seconds"] = took(lambda: recover(folder))
    evidence = read_evidence(folder)
    figures["write all reports, milliseconds"] = took(lambda: write_reports(folder, evidence)) * 1e3
    figures["journal, bytes a turn"] = (folder / "journal.0.jsonl").stat().st_size / len(only_turns)
    return figures


def main() -> None:
    """Print each figure's median and spread over the rounds."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--turns", type=int, default=100_000)
    words.add_argument("--rounds", type=int, default=5)
    asked = words.parse_args()
    held = asked.turns // TURNS_EACH
    made = records(held)
    rounds = []
    for _ in range(asked.rounds):
        with tempfile.TemporaryDirectory() as folder:
            rounds.append(measure(Path(folder), made, held))
    print(f"{asked.turns:,} turns in {held:,} conversations, {asked.rounds} rounds: median (least-most)")
    for name in rounds[0]:
        found = [one[name] for one in rounds]
        print(f"  {name:45} {median(found):>12,.1f}  ({min(found):,.1f}-{max(found):,.1f})")


if __name__ == "__main__":
    main()
