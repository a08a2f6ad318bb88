"""Nothing that an agent says, or that a persona or a check is called, steers the terminal it is printed on."""

import io
import re

import pytest
from rich.console import Console

from hubbub.customers.preview import glimpses
from hubbub.model import AgentSpec, Arrivals, Conversation, CustomersSpec, Finding, Goal, Persona, Turn, Workload
from hubbub.reports.findings import listing, overview
from hubbub.reports.people import show_glimpses
from hubbub.reports.progress import Progress
from hubbub.reports.scribe import Scribe
from hubbub.reports.transcript import transcript
from hubbub.runs.findings import Findings, Found
from hubbub.stats.live import Live
from tests.reports.hostile import HOSTILE, hostile_run

STEERS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def console() -> Console:
    return Console(file=io.StringIO(), width=200, highlight=False)


def printed(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize("bad", [bad for bad in (*HOSTILE, "[/nowhere]", "[bold") if len(bad) < 100])
def test_whatever_things_are_called(bad: str, console: Console) -> None:
    records = list(hostile_run(bad))
    for line in transcript(records):
        console.print(line)
    scribe = Scribe(console)
    for record in records:
        scribe.record(record)
        if isinstance(record, Turn):
            scribe.said(record.texts, record.sent_s)
    found = [Found(r, bad, 0, "resolved", name=bad) for r in records if isinstance(r, Finding)]
    counts = {(bad, 0): sum(isinstance(r, Conversation) for r in records)}
    for part in (*overview(Findings(tuple(found), counts, (bad,), ()), found), *listing(found)):
        console.print(part)
    told = printed(console)
    assert told.count("resolved") > 1
    assert STEERS.search(told) is None


def test_a_persona_and_what_it_knows(console: Console) -> None:
    bad = "\x1b]0;title\x07\u202e"
    persona = Persona(persona="p", summary=bad, goal=Goal(intent="get_refund"))
    show_glimpses(console, persona, list(glimpses(persona, 1, 3)))
    assert "customers; patience" in printed(console)
    assert STEERS.search(printed(console)) is None


def test_a_run_under_way(console: Console) -> None:
    agent, customers = AgentSpec(connector="openai-chat"), CustomersSpec(from_="personas")
    workload = Workload(workload="w", agent=agent, customers=customers, arrivals=Arrivals(rate_per_s=2.0))
    with Progress(console, workload) as shown:
        shown.tell(Live(failures={"\x1b[2J": 3}, findings={"\u202etxt": 1}), 10.0)
    assert "txt 1" in printed(console)
    assert STEERS.search(printed(console)) is None
