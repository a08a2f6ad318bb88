"""One process's conversations in the loop's thread; what happens goes to Locust's side in batches."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from hubbub.engine import Engine
from hubbub.journal import StartThread
from hubbub.model import Closed, Conversation, Dropped, Finding, Record, Started, Turn
from hubbub.runs.plan import Plan
from hubbub.runs.portion import Portion
from hubbub.stats.board import Board
from hubbub.timetable import Revision

BATCH_S = 0.05
_OF_INTEREST = (Started, Turn, Finding, Conversation, Dropped)
Take = Callable[[list[Record]], object]


class Holding:
    """A portion of a run. All of it lives in the event loop; `take` gets each batch of records, in the loop too."""

    def __init__(self, plan: Plan, worker: int, folder: Path, take: Take) -> None:
        self._plan = plan
        self._worker = worker
        self._folder = folder
        self._take = take
        self._batch: list[Record] = []
        self._portion: Portion | None = None
        self._engine: Engine | None = None
        self._stopped: bool | None = None
        self._seats: tuple[int | None, int | None] = (None, None)  # asked for, perhaps before there is an engine

    async def make_ready(self, in_thread: StartThread) -> None:
        """Connect, and begin the journal."""
        self._portion = await Portion.make_ready(self._plan, self._worker, self._folder, in_thread=in_thread)

    async def hold(self, start: float) -> Closed:
        """Hold the portion to its end. Raises JournalError if anything was not written."""
        portion = self._portion
        assert portion is not None, "make_ready comes first"
        if self._stopped is not None:
            await portion.call_off()
            return Closed(0.0, 0, 0, 0, 0, 0, interrupted=True)
        self._engine = portion.engine(start, self._note)
        self.resize(*self._seats)
        try:
            closed = await self._engine.run()
        finally:
            self._flush()
        await portion.close(closed)
        return closed

    def stop(self, *, at_once: bool) -> None:
        """End the arrivals and give what is open a moment, or none."""
        self._stopped = at_once
        if self._engine is not None:
            self._engine.stop(at_once=at_once)

    def resize(self, cap: int | None, seats: int | None) -> None:
        """Hold at most `cap` conversations, or `seats` of them open."""
        self._seats = cap, seats
        if self._engine is not None:
            self._engine.resize(cap=cap, seats=seats)

    async def revise(self, revision: Revision) -> bool:
        """Let customers come otherwise from a second on; False when it came too late for that."""
        return self._engine is not None and self._engine.revise(revision)

    async def board(self) -> Board:
        """The figures so far."""
        return Board() if self._portion is None else self._portion.fold.board()

    def _note(self, record: Record) -> None:
        if isinstance(record, _OF_INTEREST):
            if not self._batch:
                asyncio.get_running_loop().call_later(BATCH_S, self._flush)
            self._batch.append(record)

    def _flush(self) -> None:
        if self._batch:
            batch, self._batch = self._batch, []
            self._take(batch)
