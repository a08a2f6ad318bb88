"""The whole generator: customers, hearing, checks, statistics and journal, held open by one process.

python -m benchmarks.clients.hubbub URL TURNS OPEN [stream]
"""

import sys
import tempfile
from pathlib import Path
from typing import NamedTuple, cast

from msgspec.structs import replace

from benchmarks.clients.figures import Figures, Meter, tell
from hubbub.clock import REAL
from hubbub.connectors.protocol import Connect, Connector
from hubbub.conversation import Voice
from hubbub.customers.mind import Mind
from hubbub.customers.population import Customer
from hubbub.customers.wording import word
from hubbub.engine import Engine
from hubbub.errors import FAILURES
from hubbub.health import raise_file_limit
from hubbub.journal import Journal, read
from hubbub.model import AgentSpec, Arrivals, CustomersSpec, Header, Patience, Persona, Say, Turn, Workload
from hubbub.registry import load
from hubbub.runs.loops import run_fast
from hubbub.specs.persona import load_persona
from hubbub.specs.shelf import yaml_files
from hubbub.stats.fold import Fold

PERSONAS = Path(__file__).parents[1] / "personas" / "turns"
_SPEED = 1000.0  # nobody reads or thinks: the processor is to be the limit
_LONGEST_S = 120.0
_A_WEEK_S = 604_800.0
_LEAD_S = 0.5  # from putting together to the first arrival, as in a run
_WARM_SHARE = 0.25  # turns before the meter starts: grammars are read and names are made on first use


def workload_for(url: str, arrivals: Arrivals, speed: float, *, stream: bool) -> Workload:
    """Customers for as long as a benchmark takes."""
    return Workload(
        workload="benchmark",
        agent=AgentSpec(connector="openai-chat", url=url, options={"stream": stream}),
        customers=CustomersSpec(from_=str(PERSONAS)),
        arrivals=arrivals,
        duration_s=_LONGEST_S,
        drain_s=0.0,
        speed=speed,
    )


def personas(*, patient: bool) -> tuple[tuple[Persona, float], ...]:
    """The benchmark's own customers, which stay the same when the shipped ones change; each equally often."""
    found = [load_persona(file) for file in yaml_files(PERSONAS)]
    if patient:
        found = [replace(persona, patience=Patience(turns=200, wait_s=_A_WEEK_S)) for persona in found]
    return tuple((persona, 1.0) for persona in found)


class Generator(NamedTuple):
    """A whole generator, ready to run, and the file of its journal."""

    engine: Engine
    connector: Connector
    journal: Journal
    file: Path

    async def run(self) -> None:
        """Hold the conversations until the engine is stopped, and put everything away."""
        closed = await self.engine.run()
        await self.connector.close()
        await self.journal.close(closed)


async def ready(workload: Workload, folder: Path, voice: Voice = word, *, patient: bool = False) -> Generator:
    """The parts put together as a worker of a run does it; the journal goes to `folder`."""
    connector = await cast(Connect, load("connector", workload.agent.connector))(workload.agent, REAL)
    file = folder / "journal.0.jsonl"
    journal = Journal.open(file, REAL, threaded=True)
    fold = Fold()
    head = Header(1, 0, 1, workload.seed, workload.workload, 0.0, workload.speed)
    journal.append(head)
    fold.add(head)
    engine = Engine(
        workload,
        personas(patient=patient),
        connector,
        journal,
        REAL,
        voice,
        run_id="benchmark",
        start=REAL.now() + _LEAD_S,
        fold=fold,
    )
    return Generator(engine, connector, journal, file)


async def hubbub_turns(url: str, turns: int, at_once: int, *, stream: bool, folder: Path) -> Figures:
    """Hold conversations, `at_once` at any time, until this many turns were sent after warming up."""
    warm = int(turns * _WARM_SHARE)
    sent = 0
    meter = Meter()
    figures = meter.read("hubbub", 0)

    def counted(customer: Customer, mind: Mind, say: Say) -> tuple[str, ...]:
        nonlocal sent, meter, figures
        sent += 1
        if sent == warm:
            meter = Meter()
        elif sent == warm + turns:
            figures = meter.read("hubbub", turns)
            generator.engine.stop(at_once=True)
        return word(customer, mind, say)

    workload = workload_for(url, Arrivals(process="closed", open=at_once), _SPEED, stream=stream)
    generator = await ready(workload, folder, counted)
    await generator.run()
    return replace(figures, failed=_failed(generator.file))


def _failed(journal: Path) -> int:
    """Turns that failed, by the journal. Customers who left, and those cut off when we stopped, are no failures."""
    return sum(isinstance(record, Turn) and record.outcome in FAILURES for record in read(journal))


def main() -> None:
    """One round."""
    url, turns, at_once, *rest = sys.argv[1:]
    raise_file_limit()
    with tempfile.TemporaryDirectory() as folder:
        tell(run_fast(hubbub_turns(url, int(turns), int(at_once), stream=bool(rest), folder=Path(folder))))


if __name__ == "__main__":
    main()
