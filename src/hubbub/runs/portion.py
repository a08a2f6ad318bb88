"""One process's portion of a run: made ready before the common start, held, and closed, whoever conducts it."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from msgspec.structs import replace

from hubbub.alarm import precise_clock
from hubbub.arrivals import labels
from hubbub.checks.blindness import blind_to
from hubbub.checks.own import load_checks
from hubbub.clock import Clock
from hubbub.connectors.dialing import dial
from hubbub.connectors.inbox import seated
from hubbub.connectors.protocol import CalledBack, Connector
from hubbub.conversation import ears_of
from hubbub.customers.population import Population
from hubbub.customers.wording import word
from hubbub.engine import Engine, Share
from hubbub.journal import Journal, StartThread, start_thread
from hubbub.model import Closed, Header, Record
from hubbub.registry import load
from hubbub.runs.plan import Plan
from hubbub.stats.fold import Fold
from hubbub.voices.voice import Voice

JOURNAL = "journal.{worker}.jsonl"
_REPLY = "Hello. I'm sorry, I can't change order 123 here, but I can put you through to somebody from our team who can."


def header(plan: Plan, worker: int, blind: tuple[str, ...]) -> Header:
    """The first record of a worker's journal."""
    workload = plan.workload
    return Header(
        format=1,
        worker=worker,
        workers=plan.workers,
        seed=workload.seed,
        workload=workload.workload,
        warm_up_s=workload.warm_up_s,
        speed=workload.speed,
        stages=labels(workload.arrivals),
        blind=blind_to(blind, workload.agent.shows),
    )


class Portion:
    """The conversations of one process: a connector, a journal and the figures so far. Made by `make_ready`."""

    def __init__(
        self, plan: Plan, share: Share, clock: Clock, connector: Connector, journal: Journal, voice: Voice | None = None
    ) -> None:
        self.fold = Fold()
        self._voice = voice
        self._plan = plan
        self._share = share
        self._clock = clock
        self._connector = connector
        self._journal = journal
        self._checks = load_checks(plan.workload.checks, Path(plan.beside))
        self._began_at_s = 0.0
        head = header(plan, share.worker, connector.blind)
        journal.append(head)
        self.fold.add(head)

    @classmethod
    async def make_ready(
        cls, plan: Plan, worker: int, folder: Path, *, in_thread: StartThread = start_thread
    ) -> "Portion":
        """Connect and begin the journal in `folder`, in the running loop. Raises what connectors and journals raise."""
        spec = plan.workload.agent
        agent = replace(spec, url=plan.url, inbound=seated(spec.inbound, worker, plan.workers))
        clock = precise_clock(asyncio.get_running_loop())
        voice = await _voice(plan, worker)
        connector = await dial(agent, clock, Path(plan.beside))
        _open_ears(plan)
        _look_up_names(plan)
        path = folder / JOURNAL.format(worker=worker)
        journal = Journal.open(path, clock, threaded=True, start_thread=in_thread)
        return cls(plan, Share(worker, plan.workers), clock, connector, journal, voice)

    def engine(self, start: float, note: Callable[[Record], object] | None = None) -> Engine:
        """What holds the conversations, from `start` on the steady clock. `note` sees every record too."""
        self._began_at_s = round(datetime.now(UTC).timestamp() - self._clock.now() + start, 6)
        engine = Engine(
            self._plan.workload,
            self._plan.personas,
            self._connector,
            self._journal,
            self._clock,
            word,
            run_id=self._plan.run_id,
            start=start,
            share=self._share,
            fold=self.fold,
            note=note,
            checks=self._checks,
            reword=None if self._voice is None else self._voice.reword,
        )
        if isinstance(self._connector, CalledBack):
            self._connector.tell = engine.overhear
        return engine

    async def close(self, closed: Closed) -> None:
        """Hang up and write the journal's last record. Raises JournalError if anything was not written."""
        await self._connector.close()
        tally: dict[str, int] = {}
        if self._voice is not None:
            tally = dict(self._voice.tally)
            await self._voice.close()
        await self._journal.close(replace(closed, began_at_s=self._began_at_s, voice=tally))

    async def call_off(self) -> None:
        """Close without having held anything."""
        await self.close(Closed(0.0, 0, 0, 0, 0, 0, interrupted=True))


def _open_ears(plan: Plan) -> None:
    """Load what hearing needs: at the first reply of a run it would hold up all who wait, and count as our lateness."""
    for ear in ears_of(persona for persona, _ in plan.personas).values():
        ear.hear(_REPLY)


def _look_up_names(plan: Plan) -> None:
    """Draw one customer of each persona: a locale's first takes a tenth of a second, which all others would wait."""
    for persona, _ in plan.personas:
        Population(((persona, 1.0),), plan.workload.seed).draw(0)


async def _voice(plan: Plan, worker: int) -> Voice | None:
    """Who words the messages, where the workload names somebody."""
    spec = plan.workload.voice
    if spec is None:
        return None
    make = cast(Callable[..., Awaitable[Voice]], load("voice", spec.name, Path(plan.beside)))
    return await make(spec, plan.workload.seed, Path(plan.beside), os.environ, worker, plan.workers)
