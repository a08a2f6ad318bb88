"""What tests of Locust's sessions look at afterwards."""

import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path

from benchmarks.ports import free_port
from hubbub.journal import read_folder
from hubbub.model import Conversation, Dropped, Started, Turn

START = {"user_count": "1", "spawn_rate": "1"}
PATIENCE_S = 240  # with a process that is on its way: a busy machine takes ten times as long as an idle one


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


def serve(locust: Callable[..., object], until: Callable[..., None], *words: str, **env: str) -> str:
    """Start Locust's page on a free port and wait for it; returns its address."""
    port = str(free_port())
    url = f"http://127.0.0.1:{port}"
    session = locust("--web-port", port, *words, **env)

    def there() -> bool:
        assert session.poll() is None, session.said()
        try:
            urllib.request.urlopen(url).close()
        except urllib.error.HTTPError as error:
            error.close()
            return True
        except OSError:
            return False
        return True

    until(there)
    return url


def counted_turns(folder: Path) -> int:
    """Turns that Locust's table counts: all but those that our own end cut off."""
    return sum(isinstance(r, Turn) and r.outcome != "cut" for r in read_folder(folder))


def asked(url: str, path: str, fields: dict[str, str] | bytes | None = None, **headers: str) -> tuple[int, dict]:
    """A request and what it brought: the status and, of JSON, the content."""
    data = urllib.parse.urlencode(fields).encode() if isinstance(fields, dict) else fields
    request = urllib.request.Request(url + path, data=data)
    for name, value in headers.items():
        request.add_header(name.replace("_", "-"), value)
    try:
        with urllib.request.urlopen(request) as answer:
            assert "Access-Control-Allow-Origin" not in answer.headers
            return answer.status, json.load(answer) if answer.headers.get_content_type().endswith("json") else {}
    except urllib.error.HTTPError as error:
        error.close()
        return error.code, {}


def seats_taken(folder: Path, since_s: float = 0.0) -> list[int]:
    """How many conversations were open, each time that one had begun. In between a seat is empty for a moment."""
    held = [(r.started_s, r.ended_s) for r in read_folder(folder) if isinstance(r, Conversation)]
    moments = sorted(began for began, _ in held if began >= since_s)
    return [sum(began <= moment < ended for began, ended in held) for moment in moments]
