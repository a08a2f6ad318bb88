"""Only those who hold the token take part, and nothing that they said counts twice."""

import pytest
from locust.exception import RPCReceiveError
from locust.rpc.protocol import Message

from hubbub.locust_bridge.joining import Seals

TOKEN = "a token that both ends hold"
SAMPLES = {"stats": [{"name": "tracker", "num_requests": 7}], "board": b"\x00\xff"}


def worker(token: str = TOKEN, at: float = 1000.0) -> Seals:
    return Seals(token, "up", "down", now=lambda: at)


def master(at: float = 1000.0) -> Seals:
    return Seals(TOKEN, "down", "up", now=lambda: at)


def sent(message: Message) -> Message:
    """As it comes out of the wire."""
    return Message.unserialize(message.serialize())


def test_a_members_message_arrives_as_it_was_sent() -> None:
    opened = master().open(sent(worker().seal(Message("stats", SAMPLES, "w1"))))
    assert (opened.type, opened.data, opened.node_id) == ("stats", SAMPLES, "w1")


@pytest.mark.parametrize(
    "rogue",
    [
        Message("stats", SAMPLES, "w1"),
        Message("client_ready", "2.47.0", "w1"),
        Message("stats", ["x", 1, 1000.0, b"", b""], "w1"),
        worker("guessed").seal(Message("stats", SAMPLES, "w1")),
        master().seal(Message("stats", SAMPLES, "w1")),
    ],
)
def test_a_rogues_samples_are_refused(rogue: Message) -> None:
    with pytest.raises(RPCReceiveError, match="refused"):
        master().open(sent(rogue))


def test_a_message_counts_once() -> None:
    ear, message = master(), sent(worker().seal(Message("stats", SAMPLES, "w1")))
    ear.open(message)
    with pytest.raises(RPCReceiveError, match="sent before"):
        ear.open(message)


def test_an_old_message_is_refused_by_a_master_that_never_saw_it() -> None:
    message = sent(worker(at=1000.0).seal(Message("stats", SAMPLES, "w1")))
    with pytest.raises(RPCReceiveError, match="long ago"):
        master(at=2000.0).open(message)


def test_what_is_changed_on_the_way_is_refused() -> None:
    sealed = worker().seal(Message("stats", SAMPLES, "w1"))
    sealed.data[3] = sealed.data[3].replace(b"tracker", b"trackEr")
    with pytest.raises(RPCReceiveError):
        master().open(sent(sealed))
