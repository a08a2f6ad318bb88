"""An answer handed over as it comes, by a line that has no socket: its bytes are given by hand."""

import asyncio
from itertools import pairwise

import aiohttp
import httptools
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.connectors.line import Line

CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: x\r\n\r\n"


class Told:
    """Notes what it is handed."""

    def __init__(self):
        self.heads, self.bodies, self.ends = [], [], []

    def head(self, status, headers):
        self.heads.append((status, dict(headers)))

    def body(self, data):
        self.bodies.append(data)

    def over(self):
        self.ends.append("over")

    def lost(self, error):
        self.ends.append(error)


class Socket(asyncio.Transport):
    """Takes what is written, and knows whether it was closed."""

    def __init__(self):
        super().__init__()
        self.written, self.closed = b"", False

    def write(self, data):
        self.written += data

    def close(self):
        self.closed = True

    def is_closing(self):
        return self.closed


@pytest.fixture
def line():
    loop = asyncio.new_event_loop()
    line = Line(loop)
    line.connection_made(Socket())
    yield line
    loop.close()


def answered(line, *pieces):
    told = Told()
    line.ask(b"GET", told)
    for piece in pieces:
        line.data_received(piece)
    return told


@given(st.lists(st.integers(0, len(CHUNKED)), max_size=6).map(sorted))
def test_however_it_is_cut_an_answer_is_the_same(cuts):
    loop = asyncio.new_event_loop()
    line = Line(loop)
    line.connection_made(Socket())
    places = [0, *cuts, len(CHUNKED)]
    told = answered(line, *(CHUNKED[a:b] for a, b in pairwise(places) if a < b))
    assert (told.heads, b"".join(told.bodies), told.ends) == (
        [(200, {b"Transfer-Encoding": b"chunked"})],
        b"abcde",
        ["over"],
    )
    assert line.complete
    assert not line.should_close
    loop.close()


def test_a_line_answers_one_question_after_the_other(line):
    for body in (b"one", b"two"):
        told = answered(line, b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n" + body)
        assert (told.bodies, told.ends) == ([body], ["over"])


def test_interim_answers_are_passed_over(line):
    told = answered(line, b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n")
    assert (told.heads, told.ends) == ([(204, {})], ["over"])


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\nContent-Length: 2\n\nok",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2  \r\nok\r\n0\r\n\r\n",
    ],
)
def test_what_is_sloppy_and_clear_is_taken(line, answer):
    told = answered(line, answer)
    assert (b"".join(told.bodies), told.ends) == (b"ok", ["over"])


def test_who_says_close_is_not_asked_again(line):
    answered(line, b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
    assert line.should_close


def test_a_second_answer_to_one_question_ends_the_line_and_not_the_turn(line):
    told = answered(line, b"HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n")
    assert (len(told.heads), told.ends) == (1, ["over"])
    assert line.should_close


@pytest.mark.parametrize("flood", [b"HTTP/1.1 200 OK\r\nX: ", CHUNKED[:-2] + b"Y: "], ids=["head", "trailers"])
def test_a_head_or_trailer_without_an_end_is_given_up(line, flood):
    told = answered(line, flood, *([b"x" * 50_000] * 3))
    assert isinstance(told.ends[0], httptools.HttpParserError)
    assert line.transport is None or line.transport.is_closing()


def test_a_line_that_is_lost_says_how(line):
    told = answered(line, b"HTTP/1.1 200 OK\r\nContent-Le")
    line.connection_lost(ConnectionResetError(104, "reset by peer"))
    assert isinstance(told.ends[0], aiohttp.ClientOSError)
    assert told.ends[0].errno == 104
    with pytest.raises(aiohttp.ServerDisconnectedError):
        line.ask(b"GET", told)


def test_who_waits_for_the_rest_is_told_when_it_is_there(line):
    told = answered(line, CHUNKED[:-5])
    came = []
    line.when_complete = lambda: came.append(True)
    assert not told.ends
    line.data_received(CHUNKED[-5:])
    assert came == [True]
