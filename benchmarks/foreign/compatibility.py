"""docs/compatibility.md, written from the rehearsals that passed and from nothing else."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from benchmarks.foreign.rehearsal import Outcome
from benchmarks.foreign.servers import ROOT
from hubbub import __version__

PAGE = ROOT / "docs" / "compatibility.md"
_HEAD = """# What Hubbub was tried with

Written by `.venv/bin/python -m benchmarks.foreign --write`, from what passed and from nothing else. Each line is a
whole `hubbub run`: customers of all shipped kinds, each held to an end, against a server that nobody here wrote.
Hubbub {version}, {day}.

| scene | server | connector | conversations | turns by outcome |
| --- | --- | --- | --- | --- |
"""
_FOOT = """
In `llmock-with-faults` the classes of all turns agree, count by count, with llmock's own record of what it planted,
and its verdict on Hubbub has no FAIL (its fault `truncate` is left out: see [development.md](development.md)). `left`
are customers who did not wait for a slow reply.

The other way round, the SDKs `openai` (chat completions and responses) and `anthropic` (messages), streamed and
whole, talk to the reference agent and understand of it what Hubbub's connectors do:
`tests/foreign/test_sdk_clients.py`, with the versions in `tests/foreign/requirements.txt`.

Not tried with a server of someone else's: `rasa-rest`, `lex`, `dialogflow-cx` (documents made after their makers'
pages), `websocket` and `twilio-relay` (the reference agent, and sockets of the tests).
"""


def write_page(passed: Sequence[tuple[str, Outcome]], page: Path = PAGE) -> None:
    """Write the page."""
    lines = [
        f"| `{scene}` | {outcome.server} {outcome.version} | `{outcome.connector}` | {outcome.held} "
        f"| {', '.join(f'{name} {count}' for name, count in sorted(outcome.turns.items()))} |"
        for scene, outcome in passed
    ]
    head = _HEAD.format(version=__version__, day=date.today().isoformat())
    page.write_text(head + "\n".join(lines) + "\n" + _FOOT)
