"""Fixtures that many tests share."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from rehearsal import ALONE, Answer, FunctionConnector, Rehearsed, a_persona, a_workload

from hubbub.clock import Clock, run_jumping
from hubbub.conversation import Reword
from hubbub.customers.wording import word
from hubbub.engine import Engine, Share
from hubbub.journal import Journal, read
from hubbub.model import Closed, Header, Persona, Workload

# No test fails for taking long: a busy machine would fail it. Nor by an example that nobody saw before: what lands is
# judged by the same examples each time, and `--hypothesis-profile=search` looks for others.
settings.register_profile("search", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("house", settings.get_profile("search"), derandomize=True)
settings.load_profile("house")


@pytest.fixture
def rehearse(tmp_path: Path) -> Callable[..., Rehearsed]:
    """Hold a workload on the jumping clock: `rehearse(answer, workload, personas, share, during)`."""
    runs = iter(range(1000))

    def hold_all(
        answer: Answer,
        workload: Workload | None = None,
        personas: tuple[Persona, ...] | None = None,
        share: Share = ALONE,
        during: Callable[[Engine, Clock], Awaitable[None]] | None = None,
        blind: tuple[str, ...] = (),
        reword: Reword | None = None,
    ) -> Rehearsed:
        path = tmp_path / f"journal.{next(runs)}.jsonl"
        wanted = workload or a_workload()

        async def main(clock: Clock) -> Closed:
            journal = Journal.open(path, clock, threaded=False)
            journal.append(Header(1, share.worker, share.workers, wanted.seed, wanted.workload, wanted.warm_up_s, 1.0))
            people = tuple((persona, 1.0) for persona in personas or (a_persona(),))
            connector = FunctionConnector(clock, answer, blind)
            engine = Engine(wanted, people, connector, journal, clock, word, run_id="r", start=1.0, share=share,
                            reword=reword)  # fmt: skip
            meddling = asyncio.ensure_future(during(engine, clock)) if during else None
            closed = await engine.run()
            if meddling is not None:
                await meddling
            await journal.close(closed)
            return closed

        closed = run_jumping(main)
        return Rehearsed(tuple(read(path)), closed, path)

    return hold_all
