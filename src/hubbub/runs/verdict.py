"""A run's figures and verdict, from its folder alone: the journals, and the gates and budget of its manifest."""

from pathlib import Path

from hubbub.errors import UsageError
from hubbub.gates import judge, parse_gate
from hubbub.journal import read_folder
from hubbub.model import Gate, Summary, Verdict
from hubbub.runs.manifest import read_manifest
from hubbub.stats.fold import Fold


def judge_run(folder: Path) -> tuple[Summary, Verdict]:
    """Fold a run's journals and judge them. Raises UsageError for no such run, JournalError for a damaged journal."""
    if not folder.is_dir():
        raise UsageError(f"there is no results folder {folder}")
    manifest = read_manifest(folder)
    fold = Fold()
    for record in read_folder(folder):
        fold.add(record)
    summary = fold.summary(manifest.budget)
    return summary, judge(summary, tuple(_gate(text) for text in manifest.gates))


def _gate(text: str) -> Gate:
    gate = parse_gate(text)
    if isinstance(gate, str):
        raise UsageError(f"manifest.json: {gate}")
    return gate
