"""A worker behind another 127.0.0.1 than the embedded agent's: a network of its own, as a container has."""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]
SPACE, HERE, THERE = "hubbub-test", "10.231.77.1", "10.231.77.2"
PORT = "15577"
TOKEN = "a join token for the test"
LAID = f"""\
ip netns add {SPACE}
ip link add hubbub-here type veth peer name hubbub-there
ip link set hubbub-there netns {SPACE}
ip addr add {HERE}/30 dev hubbub-here
ip link set hubbub-here up
ip netns exec {SPACE} ip addr add {THERE}/30 dev hubbub-there
ip netns exec {SPACE} ip link set hubbub-there up
"""
CLEARED = f"ip link del hubbub-here; ip netns del {SPACE}"


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
    master = locust(
        *("--master", "--headless", "--expect-workers", "2", "--master-bind-host", HERE, "--master-bind-port", PORT),
        HUBBUB_JOIN_TOKEN=TOKEN,
    )
    asked = ("--worker", "--master-host", HERE, "--master-port", PORT)
    locust(*asked, HUBBUB_JOIN_TOKEN=TOKEN)
    locust(*asked, before=("ip", "netns", "exec", another_network), HUBBUB_JOIN_TOKEN=TOKEN)
    assert master.wait(60) == 2, master.said()
    assert "hubbub agent --expose" in master.said()
