"""The same over real sockets: a run as users start it, several faults planted at once, read from its own journal."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import replace

from benchmarks.judging.held import OPENING, PERSONAS, SHOWS, Case, a_workload, cases
from hubbub.customers.population import Population
from hubbub.journal import read_folder
from hubbub.model import AgentSpec, Arrivals, EmbeddedAgent
from hubbub.reference_agent.truth import read_truth
from hubbub.runs.conductor import conduct
from hubbub.runs.embedded import TRUTH
from hubbub.specs.expectations import load_people
from hubbub.specs.workload import LoadedWorkload

FAULTS = (  # together, each rare enough that most conversations have one at most
    *("leaks-another-session:0.04", "switches-language:0.04", "exposes-card-number:0.04", "says-it-twice:0.04"),
    *("asks-again:0.04", "sends-to-the-wrong-queue:0.2", "promises-without-transfer:0.2", "hands-over-nothing:0.2"),
    *("errors-500:0.02", "truncates:0.02", "resets:0.02", "answers-garbage:0.02", "answers-empty:0.03"),
)
_RATE_PER_S = 6.0
_SPEED = 25.0  # of reading, thinking and typing


def hold_wired(duration_s: float, seed: int, connector: str = "openai-chat") -> list[Case]:
    """Hold a run of so many seconds with an embedded agent in a process of its own."""
    people = load_people([PERSONAS])
    weighted = tuple((persona, 1.0) for persona in people.values())
    agent = EmbeddedAgent(
        faults=FAULTS, workers=1000, service_s=0.02, tokens_per_s=2000.0, seed=seed, phrasing="varied", opening=OPENING
    )
    workload = replace(
        a_workload(1, seed),
        agent=AgentSpec(connector=connector, embedded=agent, shows=SHOWS),
        arrivals=Arrivals(process="poisson", rate_per_s=_RATE_PER_S),
        duration_s=duration_s,
        drain_s=60.0,
        speed=_SPEED,
    )
    loaded = LoadedWorkload(Path("judge.yaml"), workload, weighted, (), {}, {})
    with TemporaryDirectory() as results:
        held = asyncio.run(conduct(loaded, Path(results), 1, lambda _, __: None))
        truth = read_truth(held.folder / TRUTH)
        return cases(list(read_folder(held.folder)), truth, people, Population(weighted, seed))
