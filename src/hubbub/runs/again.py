"""Hold one conversation of a run again: the same customer, drawn from the same seed and number."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from hubbub.checks.cross_talk import LiveTokens
from hubbub.checks.own import load_checks
from hubbub.clock import REAL
from hubbub.connectors.dialing import dial
from hubbub.conversation import Desk, Talk, ears_of
from hubbub.customers.population import Customer, Population
from hubbub.customers.wording import word
from hubbub.model import Record
from hubbub.runs.alone import hold_alone
from hubbub.runs.embedded import start_embedded
from hubbub.runs.findings import was_due
from hubbub.runs.overrides import override
from hubbub.runs.plan import Plan, read_plan
from hubbub.runs.preflight import reach
from hubbub.timetable import Timetable


async def hold_again(folder: Path, number: int, told: Callable[[Record], None], *, speed: float | None = None) -> None:
    """Hold conversation `number` of the run in `folder` with its agent, alone; `told` gets its records as they come.

    An embedded agent is started afresh. `speed` overrides the workload's. Raises UsageError and AgentUnreachable.
    """
    plan = read_plan(folder)
    speed = override("speed", speed, plan.workload.speed)
    was_due(folder, number)
    workload = plan.workload
    if workload.agent.embedded is None:
        await reach(plan.url, workload.agent.timeouts.connect_s)
        await _hold(plan, plan.url, number, speed, told)
        return
    agent = await start_embedded(workload.agent.embedded, truth=None)
    try:
        await _hold(plan, agent.url(workload.agent.connector), number, speed, told)
    finally:
        await agent.stop()


def customer_of(plan: Plan, number: int) -> Customer:
    """Customer `number` of a run, also where the mix was changed before it came."""
    workload = plan.workload
    population = Population(plan.personas, workload.seed)
    if any(revision.mix for revision in plan.revisions):
        table = Timetable(workload.arrivals, workload.duration_s, workload.seed, population.remix)
        for revision in plan.revisions:
            table.revise(revision)
        while table.due is not None and table.number < number:
            table.advance()
    return population.draw(number)


async def _hold(plan: Plan, url: str, number: int, speed: float, told: Callable[[Record], None]) -> None:
    workload = plan.workload
    connector = await dial(replace(workload.agent, url=url), REAL, Path(plan.beside))
    customer = customer_of(plan, number)
    desk = Desk(
        clock=REAL,
        start=REAL.now(),
        connector=connector,
        record=told,
        voice=word,
        run_id=f"{plan.run_id}-again-{int(asyncio.get_running_loop().time() * 1000)}",
        tokens=LiveTokens(),
        ears=ears_of([customer.persona]),
        speed=speed,
        max_turns=workload.max_turns,
        shows=workload.agent.shows,
        more_checks=load_checks(workload.checks, Path(plan.beside)),
    )
    try:
        await hold_alone(Talk(customer, desk, 0.0))
    finally:
        await connector.close()
