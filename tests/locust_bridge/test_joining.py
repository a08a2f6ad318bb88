"""Only those who hold the token take part, and nothing that they said counts twice."""

import pytest
from locust.rpc.protocol import Message

from hubbub.locust_bridge.joining import Door, Guest, Refused, Seals

TOKEN = "a token that both ends hold"
SAMPLES = {"stats": [{"name": "tracker", "num_requests": 7}], "board": b"\x00\xff"}
KNOCK = Message("client_ready", "2.47.0", "w1")
STATS = Message("stats", SAMPLES, "w1")


def guest(token: str = TOKEN, at: float = 1000.0) -> Guest:
    return Guest(Seals(token, "up", "down", now=lambda: at))


def door(at: float = 1000.0) -> Door:
    return Door(Seals(TOKEN, "down", "up", now=lambda: at))


def met() -> tuple[Door, Guest]:
    """A master and a worker who know each other."""
    master, worker = door(), guest()
    master.opened("w1", worker.sealed(KNOCK))
    worker.opened(master.sealed(Message("ack", {"index": 0}, "w1")))
    return master, worker


def test_a_members_message_arrives_as_it_was_sent() -> None:
    master, worker = met()
    opened = master.opened("w1", worker.sealed(STATS))
    assert (opened.type, opened.data, opened.node_id) == ("stats", SAMPLES, "w1")


@pytest.mark.parametrize(
    "wire",
    [
        b"",
        b"\xc1",
        b"\x01",
        b"\x81\xab__ObjectId__\xa1x",
        KNOCK.serialize(),
        STATS.serialize(),
        Message("stats", ["x", "y", 1, 1000.0, b"", b""], "w1").serialize(),
        guest("guessed").sealed(KNOCK),
        door().sealed(KNOCK),
    ],
)
def test_a_rogues_message_is_refused_before_anything_in_it_is_believed(wire: bytes) -> None:
    with pytest.raises(Refused, match="without the join token"):
        door().opened("w1", wire)


def test_a_message_counts_once() -> None:
    master, worker = met()
    wire = worker.sealed(STATS)
    master.opened("w1", wire)
    with pytest.raises(Refused, match="sent before"):
        master.opened("w1", wire)


def test_samples_of_an_earlier_session_are_refused_by_a_master_that_never_saw_them() -> None:
    _, worker = met()
    later = door()
    later.opened("w1", guest().sealed(KNOCK))
    with pytest.raises(Refused, match="another master"):
        later.opened("w1", worker.sealed(STATS))


def test_an_earlier_masters_orders_are_refused_by_a_worker_that_never_heard_them() -> None:
    master, _ = met()
    with pytest.raises(Refused, match="another worker"):
        guest().opened(master.sealed(Message("quit", None, "w1")))


def test_an_old_knock_is_refused() -> None:
    with pytest.raises(Refused, match="long ago"):
        door(at=2000.0).opened("w1", guest(at=1000.0).sealed(KNOCK))


def test_a_member_speaks_for_itself_alone() -> None:
    master, worker = met()
    with pytest.raises(Refused, match="another worker's name"):
        master.opened("w2", worker.sealed(STATS))


def test_what_is_changed_on_the_way_is_refused() -> None:
    master, worker = met()
    with pytest.raises(Refused):
        master.opened("w1", worker.sealed(STATS).replace(b"tracker", b"trackEr"))
