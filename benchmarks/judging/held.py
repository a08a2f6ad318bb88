"""Many conversations with a planted agent on the jumping clock, in process, with the agent's own truth beside them."""

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from hubbub.clock import Clock, run_jumping
from hubbub.connectors.protocol import Connector
from hubbub.customers.population import Population
from hubbub.customers.wording import word
from hubbub.engine import Engine
from hubbub.journal import Journal
from hubbub.model import (
    AgentSpec,
    Arrivals,
    Closed,
    Conversation,
    CustomersSpec,
    Delivery,
    Finding,
    Header,
    Persona,
    Phrasing,
    Record,
    Turn,
    Workload,
)
from hubbub.redelivery import AS_IT_SHOULD
from hubbub.reference_agent.in_process import AgentInProcess, agent_in_process
from hubbub.reference_agent.settings import AgentSettings
from hubbub.reference_agent.truth import TrueTurn
from hubbub.specs.expectations import load_people
from hubbub.stats.fold import Fold

PERSONAS = Path(__file__).parents[1] / "personas" / "judge"
OPENING = "This chat is handled by an automated assistant."
SHOWS: tuple[Literal["tools", "audit_id"], ...] = ("tools", "audit_id")
_RATE_PER_S = 1.0  # with conversations of a minute or two, about a hundred are open at once


class Case(Struct, frozen=True):
    """One conversation: what its customer saw, what was found, and what the agent knows of it."""

    persona: Persona
    turns: tuple[Turn, ...]
    ended: Conversation
    findings: tuple[Finding, ...]
    truth: tuple[TrueTurn, ...]
    knows: dict[str, str]
    strangers: frozenset[str]  # values that are another customer's alone


class _Kept(Fold):
    """A fold that only keeps what it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[Record] = []

    def add(self, record: Record) -> None:
        """Keep it."""
        self.records.append(record)


def a_workload(conversations: int, seed: int) -> Workload:
    """So many conversations or about as many, arriving at random."""
    return Workload(
        workload="judge",
        agent=AgentSpec(connector="openai-chat", url="http://127.0.0.1:1", shows=SHOWS),
        customers=CustomersSpec(from_="."),
        arrivals=Arrivals(process="poisson", rate_per_s=_RATE_PER_S),
        duration_s=conversations / _RATE_PER_S,
        drain_s=7200.0,
        seed=seed,
    )


def as_it_is(agent: AgentInProcess) -> Connector:
    """The agent with all the structure of its replies."""
    return agent


def hold(
    faults: tuple[str, ...],
    conversations: int,
    seed: int,
    phrasing: Phrasing = "varied",
    seen_as: Callable[[AgentInProcess], Connector] = as_it_is,
    delivery: Delivery = AS_IT_SHOULD,
) -> list[Case]:
    """Hold conversations with an agent that has these faults, over a line that delivers messages so."""
    people = load_people([PERSONAS])
    settings = AgentSettings(faults=faults, seed=seed, workers=100_000, phrasing=phrasing, opening=OPENING)
    workload = a_workload(conversations, seed)
    workload = replace(workload, agent=replace(workload.agent, delivery=delivery))
    truth: list[TrueTurn] = []
    kept = _Kept()

    async def main(clock: Clock) -> Closed:
        with TemporaryDirectory() as folder:
            journal = Journal.open(Path(folder) / "journal.jsonl", clock, threaded=False)
            journal.append(Header(1, 0, 1, seed, "judge", 0.0, 1.0))
            engine = Engine(
                workload,
                tuple((persona, 1.0) for persona in people.values()),
                seen_as(agent_in_process(settings, clock, truth.append)),
                journal,
                clock,
                word,
                run_id="judge",
                start=1.0,
                fold=kept,
            )
            closed = await engine.run()
            await journal.close(closed)
            return closed

    run_jumping(main)
    weighted = tuple((persona, 1.0) for persona in people.values())
    return cases(kept.records, truth, people, Population(weighted, seed))


def cases(
    records: list[Record], truth: list[TrueTurn], people: dict[str, Persona], population: Population
) -> list[Case]:
    """Records and truth, conversation by conversation."""
    turns: dict[int, list[Turn]] = defaultdict(list)
    findings: dict[int, list[Finding]] = defaultdict(list)
    ended: dict[int, Conversation] = {}
    true: dict[int, list[TrueTurn]] = defaultdict(list)
    for record in records:
        if isinstance(record, Turn):
            turns[record.number].append(record)
        elif isinstance(record, Finding):
            findings[record.number].append(record)
        elif isinstance(record, Conversation):
            ended[record.number] = record
    for turn in truth:
        true[int(turn.session.rpartition("-")[2])].append(turn)
    customers = {number: population.draw(number) for number in ended}
    everybodys = frozenset(token for customer in customers.values() for token in customer.tokens)
    return [
        Case(
            people[end.persona],
            tuple(sorted(turns[number], key=lambda turn: turn.turn)),
            end,
            tuple(findings[number]),
            tuple(sorted(true[number], key=lambda turn: turn.arrival_s)),
            customers[number].knows,
            everybodys - frozenset(customers[number].tokens),
        )
        for number, end in sorted(ended.items())
    ]
