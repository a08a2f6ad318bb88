"""The agent met before a run: at once, or as soon as it is up within the time that it is given to start."""

import asyncio
import logging
from pathlib import Path

from hubbub.errors import AgentUnreachable
from hubbub.model import AgentSpec
from hubbub.runs.manifest import Greeting
from hubbub.runs.preflight import greet, reach

_AGAIN_AFTER_S = 0.5
# What an agent that is starting shows, or what stands before it: a proxy, a container's port, a name not given out yet.
_STARTING = frozenset(("connect_refused", "dns", "connect_timeout", "reset", "closed", "http_5xx"))
_log = logging.getLogger("hubbub")


async def meet(
    agent: AgentSpec, beside: Path, *, probe: bool, wait_s: float = 0.0, again_s: float = _AGAIN_AFTER_S
) -> Greeting | None:
    """Reach the agent at its `url` and, with `probe`, greet it; None without.

    While it shows what starting agents show it is tried every `again_s` seconds, for `wait_s` in all. Raises as `reach`
    and `greet` do.
    """
    now = asyncio.get_running_loop().time
    until, told = now() + wait_s, False
    while True:
        last = now() + again_s >= until
        try:
            greeting = await _met(agent, beside, probe, say=last)
            if last or greeting is None or greeting.outcome not in _STARTING:
                return greeting
            why = f"it answered with {greeting.outcome}"
        except AgentUnreachable as error:
            if last or error.failure not in _STARTING:
                raise
            why = str(error)
        if not told:
            _log.warning("hubbub: waiting up to %g s for the agent: %s", wait_s, why)
        told = True
        await asyncio.sleep(again_s)


async def _met(agent: AgentSpec, beside: Path, probe: bool, *, say: bool) -> Greeting | None:
    await reach(str(agent.url), agent.timeouts.connect_s)
    return await greet(agent, beside, say=say) if probe else None
