"""Here Locust is imported into the tests' own process, which it must not patch; sessions of it are processes."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from locust_bridge_sessions import PATIENCE_S

from benchmarks.ports import free_port

# Said for this one import only: processes that other tests start inherit the environment, and unpatched Locust never
# gets to hear its workers.
os.environ["LOCUST_SKIP_MONKEY_PATCH"] = "1"
import locust as _locust  # noqa: F401

del os.environ["LOCUST_SKIP_MONKEY_PATCH"]

PERSONA = """\
persona: tracker
goal: {intent: track_order, tells: [order_id]}
knows: {order_id: {pattern: "A-#####"}}
expect: {escalation: {decision: must_not}, resolves: true}
"""
WORKLOAD = """\
workload: small
agent: {agent}
customers: {{from: tracker.yaml}}
arrivals: {arrivals}
duration_s: {duration}
drain_s: 5
speed: {speed}
gates: [{gates}]
budget: {{late_p99_s: 9, loop_lag_p99_s: 9}}
"""
EMBEDDED = "{connector: openai-chat, embedded: {service_s: 0.03, tokens_per_s: 2000}, escalation: openai-tools}"
LOCUSTFILE = """\
from pathlib import Path
from hubbub.locust_bridge import rehearse
Customers = rehearse(Path(__file__).parent / "small.yaml")
"""
Session = subprocess.Popen[str]


def outside() -> dict[str, str]:
    """The environment of a user, with a port of its own for `--processes`: others may test here at the same time."""
    port = str(free_port())
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("LOCUST", "HUBBUB"))}
    return kept | {"LOCUST_MASTER_BIND_PORT": port, "LOCUST_MASTER_NODE_PORT": port}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    (tmp_path / "tracker.yaml").write_text(PERSONA)
    (tmp_path / "small.py").write_text(LOCUSTFILE)
    write_workload(tmp_path)
    return tmp_path


@pytest.fixture
def write(house: Path) -> Callable[..., None]:
    """Write the house's workload anew, with what is given."""
    return partial(write_workload, house)


@pytest.fixture
def until() -> Callable[..., None]:
    """Wait for another process to have done something."""

    def wait(done: Callable[[], bool], within_s: float = PATIENCE_S) -> None:
        end = time.monotonic() + within_s
        while not done():
            assert time.monotonic() < end, "it never came"
            time.sleep(0.05)

    return wait


def write_workload(
    house: Path,
    *,
    agent: str = EMBEDDED,
    arrivals: str = "{process: poisson, rate_per_s: 20}",
    duration: float = 2.0,
    gates: str = "",
    speed: float = 500,
) -> None:
    text = WORKLOAD.format(agent=agent, arrivals=arrivals, duration=duration, gates=gates, speed=speed)
    (house / "small.yaml").write_text(text)


@pytest.fixture
def locust(house: Path) -> Iterator[Callable[..., Session]]:
    """Start Locust in the house: `locust("--headless")`, or `hubbub` without a file. What still runs is ended."""
    sessions: list[Session] = []

    def start(*words: str, file: str | None = "small.py", before: tuple[str, ...] = (), **environment: str) -> Session:
        module = ("locust", "-f", file) if file else ("hubbub",)
        said = house / f"out.{len(sessions)}.txt"
        with said.open("w") as out:
            session = subprocess.Popen(
                [*before, sys.executable, "-m", *module, *words],
                cwd=house,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                text=True,
                env=outside() | environment,
                start_new_session=True,
            )
        session.said = said.read_text  # type: ignore[attr-defined]
        sessions.append(session)
        return session

    yield start
    for session in sessions:
        if session.poll() is None:
            os.killpg(session.pid, 9)
        session.wait()
