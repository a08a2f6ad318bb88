"""Strangers at the master's port: nothing that they send counts, and nothing of it stops the run."""

import csv
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import zmq
from locust.rpc.protocol import Message
from locust_bridge_sessions import PATIENCE_S, accounted, counted_turns, results, turns_in
from zmq.utils.monitor import recv_monitor_message

from benchmarks.ports import free_port
from hubbub.locust_bridge.joining import LARGEST_BYTES

pytestmark = pytest.mark.slow
TOKEN = "a join token for the test"
SAMPLES = {
    "stats": [],
    "stats_total": {"name": "Aggregated", "num_requests": 10_000, "num_failures": 10_000},
    "errors": {},
    "user_classes_count": {"Customers": 9},
    "user_count": 9,
}


def sent_away(context: zmq.Context, port: str, wire: bytes) -> bool:
    """Whether the master closes the connection of a stranger who sends this."""
    with context.socket(zmq.DEALER) as rogue, rogue.get_monitor_socket(zmq.EVENT_DISCONNECTED) as seen:
        rogue.setsockopt(zmq.LINGER, 0)
        rogue.connect(f"tcp://127.0.0.1:{port}")
        rogue.send(wire)
        gone = bool(seen.poll(PATIENCE_S * 1000)) and recv_monitor_message(seen)["event"] == zmq.EVENT_DISCONNECTED
        rogue.disable_monitor()
        return gone


def test_a_strangers_samples_are_refused_and_its_rubbish_ends_nothing(
    house: Path, locust: Callable[..., subprocess.Popen], until: Callable[..., None]
) -> None:
    port = str(free_port())
    master = locust(
        *("--master", "--headless", "--expect-workers", "1", "--master-bind-port", port, "--csv", "t"),
        HUBBUB_JOIN_TOKEN=TOKEN,
    )
    with zmq.Context() as context, context.socket(zmq.DEALER) as rogue:
        rogue.setsockopt(zmq.IDENTITY, b"rogue")
        rogue.connect(f"tcp://127.0.0.1:{port}")
        for wire in (b"", b"\xc1", b"\x01", b"\x81\xab__ObjectId__\xa1x"):
            rogue.send(wire)
        rogue.send_multipart([b"one", b"two", b"three"])
        for message in (Message("client_ready", "2.47.0", "rogue"), Message("stats", SAMPLES, "rogue")):
            rogue.send(message.serialize())
        until(lambda: "refused: a message without the join token" in master.said())
        assert sent_away(context, port, bytes(LARGEST_BYTES + 1)), "what nobody of ours would send is not taken in"
        worker = locust("--worker", "--master-port", port, HUBBUB_JOIN_TOKEN=TOKEN)
        until(lambda: (house / "results").is_dir() and turns_in(results(house)) > 5)
        rogue.send(Message("stats", SAMPLES, "rogue").serialize())
        assert master.wait(PATIENCE_S) == 0, master.said()
        assert not rogue.poll(0), "nobody answers a stranger"
        rogue.close(linger=0)
    assert worker.wait(PATIENCE_S) == 0, worker.said()
    folder = results(house)
    assert accounted(folder)
    rows = {row["Name"]: row for row in csv.DictReader((house / "t_stats.csv").read_text().splitlines())}
    assert int(rows["Aggregated"]["Request Count"]) == counted_turns(folder)
