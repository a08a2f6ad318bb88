"""docs/compatibility.md, written from the rehearsals that passed and from nothing else."""

from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path

from benchmarks.foreign.rehearsal import Outcome
from benchmarks.foreign.script import HANDOFF_AT, Played
from benchmarks.foreign.servers import ROOT
from hubbub import __version__

PAGE = ROOT / "docs" / "compatibility.md"
_HEAD = """# What Hubbub was tried with

Written by `.venv/bin/python -m benchmarks.foreign --write`, from what passed when it was tried last, and from nothing
else. Each line is a whole `hubbub run`: customers of all shipped kinds, each held to an end, against a server that
nobody here wrote. Hubbub {version}, {day}.

| scene | server | connector | conversations | turns by outcome |
| --- | --- | --- | --- | --- |
"""
_FOOT = """
In `llmock-with-faults` the classes of all turns agree, count by count, with llmock's own record of what it planted,
and its verdict on Hubbub has no FAIL (its fault `truncate` is left out: see [development.md](development.md)). `left`
are customers who did not wait for a slow reply. In `sinch` the agent refuses every third message with 503 when it comes
first: each was delivered again, and answered. In `twilio-twiml` and `twilio-rest` the SDK's validator let every request
pass, and the agent was told by its StatusCallback of each of its messages: sent, then delivered.

The other way round, the SDKs `openai` (chat completions and responses), `anthropic` (messages) and `a2a-sdk` (A2A
1.0, from its card on), streamed and whole, talk to the reference agent and understand of it what Hubbub's connectors
do: `tests/foreign/test_sdk_clients.py`, with the versions in `tests/foreign/requirements.txt`. `langgraph-sdk` is not
among them: it is the client of one maker's server, and the reference agent has no face of that kind. What Hubbub's
connector makes of that server is held against the server itself, in the script below.

"""
_REST = """
The agents behind these servers are in `benchmarks/foreign/agents`: small, the same words in each framework's own way.

The signatures for Lex are those of botocore, over 200 requests (`tests/foreign/test_sigv4.py`).

Not tried with anything of someone else's: `rasa-rest`, `lex`, `dialogflow-cx` (documents made after their makers'
pages), `whatsapp-cloud`, `chatwoot`, `bot-framework` over Direct Line (small stand-ins in the tests, after the pages
and sources of their makers), `websocket` and `twilio-relay` (the reference agent, and sockets of the tests).
"""


_SCRIPT = """
## One script of 20 turns

The same 20 messages of one customer, through every server and every way in which its connector can speak to it. Each
reply was, to the letter, what the server's agent is scripted to say: none doubled, cut or lost. A human was called at
turn {handoff_at}, and at no other; each fault that was asked for came as its class.

In the parts of `xllamacpp` a language model answers, which a grammar leaves but one thing to say (with an umlaut, an
emoji and a euro sign, which are several tokens each); it calls nobody, and what it says in its own words is tried with
whole conversations, above.

| part | server | connector | turns as they must be | human called at turn | faults, and what they came as |
| --- | --- | --- | --- | --- | --- |
"""


def _rehearsed(scene: str, outcome: Outcome) -> str:
    turns = ", ".join(f"{name} {count}" for name, count in sorted(outcome.turns.items()))
    return f"| `{scene}` | {outcome.server} {outcome.version} | `{outcome.connector}` | {outcome.held} | {turns} |"


def _scripted(one: Played) -> str:
    faults = ", ".join(f"{name}: `{failure}`" for name, failure in one.faults.items()) or "none to ask for"
    called = one.handoff_at or "cannot be asked to"
    return f"| `{one.name}` | {one.server} {one.version} | `{one.connector}` | {one.turns} | {called} | {faults} |"


def _kept(page: Path, tried: Collection[str]) -> dict[str, str]:
    """The lines of a page by what they are of, but for what was tried again."""
    text = page.read_text() if page.exists() else ""
    return {name: line for line in text.splitlines() if (name := _name(line)) and name not in tried}


def _name(line: str) -> str:
    return line.split("`")[1] if line.startswith("| `") else ""


def write_page(
    passed: Sequence[tuple[str, Outcome]], played: Sequence[Played], tried: Collection[str],
    order: tuple[Sequence[str], Sequence[str]], page: Path = PAGE,
) -> None:  # fmt: skip
    """Write the page from what passed of what was `tried`; lines of the rest stay. `order` is of scenes and parts."""
    lines = _kept(page, tried) | {scene: _rehearsed(scene, outcome) for scene, outcome in passed}
    lines |= {one.name: _scripted(one) for one in played}
    scenes, parts = ("\n".join(lines[name] for name in names if name in lines) for names in order)
    head = _HEAD.format(version=__version__, day=date.today().isoformat())
    page.write_text(f"{head}{scenes}\n{_FOOT}{_SCRIPT.format(handoff_at=HANDOFF_AT)}{parts}\n{_REST}")
