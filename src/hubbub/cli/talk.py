"""`hubbub talk`: one conversation of a persona, with what goes on in the customer in the margin."""

import asyncio
from pathlib import Path

import click
from msgspec.structs import replace
from rich.console import Console

from hubbub.clock import REAL
from hubbub.customers.pack import language_of
from hubbub.customers.population import Customer, Population
from hubbub.errors import UsageError
from hubbub.model import Persona
from hubbub.reference_agent.tongue import SPOKEN
from hubbub.reports.scribe import Scribe
from hubbub.runs.talking import talk, with_agent, with_reference
from hubbub.runs.typed import HELP, Lines, TypedAgent, read_in_background
from hubbub.specs.named import persona_named
from hubbub.specs.workload import load_workload

_ENDLESS_S = 604_800.0
_STRANGE = """\
hubbub: the reference agent does not speak this customer's language and answers in English: what comes of it says
  nothing about the persona. Use your own agent (--agent WORKLOAD), or play it (--as-agent).
"""


@click.command("talk")
@click.argument("persona")
@click.option("--agent", type=click.Path(path_type=Path), metavar="WORKLOAD", help="Use this workload's agent.")
@click.option("--as-agent", is_flag=True, help="Play the agent yourself: your lines are its replies.")
@click.option("--seed", default=1, show_default=True, help="With the number, who the customer is.")
@click.option("--number", default=0, show_default=True, type=click.IntRange(0), help="Which customer of that seed.")
@click.option("--speed", default=20.0, show_default=True, type=click.FloatRange(0, 1000, min_open=True),
              help="With --agent or --as-agent: how much reading, thinking and typing is compressed.")  # fmt: skip
@click.option("--patient", is_flag=True, help="The customer waits for a reply as long as it takes.")
@click.option("--fault", "faults", multiple=True, metavar="FAULT", help="Plant a fault in the reference agent.")
def command(
    persona: str, agent: Path | None, as_agent: bool, seed: int, number: int, speed: float, patient: bool,
    faults: tuple[str, ...],
) -> None:  # fmt: skip
    """Hold one conversation of PERSONA, a file or the name of a shipped one, and show it turn by turn.

    Beside each reply stands what the customer heard in it, how frustrated it is now, and what it will do next. Without
    --agent the reference agent answers, in this process and at once; the times shown are those that would have passed.

    \b
    hubbub talk broken-blender
    hubbub talk broken-blender --number 7 --fault promises-without-transfer
    hubbub talk personas/mine.yaml --agent workloads/mine.yaml
    hubbub talk personas/mine.yaml --as-agent
    """
    if agent is not None and as_agent:
        raise UsageError("either --agent answers or you do, with --as-agent")
    kind = persona_named(persona)
    customer = Population(((_unhurried(kind) if patient else kind, 1.0),), seed).draw(number)
    scribe = Scribe(Console(highlight=False), typed=as_agent)
    scribe.introduce(customer, seed)
    if agent is not None:
        asyncio.run(with_agent(load_workload(agent), customer, scribe, speed=speed))
    elif as_agent:
        click.echo(HELP, err=True)
        asyncio.run(_with_person(customer, scribe, speed))
    else:
        if language_of(customer.language) not in SPOKEN:
            click.echo(_STRANGE, err=True)
        with_reference(customer, scribe, faults)


def _unhurried(persona: Persona) -> Persona:
    return replace(persona, patience=replace(persona.patience, wait_s=_ENDLESS_S))


async def _with_person(customer: Customer, scribe: Scribe, speed: float) -> None:
    lines = Lines()
    read_in_background(lines)
    await talk(TypedAgent(lines), REAL, customer, scribe, key="talk", speed=speed)
