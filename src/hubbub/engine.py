"""Starts conversations when they are due, whatever the agent does; counts late and dropped."""

import asyncio
from collections.abc import Callable
from itertools import count
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from hubbub.arrivals import Arrival
from hubbub.checks.cross_talk import Elsewhere, LiveTokens
from hubbub.checks.story import Check
from hubbub.clock import Clock, to_the_us
from hubbub.connectors.protocol import Connector
from hubbub.conversation import Desk, Reword, Talk, Voice, ears_of, hold
from hubbub.customers.population import Customer, Population
from hubbub.health import Pulse
from hubbub.journal import Journal
from hubbub.model import Closed, Dropped, Persona, Record, Started, Unasked, Workload
from hubbub.stats.fold import Fold
from hubbub.timetable import Revision, Timetable

_AHEAD_S = 0.25  # a start is written this long before it is due, so that it is on disk before the first message
_HASTY_DRAIN_S = 2.0  # what open conversations get when the run is interrupted


class Share(Struct, frozen=True):
    """Which conversations are this process's: those whose number leaves `worker` when divided by `workers`."""

    worker: int = 0
    workers: int = 1

    def of(self, total: int) -> int:
        """How many of this many fall to this process."""
        return total // self.workers + (self.worker < total % self.workers)


class Engine:
    """The conversations of one process, from the first arrival to the last ending."""

    def __init__(
        self,
        workload: Workload,
        personas: tuple[tuple[Persona, float], ...],
        connector: Connector,
        journal: Journal,
        clock: Clock,
        voice: Voice,
        *,
        run_id: str,
        start: float,
        share: Share = Share(),  # noqa: B008 - frozen
        fold: Fold | None = None,
        note: Callable[[Record], object] | None = None,
        checks: tuple[Check, ...] = (),
        reword: Reword | None = None,
    ) -> None:
        self._workload = workload
        self._population = Population(personas, workload.seed)
        self._journal = journal
        self._clock = clock
        journal.on_problem = lambda _: self.stop(at_once=True)  # what cannot be written down is not to be held
        self._start = start
        self._share = share
        self._fold = fold
        self._note = note  # told of every record, for whoever watches the run while it runs
        self._cap = workload.max_open
        self._seats = share.of(workload.arrivals.open or 1)
        self._timetable: Timetable | None = None
        self._open: dict[int, asyncio.Task[None]] = {}
        self._waiting: dict[int, asyncio.Task[None]] = {}
        self._arriving: asyncio.Task[None] | None = None
        self._changed = asyncio.Event()
        self._stopping = self._at_once = self._moved = False
        self.scheduled = self.started = self.ended = self.dropped = self.late = 0
        self._desk = Desk(
            clock=clock,
            start=start,
            connector=connector,
            record=self._record,
            voice=voice,
            reword=reword,
            run_id=run_id,
            tokens=LiveTokens(self._elsewhere() if share.workers > 1 else None),
            ears=ears_of(persona for persona, _ in personas),
            speed=workload.speed,
            max_turns=workload.max_turns,
            warm_up_s=workload.warm_up_s,
            shows=workload.agent.shows,
            more_checks=checks,
            delivery=workload.agent.delivery,
        )

    def _elsewhere(self) -> Elsewhere:
        return Elsewhere(self._population.token_shape(), self._population.owner_of)

    def overhear(self, unasked: Unasked) -> None:
        """Write down what the agent sent for no open conversation. Its moment is on the clock."""
        self._record(replace(unasked, at_s=to_the_us(unasked.at_s - self._start)))

    @property
    def open(self) -> int:
        """Conversations that are held now."""
        return len(self._open)

    def stop(self, *, at_once: bool = False) -> None:
        """Let nobody else in, and give the open conversations a moment, or none at all."""
        self._stopping = True
        self._at_once = self._at_once or at_once
        self._changed.set()
        for task in (self._arriving, *self._waiting.values()):
            if task is not None:
                task.cancel()

    async def run(self) -> Closed:
        """Hold all conversations of this process's share; the returned record closes the journal."""
        loop = asyncio.get_running_loop()
        pulse = Pulse(self._clock, self._start, lambda: self.open, self._journal)
        beat = loop.create_task(pulse.run(self._record))
        closed = self._workload.arrivals.process == "closed"
        try:
            self._arriving = loop.create_task(self._hold_open() if closed else self._let_in())
            await asyncio.wait((self._arriving,))
            if not self._arriving.cancelled():
                self._arriving.result()
            await self._drain()
        finally:
            beat.cancel()
        at_s = to_the_us(self._clock.now() - self._start)
        return Closed(at_s, self.scheduled, self.started, self.ended, self.dropped, self.late, self._stopping)

    # -- changes on the way --------------------------------------------------------------------------------------

    def resize(self, *, cap: int | None = None, seats: int | None = None) -> None:
        """Hold at most `cap` conversations from now on; with closed arrivals, hold `seats` of them open.

        Nobody is sent away: fewer seats are reached as conversations end.
        """
        self._cap = self._workload.max_open if cap is None else min(cap, self._workload.max_open)
        self._seats = self._seats if seats is None else seats
        self._changed.set()

    def revise(self, revision: Revision) -> bool:
        """Revise who comes, and when, from a second of the run on. False, and no change, when that second is past."""
        if self._timetable is None or self._arriving is None or not self._timetable.revise(revision):
            return False
        if not self._moved:
            self._moved = True
            self._arriving.cancel()
        return True

    # -- arrivals ------------------------------------------------------------------------------------------------

    async def _let_in(self) -> None:
        """Customers by the clock."""
        workload = self._workload
        table = self._timetable = Timetable(
            workload.arrivals, workload.duration_s, workload.seed, self._population.remix
        )
        while True:
            due_s = table.end_s if table.due is None else table.due.due_s - _AHEAD_S
            if await self._moved_before(self._start + due_s):
                continue
            if table.due is None:
                return
            number, arrival = table.number, table.due
            table.advance()
            if number % self._share.workers == self._share.worker:
                self._announce(number, arrival)

    async def _moved_before(self, moment: float) -> bool:
        """Sleep until then; True when something was changed on the way, and it is time to look again."""
        try:
            await self._clock.sleep_until(moment)
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if self._stopping or not self._moved or task is None or task.uncancel():
                raise
            return True
        finally:
            self._moved = False
        return False

    async def _hold_open(self) -> None:
        """A fixed number of customers at once; each who leaves is followed by the next."""
        numbers = count(self._share.worker, self._share.workers)
        end = self._start + self._workload.duration_s
        await self._clock.sleep_until(self._start)
        while (left_s := end - self._clock.now()) > 0:
            while len(self._open) + len(self._waiting) < self._seats:
                self._announce(next(numbers), Arrival(max(0.0, self._clock.now() - self._start), 0))
            await self._change(left_s)

    def _announce(self, number: int, arrival: Arrival) -> None:
        """Write the start down, ahead of its time, and let the customer wait at the door."""
        self.scheduled += 1
        customer = self._population.draw(number)
        due_s = to_the_us(arrival.due_s)
        mark = self._record(Started(number, customer.persona.persona, due_s, arrival.stage))
        task = asyncio.get_running_loop().create_task(self._one(customer, due_s, arrival.stage, mark))
        task.add_done_callback(lambda _: self._drop(number, due_s, "stopped") if number in self._waiting else None)
        self._waiting[number] = task

    async def _one(self, customer: Customer, due_s: float, stage: int, mark: int) -> None:
        """One customer, from the door to the end: held when due, or written down as not held."""
        number = customer.number
        talk = Talk(customer, self._desk, due_s, stage)
        await self._clock.sleep_until(self._start + due_s)
        await self._journal.written(mark)
        if len(self._open) >= self._cap:
            self._drop(number, due_s, "max_open")
            return
        self._open[number] = self._waiting.pop(number)
        self.started += 1
        self.late += self._clock.now() - self._start - due_s > self._workload.budget.late_p99_s
        try:
            await hold(talk)
        finally:
            del self._open[number]
            self.ended += 1
            self._changed.set()

    def _drop(self, number: int, due_s: float, reason: Literal["max_open", "stopped"]) -> None:
        del self._waiting[number]
        self.dropped += 1
        self._record(Dropped(number, due_s, reason))
        self._changed.set()

    # -- the end -------------------------------------------------------------------------------------------------

    async def _drain(self) -> None:
        """Give the open conversations their time, then cut off the rest."""
        end = self._clock.now() + self._workload.drain_s
        hasty_end: float | None = None
        while (self._open or self._waiting) and not self._at_once:
            if self._stopping and hasty_end is None:
                hasty_end = self._clock.now() + _HASTY_DRAIN_S
            left_s = min(end, hasty_end or end) - self._clock.now()
            if left_s <= 0:
                break
            await self._change(left_s)
        for task in tuple(self._open.values()):
            task.cancel()
        while tasks := (*self._open.values(), *self._waiting.values()):
            await asyncio.wait(tasks)

    async def _change(self, at_most_s: float) -> None:
        """Wait until a conversation ended or the run was told to stop, or until this long has passed."""
        self._changed.clear()
        timer = asyncio.get_running_loop().call_later(at_most_s, self._changed.set)
        try:
            await self._changed.wait()
        finally:
            timer.cancel()

    def _record(self, record: Record) -> int:
        if self._fold is not None:
            self._fold.add(record)
        if self._note is not None:
            self._note(record)
        return self._journal.append(record)
