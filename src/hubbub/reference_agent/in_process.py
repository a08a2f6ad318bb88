"""The same agent without a wire: a connector whose calls are exact, and on a jumping clock deterministic."""

import asyncio
from typing import NoReturn, Protocol

import msgspec

from hubbub.clock import Clock
from hubbub.errors import ExchangeFailed
from hubbub.model import Reply, Signal, Timeouts, ToolCall, Usage
from hubbub.reference_agent.agent import Agent, Reckoning, Request
from hubbub.reference_agent.capacity import Full
from hubbub.reference_agent.draft import Break
from hubbub.reference_agent.settings import AgentSettings
from hubbub.reference_agent.truth import Record, TurnEnd, forget

_TIMEOUTS = Timeouts()
_AT_ONCE = ("status", "closed", "garbled", "too_large")  # breaks that show before the first word


class Caller(Protocol):
    """Who is speaking: the part of a connector's caller that the agent looks at."""

    @property
    def number(self) -> int:
        """The conversation's number."""

    @property
    def key(self) -> str:
        """The conversation's unique key."""

    @property
    def channel(self) -> str:
        """What the customer is on."""


class Watch(Protocol):
    """Told what has come, at the moment it came."""

    def byte(self) -> None:
        """The first byte."""

    def event(self) -> None:
        """A piece of the stream."""

    def text(self) -> None:
        """Visible text."""


class Numbered(Protocol):
    """The watch on a message that was sent with an id."""

    message_id: str


class AgentInProcess:
    """A connector in shape: gives out lines to one agent in this very process."""

    blind: tuple[str, ...] = ()

    def __init__(self, agent: Agent, timeouts: Timeouts) -> None:
        self.agent = agent
        self._timeouts = timeouts

    def session(self, caller: Caller) -> "_Line":
        """A line for one conversation."""
        return _Line(self.agent, caller, self._timeouts)

    async def close(self) -> None:
        """Nothing to release."""


class _Line:
    def __init__(self, agent: Agent, caller: Caller, timeouts: Timeouts) -> None:
        self._agent = agent
        self._caller = caller
        self._timeouts = timeouts
        self._said: dict[str, tuple[str, ...]] = {}  # by message id, where the delivery probe gives them

    async def say(self, texts: tuple[str, ...], watch: Watch) -> Reply:
        """Hold one turn. Raises ExchangeFailed with the class that a wire would have shown."""
        agent = self._agent
        caller, name = self._caller, getattr(watch, "message_id", "")
        if name:
            self._said[name] = texts
        asked = Request(
            caller.key,
            "\n".join(texts),
            agent.clock.now(),
            "in-process",
            conversation=str(caller.number),
            channel=caller.channel,
            id=f"{caller.key} {name}" if name else "",
        )
        try:
            async with agent.turn(asked) as reckoning:
                await _give(agent, reckoning, watch, self._timeouts)
                return _reply(reckoning, self._caller.key, texts)
        except Full as full:
            raise ExchangeFailed("http_429", str(full), status=429, retry_after_s=full.retry_after_s) from full

    async def again(self, first: Numbered, watch: Watch) -> Reply:
        """Say once more what was said under an id."""
        return await self.say(self._said[first.message_id], watch)

    async def close(self) -> None:
        """Nothing to hang up."""


async def _give(agent: Agent, reckoning: Reckoning, watch: Watch, limits: Timeouts) -> None:
    broken = reckoning.draft.breaks
    if broken is not None and broken.kind == "silent":
        await _wait_in_vain(reckoning, "silent", limits.first_text_s, "first_text_timeout")
    await agent.reach(reckoning.due_s)
    if broken is not None and broken.kind in _AT_ONCE:
        reckoning.finished(agent.clock.now(), broken.kind)
        raise ExchangeFailed(_failure(broken), f"planted: {broken.kind}", status=_status(broken))
    watch.byte()
    chunks = reckoning.chunks if broken is None else reckoning.chunks[: broken.after]
    for place, chunk in enumerate(chunks):
        due_s = reckoning.due_s + place * reckoning.gap_s
        if due_s - reckoning.due_s > limits.turn_s:
            partial = "".join(chunks[:place])
            await _wait_in_vain(reckoning, "gone", due_s - agent.clock.now(), "total_timeout", partial)
        await agent.reach(due_s)
        if place == 0:
            reckoning.first_s = agent.clock.now()
        watch.event()
        if chunk.strip():
            watch.text()
    if broken is not None:
        await _break_off(agent, reckoning, broken, "".join(chunks), limits)
    reckoning.finished(agent.clock.now())


async def _wait_in_vain(
    reckoning: Reckoning, ended: TurnEnd, seconds: float, failure: str, partial: str = ""
) -> NoReturn:
    """End as a connector's deadline would."""
    reckoning.ended = ended
    await asyncio.sleep(seconds)
    raise ExchangeFailed(failure, f"after {seconds:g} s", partial=partial)


def _failure(broken: Break) -> str:
    if broken.kind != "status":
        return {"closed": "closed", "garbled": "malformed", "too_large": "too_large"}[broken.kind]
    if broken.status == 429:
        return "http_429"
    return {3: "redirect", 4: "http_4xx", 5: "http_5xx"}[broken.status // 100]


def _status(broken: Break) -> int:
    return broken.status if broken.kind == "status" else 0 if broken.kind == "closed" else 200


async def _break_off(agent: Agent, reckoning: Reckoning, broken: Break, partial: str, limits: Timeouts) -> None:
    """End in the middle as a wire would."""
    if broken.kind == "stalled":
        await _wait_in_vain(reckoning, "stalled", limits.gap_s, "stall", partial)
    if broken.kind == "reset":
        reckoning.finished(agent.clock.now(), "reset")
        raise ExchangeFailed("reset", "connection reset", partial=partial)
    reckoning.finished(agent.clock.now(), "truncated")
    raise ExchangeFailed("truncated", "the stream ended without proof", status=200, partial=partial)


def _reply(reckoning: Reckoning, session: str, texts: tuple[str, ...]) -> Reply:
    handed = reckoning.escalation
    text = reckoning.decision.reply
    payload = msgspec.json.encode(handed).decode() if handed is not None else ""
    done = (ToolCall(a.name, msgspec.json.encode(a.arguments).decode()) for a in reckoning.decision.actions)
    tools = (*done, *((ToolCall("transfer_to_human", payload),) if handed is not None else ()))
    return Reply(
        text=text,
        status=200,
        completed_by="finish_reason=tool_calls" if tools else "finish_reason=stop",
        events=len(reckoning.chunks),
        size=len(text.encode()),
        session=session,
        trace=reckoning.trace,
        signals=(Signal("initiated", "tool", handed.queue, handed.reason, payload),) if handed is not None else (),
        tools=tools,
        usage=Usage(sum(len(t.split()) for t in texts), len(text.split())),
        ended=reckoning.decision.memory.ended,
    )


def agent_in_process(
    settings: AgentSettings, clock: Clock, record: Record = forget, timeouts: Timeouts = _TIMEOUTS
) -> AgentInProcess:
    """The reference agent as a connector, on the given clock. `record` is told the truth of every turn."""
    return AgentInProcess(Agent(settings, clock, record), timeouts)
