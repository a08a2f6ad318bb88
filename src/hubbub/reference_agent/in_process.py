"""The same agent without a wire: a connector whose calls are exact, and on a jumping clock deterministic."""

import asyncio
from typing import Protocol

import msgspec

from hubbub.clock import Clock
from hubbub.errors import ExchangeFailed
from hubbub.model import Reply, Signal, ToolCall, Usage
from hubbub.reference_agent.agent import STALL_S, Agent, Reckoning, Request
from hubbub.reference_agent.capacity import Full
from hubbub.reference_agent.draft import Break
from hubbub.reference_agent.settings import AgentSettings
from hubbub.reference_agent.truth import Record, forget


class Caller(Protocol):
    """Who is speaking: the part of a connector's caller that the agent looks at."""

    @property
    def number(self) -> int:
        """The conversation's number."""

    @property
    def key(self) -> str:
        """The conversation's unique key."""


class Watch(Protocol):
    """Told what has come, at the moment it came."""

    def byte(self) -> None:
        """The first byte."""

    def event(self) -> None:
        """A piece of the stream."""

    def text(self) -> None:
        """Visible text."""


class AgentInProcess:
    """A connector in shape: gives out lines to one agent in this very process."""

    blind: tuple[str, ...] = ()

    def __init__(self, agent: Agent) -> None:
        self.agent = agent

    def session(self, caller: Caller) -> "_Line":
        """A line for one conversation."""
        return _Line(self.agent, caller)

    async def close(self) -> None:
        """Nothing to release."""


class _Line:
    def __init__(self, agent: Agent, caller: Caller) -> None:
        self._agent = agent
        self._caller = caller

    async def say(self, texts: tuple[str, ...], watch: Watch) -> Reply:
        """Hold one turn. Raises ExchangeFailed with the class that a wire would have shown."""
        agent = self._agent
        asked = Request(
            self._caller.key, "\n".join(texts), agent.clock.now(), "in-process", conversation=str(self._caller.number)
        )
        try:
            async with agent.turn(asked) as reckoning:
                await _give(agent, reckoning, watch)
                return _reply(reckoning, self._caller.key, texts)
        except Full as full:
            raise ExchangeFailed("http_429", str(full), status=429, retry_after_s=full.retry_after_s) from full

    async def close(self) -> None:
        """Nothing to hang up."""


async def _give(agent: Agent, reckoning: Reckoning, watch: Watch) -> None:
    broken = reckoning.draft.breaks
    await agent.reach(reckoning.due_s)
    watch.byte()
    if broken is not None and broken.kind == "status":
        reckoning.finished(agent.clock.now(), "status")
        raise ExchangeFailed("http_5xx", "internal error", status=broken.status)
    chunks = reckoning.chunks if broken is None else reckoning.chunks[: broken.after]
    for place, chunk in enumerate(chunks):
        await agent.reach(reckoning.due_s + place * reckoning.gap_s)
        if place == 0:
            reckoning.first_s = agent.clock.now()
        watch.event()
        if chunk.strip():
            watch.text()
    if broken is not None:
        await _break_off(agent, reckoning, broken, "".join(chunks))
    reckoning.finished(agent.clock.now())


async def _break_off(agent: Agent, reckoning: Reckoning, broken: Break, partial: str) -> None:
    """End as a wire would: a stall lasts until the caller gives up."""
    if broken.kind == "stalled":
        reckoning.finished(agent.clock.now(), "stalled")
        await asyncio.sleep(STALL_S)
        raise ExchangeFailed("stall", "the reply stood still", partial=partial)
    if broken.kind == "reset":
        reckoning.finished(agent.clock.now(), "reset")
        raise ExchangeFailed("reset", "connection reset", partial=partial)
    reckoning.finished(agent.clock.now(), "truncated")
    raise ExchangeFailed("truncated", "the stream ended without proof", status=200, partial=partial)


def _reply(reckoning: Reckoning, session: str, texts: tuple[str, ...]) -> Reply:
    handed = reckoning.escalation
    text = reckoning.decision.reply
    payload = msgspec.json.encode(handed).decode() if handed is not None else ""
    return Reply(
        text=text,
        status=200,
        completed_by="finish_reason=tool_calls" if handed is not None else "finish_reason=stop",
        events=len(reckoning.chunks),
        size=len(text.encode()),
        session=session,
        trace=reckoning.trace,
        signals=(Signal("initiated", "tool", handed.queue, handed.reason, payload),) if handed is not None else (),
        tools=(ToolCall("transfer_to_human", payload),) if handed is not None else (),
        usage=Usage(sum(len(t.split()) for t in texts), len(text.split())),
        ended=reckoning.decision.memory.ended,
    )


def agent_in_process(settings: AgentSettings, clock: Clock, record: Record = forget) -> AgentInProcess:
    """The reference agent as a connector, on the given clock. `record` is told the truth of every turn."""
    return AgentInProcess(Agent(settings, clock, record))
