"""An agent that is starting is waited for as long as is asked; what waiting cannot mend is told at once."""

import asyncio
import socket
from itertools import count
from pathlib import Path

import pytest
from click.testing import CliRunner

from hubbub.cli.run import command
from hubbub.errors import AgentNotUnderstood, AgentUnreachable
from hubbub.model import AgentSpec
from hubbub.runs.meeting import meet


def met(url, *, wait_s, probe=True, again_s=0.01):
    spec = AgentSpec(connector="http-json", url=url)
    return asyncio.run(meet(spec, Path(), probe=probe, wait_s=wait_s, again_s=again_s))


def test_what_stands_before_an_agent_that_is_not_up_yet_is_asked_until_it_is(agent):
    asked = count()
    greeting = met(agent(lambda _: (503, {}) if next(asked) < 3 else (200, {"reply": "Hi."})), wait_s=60)
    assert greeting.outcome == "ok"
    assert next(asked) == 4


def test_a_port_that_is_not_open_yet_is_waited_for():
    async def late():
        with socket.socket() as held:  # bound, so that the port is ours, and not listening yet
            held.bind(("127.0.0.1", 0))
            url = f"http://127.0.0.1:{held.getsockname()[1]}/"
            spec = AgentSpec(connector="http-json", url=url)
            waiting = asyncio.ensure_future(meet(spec, Path(), probe=False, wait_s=60, again_s=0.01))
            await asyncio.sleep(0.05)
            assert not waiting.done()
            held.listen()
            return await waiting

    assert asyncio.run(late()) is None


def test_an_agent_that_does_not_come_is_told_once_the_time_is_over():
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{held.getsockname()[1]}/"
        with pytest.raises(AgentUnreachable, match="connect_refused") as told:
            met(url, wait_s=0.05)
    assert told.value.failure == "connect_refused"


def test_what_no_waiting_mends_is_told_at_once(agent):
    asked = count()
    with pytest.raises(AgentNotUnderstood, match=r"agent\.auth"):
        met(agent(lambda _: (401, {"asked": next(asked)})), wait_s=3600)
    assert next(asked) == 3  # a greeting's own tries


def test_waiting_has_no_place_on_locusts_page():
    told = CliRunner().invoke(command, ["--web", "--wait-s", "5"])
    assert told.exit_code == 2
    assert "--wait-s does not go with --web" in told.output
