"""One turn of the agent from arrival to end, whatever the protocol: wait, think, decide, go wrong as planted, pace."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from math import exp

from msgspec import Struct
from msgspec.structs import replace

from hubbub.chance import key, stream
from hubbub.clock import Clock
from hubbub.reference_agent import brain
from hubbub.reference_agent.capacity import Capacity, Full
from hubbub.reference_agent.draft import Draft, Scene, in_pieces, pieces
from hubbub.reference_agent.manners import dressed
from hubbub.reference_agent.memory import Decision, Escalation, Memory
from hubbub.reference_agent.planting import Plot
from hubbub.reference_agent.reading import taken_in
from hubbub.reference_agent.sessions import Sessions
from hubbub.reference_agent.settings import AgentSettings
from hubbub.reference_agent.tongue import addressed
from hubbub.reference_agent.truth import Fired, Record, TrueTurn, TurnEnd

_TYPICAL_WORDS = 20
_IDS_KNOWN = 100_000  # messages whose second delivery is recognised
_LEFT: TurnEnd = "gone"  # whoever hangs up in line
_HISTORY = 50  # of what was said before to an agent that did not hear it: as much as it takes in
STALL_S = 600.0  # how long a stalled reply keeps its line open


class Request(Struct, frozen=True):
    """A customer's turn as it arrived. `history` is what the customer said before, for a session not yet known."""

    session: str
    text: str
    arrival_s: float
    face: str
    conversation: str = ""
    history: tuple[str, ...] = ()
    channel: str = ""
    id: str = ""  # the message's own name, by which a second delivery is known
    begins: bool = False  # the first message of a thread, whatever came before in others


class Reckoning:
    """A reply being given. The face that gives it notes the moments of its first and last write, and how it ended."""

    __slots__ = ("chunks", "draft", "due_s", "end_s", "ended", "fired", "first_s", "gap_s", "trace", "turn", "waited_s")

    def __init__(self, draft: Draft, chunks: tuple[str, ...], due_s: float, gap_s: float, trace: str) -> None:
        self.draft = draft
        self.chunks = chunks
        self.due_s = due_s
        self.gap_s = gap_s
        self.trace = trace
        self.turn = draft.decision.memory.turns
        self.fired: tuple[Fired, ...] = ()
        self.waited_s = 0.0
        self.first_s: float | None = None
        self.end_s: float | None = None
        self.ended: TurnEnd = "gone"

    @property
    def decision(self) -> Decision:
        """What was decided, after the planted faults."""
        return self.draft.decision

    @property
    def escalation(self) -> Escalation | None:
        """The hand-over that is really carried out."""
        return self.decision.escalation if self.draft.transfers else None

    @property
    def calls(self) -> list[tuple[str, object]]:
        """The tools that are called, with what they are given: what was done for the customer, and then a hand-over."""
        done: list[tuple[str, object]] = [(action.name, action.arguments) for action in self.decision.actions]
        return done if self.escalation is None else [*done, ("transfer_to_human", self.escalation)]

    @property
    def whole_s(self) -> float:
        """When the last piece is due."""
        return self.due_s + self.gap_s * max(0, len(self.chunks) - 1)

    def finished(self, end_s: float, ended: TurnEnd = "whole") -> None:
        """Note the last write. A reply in one piece has its first and last at the same moment."""
        self.end_s = end_s
        self.ended = ended
        if self.first_s is None and ended == "whole":
            self.first_s = end_s


class Agent:
    """The reference agent without a wire. One per process, on one event loop."""

    def __init__(self, settings: AgentSettings, clock: Clock, record: Record) -> None:
        self.settings = settings
        self.clock = clock
        self.sessions = Sessions()
        self.plot = Plot(settings.faults, settings.seed)
        self._record = record
        work_s = settings.service_s * exp(settings.service_sigma**2 / 2) + _TYPICAL_WORDS / settings.tokens_per_s
        workers = None if settings.calibrated else settings.workers
        self.capacity = Capacity(workers, settings.queue, work_s, clock)
        self.frozen_until_s = clock.now()
        self._began_s: float | None = None
        self._turns = 0
        self._given: dict[str, tuple[Draft, str, Memory]] = {}  # by message id: what it was answered with

    @asynccontextmanager
    async def turn(self, request: Request) -> AsyncIterator[Reckoning]:
        """Take a turn: waits for a worker and holds it until the reply is given. Raises Full.

        However it ends, the truth is recorded, and a customer who hangs up frees the worker.
        """
        load = self.capacity.busy + self.capacity.waiting
        opened = self.sessions.count_open(request.arrival_s)
        self._began_s = request.arrival_s if self._began_s is None else self._began_s
        reckoning, ended = None, _LEFT
        try:
            async with self.capacity.worker() as waited_s:
                reckoning = self._reckon(request, load, opened)
                reckoning.waited_s = waited_s
                yield reckoning
        except Full:
            ended = "busy"
            await self.reach(self.clock.now())  # an agent that stands still does not refuse either
            raise
        finally:
            self._record(self._truth(request, load, opened, reckoning, reckoning.ended if reckoning else ended))

    async def reach(self, moment_s: float) -> None:
        """Sleep to a moment, or to the end of a freeze when that is later."""
        await self.clock.sleep_until(moment_s)
        while self.frozen_until_s > self.clock.now():
            await self.clock.sleep_until(self.frozen_until_s)
            await asyncio.sleep(0)

    def _reckon(self, request: Request, load: int, opened: int) -> Reckoning:
        """Decide, spoil as planted, and lay out in time what is to be said."""
        if request.id in self._given:
            return self._again(request, load, opened)
        before = addressed(self._recall(request), taken_in(request.text), self.settings.languages)
        scene = self._scene(request, before, load, opened)
        fired: tuple[Fired, ...] = ()
        memory = before
        if self.plot:
            memory, fired = self.plot.distort(scene, memory)
        decision = brain.answer(memory, request.text)
        draft = Draft(
            dressed(decision),
            self._service_s(request.session, decision.memory.turns),
            transfers=decision.escalation is not None,
            opens=bool(self.settings.opening) and not memory.disclosed,
        )
        if self.plot:
            draft, spoilt = self.plot.spoil(scene, draft)
            fired += spoilt
        now_s = self.clock.now()
        if draft.freeze_s:
            self.frozen_until_s = max(self.frozen_until_s, now_s + draft.freeze_s)
        draft = self._opened(draft)
        kept = self._kept(before, draft)
        self.sessions.keep(request.session, replace(kept, channel=request.channel) if request.channel else kept, now_s)
        reckoning = self._lay_out(request, draft, now_s)
        reckoning.fired = fired
        if request.id and not draft.breaks:
            self._given[request.id] = (draft, reckoning.trace, before)
            if len(self._given) > _IDS_KNOWN:
                del self._given[next(iter(self._given))]
        return reckoning

    def _again(self, request: Request, load: int, opened: int) -> Reckoning:
        """A message that was answered before: the same reply, under the same trace, and nothing is done for it."""
        draft, trace, before = self._given[request.id]
        scene = replace(self._scene(request, before, load, opened), again=True)
        draft, fired = self.plot.spoil(scene, draft) if self.plot else (draft, ())
        reckoning = self._lay_out(request, draft, self.clock.now())
        reckoning.trace = reckoning.trace if fired else trace
        reckoning.fired = fired
        return reckoning

    def _opened(self, draft: Draft) -> Draft:
        """With the opening before its first words, where one is due. A reply that breaks off leaves it due."""
        decision = draft.decision
        if not self.settings.opening or decision.memory.disclosed or draft.breaks or not decision.reply:
            return draft
        words = f"{self.settings.opening} {decision.reply}" if draft.opens else decision.reply
        memory = replace(decision.memory, disclosed=True)
        return replace(draft, decision=replace(decision, reply=words, memory=memory))

    def _kept(self, before: Memory, draft: Draft) -> Memory:
        """What is remembered after a reply; the replies themselves only where a fault may want them."""
        memory = draft.decision.memory
        if not self.plot or draft.breaks:
            return memory
        return replace(memory, replies=(*before.replies[-2:], draft.decision.reply))

    def _recall(self, request: Request) -> Memory:
        known = self.sessions.remembered(request.session)
        if known is not None:
            return known
        memory = brain.begin(self.settings.seed, request.session, self.settings.phrasing, self.settings.industries)
        for said in request.history[-_HISTORY:]:
            memory = brain.answer(addressed(memory, taken_in(said), self.settings.languages), said).memory
        return memory

    def _scene(self, request: Request, before: Memory, load: int, opened: int) -> Scene:
        assert self._began_s is not None
        return Scene(
            before=before,
            text=request.text,
            session=request.session,
            load=load,
            open=opened,
            queue=self.capacity.waiting,
            t=request.arrival_s - self._began_s,
            chance=self.plot.chance(request.session, before.turns + 1),
            others=lambda: self.sessions.others(request.session),
            returns=_returns(request, before),
        )

    def _service_s(self, session: str, turn: int) -> float:
        """Seconds until the first text: the same for the same turn of the same session, whatever the order of "
        "arrivals."""
        if self.settings.fixed_first_text_s is not None:
            return self.settings.fixed_first_text_s
        chance = stream(self.settings.seed, session, turn, "service")
        return chance.lognormal(self.settings.service_s, self.settings.service_sigma)

    def _lay_out(self, request: Request, draft: Draft, now_s: float) -> Reckoning:
        self._turns += 1
        trace = f"{key(self.settings.seed, request.session, draft.decision.memory.turns, self._turns):016x}"
        trace = trace if draft.traced else ""
        if self.settings.calibrated:
            chunks = in_pieces(draft.decision.reply, self.settings.fixed_chunks)
            return Reckoning(draft, chunks, request.arrival_s + draft.service_s, self.settings.fixed_gap_s, trace)
        chunks = pieces(draft.decision.reply)
        gap_s = 1 / self.settings.tokens_per_s if draft.gap_s is None else draft.gap_s
        return Reckoning(draft, chunks, now_s + draft.service_s, gap_s, trace)

    def _truth(self, request: Request, load: int, opened: int, reckoning: Reckoning | None, ended: TurnEnd) -> TrueTurn:
        turn = TrueTurn(
            session=request.session,
            turn=0,
            arrival_s=request.arrival_s,
            end_s=self.clock.now(),
            ended=ended,
            face=request.face,
            conversation=request.conversation,
            load=load,
            open=opened,
        )
        if reckoning is None:
            return turn if ended == "busy" else replace(turn, queue_wait_s=turn.end_s - turn.arrival_s)
        decision = reckoning.decision
        return replace(
            turn,
            turn=reckoning.turn,
            end_s=reckoning.end_s if reckoning.end_s is not None else turn.end_s,
            first_s=reckoning.first_s,
            queue_wait_s=reckoning.waited_s,
            decided=decision.kind,
            why=decision.why,
            reason=decision.escalation.reason if decision.escalation else "",
            queue=decision.escalation.queue if decision.escalation else "",
            handed=decision.escalation.summary if reckoning.escalation is not None and decision.escalation else "",
            transferred=reckoning.escalation is not None,
            asked=decision.asked,
            known=tuple(decision.memory.slots),
            chunks=len(reckoning.chunks),
            faults=reckoning.fired,
            trace=reckoning.trace,
        )


def _returns(request: Request, before: Memory) -> bool:
    """Whether a customer who was here before comes back on another channel, or in a new thread."""
    moved = bool(request.channel and before.channel and request.channel != before.channel)
    return before.turns > 0 and (moved or request.begins)
