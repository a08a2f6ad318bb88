"""A rehearsal with a foreign server: `hubbub run`, as a user runs it, and what came of it."""

import json
import os
import subprocess
import sys
import urllib.request
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from benchmarks.foreign.servers import ROOT, Foreign
from hubbub.journal import read
from hubbub.model import Conversation, Turn, Unasked

_ARRIVE_IN_S = 5
_JUDGED = (0, 1, 3, 5)  # exit codes of a run that was held to its end


class Outcome(Struct, frozen=True):
    """What a rehearsal came to: conversations by ending, turns by outcome, and the server's own verdict on us."""

    server: str
    version: str
    connector: str
    exit_code: int
    held: int
    endings: dict[str, int]
    turns: dict[str, int]
    escalated: int
    called: int  # turns in which a tool was called
    finishes: dict[str, int]
    folder: str
    unasked: dict[str, int] = {}  # messages that no turn waited for, by kind
    structural: int = 0  # escalations that more than words show
    again: int = 0  # sends that were not taken, and made again


PATH_OF = {
    "openai-chat": "/v1/chat/completions",
    "openai-responses": "/v1/responses",
    "anthropic-messages": "/v1/messages",
}
_LIMIT_OF = {"openai-chat": "max_tokens", "openai-responses": "max_output_tokens", "anthropic-messages": "max_tokens"}


def _options(server: Foreign, connector: str) -> dict[str, Any]:
    options: dict[str, Any] = {"model": server.model}
    limit = {_LIMIT_OF[connector]: server.max_tokens} if server.max_tokens else {}
    return options | (limit if connector == "anthropic-messages" else {"extra": limit})


def workload(server: Foreign, conversations: int, connector: str) -> dict[str, Any]:
    """So many customers of all shipped kinds within a few seconds, thinking fast, held to their own end."""
    return {
        "workload": f"foreign-{server.name}",
        "agent": server.agent
        or {
            "connector": connector,
            "url": server.base + PATH_OF[connector],
            "headers": {"Authorization": "Bearer none"},
            "timeouts": {"first_text_s": 900, "gap_s": server.gap_s, "turn_s": 900},
            "options": _options(server, connector),
        },
        "customers": {"from": str(ROOT / "personas")},
        "arrivals": {"process": "constant", "rate_per_s": conversations / _ARRIVE_IN_S},
        "duration_s": _ARRIVE_IN_S,
        "drain_s": 2400,
        "max_turns": 8,
        "speed": 500,  # who comes back after hours is back in seconds
        "seed": 7,
        "gates": ["cross_talk == 0"],
    }


def rehearse(server: Foreign, conversations: int, folder: Path, connector: str) -> Outcome:
    """Hold so many conversations with a server. Raises RuntimeError, with what Hubbub said, when it could not."""
    file = folder / "workload.yaml"
    file.write_text(json.dumps(workload(server, conversations, connector), indent=2))  # JSON is YAML
    words = [sys.executable, "-m", "hubbub", "run", str(file), "--results", str(folder / "results"), "--quiet"]
    words.append("--no-probe")  # some servers' own records are held against ours, message by message
    ran = subprocess.run(words, capture_output=True, text=True, check=False, env=os.environ | server.environ)
    if ran.returncode not in _JUDGED:
        raise RuntimeError(f"exit code {ran.returncode}:\n{ran.stdout}\n{ran.stderr}")
    (run,) = (folder / "results").iterdir()
    records = [record for path in sorted(run.glob("journal.*.jsonl")) for record in read(path)]
    turns = [record for record in records if isinstance(record, Turn)]
    ended = [record for record in records if isinstance(record, Conversation)]
    return Outcome(
        server=server.name,
        version=server.version,
        connector=connector,
        exit_code=ran.returncode,
        held=len(ended),
        endings=dict(Counter(conversation.ending for conversation in ended)),
        turns=dict(Counter(turn.outcome for turn in turns)),
        escalated=sum(conversation.escalated in ("initiated", "confirmed") for conversation in ended),
        called=sum(bool(turn.reply and turn.reply.tools) for turn in turns),
        finishes=dict(Counter(turn.reply.completed_by for turn in turns if turn.reply and turn.outcome == "ok")),
        folder=str(run),
        unasked=dict(Counter(record.kind for record in records if isinstance(record, Unasked))),
        again=sum(len(turn.attempts) for turn in turns),
        structural=sum(conversation.provenance in ("control", "tool", "field") for conversation in ended),
    )


def asked(server: Foreign, path: str) -> Any:
    """A JSON document of the server's own, such as its record of what it did."""
    with urllib.request.urlopen(server.base + path) as answer:
        return msgspec.json.decode(answer.read())
