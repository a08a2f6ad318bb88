"""What tests of Locust's sessions look at afterwards."""

from pathlib import Path

from hubbub.journal import read_folder
from hubbub.model import Conversation, Dropped, Started


def results(house: Path, at: int = 0) -> Path:
    """The folder of a session's run, the oldest first."""
    return sorted((house / "results").iterdir(), key=lambda path: path.stat().st_mtime_ns)[at]


def started_in(folder: Path) -> list[tuple[int, str, float]]:
    return sorted((r.number, r.persona, r.due_s) for r in read_folder(folder) if isinstance(r, Started))


def turns_in(folder: Path) -> int:
    return sum(path.read_bytes().count(b'"type":"turn"') for path in folder.glob("journal.*.jsonl"))


def agent_saw(folder: Path) -> int:
    """Requests in the agent's own log."""
    return len((folder / "agent-truth.jsonl").read_bytes().splitlines())


def accounted(folder: Path) -> bool:
    records = list(read_folder(folder))
    started = sorted(r.number for r in records if isinstance(r, Started))
    ended = sorted(r.number for r in records if isinstance(r, (Conversation, Dropped)))
    return started == ended and len(set(started)) == len(started)
