"""Strangers at the master's port: nothing that they send counts, and nothing of it stops the run."""

import csv
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
import zmq
from locust.rpc.protocol import Message
from locust_bridge_sessions import PATIENCE_S, accounted, counted_turns, results, turns_in

from benchmarks.ports import free_port
from hubbub.locust_bridge.gate import MOST_STRANGERS, STRANGERS_BYTES, lock

pytestmark = pytest.mark.slow
TOKEN = "a join token for the test"
TAKEN_AT_ONCE = 100  # connections that gevent takes in before it serves any
SAMPLES = {
    "stats": [],
    "stats_total": {"name": "Aggregated", "num_requests": 10_000, "num_failures": 10_000},
    "errors": {},
    "user_classes_count": {"Customers": 9},
    "user_count": 9,
}


@pytest.fixture
def port() -> str:
    return str(free_port())


@pytest.fixture
def crowd(port: str) -> Iterator[Callable[[int], list[socket.socket]]]:
    """So many connections that say nothing."""
    with ExitStack() as there:

        def come(size: int) -> list[socket.socket]:
            return [
                there.enter_context(socket.create_connection(("127.0.0.1", int(port)), timeout=PATIENCE_S))
                for _ in range(size)
            ]

        yield come


def ended(one: socket.socket) -> bool:
    """Whether the other end closes this connection."""
    try:
        while one.recv(4096):
            pass
    except TimeoutError:
        return False
    except OSError:
        pass
    return True


def held(session: subprocess.Popen, kind: str) -> int:
    """How many descriptors of a kind a process of ours holds. One that is closed as they are counted is not held."""
    names = []
    for path in Path(f"/proc/{session.pid}/fd").iterdir():
        with suppress(FileNotFoundError):
            names.append(str(path.readlink()))
    return sum(name.startswith(kind) for name in names)


def test_a_strangers_samples_are_refused_and_its_rubbish_ends_nothing(
    house: Path, locust: Callable[..., subprocess.Popen], until: Callable[..., None], port: str
) -> None:
    master = locust(
        *("--master", "--headless", "--expect-workers", "1", "--master-bind-port", port, "--csv", "t"),
        HUBBUB_JOIN_TOKEN=TOKEN,
    )
    with zmq.Context() as context, context.socket(zmq.DEALER) as rogue, context.socket(zmq.DEALER) as guesser:
        lock(guesser, TOKEN + "?")
        for one in (rogue, guesser):
            one.setsockopt(zmq.IDENTITY, b"rogue")
            one.connect(f"tcp://127.0.0.1:{port}")
            for wire in (b"", b"\xc1", b"\x01", b"\x81\xab__ObjectId__\xa1x"):
                one.send(wire)
            one.send_multipart([b"one", b"two", b"three"])
            one.send_multipart([b"x"] * 100_000)
            for message in (Message("client_ready", "2.47.0", "rogue"), Message("stats", SAMPLES, "rogue")):
                one.send(message.serialize())
        until(lambda: "refused: a connection without the join token" in master.said())
        worker = locust("--worker", "--master-port", port, HUBBUB_JOIN_TOKEN=TOKEN)
        until(lambda: (house / "results").is_dir() and turns_in(results(house)) > 5)
        assert master.wait(PATIENCE_S) == 0, master.said()
        assert not rogue.poll(0), "nobody answers a stranger"
        for one in (rogue, guesser):
            one.close(linger=0)
    assert worker.wait(PATIENCE_S) == 0, worker.said()
    counted_and_no_more(house)


def test_a_crowd_at_the_door_is_bounded_and_sent_away_and_a_worker_gets_in_beside_it(
    house: Path,
    locust: Callable[..., subprocess.Popen],
    until: Callable[..., None],
    port: str,
    crowd: Callable[[int], list[socket.socket]],
) -> None:
    master = locust(
        *("--master", "--headless", "--expect-workers", "1", "--master-bind-port", port, "--csv", "t"),
        HUBBUB_JOIN_TOKEN=TOKEN,
    )

    def listens() -> bool:
        try:
            return bool(crowd(1))
        except OSError:
            return False

    until(listens)
    first = []
    for _ in range(MOST_STRANGERS * 3 // 32):
        first += crowd(32)
        assert held(master, "socket:") < (MOST_STRANGERS + TAKEN_AT_ONCE) * 3 + 50  # all of them would take 1,150
    assert all(ended(one) for one in first[:MOST_STRANGERS]), "the longest there go first"
    worker = locust("--worker", "--master-port", port, HUBBUB_JOIN_TOKEN=TOKEN)
    second = []
    while not (house / "results").is_dir():  # they come again and again, and the worker all the same
        second += crowd(8)
        assert worker.poll() is None, worker.said()
        time.sleep(0.1)
    talker = crowd(1)[0]
    with suppress(OSError):
        talker.sendall(bytes(STRANGERS_BYTES * 2))
    assert ended(talker), "a stranger may not say much"
    assert all(ended(one) for one in first + second), "nor stay for long"
    assert master.wait(PATIENCE_S) == 0, master.said()
    assert worker.wait(PATIENCE_S) == 0, worker.said()
    counted_and_no_more(house)


def counted_and_no_more(house: Path) -> None:
    folder = results(house)
    assert accounted(folder)
    rows = {row["Name"]: row for row in csv.DictReader((house / "t_stats.csv").read_text().splitlines())}
    assert int(rows["Aggregated"]["Request Count"]) == counted_turns(folder)
