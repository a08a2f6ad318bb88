"""Server-sent events by the WHATWG rules, under every cut of the bytes."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.connectors.sse import EventParser
from hubbub.errors import ExchangeFailed


def _events(*pieces, limit=10_000):
    parser = EventParser(limit)
    return [event for piece in pieces for event in parser.feed(piece)]


def _by_the_book(data):
    """The specification's own algorithm, line by line, as slow as it likes."""
    text = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    *lines, _unfinished = text.split(b"\n")
    events, name, values = [], "", []
    for line in lines:
        if not line:
            if values:
                events.append((name, b"\n".join(values)))
            name, values = "", []
            continue
        field, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        if field == b"data":
            values.append(value)
        elif field == b"event":
            name = value.decode("utf-8", "replace")
    return events


@pytest.mark.parametrize(
    ("stream", "events"),
    [
        (b"data: a\n\ndata: b\n\n", [("", b"a"), ("", b"b")]),
        (b"data:a\n\ndata:  b\n\n", [("", b"a"), ("", b" b")]),
        (b"data: one\ndata: two\n\n", [("", b"one\ntwo")]),
        (b": ping\n\n: pong\ndata: a\n\n", [("", b"a")]),
        (b"event: error\ndata: x\nid: 7\nretry: 10\n\n", [("error", b"x")]),
        (b"event: lost\n\ndata: x\n\n", [("", b"x")]),
        (b"data\n\ndata\ndata\n\ndata:", [("", b""), ("", b"\n")]),  # an example of the specification's
        (b"\xef\xbb\xbfdata: a\n\n", [("", b"a")]),
        (b"data: a\r\rdata: b\r\n\r\ndata: c\r\n\n", [("", b"a"), ("", b"b"), ("", b"c")]),
        (b"data: a\n\n\n\n\ndata: b\n\n", [("", b"a"), ("", b"b")]),
        (b"datum: a\nDATA: b\n data: c\n\n", []),
        (b"data: never ended\n", []),
        (b"", []),
    ],
)
def test_streams_are_read_by_the_rules(stream, events):
    assert _events(stream) == events == _by_the_book(stream)


_TOKENS = st.sampled_from(
    [
        b"data: {}",
        b"data:x",
        b"data",
        b"event: e",
        b": c",
        b"id: 1",
        b"\n",
        b"\n\n",
        b"\r",
        b"\r\n",
        b"\xef\xbb\xbf",
        b"\xc3\xa9",
    ]
)


@given(st.lists(_TOKENS, max_size=14), st.lists(st.integers(0, 60), max_size=8))
def test_every_cut_of_the_bytes_gives_the_events_of_the_book(tokens, cuts):
    stream = b"".join(tokens)
    places = sorted({min(cut, len(stream)) for cut in cuts} | {0, len(stream)})
    pieces = [stream[a:b] for a, b in pairwise(places)]
    assert _events(*pieces) == _by_the_book(stream)
    assert _events(*(stream[i : i + 1] for i in range(len(stream)))) == _by_the_book(stream)


def test_an_event_that_never_ends_is_too_large_and_was_never_held():
    parser = EventParser(limit=1000)
    for _ in range(9):
        parser.feed(b"data: " + b"x" * 100)
    with pytest.raises(ExchangeFailed, match="too_large"):
        parser.feed(b"x" * 100)
    with pytest.raises(ExchangeFailed, match="too_large"):
        EventParser(limit=10).feed(b"data: aaaaaaaaaaaaaaaaaaaaa")


def test_many_small_pieces_of_one_event_cost_no_more_than_its_length():
    parser = EventParser(limit=2_000_000)
    for _ in range(100_000):
        assert parser.feed(b"x" * 10) == []
    assert parser.feed(b"\ndata: end\n\n") == [("", b"end")]
