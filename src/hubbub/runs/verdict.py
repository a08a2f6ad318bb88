"""A run's figures and verdict, from its folder alone: the journals, and the gates and budget of its manifest."""

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from hubbub.errors import UsageError
from hubbub.gates import judge, recorded_gate
from hubbub.journal import read_folder
from hubbub.model import Gate, Record, Summary, Verdict
from hubbub.runs.manifest import Manifest, read_manifest
from hubbub.stats.fold import Fold
from hubbub.stats.tally import Tally


class Judged(Struct, frozen=True):
    """A run, judged: what was asked, its figures and verdict, and the counts behind them by persona and stage."""

    manifest: Manifest
    gates: tuple[Gate, ...]
    summary: Summary
    verdict: Verdict
    tallies: dict[tuple[str, int], Tally]  # warm-up left out


def judge_run(folder: Path) -> tuple[Summary, Verdict]:
    """Fold a run's journals and judge them. Raises UsageError for no such run, JournalError for a damaged journal."""
    judged = judge_records(folder, lambda record: None)
    return judged.summary, judged.verdict


def judge_records(folder: Path, also: Callable[[Record], None]) -> Judged:
    """The same in full; `also` is given every record, so that a run is read only once. Raises as `judge_run` does."""
    if not folder.is_dir():
        raise UsageError(f"there is no results folder {folder}")
    manifest = read_manifest(folder)
    gates = tuple(_gate(text) for text in manifest.gates)
    fold = Fold()
    for record in read_folder(folder):
        fold.add(record)
        also(record)
    summary = fold.summary(manifest.budget)
    return Judged(manifest, gates, summary, judge(summary, gates, manifest.agent_ended), fold.tallies)


def _gate(text: str) -> Gate:
    gate = recorded_gate(text)
    if isinstance(gate, str):
        raise UsageError(f"manifest.json: {gate}")
    return gate
