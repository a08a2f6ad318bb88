"""A signal before a run has begun calls it off: one line, one exit code, and neither a folder nor a process is left."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from hubbub.errors import AgentUnreachable, CalledOff
from hubbub.model import EmbeddedAgent
from hubbub.runs.conductor import conduct
from hubbub.specs.workload import load_workload
from tests.runs.conftest import Answer

BOTH = pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
WORKLOAD = """\
workload: peak
agent: {connector: http-json, %s}
customers: {from: one.yaml}
arrivals: {process: constant, rate_per_s: 1}
duration_s: 60
"""


def write(house: Path, agent: str) -> Path:
    (house / "one.yaml").write_text("persona: one\ngoal: {intent: track_order}\n")
    path = house / "peak.yaml"
    path.write_text(WORKLOAD % agent)
    return path


def children() -> set[str]:
    """The processes that this one started and that are still there."""
    return {pid for task in Path("/proc/self/task").iterdir() for pid in (task / "children").read_text().split()}


async def stopped(path: Path, number: signal.Signals, when: str) -> str:
    """Hold the run with two processes, and send the signal once a path like `when` is there; what it is called off
    with."""
    results = path.parent / "results"
    run = asyncio.create_task(conduct(load_workload(path), results, 2, lambda live, at_s: None, probe=False))
    while not list(results.glob(when)) and not run.done():
        await asyncio.sleep(0.001)
    assert list(results.glob(when)), "the run got so far"
    os.kill(os.getpid(), number)
    with pytest.raises(CalledOff) as called_off:
        await run
    assert called_off.value.exit_code == 130
    assert list(results.iterdir()) == []
    return str(called_off.value)


@BOTH
async def test_a_signal_while_the_agent_starts_leaves_nothing(tmp_path: Path, number: signal.Signals) -> None:
    before, usual = children(), signal.getsignal(number)
    said = await stopped(write(tmp_path, "embedded: {}"), number, "*")
    assert said == f"peak was stopped by {number.name} before it began: nothing was held, and no results folder is left"
    assert children() <= before
    assert signal.getsignal(number) is usual


@BOTH
async def test_a_signal_while_the_processes_start_leaves_nothing(
    tmp_path: Path, number: signal.Signals, agent: Callable[[Answer], str]
) -> None:
    before = children()
    path = write(tmp_path, f'url: "{agent(lambda _: (200, {}))}"')
    assert number.name in await stopped(path, number, "*/manifest.json")
    assert children() <= before


@BOTH
async def test_a_signal_while_the_agent_is_greeted_is_told_in_a_line(tmp_path: Path, number: signal.Signals) -> None:
    """From outside, as a shell or a pipeline sees it."""
    greeted, gone = asyncio.Event(), asyncio.Event()

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        greets = bool(await reader.read(1))  # the first connection only looks whether anybody is there
        if greets:
            greeted.set()
            await reader.read()
        writer.close()
        await writer.wait_closed()
        if greets:
            gone.set()

    server = await asyncio.start_server(listen, "127.0.0.1", 0)
    write(tmp_path, f'url: "http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"')
    words = ("-m", "hubbub", "run", "peak.yaml", "--quiet")
    ours = await asyncio.create_subprocess_exec(sys.executable, *words, cwd=tmp_path, stderr=subprocess.PIPE)
    await greeted.wait()
    ours.send_signal(number)
    _, said = await ours.communicate()
    await gone.wait()
    server.close()
    assert ours.returncode == 130
    assert said.decode().splitlines() == [
        f"hubbub: peak was stopped by {number.name} before it began: nothing was held, and no results folder is left"
    ]
    assert not (tmp_path / "results").exists()


async def test_an_agent_that_does_not_start_leaves_no_half_folder(tmp_path: Path) -> None:
    before = children()
    loaded = load_workload(write(tmp_path, "embedded: {}"))
    spec = replace(loaded.workload.agent, embedded=EmbeddedAgent(faults=("of-nobody's",)))  # the agent refuses it
    broken = replace(loaded, workload=replace(loaded.workload, agent=spec))
    with pytest.raises(AgentUnreachable):
        await conduct(broken, tmp_path / "results", 1, lambda live, at_s: None)
    assert list((tmp_path / "results").iterdir()) == []
    assert children() <= before
