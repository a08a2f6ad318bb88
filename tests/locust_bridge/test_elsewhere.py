"""A worker behind another 127.0.0.1 than the embedded agent's: a network of its own, as a container has."""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from locust_bridge_sessions import PATIENCE_S

from benchmarks.ports import free_port

pytestmark = pytest.mark.slow
OWN = os.getpid()  # others may test on this machine at the same time
SPACE, NEAR, FAR = f"hubbub-{OWN}", f"hub{OWN}a", f"hub{OWN}b"
HERE, THERE = (f"10.231.{OWN % 256}.{OWN // 256 % 64 * 4 + end}" for end in (1, 2))
TOKEN = "a join token for the test"
LAID = f"""\
ip netns add {SPACE}
ip link add {NEAR} type veth peer name {FAR}
ip link set {FAR} netns {SPACE}
ip addr add {HERE}/30 dev {NEAR}
ip link set {NEAR} up
ip netns exec {SPACE} ip addr add {THERE}/30 dev {FAR}
ip netns exec {SPACE} ip link set {FAR} up
"""
CLEARED = f"ip link del {NEAR}; ip netns del {SPACE}"


def shell(script: str) -> bool:
    return subprocess.run(["sh", "-ec", script], capture_output=True, check=False).returncode == 0


@pytest.fixture
def another_network() -> Iterator[str]:
    """The name of a network with one line to here; it needs a right that not everybody has."""
    if os.geteuid() or not shell(LAID):
        shell(CLEARED)
        pytest.skip("no right to lay a network here")
    yield SPACE
    shell(CLEARED)


def test_a_worker_that_cannot_reach_the_embedded_agent_is_refused_with_exit_code_2(
    house: Path, locust: Callable[..., subprocess.Popen], another_network: str
) -> None:
    port = str(free_port())
    master = locust(
        *("--master", "--headless", "--expect-workers", "2", "--master-bind-host", HERE, "--master-bind-port", port),
        HUBBUB_JOIN_TOKEN=TOKEN,
    )
    asked = ("--worker", "--master-host", HERE, "--master-port", port)
    locust(*asked, HUBBUB_JOIN_TOKEN=TOKEN)
    locust(*asked, before=("ip", "netns", "exec", another_network), HUBBUB_JOIN_TOKEN=TOKEN)
    assert master.wait(PATIENCE_S) == 2, master.said()
    assert "hubbub agent --expose" in master.said()
